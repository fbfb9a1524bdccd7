-- title: From names to addresses
-- about: what getaddrinfo answers to a server and to a client, what each of its flags filters, and what a canonical
--        name is
-- needs: listen 127.0.0.1/tcp; net HOST/tcp
-- lab:   pair on h1
-- arg:   host string = localhost | a name to look up
-- shows:
--   Each answer: family, type of socket, protocol, canonical name, address.
--
--   a mail server that will bind: no host, smtp, flags passive
--     inet   stream  tcp  ""  0.0.0.0 port 25
--     inet6  stream  tcp  ""  :: port 25
--
--   the same without passive, to connect: no host, smtp
--     inet6  stream  tcp  ""  ::1 port 25
--     inet   stream  tcp  ""  127.0.0.1 port 25
--
--   an ftp client: localhost, ftp, flags addrconfig v4mapped
--     inet  stream  tcp  ""  127.0.0.1 port 21
--
--   one with IPv6 sockets only: 127.0.0.1, ftp, flags v4mapped
--     inet6  stream  tcp  ""  ::ffff:127.0.0.1 port 21
--
--   any kind of socket: 127.0.0.1, port 53
--     inet  stream  tcp  ""  127.0.0.1 port 53
--     inet  dgram   udp  ""  127.0.0.1 port 53
--     inet  raw     any  ""  127.0.0.1 port 53
--
--   a service that has no datagrams: 127.0.0.1, smtp
--     inet  stream  tcp  ""  127.0.0.1 port 25
--
--   numerichost: localhost, port 80, flags numerichost
--     localhost: Name or service not known
--
--   numericserv: 127.0.0.1, http, flags numericserv
--     http: Name or service not known
--
--   the canonical name of a name: localhost, ftp, flags canonname
--     inet  stream  tcp  localhost  127.0.0.1 port 21
--
--   that of getpeername's address: 127.0.0.1, port 43399, flags canonname
--     inet  stream  tcp  127.0.0.1  127.0.0.1 port 43399
--
--   getnameinfo calls it localhost
--
--    client              server
--      |                    | bind
--      |                    | listen
--      | connect            |
--      |. . . . SYN . . . .>|
--      |<. . . SYN, ACK . . |
--      |. . . . ACK . . . .>|
-- see:   RFC 3493 section 6.1; RFC 6724 section 6; tutorial/01_tcp_echo
-- categories: tutorial, names

local ladder, script, socket = require "ladder", require "script", require "socket"
local tabulate, trace = require "tabulate", require "socket.trace"
local host = script.args().host
local PROTOCOLS = {[0] = "any", [6] = "tcp", [17] = "udp"}
print("Each answer: family, type of socket, protocol, canonical name, address.\n")

local function ask(about, name, service, hints)
  local list, problem = socket.getaddrinfo(name, service, hints)
  local flags = hints.flags and ", flags " .. table.concat(hints.flags, " ") or ""
  local port = tonumber(service) and "port " or ""
  print(("%s: %s, %s%s"):format(about, name or "no host", port .. service, flags))
  if not list then return print("  " .. problem .. "\n") end
  local rows = {}
  for i, a in ipairs(list) do
    rows[i] = {a.family, a.socktype, PROTOCOLS[a.protocol], a.canonname or '""', a.address .. " port " .. a.port}
  end
  print(tabulate(rows, nil, {indent = "  "}) .. "\n")
  return list[1]
end

-- A server has no host to name: passive gives the addresses that mean "all of mine", for bind.
ask("a mail server that will bind", nil, "smtp", {socktype = "stream", flags = {"passive"}})
ask("the same without passive, to connect", nil, "smtp", {socktype = "stream"})

-- A client wants what it can use: addrconfig leaves out a family in which this machine has no address, v4mapped dresses
-- IPv4 addresses as IPv6 ones when there are no others.
ask("an ftp client", host, "ftp", {socktype = "stream", flags = {"addrconfig", "v4mapped"}})
ask("one with IPv6 sockets only", "127.0.0.1", "ftp", {family = "inet6", socktype = "stream", flags = {"v4mapped"}})

-- Without a type each address comes once for every kind of socket; a service without that kind leaves it out.
ask("any kind of socket", "127.0.0.1", "53", {})
ask("a service that has no datagrams", "127.0.0.1", "smtp", {})

-- With these two, nobody is asked: only numbers will do.
ask("numerichost", host, "80", {flags = {"numerichost"}})
ask("numericserv", "127.0.0.1", "http", {flags = {"numericserv"}})

-- canonname says which name others are only nicknames of. getpeername gives a number, and a number is its own canonical
-- name: the way back, from address to name, is getnameinfo's.
ask("the canonical name of a name", host, "ftp", {family = "inet", socktype = "stream", flags = {"canonname"}})
local calls = trace.start()
local listener = assert(socket.bind("127.0.0.1", 0))
local _, port = listener:getsockname()
local client = assert(socket.connect(host, port, nil, nil, "inet"))
local address, peer = client:getpeername()
trace.stop()
ask("that of getpeername's address", address, tostring(peer), {socktype = "stream", flags = {"canonname"}})
print("getnameinfo calls it " .. socket.dns.tohostname(address))
client:close()
listener:close()
print("\n" .. ladder.sockets(calls, {actors = {"client", "server"}}))

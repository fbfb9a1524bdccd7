-- title: A TCP connection by hand
-- about: SYN, SYN ACK, ACK, a line there and one back, FIN both ways, every segment made here. Our system knows of no such
--        connection and would reset it: a guard on the port keeps it silent, without a firewall rule
-- needs: raw on IFACE to HOST:PORT/tcp; net HOST:9/udp
-- lab:   pair on h1
-- arg:   host address = 10.0.0.2 | the server
-- arg:   port port = 7 | its port; 7 echoes
-- arg:   message string = hello, by hand | the line to send
-- arg:   wait seconds 0.05..60 = 2 | longest wait for each segment
-- shows: in its test
--   10.0.0.2 port 7 answers "hello, by hand"
--
--    by hand                                server
--       |------------- SYN seq 0 ------------->|
--       |<-------- SYN, ACK seq 0 ack 1 -------|
--       |---------- ACK seq 1 ack 1 ---------->|
--       |--- PSH, ACK seq 1 ack 1 15 bytes --->|
--       |<---------- ACK seq 1 ack 16 ---------|
--       |<--- PSH, ACK seq 1 ack 16 15 bytes --|
--       |--------- ACK seq 16 ack 16 --------->|
--       |------ FIN, ACK seq 16 ack 16 ------->|
--       |<------- FIN, ACK seq 16 ack 17 ------|
--       |--------- ACK seq 17 ack 17 --------->|
-- returns: record | the conversation
--   host address | of the server
--   port port | its port
--   answer string | the line that came back
-- see:   RFC 9293 sections 3.5 and 3.6; tutorial/01_tcp_echo; moonwire doc link.guard
-- categories: tcp, safe
-- author: the moonwire authors
-- version: 1.0

local dgram, ladder, link, packet, script = require "dgram", require "ladder", require "link", require "packet", require "script"
local args = script.args()
local v6 = args.host:find(":", 1, true)
local net = v6 and packet.ipv6 or packet.ip

-- The system says which address of ours it would use, and gives a port where it will be silent.
local own = dgram.udp{to = (v6 and "[%s]:9" or "%s:9"):format(args.host)}:address():match("^%[?(.-)%]?:%d+$")
local guard = assert(link.guard(own))
local l = assert(link.open(nil, {to = args.host, filter = ("tcp port %d and tcp port %d"):format(args.port, guard:port())}))
local ear = assert(link.open(nil, {to = args.host, filter = ("tcp port %d and tcp port %d"):format(args.port, guard:port())}))

-- What the connection is: the number of our next byte, and of the next one that we expect.
local seq, ack = math.random(0, 2 ^ 32 - 1), 0

local function say(flags, data)
  local p = net{src = own, dst = args.host} / packet.tcp{sport = guard:port(), dport = args.port, flags = flags, seq = seq, ack = ack}
  assert(l:send(data and p / data or p))
  local length = #(data or "") + (flags:find("[SF]") and 1 or 0) -- SYN and FIN count as a byte
  seq = (seq + length) % 2 ^ 32
end

-- hear waits for a segment with that flag or, without one, with data; what it brings counts as read.
local function hear(flag)
  for p in l:sniff{timeout = args.wait, direction = "in"} do
    local flags, data = p:text("tcp.flags"), p.raw and p.raw.load or ""
    if flags:find("R") then script.fail(("%s resets the connection"):format(args.host)) end
    if (flag and flags:find(flag) or not flag and #data > 0) and (flag == "S" or p.tcp.seq == ack) then
      ack = (p.tcp.seq + #data + (flags:find("[SF]") and 1 or 0)) % 2 ^ 32
      return data
    end
  end
  script.fail(("nothing more from %s port %d"):format(args.host, args.port))
end

say "S"
hear "S"
say "A"
say("PA", args.message .. "\n")
local line = hear()
say "A"
say "FA"
hear "F"
say "A"
print(("%s port %d answers %q\n"):format(args.host, args.port, line:match("^[^\n]*")))
print(ladder.packets(ear:capture{timeout = 0.1}, {names = {[own] = "by hand", [args.host] = "server"}, actors = {"by hand", "server"}}))
l:close()
ear:close()
guard:close()
return {host = args.host, port = args.port, answer = line:match("^[^\n]*")}

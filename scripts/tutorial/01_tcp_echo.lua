-- title: A TCP server and its client
-- about: who binds, listens, accepts and connects, in one file; the four addresses of a connection; how it begins and how it ends
-- arg:   message string = hello, network | what the client says
-- shows:
--   listener here 127.0.0.1 port 40705
--   client   here 127.0.0.1 port 54552, there 127.0.0.1 port 40705
--   server   here 127.0.0.1 port 40705, there 127.0.0.1 port 54552
--   answer   HELLO, NETWORK
--   then     closed
--
--    client                                  server
--      |                                        | bind
--      |                                        | listen
--      | connect                                |
--      |. . . . . . . . . SYN . . . . . . . . .>|
--      |<. . . . . . . . SYN, ACK . . . . . . . |
--      |. . . . . . . . . ACK . . . . . . . . .>|
--      |                                        | accept
--      |-- send 15 bytes "hello, network\n" --->|
--      |                                        | receive 14 bytes "hello, network"
--      |<--- send 15 bytes "HELLO, NETWORK\n" --|
--      | receive 14 bytes "HELLO, NETWORK"      |
--      | close                                  |
--      |. . . . . . . . . FIN . . . . . . . . .>|
--      |<. . . . . . . . . ACK . . . . . . . . .|
--      |                                        | receive: closed
--      |                                        | close
--      |<. . . . . . . . . FIN . . . . . . . . .|
--      |. . . . . . . . . ACK . . . . . . . . .>|
--      |                                        | close
-- see:   RFC 9293 sections 3.5 and 3.6; tutorial/02_tcp_many_clients
-- categories: tutorial, tcp

local ladder, script, socket = require "ladder", require "script", require "socket"
local message = script.args().message
local calls = require "socket.trace".start()

local function ends(name, s)
  local here, there = {s:getsockname()}, {s:getpeername()}
  print(("%-8s here %s port %d, there %s port %d"):format(name, here[1], here[2], there[1], there[2]))
end

-- The server takes an address, and then lets connections come in. Port 0 means: any that is free.
local listener = assert(socket.tcp4())
assert(listener:bind("127.0.0.1", 0))
assert(listener:listen(5))
local host, port = listener:getsockname()
print(("listener here %s port %d"):format(host, port))

-- The client takes no address: connect gives it one. The system that listens answers for the server: the connection
-- stands before accept is called, which only hands it over.
local client = assert(socket.tcp4())
assert(client:connect(host, port))
local server = assert(listener:accept())
ends("client", client)
ends("server", server)

-- One connection, two directions. The line's end says where the message ends: TCP itself carries only bytes.
client:send(message .. "\n")
local line = server:receive("*l")
server:send(line:upper() .. "\n")
print("answer   " .. client:receive("*l"))

-- Each side ends its own direction: the other one reads "closed", and may still send.
client:close()
print("then     " .. select(2, server:receive("*l")))
server:close()
listener:close()

print()
print(ladder.sockets(calls, {actors = {"client", "server"}}))

-- title: A TCP server and its client
-- about: who binds, listens, accepts and connects, in one file; the four addresses of a connection; how it begins and
--        how it ends
-- needs: listen 127.0.0.1/tcp; net 127.0.0.1/tcp
-- lab:   pair on h1
-- arg:   message string = hello, network | what the client says
-- shows:
--   listener at 127.0.0.1 port 33663
--   client at 127.0.0.1 port 53516, talks to 127.0.0.1 port 33663
--   server at 127.0.0.1 port 33663, talks to 127.0.0.1 port 53516
--   the client hears HELLO, NETWORK
--   the server hears closed
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
local calls = require "socket.trace".start()
local function address(host, port) return ("%s port %d"):format(host, port) end

-- The server takes an address, and then lets connections come in. Port 0 means: any that is free.
local listener = assert(socket.tcp4())
assert(listener:bind("127.0.0.1", 0))
assert(listener:listen(5))
print("listener at " .. address(listener:getsockname()))

-- The client takes no address: connect finds one for it. The listener's system answers the handshake by itself, so the
-- connection stands before the server calls accept, which only hands it over.
local client = assert(socket.tcp4())
assert(client:connect(listener:getsockname()))
local server = assert(listener:accept())
print("client at " .. address(client:getsockname()) .. ", talks to " .. address(client:getpeername()))
print("server at " .. address(server:getsockname()) .. ", talks to " .. address(server:getpeername()))

-- A connection carries bytes both ways. Where a message ends is for the two to agree on: here, at the end of a line.
client:send(script.args().message .. "\n")
local line = server:receive("*l")
server:send(line:upper() .. "\n")
print("the client hears " .. client:receive("*l"))

-- close sends a FIN: no more will come from here. The other side hears "closed", and closes its own direction.
client:close()
print("the server hears " .. select(2, server:receive("*l")))
server:close()
listener:close()
print("\n" .. ladder.sockets(calls, {actors = {"client", "server"}}))

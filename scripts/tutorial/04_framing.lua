-- title: Where does a message end?
-- about: TCP carries bytes, not messages: what one send wrote arrives in pieces, and what several wrote as one. Six
--        ways for both ends to agree on where a message ends, and so on when a receiver may stop calling receive
-- needs: listen 127.0.0.1/tcp; net 127.0.0.1/tcp
-- lab:   pair on h1
-- shows:
--   1 send of 1000000 bytes: came in 30 pieces
--   3 sends: came as one, "pinga\nb\\pong"
--
--   framing      a message ends when                              three messages came as
--   -----------  -----------------------------------------------  ----------------------
--   until_close  the connection ends                              "pinga\nb\\pong"
--   half_close   this direction ends                              "pinga\nb\\pong"
--   fixed(4)     it has 4 bytes                                   "ping" "a\nb\\" "pong"
--   delimited    a newline comes, with no backslash before it     "ping" "a\nb\\" "pong"
--   prefixed(2)  it has the length that two bytes said before it  "ping" "a\nb\\" "pong"
--   chunked(1)   an empty chunk comes                             "ping" "a\nb\\" "pong"
--
--   prefixed(2):
--    client                           server
--      |--- send 6 bytes "\0\4ping" ---->|
--      |-- send 6 bytes "\0\4a\nb\\" --->|
--      |--- send 6 bytes "\0\4pong" ---->|
--      | close                           |
--      |. . . . . . . FIN . . . . . . . >|
--      |< . . . . . . . ACK . . . . . . .|
--      |                                 | receive 2 bytes "\0\4"
--      |                                 | receive 4 bytes "ping"
--      |                                 | receive 2 bytes "\0\4"
--      |                                 | receive 4 bytes "a\nb\\"
--      |                                 | receive 2 bytes "\0\4"
--      |                                 | receive 4 bytes "pong"
--      |                                 | receive: closed
--      |                                 | close
--      |< . . . . . . . FIN . . . . . . .|
--      |. . . . . . . ACK . . . . . . . >|
--
--   cut short:  framing: the stream ended 4 bytes into a message
--   too long:   framing: 4294967295 bytes announced where at most 1048576 may come
-- see:   RFC 9293 section 2.2; tutorial/05_deadlock; moonwire doc framing
-- categories: tutorial, tcp

local framing, ladder, socket = require "framing", require "ladder", require "socket"
local tabulate, task, trace = require "tabulate", require "task", require "socket.trace"
local MESSAGES = {"ping", "a\nb\\", "pong"}

local function quoted(text) return '"' .. text:gsub("\\", "\\\\"):gsub("\n", "\\n") .. '"' end

local function pair()
  local listener = assert(socket.bind("127.0.0.1", 0))
  local host, port = listener:getsockname()
  local client = assert(socket.connect(host, port))
  local server = assert(listener:accept())
  listener:close()
  return client, server, port
end

-- One send of a million bytes: more than the buffers hold. Each receive takes what has come so far.
local client, server, port = pair()
client:setoption("send-buffer-size", 16384)
server:setoption("recv-buffer-size", 16384)
task.spawn(function()
  client:send(("x"):rep(1e6))
  client:close()
end)
server:settimeout(0)
local pieces, size, problem = 0, 0, nil
repeat
  socket.select({server})
  local _, why, piece = server:receive(2e6)
  pieces, size, problem = pieces + 1, size + #piece, why
until problem == "closed"
print(("1 send of %d bytes: came in %d pieces"):format(size, pieces))

-- Three sends, and a receiver that looks only then: nothing shows where one ended.
client, server = pair()
for _, message in ipairs(MESSAGES) do client:send(message) end
client:close()
print(("%d sends: came as one, %s\n"):format(#MESSAGES, quoted(server:receive("*a"))))

-- talk sends the messages in one way, and reads them until the connection's end.
local function talk(way)
  client, server, port = pair()
  local calls, got = trace.start(), {}
  local writer = way:writer(client)
  for _, message in ipairs(MESSAGES) do assert(writer:write(message)) end
  client:close()
  for message in way:reader(server):messages() do got[#got + 1] = quoted(message) end
  server:close()
  return got, ladder.sockets(calls, {names = {[port] = "server"}, actors = {"client", "server"}})
end

local rows, picture = {}, nil
for i, way in ipairs{
  {"until_close", "the connection ends", framing.until_close()},
  {"half_close", "this direction ends", framing.half_close()},
  {"fixed(4)", "it has 4 bytes", framing.fixed(4)},
  {"delimited", "a newline comes, with no backslash before it", framing.delimited("\n", {escape = "\\"})},
  {"prefixed(2)", "it has the length that two bytes said before it", framing.prefixed(2)},
  {"chunked(1)", "an empty chunk comes", framing.chunked(1, {chunk = 3})},
} do
  local got, drawn = talk(way[3])
  rows[i] = {way[1], way[2], table.concat(got, " ")}
  if way[1] == "prefixed(2)" then picture = drawn end
end
print(tabulate(rows, {"framing", "a message ends when", "three messages came as"}))
print("\nprefixed(2):\n" .. picture)

-- What the other end sends is not to be trusted: it may stop in the middle, and it may announce what no memory holds.
print("\ncut short:  " .. select(2, framing.prefixed(2):decode("\0\4pi")))
print("too long:   " .. select(2, framing.prefixed(4):decode("\255\255\255\255ping")))

-- title: Where does a message end?
-- about: TCP carries bytes, not messages: what one send wrote arrives in pieces, and two of them arrive as one. Six ways for both ends to agree on where a message ends
-- shows:
--   one send, 1000000 bytes in all: came in 6 pieces
--   three sends: came as one, "pinga\
--   b\\pong"
--
--   framing      a message ends with                 got  messages
--   -----------  ----------------------------------  ---  ----------------------
--   until_close  the connection's end                  1  "pinga\nb\\pong"
--   half_close   the end of one direction              1  "pinga\nb\\pong"
--   fixed(4)     it has 4 bytes                        3  "ping" "a\nb\\" "pong"
--   delimited    a newline without a backslash         3  "ping" "a\nb\\" "pong"
--   prefixed(2)  as many bytes as the first two say    3  "ping" "a\nb\\" "pong"
--   chunked(1)   a piece of no bytes                   3  "ping" "a\nb\\" "pong"
-- see:   RFC 9293 section 2.2; tutorial/05_deadlock; moonwire doc framing
-- categories: tutorial, tcp

local framing, ladder, socket = require "framing", require "ladder", require "socket"
local tabulate, task, trace = require "tabulate", require "task", require "socket.trace"

local function pair()
  local listener = assert(socket.bind("127.0.0.1", 0))
  local host, port = listener:getsockname()
  local a = assert(socket.connect(host, port))
  local b = assert(listener:accept())
  listener:close()
  return a, b
end

-- One send of a million bytes. The receiver takes what has come whenever something has: no piece is a message.
local a, b = pair()
a:setoption("send-buffer-size", 16384)
task.spawn(function() a:send(("x"):rep(1e6)) a:close() end)
b:settimeout(0)
local pieces, bytes, problem, piece = 0, 0
repeat
  socket.select({b})
  _, problem, piece = b:receive(2e6)
  pieces, bytes = pieces + (piece == "" and 0 or 1), bytes + #piece
until problem == "closed"
print(("one send, %d bytes in all: came in %d pieces"):format(bytes, pieces))

-- Three sends, and the receiver looks only then.
a, b = pair()
for _, message in ipairs{"ping", "a\nb\\", "pong"} do a:send(message) end
a:close()
print(("three sends: came as one, %q\n"):format(b:receive("*a")))

-- The same three messages, in six ways. A reader knows when it may stop calling receive.
local ways = {
  {"until_close", framing.until_close(), "the connection's end"},
  {"half_close", framing.half_close(), "the end of one direction"},
  {"fixed(4)", framing.fixed(4), "it has 4 bytes"},
  {"delimited", framing.delimited("\n", {escape = "\\"}), "a newline without a backslash"},
  {"prefixed(2)", framing.prefixed(2), "as many bytes as the first two say"},
  {"chunked(1)", framing.chunked(1, {chunk = 3}), "a piece of no bytes"},
}
local rows = {}
for _, way in ipairs(ways) do
  a, b = pair()
  local calls = trace.start()
  local writer, got = way[2]:writer(a), {}
  for _, message in ipairs{"ping", "a\nb\\", "pong"} do assert(writer:write(message)) end
  if way[1] ~= "chunked(1)" then writer:finish() end
  a:close()
  for message in way[2]:reader(b):messages() do got[#got + 1] = ("%q"):format(message):gsub("\\\n", "\\n") end
  rows[#rows + 1] = {way[1], way[3], #got, table.concat(got, " ")}
  if way[1] == "prefixed(2)" then way.ladder = ladder.sockets(calls, {actors = {"client", "server"}}) end
  b:close()
end
print(tabulate(rows, {"framing", "a message ends with", "got", "messages"}))

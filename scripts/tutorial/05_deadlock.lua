-- title: Both ends talk, nobody listens
-- about: two ends that send before they read stop when the buffers between them are full, and wait for each other for
--        ever; three cures
-- needs: listen 127.0.0.1/tcp; net 127.0.0.1/tcp
-- lab:   pair on h1
-- shows:
--   experiment          end     sent           received       then
--   ------------------  ------  -------------  -------------  -------
--   both send first     client  270821 bytes   0 bytes        timeout
--                       server  270848 bytes   0 bytes        timeout
--   read while writing  client  4000000 bytes  4000000 bytes  done
--                       server  4000000 bytes  4000000 bytes  done
--   half close          client  4000000 bytes  4000000 bytes  done
--                       server  4000000 bytes  4000000 bytes  done
--   framing             client  4001600 bytes  4001600 bytes  done
--                       server  4001600 bytes  4001600 bytes  done
--
--   both send first:
--    client                   server
--      |-- send 270821 bytes --->|
--      | send: timeout           |
--      |<--- send 270848 bytes --|
--      |                         | send: timeout
--
--   half close:
--    client                    server
--      |-- send 4000000 bytes --->|
--      | shutdown send            |
--      | . . . . . FIN . . . . . >|
--      |< . . . . . ACK . . . . . |
--      |                          | receive 4000000 bytes
--      |<--- send 4000000 bytes --|
--      |                          | shutdown send
--      |< . . . . . FIN . . . . . |
--      | . . . . . ACK . . . . . >|
--      | receive 4000000 bytes    |
-- see:   RFC 9293 section 3.8.6; tutorial/04_framing
-- categories: tutorial, tcp

local framing, ladder, socket = require "framing", require "ladder", require "socket"
local tabulate, task, trace = require "tabulate", require "task", require "socket.trace"
local DATA = ("x"):rep(4e6)
local rows, pictures = {}, {}

local function pair()
  local listener = assert(socket.bind("127.0.0.1", 0))
  local host, port = listener:getsockname()
  local client = assert(socket.connect(host, port))
  local server = assert(listener:accept())
  listener:close()
  client:setoption("send-buffer-size", 65536) -- small ones are full sooner
  server:setoption("send-buffer-size", 65536)
  return client, server, port
end

-- meet lets the two ends of a connection do their parts side by side, and notes how far each came. A call gives up after
-- so many seconds without a byte moving; without that limit the first pair would stand there still.
local function meet(how, patience, one, other)
  local client, server, port = pair()
  local ends, tasks = {client, server}, {}
  local calls = trace.start()
  for i, part in ipairs{one, other} do
    ends[i]:settimeout(patience + i / 10)
    tasks[i] = task.spawn(function() return select(2, part(ends[i])) or "done" end)
  end
  for i, name in ipairs{"client", "server"} do
    local outcome = tasks[i]:join()
    local received, sent = ends[i]:getstats()
    rows[#rows + 1] = {how, name, sent .. " bytes", received .. " bytes", outcome}
    how = ""
  end
  pictures[#pictures + 1] = ladder.sockets(calls, {names = {[port] = "server"}, actors = {"client", "server"}})
  client:close()
  server:close()
end

-- What a program sends waits in its own system's buffer, then in the other system's, until the other program reads.
-- When both are full the receiver's window is 0 and send waits. Here both ends wait in send.
local function send_then_read(s)
  local ok, problem = s:send(DATA)
  if not ok then return nil, problem end
  return s:receive(#DATA)
end
meet("both send first", 0.3, send_then_read, send_then_read)

-- Cure 1: read while writing. A task each, on the same connection.
local function both_at_once(s)
  local writer = task.spawn(function() return s:send(DATA) end)
  s:receive(#DATA)
  return writer:join()
end
meet("read while writing", 5, both_at_once, both_at_once)

-- Cure 2: one end speaks, and ends its direction; the other reads to that end before it answers.
meet("half close", 5, function(s)
  s:send(DATA)
  s:shutdown("send")
  return s:receive("*a")
end, function(s)
  s:receive("*a")
  s:send(DATA)
  return s:shutdown("send")
end)

-- Cure 3: messages small enough for the buffers, and an answer for each before the next.
local way = framing.prefixed(4)
meet("framing", 5, function(s)
  local reader, writer = way:reader(s), way:writer(s)
  for at = 1, #DATA, 10000 do
    writer:write(DATA:sub(at, at + 9999))
    reader:read()
  end
  return s:shutdown("send")
end, function(s)
  local writer = way:writer(s)
  for message in way:reader(s):messages() do writer:write(message) end
end)

print(tabulate(rows, {"experiment", "end", "sent", "received", "then"}))
print("\nboth send first:\n" .. pictures[1])
print("\nhalf close:\n" .. pictures[3])

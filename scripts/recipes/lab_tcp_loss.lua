-- title: TCP and loss
-- about: TCP takes each lost segment for a sign of congestion and slows down: what a connection carries falls with the root of the
--        loss, long before the link is full
-- needs: write SVG
-- arg:   seconds seconds 1..600 = 20 | how long each connection sends; what it does in the first quarter is not counted
-- arg:   svg file = tcp_loss.svg | where the drawing goes
-- shows:
--   loss   Mbit/s  rule of thumb
--   -----  ------  -------------
--   0.1 %  2.43    4.51
--   0.2 %  2.61    3.19
--   0.5 %  1.65    2.02
--   1 %    1.21    1.42
--   2 %    0.71    1.01
--   5 %    0.40    0.64
--   10 %   0.22    0.45
--
--   o measured   x rule of thumb
--   Mbit/s
--    10 +
--       |
--       |x
--       |         x
--       |o        o
--       |                     o
--       |                              o
--     1 +                                      x
--       |                                      o           x
--       |                                                           x
--       |                                                  o
--       |
--       |                                                           o
--       |
--   0.1 +
--        +-----------------------------+----------------------------+
--       0.1                            1                           10
--                                                           loss in %
-- returns: list | a record for each loss
--   loss number | share of the segments that are lost, from 0 to 1
--   rate number | measured, in Mbit/s
--   expected number | by the rule of thumb, in Mbit/s
-- see:   RFC 5681; RFC 9002; Mathis and others, The Macroscopic Behavior of the TCP Congestion Avoidance Algorithm (1997)
-- categories: lab, safe, tcp
-- author: the moonwire authors
-- version: 1.0

local lab, plot, script, socket, tabulate = require "lab", require "plot", require "script", require "socket", require "tabulate"
local task = require "task"
local args, rows, records = script.args(), {}, {}
local LOSSES = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1}
local DELAY, RATE, QUEUE, SEGMENT = 0.05, 5e6, 40, 1460 -- seconds each way, bits a second, frames that may wait, bytes

-- The rule of thumb: each connection gets about 1.22 segments in a round trip, divided by the root of the loss.
local function model(loss) return math.min(RATE, SEGMENT * 8 / (2 * DELAY) * 1.22 / math.sqrt(loss)) / 1e6 end

local function measure(loss)
  local net, got = lab{"sender -- receiver", delay = DELAY, rate = RATE}, 0
  net:link("sender--receiver"):impair{from = "sender", delay = DELAY, rate = RATE, queue = QUEUE, loss = loss}
  local listener = net.receiver:run(function() return assert(socket.bind("*", 5001)) end)
  net.receiver:daemon(function(listener)
    local c = listener:accept()
    while c do
      local data = c:receive(10000)
      if not data then return end
      got = got + #data
    end
  end, listener)
  net.sender:daemon(function()
    local c, piece = socket.connect(net.receiver.address, 5001), ("x"):rep(65536)
    repeat until not c or not c:send(piece) -- no connection: each SYN was lost, and nothing is carried
  end)
  task.sleep(args.seconds / 4)
  local before = got
  task.sleep(args.seconds * 3 / 4)
  net:close()
  return (got - before) * 8 / (args.seconds * 3 / 4) / 1e6
end

-- All at the same time, each in a lab of its own.
local connections = {}
for i, loss in ipairs(LOSSES) do connections[i] = function() return measure(loss) end end
local results = task.all(connections)

local measured, expected = {name = "measured"}, {name = "rule of thumb", line = true}
for i, loss in ipairs(LOSSES) do
  measured[i], expected[i] = {loss * 100, results[i]}, {loss * 100, model(loss)}
  records[i] = {loss = loss, rate = results[i], expected = model(loss)}
  rows[i] = {("%g %%"):format(loss * 100), ("%.2f"):format(results[i]), ("%.2f"):format(model(loss))}
end
print(tabulate(rows, {"loss", "Mbit/s", "rule of thumb"}))
local axes = {x = "loss in %", y = "Mbit/s", log = "xy"}
print("\n" .. plot({measured, expected}, axes))
axes.format = "svg"
local f = assert(io.open(args.svg, "w"))
f:write(plot({measured, expected}, axes))
f:close()
return records

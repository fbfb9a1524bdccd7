-- a channel without room hands over directly
local ch, log = task.channel(), {}
task.spawn(function() for i = 1, 3 do ch:send(i) log[#log + 1] = "sent" .. i end ch:close() end)
for v in ch:iter() do log[#log + 1] = "got" .. v end
#log --> 6
---
-- a channel is an iterator itself
local ch, sum = task.channel(4), 0
for i = 1, 4 do ch:send(i) end
#ch --> 4
ch:close()
for v in ch do sum = sum + v end
sum --> 10
---
-- false goes through
local ch = task.channel(1)
ch:send(false) --> true
ch:recv() --> false
---
-- nil does not
task.channel(1):send(nil) --> error: bad argument #2 to 'channel:send' (value expected, got nil)
---
-- order is kept
local ch, out = task.channel(2), {}
task.spawn(function() for i = 1, 100 do ch:send(i) end ch:close() end)
for v in ch do out[#out + 1] = v end
#out, out[1], out[100] --> 100, 1, 100
---
-- many senders and receivers
local ch, sum = task.channel(3), 0
task.group(function()
  for i = 1, 10 do task.spawn(function() for j = 1, 10 do ch:send(1) end end) end
  for i = 1, 10 do task.spawn(function() for j = 1, 10 do local v = ch:recv() sum = sum + v end end) end
end)
sum --> 100
---
-- close wakes receivers and senders
local ch = task.channel()
local r = task.spawn(function() return ch:recv() end)
task.sleep(0)
ch:close()
r:join() --> nil, the channel is closed, closed
ch:send(1) --> nil, the channel is closed, closed
ch:close()
---
-- close wakes a sender that waits
local ch = task.channel()
local s = task.spawn(function() return ch:send(1) end)
task.sleep(0)
ch:close()
s:join() --> nil, the channel is closed, closed
---
-- send and recv with a timeout
local ch = task.channel()
ch:send(1, 0.001) --> nil, timeout, timeout
ch:recv(0) --> nil, timeout, timeout
task.spawn(function() ch:send(2) end)
ch:recv(60) --> 2
---
-- a receiver that was cancelled takes nothing
local ch = task.channel()
local t = task.spawn(function() ch:recv() end)
task.sleep(0)
t:cancel()
t:join()
task.spawn(function() ch:send("kept") end)
ch:recv() --> kept
---
-- a receiver whose time was up takes nothing
local ch = task.channel()
ch:recv(0.001)
task.spawn(function() ch:send("kept") end)
ch:recv() --> kept
---
-- select receives from the first that is ready
local a, b = task.channel(1), task.channel(1)
b:send("x")
task.select{a, b} --> 2, x
a:send("y") b:send("z")
task.select{a, b} --> 1, y
---
-- select waits
local a, b = task.channel(), task.channel()
task.spawn(function() task.sleep(0.001) b:send("late") end)
task.select{a, b} --> 2, late
---
-- select sends
local a, b = task.channel(), task.channel(1)
task.select{{a, 1}, {b, 2}} --> 2, true
b:recv() --> 2
local got
task.spawn(function() got = a:recv() end)
task.select{{a, 3}} --> 1, true
task.sleep(0)
got --> 3
---
-- select joins
local t = task.spawn(function() task.sleep(0.001) return "a", "b" end)
task.select{task.channel(), t} --> 2, a, b
task.select{t} --> 1, a, b
---
-- select with a timeout
task.select{task.channel(), timeout = 0.001} --> nil, timeout, timeout
task.select{task.channel(), timeout = 0} --> nil, timeout, timeout
---
-- select of a closed channel
local a = task.channel()
a:close()
task.select{a} --> 1, nil, the channel is closed, closed
task.select{{a, 1}} --> 1, nil, the channel is closed, closed
---
-- a case that lost takes nothing
local a, b = task.channel(), task.channel()
task.spawn(function() b:send(1) end)
task.select{a, b} --> 2, 1
task.spawn(function() a:send("kept") end)
a:recv() --> kept
---
-- select checks its cases
select(2, pcall(task.select, {})):match("bad.*") --> bad argument #1 to 'task.select' (a case or a timeout expected)
task.select{5} --> error: bad argument #1 to 'task.select' (case 1: channel, {channel, value} or task expected, got number)
---
-- sizes are checked
select(2, pcall(task.channel, -1)):match("bad.*") --> bad argument #1 to 'task.channel' (size: 0 to 16777216 expected, got -1)
task.channel("x") --> error: bad argument #1 to 'task.channel' (size: number expected, got string)
---
-- methods check their receiver
local ch = task.channel()
ch.recv(5) --> error: bad argument #1 to 'channel:recv' (channel expected, got number)

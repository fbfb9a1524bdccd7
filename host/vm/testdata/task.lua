-- join returns what the function returned
task.spawn(function(...) return ... end, 1, nil, 3):join() --> 1, nil, 3
---
-- join raises what the function raised
local t = task.spawn(function() error({code = 7}) end)
local ok, e = pcall(t.join, t)
e.code --> 7
t:status() --> failed
---
-- joining twice gives the same
local t = task.spawn(function() return "x" end)
t:join() --> x
t:join() --> x
---
-- an error that nobody joins ends the script
task.spawn(function()
  task.sleep(0.001)
  error("nobody waits") --> error: nobody waits
end)
task.sleep(60)
---
-- a task runs when the current one waits
local log = {}
task.spawn(function() log[#log + 1] = "b" end)
log[#log + 1] = "a"
task.sleep(0)
table.concat(log) --> ab
---
-- between waits nothing else runs
local n = 0
task.group(function()
  for i = 1, 20 do
    task.spawn(function()
      for j = 1, 50 do
        local m = n
        for k = 1, 20 do m = m + 0 end
        n = m + 1
        if j % 10 == 0 then task.sleep(0) end
      end
    end)
  end
end)
n --> 1000
---
-- cancel wakes a sleep, and join tells
local t = task.spawn(function() task.sleep(60) end)
task.sleep(0)
t:status() --> waiting
t:cancel("enough")
t:join() --> nil, cancelled: enough, cancelled
t:status() --> cancelled
---
-- pcall can't swallow a cancel
local rounds = 0
local t = task.spawn(function()
  while true do pcall(function() task.sleep(60) end) rounds = rounds + 1 end
end)
task.sleep(0)
t:cancel()
t:join() --> nil, cancelled, cancelled
rounds <= 1 --> true
---
-- a cancelled task that has ended stays what it was
local t = task.spawn(function() return 5 end)
t:join() --> 5
t:cancel()
t:join() --> 5
---
-- a task can cancel itself
local after
local t = task.spawn(function() task.current():cancel("me") after = true end)
t:join() --> nil, cancelled: me, cancelled
after --> nil
---
-- a task can't join itself
task.current():join() --> error: can't join itself
---
-- names and call depth are set with a table
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
local t = task.spawn{depth, 4000, name = "deep", depth = 5000}
t.name --> deep
t:join() --> 4000
select(2, pcall(function() return task.spawn(depth, 4000):join() end)):match(": (.*)") --> stack overflow
---
-- spawn takes a function
task.spawn(5) --> error: bad argument #1 to 'task.spawn' (function expected, got number)
---
-- sleep takes seconds
task.sleep(-1) --> error: bad argument #1 to 'task.sleep' (number of seconds from 0 on expected, got -1)
---
-- a group waits for all tasks inside, and returns what its function does
local done = 0
task.group(function(a) for i = 1, 3 do task.spawn(function() task.sleep(0.001) done = done + 1 end) end return a, 2 end, 1) --> 1, 2
done --> 3
---
-- a group's first error ends the others and is raised
local cleaned
local ok, e = pcall(task.group, function()
  task.spawn(function() task.defer(function() cleaned = true end) task.sleep(60) end)
  task.spawn(function() task.sleep(0.001) error("boom", 0) end)
  task.sleep(60)
end)
ok, e --> false, boom
cleaned --> true
---
-- groups nest
local ok, e = pcall(task.group, function()
  task.group(function()
    task.spawn(function() error("inner", 0) end)
    task.sleep(60)
  end)
end)
e --> inner
---
-- a group's daemons end with it
local t
task.group(function() t = task.daemon(function() task.sleep(60) end) end)
t:status() --> cancelled
---
-- cancelling the owner of a group ends the group
local inner
local t = task.spawn(function()
  task.group(function() inner = task.spawn(function() task.sleep(60) end) task.sleep(60) end)
end)
task.sleep(0.001)
t:cancel("off")
t:join() --> nil, cancelled: off, cancelled
inner:status() --> cancelled
---
-- all collects values by key
local v = task.all{function() task.sleep(0.002) return "slow" end, function() return "fast" end, x = function() return false end}
v[1], v[2], v.x --> slow, fast, false
#task.all{} --> 0
---
-- all raises the first error
local t0 = clock.now()
pcall(task.all, {function() error("no", 0) end, function() task.sleep(60) end}) --> false, no
clock.now() - t0 < 30 --> true
---
-- all takes functions
task.all{1} --> error: bad argument #1 to 'task.all' (functions expected, got number)
---
-- race returns the winner and cancels the others
local lost
task.race{slow = function() task.defer(function() lost = true end) task.sleep(60) end, quick = function() task.sleep(0.001) return 1, 2 end} --> quick, 1, 2
lost --> true
---
-- race raises when the first to end failed
pcall(task.race, {function() error("x", 0) end, function() task.sleep(60) end}) --> false, x
---
-- timeout
task.timeout(60, function(a, b) return a + b end, 1, 2) --> 3
task.timeout(0.001, task.sleep, 60) --> nil, no end within 0.001 s, timeout
pcall(task.timeout, 60, error, "x", 0) --> false, x
task.timeout(0.01, function() while true do end end) --> nil, no end within 0.01 s, timeout
---
-- defer runs at the end, last first, with arguments
local log = {}
task.spawn(function()
  task.defer(function(x) log[#log + 1] = x end, "first")
  task.defer(function(x) log[#log + 1] = x end, "second")
end):join()
table.concat(log, ",") --> second,first
---
-- defer runs after an error, sees the locals, and may wait
local log = {}
local t = task.spawn(function()
  local held = {"lock"}
  task.defer(function() task.sleep(0.001) log[1] = held[1] end)
  local function fail() error("x", 0) end
  fail()
end)
pcall(t.join, t) --> false, x
log[1] --> lock
---
-- defer runs after a cancel, and may wait
local log = {}
local t = task.spawn(function()
  task.defer(function() task.sleep(0.001) log[1] = "cleaned" end)
  task.sleep(60)
end)
task.sleep(0)
t:cancel()
t:join()
log[1] --> cleaned
---
-- an error in a deferred function is the task's
local t = task.spawn(function() task.defer(function() error("late", 0) end) end)
pcall(t.join, t) --> false, late
---
-- daemons don't keep the script alive
task.daemon(function() while true do task.sleep(60) end end)
---
-- a deadlock names every task and its line
local ch = task.channel()
local t = task.spawn{function()
  ch:recv()
end, name = "reader"}
t:join() --> error: deadlock: every task waits for another one: main task was in join at testdata/task.lua:199
---
-- a deadlock can't be caught
local ch = task.channel()
pcall(function()
  ch:recv() --> error: deadlock
end)
---
-- a wait with a timeout is no deadlock
local ch = task.channel()
task.spawn(function() task.sleep(0.002) ch:send(1) end)
ch:recv() --> 1
ch:recv(0.001) --> nil, timeout, timeout
---
-- two tasks that join each other are a deadlock
local a, b
a = task.spawn(function() task.sleep(0) b:join() end)
b = task.spawn(function() task.sleep(0) a:join() end)
a:join() --> error: deadlock
---
-- tostring names task, line and state
local t = task.spawn{function() end, name = "worker"}
tostring(t):match("^task: worker .spawned at testdata/task.lua:%d+., running$") ~= nil --> true
---
-- a stopped task's error in a cleanup does not hide the stop
local t = task.spawn(function() task.defer(error, "x") task.sleep(60) end)
task.sleep(0) t:cancel("why")
t:join() --> nil, cancelled: why, cancelled
---
-- a task spawned in a cleanup still runs
local ran
task.spawn(function() task.defer(function() task.spawn(function() ran = true end):join() end) end):join()
ran --> true
---
-- groups in groups without end are an error
local function f() task.group(f) end
local ok, message = pcall(f)
ok --> false
tostring(message):match("groups are nested more than 200 deep") ~= nil --> true

-- values go both ways
local co = coroutine.create(function(a, b) local c = coroutine.yield(a + b) return c * 2 end)
coroutine.resume(co, 1, 2) --> true, 3
coroutine.status(co) --> suspended
coroutine.resume(co, 5) --> true, 10
coroutine.status(co) --> dead
coroutine.resume(co) --> false, cannot resume dead coroutine
---
-- yield under pcall
local co = coroutine.wrap(function() return pcall(function() return coroutine.yield(1) end) end)
co() --> 1
co("back") --> true, back
---
-- yield under xpcall and nested pcall
local co = coroutine.wrap(function()
  return xpcall(function() return select(2, pcall(coroutine.yield, 1)) end, function(e) return e end)
end)
co() --> 1
co("x") --> true, x
---
-- yield in __index, __newindex, __call, __add, __concat, __eq, __lt, __le, __unm, __len and __tostring
local y = coroutine.yield
local mt = {}
for _, e in ipairs{"index", "newindex", "call", "add", "concat", "unm", "tostring"} do mt["__" .. e] = function() return y(e) end end
for _, e in ipairs{"eq", "lt", "le"} do mt["__" .. e] = function() return y(e) end end
local a, b = setmetatable({}, mt), setmetatable({}, mt)
local got = {}
local co = coroutine.wrap(function()
  got[1] = a.x
  a.y = 1
  got[2] = a()
  got[3] = a + 1
  got[4] = a .. "s"
  got[5] = -a
  got[6] = tostring(a)
  got[7] = a == b
  got[8] = a < b
  got[9] = a <= b
  return "end"
end)
local seen = {}
local v = co()
while v ~= "end" do seen[#seen + 1] = v v = co("r") end
table.concat(seen, " ") --> index newindex call add concat unm tostring eq lt le
got[1], got[2], got[3], got[4], got[5], got[6], got[7], got[8], got[9] --> r, r, r, r, r, r, true, true, true
---
-- yield in an iterator of for
local function each(n) return function(_, i) i = i + 1 if i <= n then coroutine.yield("step" .. i) return i end end, nil, 0 end
local co = coroutine.wrap(function() local s = 0 for i in each(3) do s = s + i end return s end)
co() --> step1
co() --> step2
co() --> step3
co() --> 6
---
-- yield as the iterator itself
local co = coroutine.wrap(function() local l = {} for v in coroutine.yield do l[#l + 1] = v end return table.concat(l, ",") end)
co()
co("a")
co("b")
co(nil) --> a,b
---
-- yield in table.sort
local co = coroutine.wrap(function()
  local t = {3, 1, 2}
  table.sort(t, function(a, b) coroutine.yield("cmp") return a < b end)
  return table.concat(t, ",")
end)
local v, n = co(), 0
while v == "cmp" do n = n + 1 v = co() end
v, n > 1 --> 1,2,3, true
---
-- yield in a gsub callback
local co = coroutine.wrap(function() return (("abc"):gsub(".", function(c) return coroutine.yield(c) end)) end)
co() --> a
co("1") --> b
co("2") --> c
co("3") --> 123
---
-- yield in a tail call
local co = coroutine.wrap(function() return coroutine.yield(1) end)
co() --> 1
co(2, 3) --> 2, 3
---
-- yield while a module loads
package.preload.slow = function() coroutine.yield("loading") return {ok = true} end
local co = coroutine.wrap(function() return require("slow").ok end)
co() --> loading
co() --> true
---
-- yield in loadstring'd code, and through a coroutine inside
local co = coroutine.wrap(function()
  local inner = coroutine.wrap(function() coroutine.yield(1) coroutine.yield(2) end)
  coroutine.yield(inner())
  coroutine.yield(inner())
  return loadstring("return coroutine.yield(...)")("x")
end)
co() --> 1
co() --> 2
co() --> x
co("y") --> y
---
-- errors end a coroutine
local co = coroutine.create(function() coroutine.yield() error({7}) end)
coroutine.resume(co)
local ok, e = coroutine.resume(co)
ok, e[1], coroutine.status(co) --> false, 7, dead
---
-- wrap raises, with its own line before
local co = coroutine.wrap(function() error("x") end)
select(2, pcall(function() co() end)):gsub("@", ""):gsub("%d+", "N") --> testdata/coroutine.lua:N: testdata/coroutine.lua:N: x, 2
pcall(co) --> false, cannot resume dead coroutine
---
-- status and running
local co, main
co = coroutine.create(function()
  local inner = coroutine.create(function() return coroutine.status(co) end)
  return coroutine.running() == co, coroutine.status(co), coroutine.resume(inner)
end)
coroutine.running() --> nil
coroutine.resume(co) --> true, true, running, true, normal
---
-- a coroutine can't resume itself or who resumed it
local co
co = coroutine.create(function() return coroutine.resume(co) end)
coroutine.resume(co) --> true, false, cannot resume running coroutine
local a, b
a = coroutine.create(function() return coroutine.resume(b) end)
b = coroutine.create(function() return coroutine.resume(a) end)
coroutine.resume(a) --> true, true, false, cannot resume normal coroutine
---
-- yield outside
pcall(coroutine.yield) --> false, attempt to yield from outside a coroutine
---
-- arguments are checked
select(2, pcall(coroutine.status, 1)):match("bad.*") --> bad argument #1 to '?' (coroutine expected)
coroutine.create(1) --> error: bad argument #1 to 'create' (Lua function expected)
---
-- nesting ends with an error, not with the process
local function nest(n) return coroutine.wrap(function() return nest(n + 1) end)() end
local ok, e = pcall(nest, 1)
ok, e:match("C stack overflow") --> false, C stack overflow
---
-- two tasks can't hold one coroutine
local co = coroutine.create(function() task.sleep(0.002) return 1 end)
local first = task.spawn(function() return coroutine.resume(co) end)
task.sleep(0)
coroutine.status(co) --> running
coroutine.resume(co) --> false, cannot resume running coroutine
first:join() --> true, 1
---
-- a coroutine may wait, and pass from task to task
local co = coroutine.wrap(function() for i = 1, 3 do task.sleep(0.001) coroutine.yield(i) end end)
co() --> 1
task.spawn(co):join() --> 2
co() --> 3
---
-- a generator in a for loop
local function range(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
local s = 0
for i in range(1000) do s = s + i end
s --> 500500
---
-- cancelling a task ends the coroutine that it is in
local after
local t = task.spawn(function() coroutine.wrap(function() pcall(task.sleep, 60) after = true end)() end)
task.sleep(0)
t:cancel()
t:join() --> nil, cancelled, cancelled
after --> nil
---
-- deep recursion in a coroutine is an error
local function deep() return 1 + deep() end
select(2, coroutine.resume(coroutine.create(deep))):match(": (.*)") --> stack overflow
---
-- isyieldable
coroutine.isyieldable() --> false
coroutine.wrap(coroutine.isyieldable)() --> true
---
-- many arguments and results
local co = coroutine.wrap(function(...) return select("#", coroutine.yield(...)) end)
select("#", co(unpack({}, 1, 200))) --> 200
co(unpack({}, 1, 150)) --> 150

--- create, resume, yield, status
local co = coroutine.create(function(a, b) print("start", a, b) local c = coroutine.yield(a + b) print("got", c) local d, e = coroutine.yield(c * 2) return d, e end)
print(coroutine.status(co)) print(coroutine.resume(co, 1, 2)) print(coroutine.status(co)) print(coroutine.resume(co, 10)) print(coroutine.resume(co, "x", "y")) print(coroutine.status(co)) print(coroutine.resume(co))
--- wrap
local gen = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) print(gen(), gen(), gen(), gen()) print(pcall(gen))
--- errors in coroutines
local co = coroutine.create(function() error("oops") end) print(coroutine.resume(co)) print(coroutine.status(co)) print(coroutine.resume(co))
co = coroutine.create(function() error({1}) end) local ok, e = coroutine.resume(co) print(ok, type(e), e[1]) print(pcall(coroutine.wrap(function() error("in wrap", 0) end)))
--- running
print(coroutine.running()) local co co = coroutine.create(function() print(coroutine.running() == co) end) coroutine.resume(co)
--- status of running and normal
local a, b a = coroutine.create(function() print(coroutine.status(a), coroutine.status(b)) coroutine.resume(b) end) b = coroutine.create(function() print(coroutine.status(a), coroutine.status(b)) end) coroutine.resume(a) print(coroutine.status(a), coroutine.status(b))
--- resuming itself and the dead
local co co = coroutine.create(function() return coroutine.resume(co) end) print(coroutine.resume(co)) print(coroutine.resume(co))
--- resuming a normal coroutine
local a, b a = coroutine.create(function() return coroutine.resume(b) end) b = coroutine.create(function() return coroutine.resume(a) end) print(coroutine.resume(a))
--- yield outside
print(pcall(coroutine.yield, 1))
--- producers and consumers
local function producer() return coroutine.create(function() for _, v in ipairs{"a", "b", "c"} do coroutine.yield(v) end end) end
local function filter(p) return coroutine.create(function() local n = 1 while true do local ok, v = coroutine.resume(p) if not v then return end coroutine.yield(n .. v) n = n + 1 end end) end
local f = filter(producer()) while true do local ok, v = coroutine.resume(f) if not v then break end io.write(v, " ") end print()
--- permutations
local function permgen(a, n) n = n or #a if n <= 1 then coroutine.yield(table.concat(a)) else for i = 1, n do a[n], a[i] = a[i], a[n] permgen(a, n - 1) a[n], a[i] = a[i], a[n] end end end
for p in coroutine.wrap(function() permgen{"a", "b", "c"} end) do io.write(p, " ") end print()
--- values through yield
local co = coroutine.wrap(function(...) local n = select("#", ...) while true do n = select("#", coroutine.yield(n)) end end) print(co(), co(1), co(nil, nil), co(1, 2, 3))
--- nested coroutines
local function inner() coroutine.yield("i1") coroutine.yield("i2") return "iend" end
local outer = coroutine.wrap(function() local i = coroutine.wrap(inner) coroutine.yield(i()) coroutine.yield("o") coroutine.yield(i()) return i() end) print(outer(), outer(), outer(), outer())
--- many coroutines
local t = {} for i = 1, 200 do t[i] = coroutine.wrap(function() local n = i while true do coroutine.yield(n) n = n + i end end) end local s = 0 for r = 1, 3 do for i = 1, 200 do s = s + t[i]() end end print(s)
--- closures over coroutine locals
local f local co = coroutine.create(function() local n = 0 f = function() n = n + 1 return n end coroutine.yield() n = n + 10 coroutine.yield(n) end) coroutine.resume(co) print(f(), f()) print(coroutine.resume(co)) print(f())
--- tail calls in coroutines
local co = coroutine.wrap(function(n) local function loop(n) if n == 0 then return coroutine.yield("zero") end return loop(n - 1) end return loop(n) end) print(co(1000), co("done"))
--- returning from a wrapped function directly
print(coroutine.wrap(function(...) return ... end)(1, nil, 3)) local co = coroutine.create(function() end) print(coroutine.resume(co)) print(coroutine.status(co))
--- yield in nested Lua calls
local function deep(n) if n == 0 then coroutine.yield("bottom") else deep(n - 1) end end local co = coroutine.create(function() deep(50) return "up" end) print(coroutine.resume(co)) print(coroutine.resume(co))
--- environments of coroutines
local co = coroutine.create(function() return x end) x = "global" print(coroutine.resume(co))
--- a coroutine's traceback
local co = coroutine.create(function() local function f() coroutine.yield() end f() end) coroutine.resume(co) print(debug.traceback(co)) print(debug.traceback(co, "msg")) print(debug.traceback(co, nil, 1))
--- a dead coroutine's error and traceback
local co = coroutine.create(function() local x = nil; x() end) print(coroutine.resume(co)) print(debug.traceback(co))
--- getinfo and getlocal of a coroutine
local co = coroutine.create(function(a) local b = 2 coroutine.yield() end) coroutine.resume(co, 1) print(debug.getlocal(co, 1, 1)) print(debug.getlocal(co, 1, 2)) print(debug.getinfo(co, 1, "l").currentline, debug.getinfo(co, 0, "S").what, debug.getinfo(co, 5))
--- pcall inside coroutines
local co = coroutine.wrap(function() print(pcall(error, "e")) coroutine.yield(1) print(pcall(function() return "ok" end)) return 2 end) print(co(), co())

--- varargs
local function f(...) return select("#", ...), ... end
print(f()) print(f(nil)) print(f(1, nil, 3)) print((f(1, 2)))
local function g(a, ...) local b, c = ... return a, b, c, #{...} end
print(g()) print(g(1)) print(g(1, 2, 3, 4))
--- varargs in the middle are cut
local function f(...) return ..., "end" end print(f(1, 2, 3)) print(({f(1, 2)})[1])
local function g(...) local t = {..., ...} return #t end print(g(1, 2, 3))
--- the main chunk's arguments
print(select("#", ...), loadstring("return ...")(1, 2))
--- the table arg of old varargs
local function f(...) return arg.n, arg[1], arg[2] end print(f(7, 8))
local function g(...) local n = select("#", ...) return type(arg), n end print(g(1))
local function h(a, ...) return a, arg.n end print(h(1, 2, 3), h())
--- missing and extra arguments
local function f(a, b) return a, b end print(f(1)) print(f(1, 2, 3)) print(f())
--- closures share upvalues
local function counter() local n = 0 return function() n = n + 1 return n end, function() return n end end
local inc, get = counter() inc() inc() print(get()) local inc2, get2 = counter() inc2() print(get(), get2())
--- upvalues of upvalues
local function a() local x = 1 return function() return function() x = x + 1 return x end end end
local f = a() local g, h = f(), f() print(g(), h(), g())
--- upvalues survive an error
local n = 0 local function inc() n = n + 1 end
pcall(function() inc() error("x") end) inc() print(n)
local function f() local k = 1 local function g() k = k + 1 return k end pcall(error) pcall(function() g() error{} end) return g(), k end
print(f())
--- parameters as upvalues
local function add(x) return function(y) x = x + y return x end end local f = add(10) print(f(1), f(2))
local function va(x, ...) local n = select("#", ...) return function() x = x + n return x end end
local f = va(1, 2, 3) print(f(), f())
--- recursion
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end print(fib(20))
local function ack(m, n) if m == 0 then return n + 1 elseif n == 0 then return ack(m - 1, 1) else return ack(m - 1, ack(m, n - 1)) end end print(ack(2, 3))
--- functions as keys and values
local t = {} t[print] = "p" t[t] = "self" print(t[print], t[t])
--- select
print(select(2, "a", "b", "c")) print(select(-1, "a", "b", "c")) print(select(-2, 1, 2, 3)) print(select("#")) print(select(5, 1, 2))
print(pcall(select, 0)) print(pcall(select, -5, 1)) print(pcall(select)) print(pcall(select, "x")) print(select("2", 7, 8))
--- unpack
print(unpack{1, 2, 3}) print(unpack({1, 2, 3}, 2)) print(unpack({1, 2, 3}, 2, 5)) print(unpack({}, 1, 3)) print(unpack({1, 2}, 3)) print(unpack({1, 2, 3}, -1, 1))
print(pcall(unpack)) print(pcall(unpack, {}, "x")) print(select("#", unpack({}, 1, 200))) print(pcall(unpack, {}, 1, 1e8))
--- pcall
print(pcall(function(...) return ... end, 1, nil, 3)) print(pcall(error, "x")) print(pcall(error)) print(pcall(pcall)) print(pcall(pcall, error, "e"))
print(pcall(5)) print(pcall(nil)) print(pcall({})) print(select("#", pcall(function() end)))
--- xpcall
print(xpcall(function() return 1, 2 end, print)) print(xpcall(function() error("x", 0) end, function(m) return m .. "!" end))
print(xpcall(function() error({}) end, type)) print(pcall(xpcall)) print(pcall(xpcall, print))
print(xpcall(function() local x = nil + 1 end, function(m) return (m:gsub("^.-:%d+: ", "")) end))
--- error values
print(pcall(error, nil)) print(pcall(error, 42)) print(pcall(error, true)) local t = {} print(select(2, pcall(error, t)) == t)
print(select(2, pcall(error, "m", 0)), select(2, pcall(error, "m", 1)), select(2, pcall(error, "m", 2)))
print(select(2, pcall(function() error("m") end))) print(select(2, pcall(function() error("m", 0) end))) print(select(2, pcall(function() error("m", 2) end)))
print(select(2, pcall(function() error(42) end))) print(select(2, pcall(function() error() end)))
--- error levels
local function lvl1() error("one", 1) end
local function lvl2() error("two", 2) end
local function lvl3() error("three", 3) end
local function call(f) f() end
print(pcall(lvl1)) print(pcall(lvl2)) print(pcall(call, lvl1))
print(pcall(call, lvl2))
print(pcall(function() call(lvl3) end))
print(pcall(function() call(lvl2) end))
print(pcall(string.gsub, "x", "x", function() error("in gsub", 1) end))
print(pcall(string.gsub, "x", "x", function() error("in gsub", 2) end))
print(pcall(error, "deep", 50))
--- assert
print(assert(1, 2, 3)) print(pcall(assert, false)) print(pcall(assert, nil, "msg")) print(pcall(assert, false, 42)) print(pcall(assert))
local t = {} print(select(2, pcall(assert, nil, t)) == t) print(select("#", assert(true))) print(pcall(assert, false, nil))
--- tostring and tonumber of functions
print(type(tostring(print)), tostring(print):match("^%a+"), tostring({}):match("^table: 0x%x+$") ~= nil)
--- deep recursion
local function d(n) if n == 0 then return 0 end return 1 + d(n - 1) end print(d(15000))
--- stack overflow is an error
local function f() return 1 + f() end local ok, m = pcall(f) print(ok, m:match("stack overflow"))
local function g() local x = g() return x end local ok, m = pcall(g) print(ok, (m:gsub("^.-:%d+: ", "")))
print(pcall(string.rep, "x", -1))
--- after a stack overflow all is well
local function f() return 1 + f() end
for i = 1, 3 do local ok = pcall(f) io.write(tostring(ok), " ") end print(#("x"):rep(10))
--- recursion in metamethods ends
local t = setmetatable({}, {__index = function(t, k) return t[k .. "x"] end})
local ok, m = pcall(function() return t.a end) print(ok, type(m))
--- loop in gettable
local a, b = {}, {} setmetatable(a, {__index = b}) setmetatable(b, {__index = a})
print(pcall(function() return a.x end)) print(pcall(rawget, a, "x"))
local c = setmetatable({}, {}) getmetatable(c).__newindex = c print(pcall(function() c.x = 1 end))
--- getfenv and setfenv
local function f() return x end
local env = {x = "inside"} setfenv(f, env) print(f(), getfenv(f) == env, getfenv(1) == _G, getfenv() == _G, getfenv(0) == _G, getfenv(print) == _G)
print(pcall(setfenv, print, {})) print(pcall(setfenv, 1)) print(pcall(getfenv, 50)) print(pcall(getfenv, -1)) print(pcall(setfenv, "x", {}))
--- setfenv by level
local function f() setfenv(1, {tostring = tostring}) return tostring(print) end print(f())
local function g() setfenv(2, setmetatable({y = 5}, {__index = _G})) end
local function h() g() return y end print(h())
--- new closures inherit the environment
local env = setmetatable({}, {__index = _G}) local f = loadstring("function g() return v end v = 3 return g") setfenv(f, env)
print(f()(), env.v, rawget(_G, "v"))
--- global access through metatables
setmetatable(_G, {__index = function(_, k) return "missing " .. k end, __newindex = function(t, k, v) rawset(t, k, v * 2) end})
print(undefined) newglobal = 21 print(newglobal) setmetatable(_G, nil) print(undefined)
--- newproxy
local p = newproxy(true) getmetatable(p).__len = function() return 7 end print(#p, type(p), getmetatable(newproxy(false)), type(newproxy(p)), #newproxy(p))
print(pcall(newproxy, {}))
--- collectgarbage
print(type(collectgarbage("count")), collectgarbage(), collectgarbage("stop"), collectgarbage("restart"), pcall(collectgarbage, "nooption"))
print(collectgarbage("count") > 0, type(gcinfo()))

--- arithmetic metamethods
local mt = {} local function op(name) mt[name] = function(a, b) return name .. (type(a) == "table" and "T" or tostring(a)) .. (type(b) == "table" and "T" or tostring(b)) end end
for _, n in ipairs{"__add", "__sub", "__mul", "__div", "__mod", "__pow", "__unm", "__concat"} do op(n) end
local t = setmetatable({}, mt)
print(t + 1, 1 + t, t - t, 2 * t, t / "x", t % 3, 3 % t, t ^ 2, -t, t .. "s", "s" .. t, 1 .. t, t .. t)
--- operands that are numbers in text use no metamethods
local mt = getmetatable("") mt.__add = function() return "meta" end
print("1" + "2", pcall(function() return "a" + 1 end)) mt.__add = nil
--- the first operand's metamethod wins
local a = setmetatable({}, {__add = function() return "a" end}) local b = setmetatable({}, {__add = function() return "b" end})
print(a + b, b + a, a + 1, 1 + b)
--- concat chains
local log = {} local mt = {__concat = function(a, b) log[#log + 1] = (type(a) == "table" and "T" or a) .. "+" .. (type(b) == "table" and "T" or b) return "R" end}
local t = setmetatable({}, mt) print("a" .. "b" .. t .. "c" .. "d", table.concat(log, " "))
--- comparison metamethods
local mt = {__lt = function(a, b) return a.v < b.v end, __le = function(a, b) return a.v <= b.v end, __eq = function(a, b) return a.v == b.v end}
local function N(v) return setmetatable({v = v}, mt) end
print(N(1) < N(2), N(2) < N(1), N(1) <= N(1), N(1) > N(2), N(2) >= N(1), N(1) == N(1), N(1) ~= N(1), N(1) == N(2))
--- le from lt
local mt = {__lt = function(a, b) return a.v < b.v end} local function N(v) return setmetatable({v = v}, mt) end print(N(1) <= N(2), N(2) <= N(1), N(1) >= N(1))
--- comparisons need one metamethod for both
local a = setmetatable({}, {__eq = function() return true end, __lt = function() return true end}) local b = setmetatable({}, {__eq = function() return true end, __lt = function() return true end})
print(a == b, pcall(function() return a < b end)) local c = setmetatable({}, getmetatable(a)) print(a == c, a < c, a == 1, pcall(function() return a < 1 end))
--- results of comparisons are booleans
local t = setmetatable({}, {__eq = function() return 1 end, __lt = function() return nil end}) local u = setmetatable({}, getmetatable(t)) print(t == u, t < u, t ~= u)
--- index by function and by table
local base = {x = "base"} local t = setmetatable({}, {__index = base}) print(t.x, t.y, rawget(t, "x"))
local f = setmetatable({}, {__index = function(self, k) return k .. "!" end}) print(f.a, f[1], f.b)
local deep = setmetatable({}, {__index = setmetatable({}, {__index = setmetatable({z = 26}, {__index = function(_, k) return "end" end})})}) print(deep.z, deep.q)
--- newindex by function and by table
local store = {} local t = setmetatable({}, {__newindex = store}) t.a = 1 print(rawget(t, "a"), store.a) rawset(t, "b", 2) t.b = 3 print(t.b, store.b)
local log = {} local f = setmetatable({}, {__newindex = function(s, k, v) rawset(s, k, v * 2) end}) f.x = 5 print(f.x) f.x = 7 print(f.x)
--- call metamethod
local t = setmetatable({}, {__call = function(self, ...) return select("#", ...), ... end}) print(t()) print(t(1, nil)) print(pcall(t, "x")) print((t(7)))
local function tail(...) return t(...) end print(tail(1, 2))
--- call through several callables
local inner = setmetatable({}, {__call = function(self, x) return "inner" .. x end}) local ok, m = pcall(setmetatable({}, {__call = inner}), 1) print(ok, (tostring(m):gsub("0x%x+", "ADDR")))
--- tostring and name
print(tostring(setmetatable({}, {__tostring = function() return "hello" end}))) print(setmetatable({}, {__tostring = function() return "printed" end}))
print(pcall(tostring, setmetatable({}, {__tostring = function() error("no", 0) end}))) print(pcall(print, setmetatable({}, {__tostring = function() return 1 end}))) print(pcall(print, setmetatable({}, {__tostring = function() return {} end})))
--- protected metatables
local t = setmetatable({}, {__metatable = "locked"}) print(getmetatable(t), pcall(setmetatable, t, {})) print(getmetatable("").__index == string, getmetatable(setmetatable({}, {__metatable = false})))
--- raw access
local t = setmetatable({}, {__index = function() return 1 end, __newindex = function() end, __eq = function() return true end}) print(rawget(t, "x"), rawequal(t, setmetatable({}, getmetatable(t)))) rawset(t, "x", 2) print(t.x) print(rawequal("a", "a"), rawequal(1, 1), rawequal(t, t))
--- metatables of other types
debug.setmetatable(5, {__index = {double = function(n) return n * 2 end}, __call = function(n, x) return n + x end}) print((5):double(), (7)(3)) debug.setmetatable(5, nil) print(pcall(function() return (5).x end))
debug.setmetatable(nil, {__index = function() return "nil field" end}) print((nil).x) debug.setmetatable(nil, nil)
debug.setmetatable(print, {__index = {name = "fn"}, __concat = function() return "cat" end}) print(print.name, print .. 1) debug.setmetatable(print, nil)
--- string methods come from a metatable
string.shout = function(s) return s:upper() .. "!" end print(("hi"):shout(), #("abc"):rep(2)) string.shout = nil print(("x").len == string.len, ("x").nothing)
--- inheritance
local Animal = {} Animal.__index = Animal function Animal.new(n) return setmetatable({name = n}, Animal) end function Animal:speak() return self.name .. " makes a sound" end
local Dog = setmetatable({}, {__index = Animal}) Dog.__index = Dog function Dog.new(n) local d = Animal.new(n) return setmetatable(d, Dog) end function Dog:speak() return Animal.speak(self) .. ": woof" end print(Dog.new("Rex"):speak(), Animal.new("Cat"):speak())
--- metamethods with wrong results
local t = setmetatable({}, {__add = function() end, __unm = function() return 1, 2 end}) print(t + 1, -t) print((t + 1))
--- unary minus passes the operand twice
print(-setmetatable({}, {__unm = function(a, b) return rawequal(a, b) end}))
--- errors inside metamethods
local t = setmetatable({}, {__index = function(t, k) error("no field " .. k, 2) end}) print(pcall(function() return t.foo end))
local u = setmetatable({}, {__add = function(a, b) error("cannot add") end}) print(pcall(function() return u + 1 end))
--- setmetatable returns its table and may be nil
local t = {} print(setmetatable(t, {}) == t, getmetatable(setmetatable(t, nil)), pcall(setmetatable, t))
--- index with any key
local keys = {} local t = setmetatable({}, {__index = function(_, k) keys[#keys + 1] = type(k) end}) local _ = t[1], t[true], t[{}], t[print], t[1.5], t["s"] print(table.concat(keys, " "))
--- multiple assignment through newindex
local order = {} local t = setmetatable({}, {__newindex = function(_, k, v) order[#order + 1] = k .. "=" .. tostring(v) end}) t.a, t.b, t.c = 1, 2 print(table.concat(order, " "))
--- pairs ignores metamethods
local t = setmetatable({1}, {__pairs = function() return error end, __ipairs = function() return error end}) for k, v in pairs(t) do print(k, v) end for k, v in ipairs(t) do print(k, v) end
--- weak tables can be made
local w = setmetatable({}, {__mode = "k"}) w[1] = 2 print(w[1], getmetatable(w).__mode)

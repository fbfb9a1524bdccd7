--- while, repeat, break
local i = 0 while true do i = i + 1 if i == 5 then break end end print(i)
repeat local k = i i = i - 1 until k <= 3 print(i)
while false do print "never" end
--- repeat sees the body's locals
local n = 0
repeat local done = n > 2 n = n + 1 until done
print(n)
--- repeat with closures over its locals
local fs = {}
local i = 0
repeat local k = i fs[#fs + 1] = function() k = k + 1 return k end i = i + 1 until k >= 2
print(fs[1](), fs[1](), fs[2](), fs[3]())
--- numeric for
for i = 1, 3 do io.write(i, " ") end
for i = 3, 1, -1 do io.write(i, " ") end
for i = 1, 0 do io.write "never" end
for i = 1, 2, 0.5 do io.write(i, " ") end
for i = 5, 5 do io.write(i, " ") end
for i = "1", "3" do io.write(i, " ") end
for i = -1, -3, -1 do io.write(i, " ") end print()
--- numeric for with fractions
for x = 0, 1, 0.1 do io.write(x, " ") end print()
local n = 0 for x = 0, 1, 0.25 do n = n + 1 end print(n)
--- zero step never ends at or below the limit
local n = 0 for i = 1, 0, 0 do n = n + 1 if n > 3 then break end end print(n)
n = 0 for i = 1, 1, 0 do n = n + 1 if n > 3 then break end end print(n)
--- the loop variable is a copy
for i = 1, 3 do local j = i i = 10 io.write(j, " ") end print()
--- for evaluates once
local function f(n) io.write("f", n, " ") return n end
for i = f(1), f(3), f(1) do io.write(i, " ") end print()
--- for errors
print(pcall(function() for i = "x", 2 do end end))
print(pcall(function() for i = 1, {} do end end))
print(pcall(function() for i = 1, 2, nil do end end))
print(pcall(function() for i = nil, 2 do end end))
print(pcall(function() for x in nil do end end))
print(pcall(function() for x in 5 do end end))
print(pcall(function() local t = {} for x in t do end end))
--- generic for
for k, v in pairs{10, 20, 30} do io.write(k, "=", v, " ") end
for i, v in ipairs{1, 2, nil, 4} do io.write(i, ":", v, " ") end
for k, v in next, {5, 6} do io.write(k, "=", v, " ") end print()
--- generic for with state and control
local function iter(s, c) if c < s then return c + 1, c * c, "x", "y" end end
for a, b, c, d, e in iter, 3, 0 do print(a, b, c, d, e) end
--- generic for with a callable object
local t = setmetatable({}, {__call = function(self, s, c) c = (c or 0) + 1 if c < 3 then return c end end})
for i in t do io.write(i, " ") end print()
--- generic for with one variable and many results
for w in ("a b c"):gmatch("%a") do io.write(w, ";") end
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do io.write(k, v, ";") end print()
--- closures in loops are fresh
local fs = {}
for i = 1, 3 do fs[i] = function() i = i + 1 return i end end
print(fs[1](), fs[1](), fs[2](), fs[3]())
fs = {} for k, v in ipairs{"a", "b"} do fs[k] = function() return k, v end end
print(fs[1]()) print(fs[2]())
fs = {} local n = 0
while n < 3 do n = n + 1 local m = n fs[n] = function() m = m * 2 return m end end
print(fs[1](), fs[2](), fs[3](), fs[3]())
--- break closes upvalues
local f
for i = 1, 10 do local x = i f = function() x = x + 1 return x end if i == 3 then break end end
print(f(), f())
--- if chains
for i = 1, 4 do
  if i == 1 then io.write "one " elseif i == 2 then io.write "two " elseif i == 3 then io.write "three " else io.write "more " end
end print()
if nil then elseif false then else print "else" end
if 0 then print "zero is true" end if "" then print "empty is true" end
--- local scope
local x = 1
do local x = 2 print(x) do local x = x + 1 print(x) end print(x) end
print(x) local x = x + 10 print(x)
local a, b = 1 print(a, b) local a, b, c = (function() return 1, 2 end)() print(a, b, c)
--- local function recursion
local function fact(n) return n <= 1 and 1 or n * fact(n - 1) end print(fact(10))
local f = function(n) return f end print(f(1))
--- multiple assignment
local a, b, c = 1, 2, 3 a, b, c = c, a print(a, b, c)
a, b = 1 print(a, b) a = 1, 2 print(a)
--- assignment to fields of calls
local t = {} local function get() return t end
get().x = 1 get()["y"] = 2 print(t.x, t.y);
(get()).z = 3 print(t.z)
--- return of many values
local function f() return 1, nil, 3 end print(f()) print(select("#", f()))
local function g(...) return ... end print(select("#", g(nil, nil))) print((g(1, 2)))
local function none() end print(none()) print((none()))
--- tail calls do not grow the stack
local function loop(n) if n == 0 then return "done" end return loop(n - 1) end
print(loop(100000))
local function even(n) if n == 0 then return true end return (function(m) return even(m - 1) == false end)(n) end
print(even(10))
--- do blocks and empty statements
do end do do end end local x do x = 5 end print(x)
--- nested functions and shadowing
local function outer(x) local function inner(x) return x * 2 end return inner(x + 1), x end
print(outer(1))
--- many locals in registers
local src = "local a1" for i = 2, 150 do src = src .. ",a" .. i end
src = src .. " = 1" for i = 2, 150 do src = src .. "," .. i end
print(loadstring(src .. " return a1 + a75 + a150, a150")())
--- long jumps
local src = "local n = 0 for i = 1, 2 do if i == 1 then " .. ("n = n + 1 "):rep(5000) .. " else n = n + 0.5 end end return n"
print(loadstring(src)())

--- arithmetic
print(1 + 2, 5 - 7, 3 * 4, 7 / 2, 2 ^ 10, 7 % 3, -7 % 3, 7 % -3, -7 % -3, 5.5 % 2, -5.5 % 2, 2 ^ 0.5, -2 ^ 2, 2 ^ 3 ^ 2)
--- modulo of infinities and zero
local inf = 1 / 0
print(5 % inf ~= 5 % inf, -5 % inf ~= -5 % inf, 5 % 0 ~= 5 % 0, inf % 2 ~= inf % 2, 0 % 5, 1e15 % 7, 2 ^ 53 % 3)
--- strings as numbers
print("10" + 1, "0x10" * 2, " 5 " - 1, "2" ^ "3", -"4", "1e1" / 2, 10 .. 20, "7" % 4)
--- precedence
print(1 + 2 * 3 - 4 / 2, (1 + 2) * 3, not 1 == 2, not (1 == 2), 1 .. 2 == "12", -3 ^ 2, 2 * -3, #"ab" + 1, "a" .. 1 + 2)
print(1 or error(), nil and error(), false == not true, 1 < 2 == true, 1 and 2 or 3, nil or false and 1)
--- comparisons
print(1 < 2, 2 <= 2, "a" < "b", "a" < "B", "" < "a", "a\0b" < "a\0c", "Z" < "a", "10" < "9", 1 == "1", "x" == "x", nil == false)
--- not a number
local nan = 0 / 0
print(nan == nan, nan ~= nan, nan < nan, nan <= 1, not (nan > 1))
local t = {} print(pcall(function() t[nan] = 1 end)) print(t[nan])
--- and, or, not give operands
print(1 and 2, nil and 1, false and 1, 1 or 2, nil or 2, false or nil, nil or false, not nil, not 0, not "")
local function f(...) return ... end
print((f(1, 2)), f(1, 2) or 3, f() and 1, (f()))
--- conditions of every kind
local a, b, n = 1, false, nil
print(a and b, a and not b, not a or b, a and (b or 2), (a and b) or (n or 3), not (a and b), a == 1 and b == false, a == 2 or n == nil)
if a and not b and (n or a) then print "yes" else print "no" end
if not (a and b) then print "yes" end
while a and a < 3 do a = a + 1 end print(a)
repeat a = a - 1 until not (a > 1) print(a)
local x = a == 1 or a == 2 print(x)
local y = not (a == 1) print(y)
local z = (a == 1) == (b == false) print(z)
--- comparison results as values
local t = {1 < 2, 2 < 1, "a" <= "b", 1 ~= 1, not (1 < 2)}
for i = 1, 5 do io.write(tostring(t[i]), " ") end print()
--- concatenation
print("a" .. "b" .. "c" .. 1 .. 2 .. 3, 1 .. "", 0.1 .. "x", -1 .. "", 1e15 .. "", 2 ^ 53 .. "")
local s = "" for i = 1, 5 do s = s .. i end print(s)
--- length
print(#"", #"abc", #"a\0b", #{}, #{1, 2, 3}, #{n = 1}, #{1, nil}, #{nil})
local t = {} for i = 1, 10 do t[i] = i end t[10] = nil print(#t) t[#t + 1] = "x" print(#t, t[10])
--- __len is not for tables
print(#setmetatable({1, 2}, {__len = function() return 42 end}))
--- constants above 255
local t = {} for i = 1, 300 do t[i] = "v" .. i end
local src = "local t = ... local s = 0 " for i = 1, 300 do src = src .. "s = s + " .. i .. ".5 " end
print(loadstring(src .. " return s")(t))
src = "local t = {} " for i = 1, 300 do src = src .. "t.f" .. i .. " = " .. i .. " " end
print(loadstring(src .. " return t.f1 + t.f300, t['f' .. 299]")())
src = "local o = {} " for i = 1, 300 do src = src .. "function o:m" .. i .. "() return " .. i .. " end " end
print(loadstring(src .. " return o:m1(), o:m299(), o:m300()")())
--- table constructors
local function f() return 1, 2, 3 end
print(#{f()}, #{f(), f()}, #{(f())}, #{f(), nil}, select("#", unpack{f(), x = 1, f()}))
local t = {1, 2, x = "y", [10] = "ten", 3; "four", [2 + 2] = "lost"}
print(t[1], t[2], t[3], t[4], t.x, t[10])
local u = {[1] = "a", "b"} print(u[1])
--- constructor over fifty items
local t = {1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52, unpack{53, 54}}
print(#t, t[50], t[51], t[54])
--- trailing separators
print(#{1, 2,}, #{1; 2;}, #{f = 1,})
--- calls without parentheses
local function f(x) return type(x), type(x) == "table" and x[1] or x end
print(f"s") print(f'q') print(f[[l]]) print(f{7})
print(("x"):rep(3), ("%d"):format(7), #("abc"):upper())
--- method calls evaluate the object once
local n = 0
local function obj() n = n + 1 return {m = function(self, a) return a end} end
print(obj():m(5), n)
--- adjusting results
local function f() return 1, 2, 3 end
local a, b, c, d = f() print(a, b, c, d)
a, b, c, d = 0, f() print(a, b, c, d)
a, b, c, d = f(), 10 print(a, b, c, d)
a, b = f(), f(), f() print(a, b)
print(f(), f()) print((f())) print(({f()})[3])
--- precision
print(0.1 + 0.2, 1 / 3, 100 / 3, 1e300 * 1e10, -1e300 * 1e10, 123456789012345, 1e14, 1e15, 123456.789e3, 5e-324, 2 ^ 63)
--- negative zero
print(0 * -1, -0.0 == 0, 1 / (0 * -1), 0 / -5)
--- powers
print(10 ^ 2, 10 ^ -2, 10 ^ 22 == 1e22, 2 ^ -1074, 2 ^ 1023, (-8) ^ (1 / 3) ~= (-8) ^ (1 / 3), 0 ^ 0, (-2) ^ 3, 10 ^ 15 == 1e15, 1.5 ^ 3)
print(7 ^ 20 == 7 ^ 19 * 7, 3 ^ 33, 10 ^ 308, 10 ^ 309, 10 ^ -308, 10 ^ -330)
--- constant folding keeps meaning
print(2 + 3 * 4, "a" .. "b", -(-3), 1 / 0, -1 / 0, 2 ^ 2 ^ 3, 7 % 0 ~= 7 % 0, not not 1, -"2")
--- evaluation order of assignments
local i, t = 1, {}
i, t[i] = i + 1, 20 print(i, t[1], t[2])
local a = {1, 2} local j = 1
j, a[j], a[j + 1] = 2, "x", "y" print(j, a[1], a[2])
local x, y = 1, 2 x, y = y, x print(x, y)
local q = {} q.a, q = 1, 5 print(q)
do local a = {} a.x, a.y, a = 1, 2, a.z print(a) end
--- deep expressions
local s = "return " .. ("("):rep(100) .. "1" .. (")"):rep(100) print(loadstring(s)())
s = "return 0" .. ("+1"):rep(1000) print(loadstring(s)())
s = "return 'a'" .. ("..'a'"):rep(150) print(#loadstring(s)())
--- short circuit does not evaluate
local n = 0 local function hit() n = n + 1 return true end
local _ = false and hit() _ = true or hit() _ = nil and hit() or hit() print(n)

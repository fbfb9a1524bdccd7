--- goto and labels
local f, m = loadstring("for i = 1, 3 do if i == 2 then goto continue end io.write(i, ' ') ::continue:: end print()", "=c") if f then f() else print(m) end
--- hexadecimal escapes
print(#"\x41", "\x41")
--- load takes a string
print(pcall(function() return load("return 1")() end))
--- xpcall passes arguments
print(xpcall(function(...) return select("#", ...) end, print, 1, 2))
--- zero bytes in formats
print(#("%s"):format("a\0b"), #("%c"):format(0))
--- zero bytes in patterns
print(("a\0b"):find("\0b"), ("a\0b"):match("a\0b") == "a\0b")
--- frontier pattern
print(("THE (quick) fox"):find("%f[%a]%a+%f[%A]"), ("hello world"):gsub("%f[%w]%w+", string.upper))
--- hexadecimal floats in formats
print(pcall(string.format, "%a", 1))
--- goto is still a name
local goto = 5 print(goto) goto = goto + 1 print(goto) local t = {goto = 1} print(t.goto) function t:goto() return "method" end print(t:goto())
--- printing zero bytes
print("a\0b")
--- reading zero bytes
local f = io.open("z", "wb") f:write("a\0b\nc") f:close() f = io.open("z", "rb") print(#f:read("*l"), #f:read("*l")) f:close() os.remove("z")
--- dump of a function
print(pcall(function() return type(string.dump(function() end)) end))
--- weak tables
local t = setmetatable({}, {__mode = "k"}) t[{}] = 1 collectgarbage() print(next(t) ~= nil)
--- finalizers
local p = newproxy(true) getmetatable(p).__gc = function() print("collected") end p = nil collectgarbage() print("end")
--- nested protected calls
local function f(n) if n == 0 then return "bottom" end return select(2, pcall(f, n - 1)) end print(f(150), f(1000))
--- the seed of random numbers
math.randomseed(1) print(math.random(1000000))

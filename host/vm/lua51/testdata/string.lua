--- sub
local s = "hello" print(s:sub(2), s:sub(2, 3), s:sub(-3), s:sub(-3, -2), s:sub(0), s:sub(10), s:sub(2, 1), s:sub(-100, 100), s:sub(3, -2), s:sub(1, 0), ("x"):sub(1, 1e10))
--- len, reverse, lower, upper
print(#"", ("abc"):len(), ("abc"):reverse(), (""):reverse(), ("aBc1-É"):lower(), ("aBc1-é"):upper(), ("\228\0z"):upper() == "\228\0Z")
--- rep
print(("ab"):rep(3), ("x"):rep(0), ("x"):rep(-1), (""):rep(100), #("abc"):rep(1000), ("a\0"):rep(2) == "a\0a\0", ("x"):rep("2"), ("x"):rep(2.9))
--- byte and char
print(("abc"):byte(), ("abc"):byte(2), ("abc"):byte(-1), ("abc"):byte(10), ("abc"):byte(1, -1)) print(string.char(), string.char(104, 105), string.char(0, 255):byte(1, 2)) print(("a"):byte(0), ("hello"):byte(2, 4), ("x"):byte("1"))
--- find plain
print(("hello world"):find("o w"), ("a.b"):find(".", 1, true), ("abc"):find("b", -1), ("abc"):find("b", -2), ("abc"):find("", 10), ("abc"):find(""), ("abc"):find("", 4), ("abc"):find("c", 4), ("a\0b\0c"):find("\0c", 1, true))
--- numbers are strings too
print(string.rep(5, 2), string.len(12.5), ("x"):rep(2) .. 3, string.sub(12345, 2, 3), string.upper(1e20), string.find(123, 2))
--- comparison of strings
print("a" < "b", "a" < "aa", "" < "a", "Z" < "a", "a\0a" < "a\0b", "\255" > "a", "abc" == "abc", not ("a" < "a"))
--- tostring of values
print(tostring(nil), tostring(true), tostring(12), tostring("x"), tostring(1e100), tostring(-0.5)) print(pcall(tostring))
--- tonumber
for _, s in ipairs{"10", " 10 ", "0x1F", "1e3", "1e", ".5", "5.", ".", "", " ", "abc", "1 2", "0x", "0xg", "+5", "-5", "--5", "1e+5", "1e-5x", "\t7\n", "1_000", "0b1", "inf", "nan", "-inf", "0x10p2", "1,5", "0x.8", "0xA.8"} do io.write(("%q"):format(s), "=", tostring(tonumber(s)), " ") end print()
print(tonumber(5), tonumber(nil), tonumber({}), tonumber(true), tonumber("0x"), tonumber("1e1"))
--- tonumber with a base
print(tonumber("10", 2), tonumber("ff", 16), tonumber("FF", 16), tonumber("zz", 36), tonumber("8", 8), tonumber("77", 8), tonumber(" 11 ", 2), tonumber("0x1f", 16), tonumber("1.5", 10), tonumber("12", 3), tonumber("", 2), tonumber("7", 7), tonumber(10, 2), tonumber("1e1", 16), tonumber("-ff", 16) == 2^64 - 255, tonumber("+11", 2))
--- concat of numbers
print(1 .. "", 1.5 .. "", -0.25 .. "", 1e15 .. "", 1e14 .. "", 2^31 .. "", 2^53 .. "", 1/3 .. "", 1e-10 .. "")
--- number formats
for _, n in ipairs{0, 1, -1, 0.1, 1/3, 100, 1e5, 123456, 1234567890123, 12345678901234, 123456789012345, 1e14, 1e15, 1e16, 1e100, 1e-4, 1e-5, 1.5e-7, 2^31, 2^32, 2^53, 2^63, 2^64, 3.14159265358979, 99999999999999, 999999999999999, 0.1 + 0.2, 1e300 * 10, 5e-324, 1.7976931348623157e308} do io.write(tostring(n), " ") end print()
--- infinities and nan as text
print(1/0, -1/0, 0/0 ~= 0/0, tostring(1/0), -(1/0), math.huge, -math.huge, ("%s"):format(1/0))
--- zero bytes
local s = "a\0b" print(#s, s:byte(2), s == "a\0b", s ~= "a\0c", ("x" .. s):len(), s:rep(2):len(), s:upper():byte(1, -1))
--- dump is a function
print(type(string.dump), pcall(string.dump, print))
--- a dumped function is loaded again
local f = loadstring(string.dump(function(a, ...) return a, select("#", ...) end)) print(f(1, 2, 3)) print(loadstring(string.dump(f))(4))
--- a dumped function's variables are new ones
local up = 5 local function get() return up end print(get(), pcall(loadstring(string.dump(get)))) print(load(function() local s = up and string.dump(get) up = nil return s end)())
--- a dumped function keeps its name and lines
local f = loadstring(string.dump(function()
  error("here")
end)) print(pcall(f))
--- gfind is an old name
print(string.gfind == string.gmatch)

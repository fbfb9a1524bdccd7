--- escapes in quoted strings
print(#"\a\b\f\n\r\t\v\\\"\'", "a\
b", "\65\066\0067")
print(("\0\1\200\255"):byte(1, -1))
--- a backslash before any other character
print("\q\z\(\%")
--- long strings
print([[a
b]], [==[]]]==], [[
first newline is dropped]], #[[

two]])
print([=[[[ ]] ]=], [==[
x]==])
--- carriage returns count as newlines
print(loadstring("return [[a\r\nb\rc\n\rd]]")() == "a\nb\nc\nd")
print(select(2, loadstring("\r\n\r\nx = = 1", "=c")))
--- comments
print(1) -- short
--[[ long
comment ]] print(2)
--[==[ x ]] ]==] print(3)
---[[ not long
print(4)
--]]
--- numerals
print(3, 3.0, 3.1416, 314.16e-2, 0.31416E1, 0xff, 0x56, .5, 5., 1e2, 1E+2, 0xA, 1e-7)
--- malformed numerals
for _, s in ipairs{"3x", "1e", "0x", "1..2", "1.2.3", "0xg", "1e+", "3_1", "08x"} do
  print(s, loadstring("return " .. s, "=c"))
end
--- octal is decimal
print(010, 0777)
--- names and reserved words
local _a1, A_, __ = 1, 2, 3
print(_a1, A_, __)
for w in ("and break do else elseif end false for function if in local nil not or repeat return then true until while"):gmatch("%a+") do
  assert(not loadstring("local " .. w .. " = 1"), w)
end
--- operators and tokens
print(1 == 1, 1 ~= 2, 1 <= 2, 2 >= 1, "a" .. "b", #"abc", not nil)
--- bytes above 127 in strings
print(("äöü"):byte(1, -1))
--- a shebang line only in files
print(loadstring("#!/bin/lua\nreturn 1", "=c"))
--- zero byte in source
print(loadstring("return '\0'")() == "\0", #loadstring("return 'a\0b'")())
--- deprecated nesting of long strings
print(loadstring("return [[a [[b]] c]]", "=c"))
--- unfinished strings
print(loadstring("return 'abc", "=c"))
print(loadstring("return 'abc\n'", "=c"))
print(loadstring('return "abc\\', "=c"))
print(loadstring("return [[abc", "=c"))
print(loadstring("--[[abc", "=c"))
print(loadstring("return [==[abc]=]", "=c"))
print(loadstring("return [=abc", "=c"))
--- escape too large
print(loadstring("return '\\256'", "=c"))
print(loadstring("return 'ab\\999'", "=c"))
--- semicolons
local a = 1; local b = 2; print(a, b);
print(loadstring(";", "=c"))
print(loadstring("local a;;", "=c"))
--- nested comments and strings do not mix
print("--[[", [[--]], '--') --[["x"]]
--- line numbers in long strings
local s = [[


]] print(select(2, pcall(error, "x", 1))) print(debug.getinfo(1, "l").currentline)

--- character classes
local all = "" for i = 0, 255 do all = all .. string.char(i) end
for _, c in ipairs{"a", "c", "d", "l", "p", "s", "u", "w", "x", "z", "A", "C", "D", "L", "P", "S", "U", "W", "X", "Z"} do io.write(c, #all:gsub("[^%" .. c .. "]", ""), " ") end print() print((all:gsub("%W", "")))
--- find with captures
print(("key = value"):find("(%w+)%s*=%s*(%w+)")) print(("abc"):find("b()")) print(("abc"):find("()")) print(("abc"):find("(a)(b)(c)")) print(("abc"):find("x")) print(("aXb"):find("%u"))
--- match
print(("hello 123"):match("%d+"), ("hello"):match("h(.)(.)"), ("  trim  "):match("^%s*(.-)%s*$") .. "|", ("2024-01-31"):match("(%d+)-(%d+)-(%d+)"), ("abc"):match("()b()"), ("x"):match("y"), ("abc"):match(".-"), ("abc"):match("b", 3), ("abc"):match("^b", 2))
--- repetitions
print(("aaa"):match("a*"), ("aaa"):match("a+"), ("aaa"):match("a-"), ("aaa"):match("a?"), ("aaab"):match("a-b"), ("baaa"):match("a*"), ("<<a>>"):match("<(.-)>"), ("<<a>>"):match("<(.*)>"), (""):match("a*"), ("aab"):match("^(a+)b?$"), ("xyz"):match("x?y?z?"), ("z"):match("x?y?z?"))
--- anchors
print(("abc"):find("^a"), ("abc"):find("^b"), ("abc"):find("c$"), ("abc"):find("b$"), ("a^b"):find("a^"), ("a$b"):find("a$b"), ("$"):find("$"), ("a$"):find("%$"), (""):find("^$"), ("abc"):gsub("^", "x"), ("abc"):gsub("$", "x"))
--- sets
print(("a-b"):match("[a%-b]+"), ("]"):match("[]]"), ("^"):match("[%^]"), ("a^"):match("[a^]+"), ("x"):match("[^a-c]"), ("-"):match("[a-]"), ("-"):match("[-a]"), ("5f"):match("[0-9a-f]+"), ("%"):match("[%%]"), ("ab]"):match("[^]]+"), ("é"):match("[\128-\255]+"), ("a.b"):match("[.]"), ("w"):match("[%w_]"), ("-"):match("[%a-]"), ("z"):match("[a-%z]") or "none")
--- balanced
print(("f(a(b)c)d"):match("%b()"), ("((x)"):match("%b()"), ("x"):match("%b()"), ("[[a]b]"):match("%b[]"), ("''"):match("%b''"), ("begin"):match("%bbn"))
--- back references
print(("'x' \"y\""):match("(['\"])(.-)%1"), ("abab"):match("(ab)%1"), ("abba"):match("(a)(b)%2%1"), ("hello"):match("(.)%1"), ("aa"):find("(a)%1"))
--- gsub with strings
print(("hello world"):gsub("o", "0")) print(("hello"):gsub("", "-")) print(("abc"):gsub("%w", "%0%0")) print(("abc"):gsub("(a)(b)", "%2%1")) print(("hello"):gsub("l", "L", 1)) print(("hello"):gsub("l", "L", 0)) print(("x"):gsub("x", "%%")) print(("abc"):gsub(".", "<%0>", 2)) print(("a b"):gsub("%s", "%%20")) print(("abc"):gsub("b", "%1")) print(("x^y"):gsub("%^", "**")) print(("abc"):gsub("x*", "-"))
--- gsub with functions
print(("hello"):gsub("l", function(c) return c:upper() end)) print(("abc"):gsub("%w", function() end)) print(("abc"):gsub("%w", function() return false end)) print(("a1b2"):gsub("(%a)(%d)", function(a, d) return d .. a end)) print(("abc"):gsub("()b", function(p) return p end)) print(("x y"):gsub("%w", function(c) return #c end))
--- gsub with tables
print(("$a $b $c"):gsub("%$(%w)", {a = "1", b = 2})) print(("abc"):gsub("%w", {a = false, b = "B"})) print(("k"):gsub("k", setmetatable({}, {__index = function(_, k) return k .. k end})))
--- gsub anchors and limits
print(("aaa"):gsub("^a", "b")) print(("aaa"):gsub("a$", "b")) print(("aaa"):gsub("a", "b", 2)) print(("aaa"):gsub("a", "b", -1)) print((""):gsub("", "x")) print(("ab"):gsub("(a?)b?", "[%1]"))
--- gmatch
for w in ("one two  three"):gmatch("%S+") do io.write(w, ",") end for k, v in ("a=1, b=2"):gmatch("(%w)=(%w)") do io.write(k, v, ",") end for p in ("abc"):gmatch("()") do io.write(p, ",") end for c in ("abc"):gmatch("") do io.write("[", c, "]") end for a in ("a^b"):gmatch("^a") do io.write("anchor") end print()
local f = ("a b"):gmatch("%a") print(f(), f(), f())
--- captures at the limits
print(("x"):rep(32):match(("(x)"):rep(32)) == "x", select("#", ("x"):rep(32):match(("(x)"):rep(32)))) print(pcall(string.match, ("x"):rep(33), ("(x)"):rep(33)))
--- special characters escaped
print(("a.b*c+d-e?f[g](h)^i$j%k"):gsub("%p", "%%%0")) print(("1+1=2"):find("1+1", 1, true), ("1+1=2"):find("1%+1"))
--- greedy and lazy with rest
print(("/usr/lib/x.lua"):match("^(.*)/([^/]*)%.(%w+)$")) print(("a,b,,c"):gsub(",", ";")) print(("  x "):gsub("^%s+", ""):len()) print(("[[x]]"):match("%[%[(.-)%]%]")) print(("k: v: w"):match("^(.-):%s*(.*)$"))
--- patterns over binary data
local s = "\0\1\2\255" print(s:find("\2"), s:find("%z"), s:match("[\254-\255]"):byte(), #s:gsub("%z", "00"), s:find("[%z]"), ("a\0b"):match("a%zb") ~= nil)
--- many matches
local s = ("ab "):rep(10000) local n = select(2, s:gsub("%w+", "x")) print(n, #(s:gsub(" ", ""))) local c = 0 for _ in s:gmatch("a") do c = c + 1 end print(c)
--- start positions
print(("abcabc"):find("b", 3), ("abcabc"):find("b", -2), ("abc"):match("%w", 0), ("abc"):match("%w", -1), ("abc"):find("a", 2), ("abc"):find("^b", 2), ("abc"):find("", 3), ("abc"):find("", 100))
--- url decoding
print((("a+b%20c%3d"):gsub("+", " "):gsub("%%(%x%x)", function(h) return string.char(tonumber(h, 16)) end)))
--- csv splitting
local t = {} for f in ("a,b,,d"):gmatch("([^,]*),?") do t[#t + 1] = "[" .. f .. "]" end print(table.concat(t))
--- nested captures
print(("abcd"):match("((a)(b(c)))d"), ("abcd"):find("(b(c))"), ("x=1"):match("((%w)=(%w))"))
--- dash at the end is literal in sets
print(("a-z"):gsub("[a-]", "x")) print(("a-z"):gsub("[-z]", "x")) print(("b"):match("[a-c-e]"), ("-"):match("[a-c-e]"), ("d"):match("[a-c-e]"))

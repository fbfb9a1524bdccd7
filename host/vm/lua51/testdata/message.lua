--- indexing nil by kinds of names
local a print(pcall(function() return a.x end)) print(pcall(function() return b.x end))
local t = {} print(pcall(function() return t.x.y end)) print(pcall(function() return t.x.y.z end)) print(pcall(function() local l l.x = 1 end))
print(pcall(function() return t[1].x end)) print(pcall(function() return t["a b"].x end)) print(pcall(function() local k = "q" return t[k].x end))
print(pcall(function() g.h.i = 1 end)) print(pcall(function() a.x = 1 end)) print(pcall(function() a[1] = 1 end)) print(pcall(function() return (nil)[1] end))
print(pcall(function() local s = 5 return s.x end)) print(pcall(function() return (true).x end)) print(pcall(function() return ({}).x.y end))
--- calling what is no function
local l print(pcall(function() l() end)) print(pcall(function() nofunction() end)) local t = {} print(pcall(function() t.f() end)) print(pcall(function() t:m() end))
print(pcall(function() ("x"):nomethod() end)) print(pcall(function() t.a.b() end)) print(pcall(function() (5)() end)) print(pcall(function() t[1]() end)) print(pcall(function() local x = {} x() end))
print(pcall(function() return l() end)) print(pcall(function() (function() end)()() end)) print(pcall(function() local a = 1 return a(2) end)) print(pcall(function() print(nofunction()) end))
print(pcall(function() for i in 5 do end end)) print(pcall(function() string.nosuch("x") end)) print(pcall(function() t.x.y:z() end))
--- arithmetic on what is no number
local a, s, t = nil, "x", {} print(pcall(function() return a + 1 end)) print(pcall(function() return 1 + a end)) print(pcall(function() return s + 1 end)) print(pcall(function() return 2 ^ t end)) print(pcall(function() return -t end)) print(pcall(function() return -a end))
print(pcall(function() return t.x * 2 end)) print(pcall(function() return 2 - t.y.z end)) print(pcall(function() return undef / 1 end)) print(pcall(function() return 1 % "q" end)) print(pcall(function() local u = "10a" return u + 0 end))
print(pcall(function() return nil + nil end)) print(pcall(function() return t + t end)) print(pcall(function() return {} + 1 end)) print(pcall(function() return "a" + "b" end)) print(pcall(function() local n = 1 n = n + s end)) print(pcall(function() t.n = t.n + 1 end)) print(pcall(function() return #t + a end)) print(pcall(function() return print + 1 end))
--- concatenating what is no text
local a, t = nil, {} print(pcall(function() return "x" .. a end)) print(pcall(function() return a .. "x" end)) print(pcall(function() return "a" .. t .. "b" end)) print(pcall(function() return "x" .. t.name end)) print(pcall(function() return "x" .. undef .. "y" end)) print(pcall(function() local b = true return b .. "" end)) print(pcall(function() return 1 .. {} end)) print(pcall(function() return "a" .. "b" .. nil end)) print(pcall(function() return print .. "x" end)) print(pcall(function() local s = "x" s = s .. s.y.z end))
--- comparing what has no order
print(pcall(function() return 1 < "1" end)) print(pcall(function() return {} < {} end)) print(pcall(function() return nil < 1 end)) print(pcall(function() return "a" <= 1 end)) print(pcall(function() return print > print end)) print(pcall(function() return true < false end)) print(pcall(function() return {} >= 1 end)) print(pcall(function() return nil > nil end))
--- length of what has none
local a print(pcall(function() return #a end)) print(pcall(function() return #5 end)) print(pcall(function() return #undef end)) print(pcall(function() return #print end)) print(pcall(function() local t = {} return #t.x end)) print(pcall(function() return #true end))
--- bad keys
local t = {} print(pcall(function() t[nil] = 1 end)) print(pcall(function() t[0/0] = 1 end)) print(pcall(rawset, t, nil, 1)) print(t[nil]) print(pcall(function() return {[nil] = 1} end)) print(pcall(next, {}, "nokey"))
--- argument errors of the library
print(pcall(function() string.rep() end)) print(pcall(function() string.rep("x") end)) print(pcall(function() string.rep("x", {}) end)) print(pcall(function() ("x"):rep() end)) print(pcall(function() ("x"):rep("y") end)) print(pcall(function() string.char(256) end)) print(pcall(function() string.char(-1) end)) print(pcall(function() string.char("x") end))
print(pcall(function() math.floor() end)) print(pcall(function() math.floor("a") end)) print(pcall(function() math.floor({}) end)) print(pcall(function() setmetatable(1, {}) end)) print(pcall(function() setmetatable({}) end)) print(pcall(function() setmetatable({}, 1) end)) print(pcall(function() ipairs() end)) print(pcall(function() pairs(nil) end)) print(pcall(function() rawget() end)) print(pcall(function() rawequal(1) end)) print(pcall(function() tostring() end)) print(pcall(function() tonumber() end)) print(pcall(function() tonumber("1", 99) end)) print(pcall(function() tonumber({}, 2) end)) print(pcall(function() type() end)) print(pcall(function() next() end)) print(pcall(function() loadstring() end)) print(pcall(function() getmetatable() end))
--- argument errors by other names
local r = string.rep print(pcall(function() r() end)) local t = {q = string.rep} print(pcall(function() t.q() end)) print(pcall(function() t:q() end)) print(pcall(string.rep)) print(pcall(function() return string.rep() end)) print(pcall(pcall, string.rep)) local f = string.rep local function up() f() end print(pcall(up)) rr = string.rep print(pcall(function() rr() end)) print(pcall(function() ("x").rep() end)) print(pcall(function() local x = {string.rep} x[1]() end))
--- argument errors of table functions
print(pcall(function() table.concat() end)) print(pcall(function() table.concat({}, {}) end)) print(pcall(function() table.concat({{}}) end)) print(pcall(function() table.concat({1, nil, 3}, "", 1, 3) end)) print(pcall(function() table.concat({1, 2}, ",", 1, 3) end)) print(pcall(function() table.insert() end)) print(pcall(function() table.insert({}) end)) print(pcall(function() table.insert({}, 1, 2, 3) end)) print(pcall(function() table.insert(1, 2) end)) print(pcall(function() table.insert({}, "x", 1) end)) print(pcall(function() table.remove(1) end)) print(pcall(function() table.sort({3, "a", 1}) end)) print(pcall(function() table.sort({1, 2}, 5) end)) print(pcall(function() table.foreach({}, 1) end)) print(pcall(function() table.setn({}, 1) end)) print(pcall(function() table.getn() end)) print(pcall(function() table.sort({{}, {}}) end)) print(pcall(function() table.maxn() end))
--- argument errors of string functions
print(pcall(function() ("x"):find() end)) print(pcall(function() ("x"):find(nil) end)) print(pcall(function() ("x"):gsub("x") end)) print(pcall(function() ("x"):gsub("x", true) end)) print(pcall(function() ("x"):gsub("x", function() return {} end) end)) print(pcall(function() ("x"):gsub("x", {x = true}) end)) print(pcall(function() ("x"):gsub("x", {x = print}) end)) print(pcall(function() ("x"):gmatch() end)) print(pcall(function() ("x"):format({}) end)) print(pcall(function() ("%d"):format() end)) print(pcall(function() ("%d"):format("x") end)) print(pcall(function() ("%s"):format() end)) print(pcall(function() ("%s"):format(nil) end)) print(pcall(function() ("%y"):format(1) end)) print(pcall(function() ("%"):format(1) end)) print(pcall(function() ("%123d"):format(1) end)) print(pcall(function() ("%.123d"):format(1) end)) print(pcall(function() ("%------d"):format(1) end)) print(pcall(function() string.sub() end)) print(pcall(function() string.sub("x") end)) print(pcall(function() string.byte() end)) print(pcall(function() string.upper() end)) print(pcall(function() string.len({}) end)) print(pcall(function() string.reverse() end)) print(pcall(function() string.dump() end)) print(pcall(function() string.format() end))
--- pattern errors
for _, p in ipairs{"%", "[", "[a", "[]", "[^]", "[a%", "(", "(()", ")", "a)", "%1", "(a)%2", "%b", "%bx", "((a)", "[a-", "(a", "%f", "(%1)", "()%1"} do print(p, pcall(string.find, "aaa", p)) end
print(pcall(string.gsub, "abc", "b", "%2")) print(pcall(string.gsub, "abc", "(b)", "%2")) print(#string.gsub("abc", "b", "%")) print(pcall(string.find, "a", ("(a"):rep(40))) print(pcall(string.gsub, "abc", "%w", "%1%0"))
--- messages name the line
local ok, m = pcall(function()
  local x = 1

  x = x + nil
end) print(m)
ok, m = pcall(function() local t = {}
  t.
    a.
    b = 1 end) print(m)
ok, m = pcall(function() print(
  1 + {}
) end) print(m)
ok, m = pcall(function()
  local a = 1 +
    2 +
    {} end) print(m)
ok, m = pcall(function()
  undefinedfunction(
    1,
    2) end) print(m)
--- errors in called code
local function f() error("inner") end print(pcall(function() f() end))
print(pcall(function() return loadstring("error('chunk')", "=ch")() end)) print(pcall(loadstring("local x = nil x()", "@file.lua"))) print(pcall(loadstring("nofn()")))
--- names of upvalues and fields of upvalues
local u, v = nil, {} print(pcall(function() u() end)) print(pcall(function() return u.x end)) print(pcall(function() v.x() end)) print(pcall(function() return u + 1 end)) print(pcall(function() u.a.b = 1 end)) print(pcall(function() return u .. "" end)) print(pcall(function() return #u end))
--- names after conditions
local a = nil print(pcall(function() return (a or nil).x end)) print(pcall(function() return (a and a.b or a).x end)) print(pcall(function() local t = a or b or c t.x = 1 end)) print(pcall(function() return (a or b) + 1 end)) print(pcall(function() (a or b)() end))
--- method call on nil and numbers
local t = {} print(pcall(function() t.x:y() end)) print(pcall(function() local n = 5 n:y() end)) print(pcall(function() undef:y() end)) print(pcall(function() t:y():z() end)) print(pcall(function() ("x"):upper():nope() end))
--- tables of other functions in messages
print(pcall(math.max)) print(pcall(math.random, 0)) print(pcall(math.random, 2, 1)) print(pcall(math.random, 1, 2, 3)) print(pcall(math.randomseed)) print(pcall(math.ldexp, 1)) print(pcall(os.time, 5)) print(pcall(os.time, {})) print(pcall(os.time, {year = 2000})) print(pcall(os.date, {})) print(pcall(os.rename, "x")) print(pcall(os.getenv)) print(pcall(os.setlocale, "C", "nope")) print(pcall(io.open)) print(pcall(io.lines, "/nonexistent/x")) print(pcall(io.close, 5)) print(pcall(io.type)) print(pcall(io.input, "/nonexistent/x")) print(pcall(io.read, "x")) print(pcall(io.read, "*x"))
--- coroutine messages
print(pcall(coroutine.create)) print(pcall(coroutine.create, 5)) print(pcall(coroutine.resume)) print(pcall(coroutine.resume, 5)) print(pcall(coroutine.status)) print(pcall(coroutine.wrap))
--- error objects with tostring stay objects
local e = setmetatable({}, {__tostring = function() return "custom" end}) local ok, got = pcall(error, e) print(got == e, tostring(got))

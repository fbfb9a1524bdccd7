--- getinfo of functions
local function f(a, b)
  return a
end
local i = debug.getinfo(f) print(i.what, i.short_src, i.source, i.linedefined, i.lastlinedefined, i.nups, i.currentline, i.name, i.namewhat, i.func == f)
i = debug.getinfo(print) print(i.what, i.short_src, i.source, i.linedefined, i.lastlinedefined, i.nups >= 0, i.currentline, i.func == print)
--- getinfo of levels
local function f() local i = debug.getinfo(1) return i.name, i.namewhat, i.currentline, i.what end print(f()) local t = {m = f} print(t.m()) print(t:m()) g = f print(g()) print((f()))
local i = debug.getinfo(1) print(i.what, i.currentline, i.name, i.namewhat) print(debug.getinfo(0).name, debug.getinfo(0).what) print(debug.getinfo(100), pcall(debug.getinfo, "x"), pcall(debug.getinfo, 1, "?"), pcall(debug.getinfo))
--- getinfo options
local i = debug.getinfo(1, "l") print(i.currentline, i.source, i.func) i = debug.getinfo(1, "S") print(i.currentline, i.short_src) i = debug.getinfo(print, "f") print(i.func == print, i.what) i = debug.getinfo(1, "u") print(i.nups)
--- active lines
local function f()
  local a = 1

  return a
end
local lines = {} for l in pairs(debug.getinfo(f, "L").activelines) do lines[#lines + 1] = l end table.sort(lines) print(table.concat(lines, " "))
--- names of callers
local function who() return debug.getinfo(2, "n").name, debug.getinfo(2, "n").namewhat end
local function alice() local a, b = who() return a, b end print(alice()) local t = {bob = function() local a, b = who() return a, b end} print(t.bob()) print(t:bob()) carol = function() local a, b = who() return a, b end print(carol())
--- getlocal and setlocal
local function f(a, b) local c = 3 print(debug.getlocal(1, 1)) print(debug.getlocal(1, 2)) print(debug.getlocal(1, 3)) print(debug.getlocal(1, 50)) print(debug.setlocal(1, 3, "new"), c) do local d = 4 print(debug.getlocal(1, 4)) end return debug.getlocal(1, 5) end f(1, 2) print(pcall(debug.getlocal, 50, 1)) print(pcall(debug.getlocal, 1))
--- scopes of locals
local function names() local t, i = {}, 1 while true do local n = debug.getlocal(2, i) if not n then break end t[#t + 1] = n i = i + 1 end return table.concat(t, " ") end
local function f(p) local a = 1 do local b = 2 print(names()) end local c print(names()) for i = 1, 1 do local d print(names()) end for k, v in pairs{1} do print(names()) end end f()
--- getupvalue and setupvalue
local u, v = 1, 2 local function f() return u + v end print(debug.getupvalue(f, 1)) print(debug.getupvalue(f, 2)) print(debug.getupvalue(f, 3)) print(debug.setupvalue(f, 1, 10), f(), u) print(debug.setupvalue(f, 9, 1)) print(debug.getupvalue(print, 1)) print(pcall(debug.getupvalue, 5, 1))
--- traceback
local function f() return debug.traceback("msg") end local function g() local s = f() return s end print(g()) print(debug.traceback("x", 1)) print(debug.traceback("x", 0)) print(debug.traceback(nil)) print(debug.traceback({}) ~= nil, debug.traceback(print) == print)
--- traceback of tail calls
local function f() return debug.traceback("t") end local function g() return f() end local function h() return g() end print(h())
--- traceback names
local t = {} function t.field() return (debug.traceback()) end function t:method() local s = t.field() return s end function globalfn() local s = t:method() return s end print(globalfn()) print((pcall(function() print((debug.traceback())) end)))
--- traceback in xpcall
print(xpcall(function() error("boom") end, debug.traceback)) print(xpcall(function() local x = nil; x() end, function(m) return debug.traceback(m, 2) end))
--- long tracebacks
local function f(n) if n == 0 then return (debug.traceback("deep")) end local s = f(n - 1) return s end print(f(30)) print(f(9))
--- main and function kinds
print(debug.getinfo(1, "S").what, debug.getinfo(loadstring("return 1"), "S").what, debug.getinfo(function() end, "S").what, debug.getinfo(string.rep, "S").what) local function tail() return debug.getinfo(2, "S").what end local function caller() return tail() end print(caller())
--- registry and metatables
print(type(debug.getregistry()), debug.getmetatable("").__index == string, debug.getmetatable({})) local t = {} print(debug.setmetatable(t, {__metatable = 1}), debug.getmetatable(t).__metatable, getmetatable(t)) print(pcall(debug.setmetatable, {}, 1))
--- environments
local f = function() return x end print(debug.setfenv(f, {x = 9}) == f, f(), debug.getfenv(f).x, debug.getfenv(print) == _G, debug.getfenv(5)) print(pcall(debug.setfenv, 5, {}))
--- hooks for lines
local lines = {} debug.sethook(function(e, l) lines[#lines + 1] = l end, "l")
local a = 1
local b = 2
if a then
  b = 3
end
for i = 1, 2 do
  a = i
end
debug.sethook() print(table.concat(lines, " ")) print(debug.gethook())
--- hooks for calls and returns
local log = {} local function f() return 1 end local function g() return f() end debug.sethook(function(e) local i = debug.getinfo(2, "nS") log[#log + 1] = e .. ":" .. (i and i.name or "?") end, "cr") f() g() local x = math.abs(-1) debug.sethook() print(table.concat(log, " "))
--- hooks by count
local n = 0 debug.sethook(function(e) assert(e == "count") n = n + 1 end, "", 100) for i = 1, 1000 do end debug.sethook() print(n >= 5 and n < 50)
--- errors in hooks
print(pcall(function() debug.sethook(function() debug.sethook() error("hook", 0) end, "l")
local x = 1 end))
print(debug.gethook())

--- preload and loaded
package.preload.mymod = function(name) return {name = name, n = 1} end local m = require "mymod" print(m.name, m.n, require "mymod" == m, package.loaded.mymod == m)
--- what modules return
package.preload.nothing = function() end print(require "nothing", package.loaded.nothing) package.preload.f = function() return false end print(require "f") package.preload.setself = function(n) package.loaded[n] = "own" end print(require "setself")
--- modules from files
local f = io.open("filemod.lua", "w") f:write("local m = {} m.args = {...} function m.hi() return 'hi' end return m") f:close() local m = require "filemod" print(m.hi(), m.args[1], #m.args) os.remove("filemod.lua") print(require("filemod") == m)
--- a search path of one's own
os.execute("mkdir -p sub/deep") local f = io.open("sub/deep/mod.lua", "w") f:write("return 'deep ' .. ...") f:close() f = io.open("sub/other.luax", "w") f:write("return 'other'") f:close() print(require "sub.deep.mod") local old = package.path package.path = "./sub/?.luax;" .. old print(require "other") package.path = old os.execute("rm -r sub")
--- module not found
package.path = "./?.lua;./?/x.lua" package.cpath = "" local ok, m = pcall(require, "no.such") print(ok, (m:gsub("\n\tno file '[^']*%.so'", "")))
--- errors in modules
local f = io.open("bad1.lua", "w") f:write("x = = 1") f:close() print(pcall(require, "bad1")) f = io.open("bad2.lua", "w") f:write("error('at load')") f:close() print(pcall(require, "bad2")) print(pcall(require, "bad2")) os.remove("bad1.lua") os.remove("bad2.lua")
--- loops of requires
package.preload.a = function() return require "b" end package.preload.b = function() return require "a" end print(pcall(require, "a"))
--- module and seeall
local f = io.open("oldmod.lua", "w") f:write("module('oldmod', package.seeall) function hello() return type(print), _NAME, _M == package.loaded.oldmod, _PACKAGE end") f:close() require "oldmod" print(oldmod.hello()) os.remove("oldmod.lua")
--- module with a dotted name
local function f() module("x.y.z") v = 1 end f() print(x.y.z.v, x.y.z._NAME, x.y.z._PACKAGE, package.loaded["x.y.z"] == x.y.z) taken = 5 print(pcall(function() module("taken") end))
--- module options
local function f() module("m1", function(m) m.extra = "e" end) end f() print(m1.extra) print(pcall(module))
--- package fields
print(type(package.path), type(package.cpath), type(package.loaded), type(package.preload), type(package.loaders), #package.loaders >= 2, package.loaded.string == string, package.loaded._G == _G, package.config:sub(1, 1)) print(pcall(require)) print(pcall(require, {}))
--- loaders of one's own
table.insert(package.loaders, 1, function(n) if n == "virtual" then return function(name) return "virtual " .. name end end return "\n\tnot virtual" end) print(require "virtual") print((select(2, pcall(require, "nope")):match("not virtual"))) package.loaders = nil print(pcall(require, "x2"))
--- bad path
package.path = nil print(pcall(require, "zz"))
--- unloading
local n = 0 package.preload.again = function() n = n + 1 return n end print(require "again", require "again") package.loaded.again = nil print(require "again")
--- the libraries are there
for _, l in ipairs{"string", "table", "math", "io", "os", "debug", "package", "coroutine"} do local names = {} for k in pairs(_G[l]) do names[#names + 1] = k end table.sort(names) print(l, table.concat(names, " ")) end
--- the globals are there
local names = {} for k in pairs(_G) do if k ~= "arg" then names[#names + 1] = k end end table.sort(names) print(table.concat(names, " ")) print(_VERSION)

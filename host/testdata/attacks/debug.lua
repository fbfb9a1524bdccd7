-- tries: to get at what isn't the script's own by the debug library
-- says: restricted run
local function victim() local token = "x" return function() return token end end
local closure = victim()
try("getregistry", debug.getregistry)
try("getupvalue", debug.getupvalue, closure, 1)
try("setupvalue", debug.setupvalue, closure, 1, "y")
try("getlocal", debug.getlocal, 1, 1)
try("getlocal of a coroutine", debug.getlocal, coroutine.create(function() end), 0, 1)
try("setlocal", debug.setlocal, 1, 1, 0)
try("getmetatable", debug.getmetatable, io.stdout)
try("setmetatable", debug.setmetatable, 5, {})
try("setmetatable of functions", debug.setmetatable, print, {__index = {}})
try("sethook", debug.sethook, function() end, "c")
try("gethook", debug.gethook)
try("getfenv", debug.getfenv, print)
try("setfenv", debug.setfenv, print, {})
try("debug", debug.debug)
nothing("functions on the stack", debug.getinfo(1, "f").func)
nothing("functions of getinfo", debug.getinfo(print).func)
assert(debug.traceback("x"):find "x" and debug.getinfo(1, "Sl").currentline > 1)
for name in pairs(debug) do
  if not ({traceback = 1, getinfo = 1})[name] then try("debug." .. name, debug[name], closure, 1) end
end

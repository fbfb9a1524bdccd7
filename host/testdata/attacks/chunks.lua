-- tries: to load what is no text, and to look like somebody else
-- grants: read OWN; write OWN
-- says: restricted run|environment|loop|precompiled|beside the script|\[string|not found
local forged = "\27LuaS/0 4 @x return function() return 'forged' end"
try("string.dump", string.dump, function() end)
try("string.dump of the library", string.dump, require "retry".call)
try("loadstring", loadstring, forged)
try("loadstring of Lua's", loadstring, "\27Lua\81\0\1\4\4\4\8\0")
try("load", load, function() local piece = forged forged = nil return piece end)
try("load string", load, "\27LJ\2")
local f = assert(io.open(A.own .. "/bytecode.lua", "w"))
f:write("\27LuaS 0 x")
f:close()
try("loadfile", loadfile, A.own .. "/bytecode.lua")
try("dofile", dofile, A.own .. "/bytecode.lua")
try("package.loadlib", package.loadlib, "libc.so.6", "system")
try("package.loadlib *", package.loadlib, "libc.so.6", "*")
package.path, package.cpath = A.outside .. "/?.lua;" .. A.outside .. "/?;/usr/share/lua/5.1/?.lua;./?.lua", A.outside .. "/?.so"
try("package.path", require, "module")
try("package.path, worker", require "task".worker, "module")
for _, name in ipairs{"..outside.module", "../outside/module", "/etc/passwd", "link.module", "link/module", "own\0", "\\..\\x", "..", ""} do try("require " .. name, require, name) end
for _, loader in ipairs(package.loaders) do assert(type(loader("link.module")) == "string") end
for _, name in ipairs{"@stdlib/retry.lua", "=stdin", "=[C]", "@" .. A.own .. "/x.lua", "@@x", "=@x", "@=x"} do
  try("a chunk called " .. name, loadstring("error 'x'", name))
end
try("setfenv of the library's", setfenv, require "retry".call, {})
try("setfenv of Go's", setfenv, print, {})
try("setfenv of who called", function() require "retry".call(function() setfenv(2, {}) end, {tries = 1}) end)
assert(getfenv(print) == _G and getfenv(0) == _G)

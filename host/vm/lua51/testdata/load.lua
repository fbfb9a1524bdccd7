--- loadstring
print(loadstring("return 1 + 1")()) print(loadstring("x = 5 return x")()) print(type(loadstring(""))) print(pcall(loadstring("error('e')"))) print(loadstring("return ...", "=n")(1, 2)) print(loadstring("syntax error here")) print(loadstring("return 1", "=(name)")())
--- load by pieces
local parts, i = {"return ", "1 ", "+ 2"}, 0 print(load(function() i = i + 1 return parts[i] end)()) print(type(load(function() return nil end))) local n = 0 print(load(function() n = n + 1 if n == 1 then return "x =" end end, "=piece"))
print(load(function() end, "=empty")()) print(pcall(load)) print(pcall(load, 5))
--- empty string ends a load
local parts, i = {"return 1", "", " + 1"}, 0 print(load(function() i = i + 1 return parts[i] end)())
--- chunk names
print(debug.getinfo(loadstring("return 1"), "S").source, debug.getinfo(loadstring("return 1"), "S").short_src) print(debug.getinfo(loadstring("x", "@f.lua") or print, "S").short_src) print(debug.getinfo(loadstring("return 1", "=name"), "S").short_src, debug.getinfo(loadstring("line1()\nline2()"), "S").short_src) print(debug.getinfo(load(function() end), "S").source)
print(debug.getinfo(loadstring(("-"):rep(200)), "S").short_src) print(debug.getinfo(loadstring("return 1", ("x"):rep(200)), "S").short_src) print(debug.getinfo(loadstring("return 1", "@" .. ("dir/"):rep(40) .. "f.lua"), "S").short_src)
--- dofile and loadfile
local f = io.open("tmp_chunk.lua", "w") f:write("#!/usr/bin/lua\nreturn 'from file', ...") f:close() print(dofile("tmp_chunk.lua")) print(loadfile("tmp_chunk.lua")(7)) os.remove("tmp_chunk.lua") print(loadfile("nonexistent.lua")) print(pcall(dofile, "nonexistent.lua"))
--- errors in files
local f = io.open("bad.lua", "w") f:write("x = = 1\n") f:close() print(loadfile("bad.lua")) print(pcall(dofile, "bad.lua")) f = io.open("bad.lua", "w") f:write("\n\nerror('raised')\n") f:close() print(pcall(dofile, "bad.lua")) os.remove("bad.lua")
--- globals of loaded chunks
loadstring("function newfn() return 'new' end")() print(newfn()) local f = loadstring("y = (y or 0) + 1 return y") print(f(), f())
--- environments of loaded chunks
local env = {} local f = setfenv(loadstring("a = 1 b = a"), env) f() print(env.a, env.b, a)
--- results of chunks
print(select("#", loadstring("return")())) print(select("#", loadstring("return nil, nil")())) print((loadstring("return 1, 2")()))
--- binary chunks are refused
print((loadstring("\27Lua") == nil))
--- loading keeps no locals
local hidden = 1 print(loadstring("return hidden")())

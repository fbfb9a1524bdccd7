-- tries: to use up the processor, the memory, the disk or the process's own stack. Each part is a script
--- loop: instructions
while true do end
--- loop in pcall: instructions
while true do pcall(function() while true do end end) end
--- pattern: instructions
(("a"):rep(40)):find(("a?"):rep(40) .. ("a"):rep(40))
--- pattern of many stars: instructions
(("a"):rep(3000)):find((".*"):rep(12) .. "b")
--- gsub that grows: memory|instructions
local s = "x" while true do s = s:gsub("x", "xx") end
--- sort that lies: instructions|invalid order
local t = {} for i = 1, 1e5 do t[i] = i end while true do pcall(table.sort, t, function() return true end) end
--- endless __index functions: instructions|overflow|memory
local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k .. "x"] end print(t.x)
--- loop of __index: loop in gettable
local t = {} setmetatable(t, {__index = t}) print(t.x)
--- long chain of __index: memory|loop|instructions
local t = {} for i = 1, 1e7 do t = setmetatable({}, {__index = t}) end print(t.x)
--- chain of __call: .
local t = {} for i = 1, 1e5 do t = setmetatable({}, {__call = t}) end t()
--- recursion: overflow
local function f() return 1 + f() end f()
--- recursion by pcall: overflow|instructions|memory|C stack|.
local function f() local ok, e = pcall(f) error(e, 0) end f()
--- recursion by tostring: overflow
local t t = setmetatable({}, {__tostring = function() return tostring(t) end}) tostring(t)
--- recursion by gsub: overflow
local function f() return ("x"):gsub("x", f) end f()
--- recursion by sort: overflow
local function f() table.sort({1, 2}, f) end f()
--- recursion by concat: overflow
local t t = setmetatable({}, {__concat = function(a, b) return a .. b end}) local x = t .. t
--- recursion by __eq: overflow
local m = {} m.__eq = function(a, b) return a == b end local x = setmetatable({}, m) == setmetatable({}, m)
--- recursion by xpcall's handler: .
local function f(e) error(e) end for i = 1, 1000 do xpcall(f, f) end while true do xpcall(f, function(e) return xpcall(f, f) end) end
--- recursion by coroutines: .
local function f() return coroutine.wrap(f)() end f()
--- recursion by require: .
package.preload.x = function() package.loaded.x = nil return require "x" end require "x"
--- recursion by load: .
local function f() return load(f)() end f()
--- string.rep: memory|too large|instructions
local s = ("x"):rep(1e9)
--- string.rep, many: memory|instructions
local t = {} while true do t[#t + 1] = ("x"):rep(1e6) end
--- doubling: memory|too large|instructions
local s = "x" while true do s = s .. s end
--- string.format: .
local s = ("%99999d"):format(1)
--- string.format, wide: memory|instructions
local t, f, n = {}, ("%99d"):rep(1000), {} for i = 1, 1000 do n[i] = i end while true do t[#t + 1] = f:format(unpack(n)) end
--- table.concat: memory|too large|instructions
local t = {} for i = 1, 1000 do t[i] = ("x"):rep(1e5) end while true do t[1] = table.concat(t) end
--- tables: memory|instructions
local t = {} while true do t = {t} end
--- keys: memory|instructions
local t = {} for i = 1, 1e9 do t["k" .. i] = true end
--- unpack: .
print(select("#", unpack({}, 1, 1e8)))
--- string.byte: .
print(select("#", ("x"):rep(1e7):byte(1, -1)))
--- huge index: .
local t = {} for i = 1, 60 do t[2 ^ i] = i end error(#t)
--- tasks: memory|instructions
local task = require "task" while true do task.spawn(function() task.sleep(1000) end) end
--- tasks of tasks: memory|instructions
local task = require "task" local function f() task.spawn(f) task.spawn(f) task.sleep(1) end f()
--- coroutines: memory|instructions
local all = {} while true do all[#all + 1] = coroutine.wrap(function() coroutine.yield() end) all[#all]() end
--- workers: memory|instructions|handles
local task, all = require "task", {} while true do all[#all + 1] = task.worker("retry") end
--- channel: memory|deadlock|instructions
local c = require "task".channel(1e6) local i = 0 while true do i = i + 1 c:send(("x"):rep(1000) .. i) end
--- timers: memory|instructions
local task = require "task" while true do task.timeout(1000, function() end) end
--- deferred: memory|instructions
local task = require "task" while true do task.defer(function() end) end
--- labs: memory|instructions|.
local lab, all = require "lab", {} while true do all[#all + 1] = lab{"h1 -- h2"} end
--- sockets: handles
local socket, all = require "socket", {} while true do all[#all + 1] = assert(socket.udp4()) end
--- sockets of workers: handles
local task, all = require "task", {} while true do all[#all + 1] = task.worker("sockets") end
--- output: output
while true do print(("x"):rep(1000)) end
--- output of errors: output
while true do io.stderr:write(("x"):rep(1000)) end
--- warnings: output
while true do require "script".warn(("x"):rep(1000)) end
--- file: output
local f = assert(io.open("big", "w")) while true do f:write(("x"):rep(1000)) end
--- capture file: output
local w = assert(require "pcap".create("big.pcap")) while true do w:write(("x"):rep(1000)) end
--- collector: instructions
while true do collectgarbage() end
--- json: .
local s = ("["):rep(1e6) assert(require "json".decode(s))
--- json of a loop: .
local t = {} t.t = t assert(require "json".encode(t))
--- json of a deep table: .
local t = {} for i = 1, 1e6 do t = {t} end error(require "json".encode(t))
--- packet: .
local packet = require "packet" local p = packet.ip{} for i = 1, 1e5 do p = packet.ip{} / p end p:bytes()
--- pattern of the filter: .
assert(require "pcap".decode("x", {filter = ("("):rep(1e6)}))
--- header of a chunk: .
loadstring(("("):rep(1e6))()
--- nested tables in a chunk: .
loadstring("return " .. ("{"):rep(1e6) .. ("}"):rep(1e6))()
--- long chain of operators in a chunk: .
loadstring("return 1" .. (" .. 1"):rep(1e6))()
--- many locals in a chunk: .
assert(loadstring(("local a "):rep(1e5)))()

-- tries: to make the library work for it: what moonwire's own Lua does for a script, the script must be allowed to do
-- grants: read OWN
-- says: not allowed
local lfs, snmp, pcap, wav, http = require "lfs", require "snmp", require "pcap", require "wav", require "socket.http"
local open, tostring = io.open, tostring

-- Strings, tables and functions that the library uses are the script's to change; the rights stay its own.
local meta = getmetatable("")
local index = meta.__index
meta.__index = function(s, k) return k == "x" and A.secret or index[k] end
meta.__call, meta.__concat = function() return A.secret end, nil
local format = string.format
string.format = function(f, ...) return f:find("%s", 1, true) and A.secret or format(f, ...) end
try("io.open by a path that changes", function()
  local times = 0
  local path = setmetatable({}, {__tostring = function() times = times + 1 return times == 1 and A.own or A.secret end})
  tostring(path)
  return open(tostring(path))
end)
try("the library's files", wav.write, A.outside .. "/new", {0, 0}, 8000)
try("the library's captures", pcap.open, A.secret)
try("the library's connections", http.request, "http://127.0.0.1:9/")
try("a poisoned loader", function()
  table.insert(package.loaders, 1, function() return function() return assert(open(A.secret)) end end)
  return require "anything at all"
end)
table.remove(package.loaders, 1)
package.preload.preloaded = function() return assert(open(A.secret)) end
try("a preloaded module", require, "preloaded")
local load = loadstring or load
try("load with another environment", load("return (...)(A.secret)", "=x") and function()
  local f = load "return open(secret)"
  setfenv(f, {open = open, secret = A.secret})
  return f()
end)
try("from an error handler", function()
  local f, problem
  xpcall(error, function() f, problem = open(A.secret) end)
  return f, problem
end)
try("from a coroutine", coroutine.wrap(function() return open(A.secret) end))
try("from tostring", function()
  local f, problem
  tostring(setmetatable({}, {__tostring = function() f, problem = open(A.secret) return "" end}))
  return f, problem
end)
try("from a sort", function()
  local f, problem
  table.sort({2, 1}, function(a, b) f, problem = open(A.secret) return a < b end)
  return f, problem
end)
try("from gsub", function()
  local f, problem
  index.gsub("x", "x", function() f, problem = open(A.secret) end)
  return f, problem
end)
for _, path in ipairs{"/proc/self/environ", "/proc/self/cmdline", "/proc/self/fd/0", "/dev/stdin", "/dev/zero", "/dev/kmsg"} do
  try("io.lines " .. path, io.lines, path)
  try("lfs " .. path, lfs.attributes, path)
end
try("proxies made anew", function()
  local p = newproxy(true)
  getmetatable(p).__gc = function() open(A.secret) end
  return open(A.secret)
end)
meta.__index, string.format = index, format

-- What the conformance files share: each prints lines that LuaSocket and moonwire must agree on.
local socket = require "socket"
local lib = {}
local known = {} -- ports by number, so that outputs compare

local function text(v, seen)
  if known[v] then return known[v] end
  if type(v) == "string" then return ("%q"):format(v):gsub("\\\n", "\\n") .. "" end
  if type(v) == "number" then return tostring(v) end
  if type(v) == "userdata" then return (tostring(v):gsub("0x%x+", "ADDR")) end
  if type(v) == "function" then return "function" end
  if type(v) ~= "table" then return tostring(v) end
  local keys, out = {}, {}
  for k, x in pairs(v) do keys[#keys + 1] = text(k) .. "=" .. text(x) end
  table.sort(keys)
  return "{" .. table.concat(keys, ", ") .. "}"
end

--- Print a label and values.
function lib.show(label, ...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = text((select(i, ...))) end
  print(label .. ": " .. table.concat(out, " | "))
end

--- Print what a call raises or returns.
function lib.try(label, f, ...) lib.show(label, pcall(f, ...)) end

--- Give a port a name in the output.
function lib.name(port, name)
  known[tonumber(port)], known[tostring(port)] = name, name -- LuaSocket 3.1.0 gives both
  return port
end

--- Begin a section; what raises in it is printed.
function lib.section(name, f)
  print("== " .. name)
  local ok, err = pcall(f)
  if not ok then print("raised: " .. tostring(err)) end
end

--- A server, and both ends of a connection to it.
function lib.pair(name)
  local server = assert(socket.bind("127.0.0.1", 0))
  local _, port = server:getsockname()
  lib.name(port, name or "PORT")
  local client = assert(socket.connect("127.0.0.1", port))
  local _, from = client:getsockname()
  lib.name(from, (name or "PORT") .. "'")
  local peer = assert(server:accept())
  return client, peer, server, port
end

return lib

-- tries: to use descriptors of the process that are none of the script's own
-- grants: net 192.0.2.1/tcp
-- says: not allowed|none open|bad descriptor|closed|expected, got
local socket = require "socket"
local foreign = {}
for fd = 1, 40 do
  local fake = {getfd = function() return fd end, dirty = function() return false end}
  try("select to read " .. fd, socket.select, {fake}, nil, 0)
  try("select to write " .. fd, socket.select, nil, {fake}, 0)
  local lies = {getfd = function() return fd end, dirty = function() return true end}
  try("select of what says it is dirty " .. fd, socket.select, {lies}, nil, 0)
  for _, kind in ipairs{"tcp4", "udp4"} do
    try(kind .. ":setfd " .. fd, function()
      local s = socket[kind]()
      s:setfd(fd)
      if s:getfd() == -1 then return nil, "none open" end
      return s:send("breach")
    end)
  end
end
for _, fd in ipairs{-2, 1023, 2 ^ 31, 2 ^ 53, 0 / 0, 1 / 0} do
  try("setfd " .. fd, function()
    local s = socket.udp4()
    s:setfd(fd)
    if s:getfd() == -1 then return nil, "none open" end
    return s:send("breach")
  end)
end
-- A socket that takes another's descriptor is bound to what that one may do.
try("setfd between sockets", function()
  local a, b = socket.udp4(), socket.udp4()
  a:setfd(b:getfd())
  return a:sendto("breach", "10.0.0.2", A.udp)
end)

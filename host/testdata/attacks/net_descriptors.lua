-- tries: to use descriptors of the process that are none of the script's own
-- grants: net 192.0.2.1/tcp
local socket = require "socket"
for fd = 1, 40 do
  for _, dirty in ipairs{false, true} do
    local fake = {getfd = function() return fd end, dirty = function() return dirty end}
    try("select to read " .. fd, socket.select, {fake}, nil, 0)
    try("select to write " .. fd, socket.select, nil, {fake}, 0)
  end
end
local tcp, udp = socket.tcp4(), socket.udp4()
local own = {[tcp:getfd()] = true, [udp:getfd()] = true}
for _, s in ipairs{tcp, udp} do
  for fd = 0, 40 do
    if not own[fd] then
      s:setfd(fd)
      nothing("setfd " .. fd, s:getfd() >= 0 or nil)
    end
  end
  for _, fd in ipairs{-2, 1023, 2 ^ 31, 2 ^ 53, 0 / 0, 1 / 0} do
    s:setfd(fd)
    nothing("setfd " .. fd, s:getfd() >= 0 or nil)
  end
end

-- A socket that takes another's descriptor is bound to what that one may do.
try("setfd between sockets", function()
  local a, b = socket.udp4(), socket.udp4()
  a:setfd(b:getfd())
  return a:sendto("breach", "10.0.0.2", A.udp)
end)

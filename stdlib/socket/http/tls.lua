--- Sockets for https (RFC 9110 section 4.2.2): a connection, through a proxy's tunnel where there is one, and TLS on it.
---@package
local socket = require "socket"
local tls = require "tls"

-- tunnel asks a proxy for a way to the server (RFC 9110 section 9.3.6).
local function tunnel(sock, host, port, authorization)
  if host:find(":", 1, true) then host = "[" .. host .. "]" end
  local there = host .. ":" .. port
  local credentials = authorization and "Proxy-Authorization: " .. authorization .. "\r\n" or ""
  local sent, err = sock:send(("CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"):format(there, there, credentials))
  if not sent then return nil, err end
  local status
  status, err = sock:receive()
  local line = status
  while line and line ~= "" do line, err = sock:receive() end
  if not line then return nil, err end
  if not status:find("^HTTP/%d%.%d 2%d%d") then return nil, "proxy: " .. status end
  return 1
end

-- options are tls.wrap's. A request has them in its field tls; LuaSec's verify = "none" works, too.
local function options(request)
  local o = {name = request.host}
  if request.verify == "none" then o.verify = false end
  for k, v in pairs(request.tls or {}) do o[k] = v end
  return o
end

-- A secure socket passes every call on to the socket it has by then: tcp's first, tls's after connect.
local function secure(request, proxy)
  local sock, err = socket.tcp()
  if not sock then return nil, err end
  local self = setmetatable({}, {__index = function(_, name)
    return function(_, ...) return sock[name](sock, ...) end
  end})
  function self.connect(_, host, port)
    local ok, message = sock:connect(host, port)
    if ok and proxy then
      ok, message = tunnel(sock, request.host, request.port, proxy.authorization)
    end
    if not ok then return nil, message end
    local wrapped
    wrapped, message = tls.wrap(sock, options(request))
    if not wrapped then return nil, message end
    sock = wrapped
    return sock:handshake()
  end
  return self
end

local https = {}

--- Return the function that makes a request's socket.
---@param request table
---@param proxy? table with host, port and authorization
---@return fun(): table|nil, string?
function https.create(request, proxy)
  return function() return secure(request, proxy) end
end

return https

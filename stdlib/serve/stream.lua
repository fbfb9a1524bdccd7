--- Reading connections: what is there, a line, so many bytes.
---@package
local socket = require "socket"
local stream = {}

local PIECE = 65536 -- bytes taken at once, at most

--- Return what has come, waiting for the first byte of it as long as the connection's time-out says.
---@param connection table
---@param limit? integer bytes, at most (default 65536)
---@async
---@return string? data
---@return string? problem "closed" at the end, "timeout"
function stream.some(connection, limit)
  local timeout = connection:gettimeout()
  local ready, _, late = socket.select({connection}, nil, timeout)
  if not ready[1] then return nil, late end
  connection:settimeout(0)
  local all, problem, part = connection:receive(limit or PIECE)
  connection:settimeout(timeout)
  local data = all or part or ""
  if data ~= "" then return data end
  return nil, problem
end

--- Close so that what was sent arrives: what the peer still sends is read first, or the system would reset the connection
--- (RFC 9293 section 3.10.4, RFC 9112 section 9.6).
---@param connection table
---@async
function stream.leave(connection)
  connection:shutdown("send")
  connection:settimeout(1)
  for _ = 1, 16 do
    if not stream.some(connection) then break end
  end
  connection:close()
end

return stream

--- Reads a connection by lines and by counts, within limits; what came further stays for the next request.
---@package
local stream = require "serve.stream"

local Reader = {}
Reader.__index = Reader

-- more takes what has come.
local function more(self)
  local data, problem = stream.some(self.connection)
  if not data then return nil, problem end
  self.data = self.data:sub(self.at) .. data
  self.at = 1
  return true
end

--- Is there something to read that has come already?
function Reader:pending() return self.at <= #self.data end

--- Read a line without its end, CR LF or LF alone (RFC 9112 section 2.2).
---@param limit integer bytes, at most
---@async
---@return string? line
---@return string? problem "closed", "timeout" or "too long"
function Reader:line(limit)
  local from = self.at
  while true do
    local stop = self.data:find("\n", from, true)
    if (stop or #self.data) - self.at > limit + 1 then return nil, "too long" end
    if stop then
      local line = self.data:sub(self.at, stop - 1):gsub("\r$", "")
      self.at = stop + 1
      return line
    end
    local seen = #self.data - self.at + 1
    local ok, problem = more(self)
    if not ok then return nil, problem end
    from = seen + 1
  end
end

--- Read so many bytes.
---@param n integer
---@async
---@return string? data
---@return string? problem
function Reader:take(n)
  local pieces = {}
  while n > 0 do
    if not self:pending() then
      local ok, problem = more(self)
      if not ok then return nil, problem end
    end
    local data = self.data:sub(self.at, self.at + n - 1)
    pieces[#pieces + 1], self.at, n = data, self.at + #data, n - #data
  end
  return table.concat(pieces)
end

local reader = {}

---@param connection table
function reader.new(connection) return setmetatable({connection = connection, data = "", at = 1}, Reader) end

return reader

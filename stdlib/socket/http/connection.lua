--- One HTTP/1.1 exchange on a connection (RFC 9112): write a request, read its answer. The methods raise, as
--- socket.newtry's functions do, and close the connection first: call them within socket.protect.
---@package
local socket = require "socket"
local ltn12 = require "ltn12"
local canonic = require "socket.headers".canonic

local Connection = {}
Connection.__index = Connection

local connection = {}

--- Connect to a server.
---@param host string
---@param port integer|string
---@param create fun(): table makes the socket
---@param timeout number? seconds for each wait
function connection.open(host, port, create, timeout)
  local sock = socket.try(create())
  local try = socket.newtry(function() sock:close() end)
  try(sock:settimeout(timeout))
  try(sock:connect(host, port))
  return setmetatable({sock = sock, try = try}, Connection)
end

--- Write the first line.
function Connection:sendrequestline(method, target)
  return self.try(self.sock:send(("%s %s HTTP/1.1\r\n"):format(method, target)))
end

--- Write the header fields, Host first (RFC 9110 section 7.2), the rest sorted.
function Connection:sendheaders(headers)
  local names = {}
  for name in pairs(headers) do names[#names + 1] = name end
  table.sort(names, function(a, b) return a ~= b and (a == "host" or b ~= "host" and a < b) end)
  local lines = {}
  for i, name in ipairs(names) do
    lines[i] = (canonic[name] or name) .. ": " .. tostring(headers[name]) .. "\r\n"
  end
  return self.try(self.sock:send(table.concat(lines) .. "\r\n"))
end

-- chunked is a sink that writes the chunked coding (RFC 9112 section 7.1).
local function chunked(sock)
  return function(chunk, err)
    if err then return nil, err end
    if chunk == "" then return 1 end -- an empty chunk would end the body
    if not chunk then return sock:send("0\r\n\r\n") end
    return sock:send(("%X\r\n%s\r\n"):format(#chunk, chunk))
  end
end

local function plain(sock)
  return function(chunk, err)
    if err then return nil, err end
    if not chunk then return 1 end
    return sock:send(chunk)
  end
end

--- Write the body: as it is when its length was announced, else in chunks.
function Connection:sendbody(headers, source, step)
  local sink = headers["content-length"] and plain(self.sock) or chunked(self.sock)
  return self.try(ltn12.pump.all(source, sink, step))
end

--- Read the status line. Without a number the answer is one of HTTP/0.9, which has only a body, and what is returned
--- second is its beginning.
---@return integer? code
---@return string line
function Connection:receivestatusline()
  local start, err, partial = self.sock:receive(5)
  if start ~= "HTTP/" then
    if not start and (partial or "") == "" then self.try(nil, err) end
    return nil, start or partial
  end
  local line = self.try(self.sock:receive("*l", start))
  local code = line:match("^HTTP/%d*%.%d* (%d%d%d)")
  return self.try(tonumber(code), line), line
end

--- Read header fields up to the empty line. A field that comes twice is joined by a comma, a folded line by a space.
---@return table<string, string> headers by lower-case name
function Connection:receiveheaders()
  local headers = {}
  local line = self.try(self.sock:receive())
  while line ~= "" do
    local name, value = line:match("^(.-):%s*(.*)$")
    self.try(name, "malformed reponse headers") -- spelt as in LuaSocket
    line = self.try(self.sock:receive())
    while line:find("^%s") do
      value = value .. line
      line = self.try(self.sock:receive())
    end
    name = name:lower()
    headers[name] = headers[name] and headers[name] .. ", " .. value or value
  end
  return headers
end

local function until_closed(sock)
  local over = false
  return function()
    if over then return nil end
    local chunk, err, partial = sock:receive(ltn12.BLOCKSIZE)
    if chunk then return chunk end
    over = true
    if err ~= "closed" then return nil, err end
    return partial ~= "" and partial or nil
  end
end

local function of_length(sock, left)
  return function()
    if left <= 0 then return nil end
    local chunk, err = sock:receive(math.min(left, ltn12.BLOCKSIZE))
    if not chunk then return nil, err end
    left = left - #chunk
    return chunk
  end
end

-- in_chunks reads the chunked coding; trailer fields are read and dropped.
local function in_chunks(self)
  local sock, over = self.sock, false
  return function()
    if over then return nil end
    local line, err = sock:receive()
    if not line then return nil, err end
    local hex = line:match("^%s*(%x+)")
    if not hex then return nil, "invalid chunk size" end
    local size = tonumber(hex, 16)
    if size == 0 then
      over = true
      self:receiveheaders()
      return nil
    end
    local chunk
    chunk, err = sock:receive(size)
    if not chunk then return nil, err end
    line, err = sock:receive()
    if not line then return nil, err end
    return chunk
  end
end

--- Read the body, as the header fields say where it ends (RFC 9112 section 6.3).
function Connection:receivebody(headers, sink, step)
  local coding, length = headers["transfer-encoding"], tonumber(headers["content-length"])
  local source
  if coding and coding:lower() ~= "identity" then source = in_chunks(self)
  elseif length then source = of_length(self.sock, length)
  else source = until_closed(self.sock) end
  return self.try(ltn12.pump.all(source, sink, step))
end

--- Read the body of an HTTP/0.9 answer, which began with `start`.
function Connection:receive09body(start, sink, step)
  local source = ltn12.source.cat(ltn12.source.string(start), until_closed(self.sock))
  return self.try(ltn12.pump.all(source, sink, step))
end

function Connection:close()
  return self.sock:close()
end

return connection

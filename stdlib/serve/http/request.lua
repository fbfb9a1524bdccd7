--- Reads requests (RFC 9112 sections 3 and 5 to 7). What is wrong with one is raised as a status and a reason.
---@package
local target = require "serve.http.target"
local request = {}

local LINE, FIELDS, SIZE = 8192, 100, 65536 -- bytes of a line, number of fields, bytes of all of them
local TOKEN = "^[%w!#$%%&'*+%-.^_`|~]+$"
local METHODS = {GET = true, HEAD = true, POST = true, PUT = true, DELETE = true, CONNECT = true, OPTIONS = true, TRACE = true,
  PATCH = true}

--- Raise a refusal.
---@param status integer
---@param reason string
function request.refuse(status, reason) error({status = status, reason = reason}, 0) end

local refuse = request.refuse

-- ended raises the end of a connection on which no more comes: nobody is there to be told, or a request was begun.
local function ended(problem, begun)
  if problem == "timeout" and begun then refuse(408, "the request took too long") end
  error({reason = begun and "the connection ended within a request" or nil}, 0)
end

-- first reads the request line; empty lines before it are left out (RFC 9112 section 2.2).
local function first(reader)
  local line, problem
  for _ = 1, 5 do
    line, problem = reader:line(LINE)
    if line ~= "" then break end
  end
  if problem == "too long" then refuse(414, "the request line is too long") end
  if not line then ended(problem, reader:pending()) end
  local method, to, major, minor = line:match("^(%S+) (%S+) HTTP/(%d)%.(%d)$")
  if not method or not method:match(TOKEN) then refuse(400, "no request line") end
  if major ~= "1" then refuse(505, "HTTP/1 is spoken here") end
  return {method = method, target = to, version = tonumber(minor)}
end

-- field adds one field. A name comes without spaces around it, a value without control characters; folded lines are
-- not taken (RFC 9112 section 5).
local function field(headers, line)
  local name, value = line:match("^([^:]+):[ \t]*(.-)[ \t]*$")
  if not name or not name:match(TOKEN) or value:find("[%z\1-\8\10-\31\127]") then refuse(400, "a bad header field") end
  name = name:lower()
  if headers[name] and (name == "host" or name == "content-length") then refuse(400, name .. " comes twice") end
  headers[name] = headers[name] and headers[name] .. ", " .. value or value
end

-- fields reads header fields up to the empty line.
local function fields(reader)
  local headers, size, count = {}, 0, 0
  while true do
    local line, problem = reader:line(LINE)
    if line == "" then return headers end
    if not line and problem ~= "too long" then ended(problem, true) end
    size, count = size + #(line or ""), count + 1
    if not line or size > SIZE or count > FIELDS then refuse(431, "too many header fields") end
    field(headers, line)
  end
end

-- length says how long the body is; nil for one in chunks (RFC 9112 section 6.3).
local function length(r)
  local coding, size = r.headers["transfer-encoding"], r.headers["content-length"]
  if coding then
    if size or r.version == 0 then refuse(400, "two lengths of one body") end
    if coding:lower() ~= "chunked" then refuse(501, "a transfer coding that is not known") end
    return nil
  elseif not size then
    return 0
  elseif not size:match("^%d+$") or #size > 15 then
    refuse(400, "a bad content-length")
  end
  return tonumber(size)
end

-- chunks reads a body in chunks; trailer fields are read and dropped.
local function chunks(reader, limit)
  local pieces, size = {}, 0
  while true do
    local line, problem = reader:line(LINE)
    if not line and problem ~= "too long" then ended(problem, true) end
    local hex = line and line:match("^(%x+)[ \t]*$") or line and line:match("^(%x+)[ \t]*;")
    if not hex or #hex > 12 then refuse(400, "a bad chunk") end
    local n = tonumber(hex, 16)
    if n == 0 then break end
    size = size + n
    if size > limit then refuse(413, "the body is too long") end
    local data
    data, problem = reader:take(n)
    if not data then ended(problem, true) end
    if reader:line(0) ~= "" then refuse(400, "a bad chunk") end
    pieces[#pieces + 1] = data
  end
  fields(reader)
  return table.concat(pieces)
end

-- place reads what is asked for and where (RFC 9112 section 3.2).
local function place(r)
  local host = r.headers.host
  if r.version >= 1 and not host then refuse(400, "no host") end
  if host and host:find("[%s/?#@,]") then refuse(400, "a bad host") end
  if not METHODS[r.method] then refuse(501, "a method that is not known") end
  local to
  if r.method == "CONNECT" or r.method == "OPTIONS" and r.target == "*" then
    to = {path = "", raw = r.target, query = "", args = {}}
  else
    to = target.read(r.target)
  end
  if not to then refuse(400, "a bad target") end
  r.path, r.raw, r.query, r.args, r.host = to.path, to.raw, to.query, to.args, to.host or host
end

--- Read a request with its body.
---@param reader table
---@param limit integer bytes of the body, at most
---@param go_on fun() tells a client that waits for it to send the body (RFC 9110 section 10.1.1)
---@async
---@return table request
function request.read(reader, limit, go_on)
  local r = first(reader)
  r.headers = fields(reader)
  place(r)
  local size, expect = length(r), r.headers.expect
  if size and size > limit then refuse(413, "the body is too long") end
  if expect and r.version >= 1 then
    if expect:lower() ~= "100-continue" then refuse(417, "an expectation that is not known") end
    if size ~= 0 and not reader:pending() then go_on() end
  end
  local problem
  if size then r.body, problem = reader:take(size) else r.body = chunks(reader, limit) end
  if not r.body then ended(problem, true) end
  return r
end

--- Does the connection stay open after this request (RFC 9112 section 9.3)?
---@param r table
function request.persists(r)
  local wish = "," .. (r.headers.connection or ""):lower():gsub("%s", "") .. ","
  if wish:find(",close,", 1, true) then return false end
  return r.version >= 1 or wish:find(",keep-alive,", 1, true) ~= nil
end

return request

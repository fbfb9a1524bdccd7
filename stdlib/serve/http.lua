--- HTTP/1.1 (RFC 9110, RFC 9112).
---@package
local canonic = require "socket.headers".canonic
local clock = require "clock"
local date = require "serve.http.date"
local files = require "serve.files"
local page = require "serve.http.page"
local reader = require "serve.http.reader"
local request = require "serve.http.request"
local service = require "serve.service"
local static = require "serve.http.static"

local PIECE = 65536 -- bytes of a file that are read at once

-- OURS are the fields that the server alone writes.
local OURS = {["content-length"] = true, ["transfer-encoding"] = true, connection = true, date = true}

-- routed gives what a route says: a text, or a table with status, headers and body, or nil for "not here".
local function routed(r, route)
  local result = route
  if type(route) == "function" then result = route(r) end
  if result == nil then request.refuse(404, "no such thing") end
  if type(result) ~= "table" then result = {body = tostring(result)} end
  local status, headers = result.status or 200, {}
  if type(status) ~= "number" or status < 200 or status > 599 then error(("a route's status is %s"):format(tostring(status)), 0) end
  if result.body then headers["content-type"] = page.type(".txt") end
  for name, value in pairs(result.headers or {}) do
    if not OURS[name:lower()] then headers[name:lower()] = tostring(value):gsub("%c", " ") end
  end
  return {status = status, headers = headers, result.body and tostring(result.body)}
end

-- answer finds what to say to a request.
local function answer(self, r)
  local route = self.routes[r.path]
  if route ~= nil then return routed(r, route) end
  return static.answer(r, self.store)
end

-- refusal is the answer to what was raised: a refusal, or a fault in a route.
local function refusal(self, problem, peer)
  if type(problem) == "table" and problem.status then
    self:problem(("%d %s"):format(problem.status, problem.reason), peer)
    return {status = problem.status, headers = {["Content-Type"] = page.type(".txt")}, problem.reason .. "\n"}
  end
  self:problem(tostring(problem), peer)
  return {status = 500, headers = {["Content-Type"] = page.type(".txt")}, "the server failed\n"}
end

local BODILESS = {[204] = true, [304] = true} -- RFC 9110 section 6.4.1

local function size_of(parts)
  local size = 0
  for _, part in ipairs(parts) do size = size + (type(part) == "string" and #part or part.size) end
  return size
end

local function head(a, r, persists)
  local lines = {("HTTP/1.1 %d %s"):format(a.status, page.REASONS[a.status] or "Status"), "Date: " .. date.text(clock.now())}
  local names = {}
  for name in pairs(a.headers) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do lines[#lines + 1] = (canonic[name:lower()] or name) .. ": " .. a.headers[name] end
  if not BODILESS[a.status] then lines[#lines + 1] = ("Content-Length: %.0f"):format(size_of(a)) end
  if not persists then
    lines[#lines + 1] = "Connection: close"
  elseif r.version == 0 then
    lines[#lines + 1] = "Connection: keep-alive"
  end
  return table.concat(lines, "\r\n") .. "\r\n\r\n"
end

-- send writes bytes, and counts them.
local function send(self, connection, data)
  local ok, problem = connection:send(data)
  if not ok then error({reason = "sending: " .. problem}, 0) end
  self:sent(data)
end

-- send_file writes a part of a file.
local function send_file(self, connection, part)
  part.file:seek("set", part.first)
  local left = part.size
  while left > 0 do
    local data = part.file:read(math.min(left, PIECE))
    if not data then error({reason = "the file became shorter"}, 0) end
    send(self, connection, data)
    left = left - #data
  end
end

-- say writes an answer. What is short goes with its head.
local function say(self, connection, a, r, persists)
  local data = head(a, r, persists)
  for _, part in ipairs((r.method == "HEAD" or BODILESS[a.status]) and {} or a) do
    if type(part) == "string" then
      data = data .. part
    else
      send(self, connection, data)
      send_file(self, connection, part)
      data = ""
    end
  end
  if data ~= "" then send(self, connection, data) end
end

-- reply writes an answer; it tells whether the connection is still good.
local function reply(self, connection, r, persists, a)
  local ok, problem = pcall(say, self, connection, a, r, persists)
  if a.file then a.file:close() end
  if not ok then self:problem(type(problem) == "table" and problem.reason or tostring(problem), r.peer) end
  return ok and persists
end

-- one reads a request and answers it; true when more may come.
local function one(self, connection, input, peer)
  local ok, r = pcall(request.read, input, self.limit, function() send(self, connection, "HTTP/1.1 100 Continue\r\n\r\n") end)
  if not ok and type(r) == "table" and not r.status then -- the connection's end
    if r.reason then self:problem(r.reason, peer) end
    return false
  end
  self.stats.requests = self.stats.requests + 1
  if not ok then return reply(self, connection, {method = "GET", version = 1, peer = peer}, false, refusal(self, r, peer)) end
  r.peer = peer
  local a
  ok, a = pcall(answer, self, r)
  return reply(self, connection, r, request.persists(r), ok and a or refusal(self, a, peer))
end

-- converse answers requests until the connection ends.
local function converse(self, connection, peer)
  local input = reader.new(connection)
  connection:setoption("tcp-nodelay", true)
  repeat until not one(self, connection, input, peer)
end

--- Start the service.
---@param opts table checked
local function http(opts)
  return service.start("http", 80, opts, {
    stream = converse,
    store = files.store(opts),
    routes = opts.routes or {},
    limit = opts.limit or 1048576,
  })
end

return http

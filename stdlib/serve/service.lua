--- What all services share: their sockets, tasks, limits and counters.
---@package
local addr = require "addr"
local dgram = require "dgram"
local socket = require "socket"
local stream = require "serve.stream"
local task = require "task"

local PROBLEMS = 20 -- that are kept as text
local TRIES = 20    -- to find a port that is free for all sockets

local Service = {}
Service.__index = Service

function Service:__tostring()
  local at = self.address:find(":", 1, true) and "[%s]:%d" or "%s:%d"
  local s = self.stats
  return ("%s at %s: %d requests, %d bytes, %d errors"):format(self.name, at:format(self.address, self.port), s.requests,
    s.bytes, s.errors)
end

--- End the service and what it has under way.
function Service:close()
  self.closed = true
  for s in pairs(self.sockets) do s:close() end
  for t in pairs(self.tasks) do t:cancel() end
  self.sockets, self.tasks = {}, {}
  return true
end

--- Count an error and keep its text.
---@param text string what went wrong
---@param peer? string who asked
function Service:problem(text, peer)
  self.stats.errors = self.stats.errors + 1
  local list = self.problems
  list[#list + 1] = peer and ("%s: %s"):format(peer, text) or text
  if #list > PROBLEMS then table.remove(list, 1) end
end

--- Count what was sent.
function Service:sent(data) self.stats.bytes = self.stats.bytes + #data end

--- Run a part of the service beside the rest. What it raises is counted and ends that part alone.
---@param f function gets the service and the other arguments; sockets among them become the part's
function Service:beside(f, ...)
  local t
  t = task.daemon(function(...)
    local ok, problem = pcall(f, self, ...)
    self.tasks[t] = nil
    if not ok and not self.closed then self:problem(tostring(problem)) end
  end, ...)
  self.tasks[t] = true
  return t
end

-- address writes a far end as ip:port.
local function address(host, port)
  if not host then return "a peer that has gone" end
  return (host:find(":", 1, true) and "[%s]:%d" or "%s:%d"):format(host, port)
end

-- converse serves one connection. A peer that is silent, or takes nothing, for longer than `idle` is left.
local function converse(self, connection)
  local peer = address(connection:getpeername())
  connection:settimeout(self.idle)
  local ok, problem = pcall(self.stream, self, connection, peer)
  stream.leave(connection)
  self.stats.connections = self.stats.connections - 1
  self.room:recv()
  if not ok and not self.closed then self:problem(tostring(problem), peer) end
end

-- accept takes connections as long as there is room; others wait in the listener's backlog.
local function accept(self, listener)
  while not self.closed do
    self.room:send(true)
    local connection, problem = listener:accept()
    if connection then
      self.stats.connections = self.stats.connections + 1
      self:beside(converse, connection)
    else
      self.room:recv()
      if problem == "closed" or self.closed then return end
      self:problem("accept: " .. problem)
      task.sleep(0.1) -- no descriptors left, or the like: it may pass
    end
  end
end

-- hear answers datagrams, each from the address that it was sent to.
local function hear(self, s)
  while not self.closed do
    local data, meta, kind = s:receive()
    if data then
      local ok, answer = pcall(self.datagram, self, data, meta, s)
      if not ok then
        self:problem(tostring(answer), meta.peer)
      elseif answer then
        self:reply(s, answer, meta)
      end
    elseif kind == "closed" or self.closed then
      return
    elseif kind ~= "refused" and kind ~= "unreachable" then -- those two are about earlier answers
      self:problem(meta)
      task.sleep(0.1)
    end
  end
end

--- Send a datagram back to who sent one.
---@param s table the socket that it came by
---@param answer string
---@param meta table what came with it
function Service:reply(s, answer, meta)
  local source = meta.to
  local to_many = source and (addr(source):is_multicast() or source == "255.255.255.255")
  local sent, problem = s:send(answer, meta.peer, {source = not to_many and source or nil})
  if sent then return self:sent(answer) end
  self:problem(problem, meta.peer)
end

local TCP = {inet = socket.tcp4, inet6 = socket.tcp6}
local OPEN = {} -- how to open a service's sockets, by the part that they are for

function OPEN.stream(family, host, port)
  local s, problem, kind = TCP[family]()
  if not s then return nil, problem, kind end
  s:setoption("reuseaddr", true)
  local ok
  ok, problem, kind = s:bind(host, port)
  if ok then ok, problem, kind = s:listen(64) end
  if ok then return s, select(2, s:getsockname()) end
  s:close()
  return nil, problem, kind
end

function OPEN.datagram(family, host, port)
  local s, problem, kind = dgram.udp{family = family, address = address(host, port)}
  if not s then return nil, problem, kind end
  return s, tonumber(s:address():match("%d+$"))
end

-- places are the families and own addresses to open; not all that are wanted are there on each system.
local function places(host)
  if host then return {{host:find(":", 1, true) and "inet6" or "inet", host, needed = true}} end
  return {{"inet", "0.0.0.0", needed = true}, {"inet6", "::"}}
end

-- open opens all sockets of a service on one port: where it is 0, on the one that the first gets.
local function open(self, host, port)
  local opened = {}
  for _, place in ipairs(places(host)) do
    for _, part in ipairs{"stream", "datagram"} do
      local s, result, kind
      if self[part] then s, result, kind = OPEN[part](place[1], place[2], port) end
      if s then
        opened[#opened + 1], port = {socket = s, part = part}, result
      elseif kind and (place.needed or kind == "exists") then
        for _, one in ipairs(opened) do one.socket:close() end
        return nil, result, kind
      end
    end
  end
  return opened, port
end

local service = {}

--- The options that every service has, for check.options, with a service's own ones.
---@param own table<string, any>
---@return table<string, any>
function service.options(own)
  own.port, own.address, own.connections, own.idle = "0..65535", "string", "count", "seconds"
  return own
end

--- Start a service.
---@param name string
---@param port integer unless the options name one
---@param opts table checked
---@param parts table stream(service, connection, peer), datagram(service, data, meta, socket) and what they need
---@return serve.Service? service
---@return string? message
---@return string? kind
function service.start(name, port, opts, parts)
  local self = setmetatable(parts, Service)
  self.name, self.sockets, self.tasks, self.problems = name, {}, {}, {}
  self.stats = {requests = 0, bytes = 0, errors = 0, connections = 0}
  self.idle, self.room = opts.idle or 60, task.channel(opts.connections or 100)
  port = opts.port or port
  local opened, found, kind
  for _ = 1, port == 0 and TRIES or 1 do
    opened, found, kind = open(self, opts.address, port)
    if opened or kind ~= "exists" then break end
  end
  if not opened then return nil, ("serve.%s: port %d: %s"):format(name, port, found), kind end
  self.address, self.port = opts.address or "0.0.0.0", found
  for _, one in ipairs(opened) do
    self.sockets[one.socket] = true
    self:beside(one.part == "stream" and accept or hear, one.socket)
  end
  return self
end

return service

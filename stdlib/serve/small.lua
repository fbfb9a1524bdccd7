--- The four small services: RFC 862, 863, 864 and 867.
---@package
local clock = require "clock"
local service = require "serve.service"
local stream = require "serve.stream"
local small = {}

-- Datagrams that come from such a service are not answered: two of them would go on for ever.
local CHATTERERS = {[7] = "echo", [13] = "daytime", [17] = "qotd", [19] = "chargen", [37] = "time"}

-- answering returns a handler that answers each datagram with what f makes of it.
local function answering(f)
  return function(self, data, meta)
    local chatterer = CHATTERERS[tonumber(meta.peer:match("%d+$"))]
    if chatterer then return self:problem("not answered: it comes from " .. chatterer, meta.peer) end
    self.stats.requests = self.stats.requests + 1
    return f(data)
  end
end

-- send counts what it sends; it returns nothing when the peer takes no more.
local function send(self, connection, data)
  local ok, problem = connection:send(data)
  if ok then
    self:sent(data)
    return true
  end
  if problem == "timeout" then error("it takes nothing", 0) end
end

--- Send back what comes.
function small.echo(opts)
  return service.start("echo", 7, opts, {
    stream = function(self, connection)
      self.stats.requests = self.stats.requests + 1
      for data in function() return (stream.some(connection)) end do
        if not send(self, connection, data) then return end
      end
    end,
    datagram = answering(function(data) return data end),
  })
end

--- Take what comes and say nothing.
function small.discard(opts)
  return service.start("discard", 9, opts, {
    stream = function(self, connection)
      self.stats.requests = self.stats.requests + 1
      repeat until not stream.some(connection)
    end,
    datagram = function(self) self.stats.requests = self.stats.requests + 1 end,
  })
end

-- The usual pattern: lines of 72 of the 95 characters that can be printed, each line one character further.
local RING = {}
for i = 0, 95 + 71 do RING[#RING + 1] = string.char(32 + (i + 1) % 95) end
local ring, PATTERN = table.concat(RING), {}
for i = 1, 95 do PATTERN[i] = ring:sub(i, i + 71) .. "\r\n" end
PATTERN = table.concat(PATTERN)

--- Send characters: to a connection until it is closed or has had `limit` bytes, to a datagram up to 512.
function small.chargen(opts)
  local limit = opts.limit or 1048576
  return service.start("chargen", 19, opts, {
    stream = function(self, connection)
      self.stats.requests = self.stats.requests + 1
      for at = 0, limit - 1, #PATTERN do
        if not send(self, connection, PATTERN:sub(1, limit - at)) then return end
      end
    end,
    datagram = answering(function() return PATTERN:sub(1, math.random(0, 512)) end),
  })
end

-- now is the time of day in the form of RFC 867's first example, in UTC.
local function now() return os.date("!%A, %B %d, %Y %H:%M:%S-UTC\r\n", math.floor(clock.now())) end

--- Tell the time of day.
function small.daytime(opts)
  return service.start("daytime", 13, opts, {
    stream = function(self, connection)
      self.stats.requests = self.stats.requests + 1
      send(self, connection, now())
    end,
    datagram = answering(now),
  })
end

return small

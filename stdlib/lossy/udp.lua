--- The relay for datagrams.
---@package
local clock = require "clock"
local dice = require "lossy.dice"
local socket = require "socket"
local task = require "task"

local LARGEST = 65507 -- bytes of data in the largest UDP datagram over IPv4

-- sender returns the function that sends one datagram on, after its delay. Whoever finds the line free sends all that is due,
-- one after the other: so datagrams with one delay keep their order.
local function sender(relay, way)
  local waiting, busy = {}, false
  local function drain()
    if busy then return end
    busy = true
    while waiting[1] and waiting[1].due <= clock.monotonic() do
      local one = table.remove(waiting, 1)
      if not relay.closed then
        relay.tell(way, "sent", one.data)
        one.forward(one.data)
      end
    end
    busy = false
  end
  return function(one)
    local due, at = clock.monotonic() + one.delay, #waiting + 1
    while at > 1 and waiting[at - 1].due > due do at = at - 1 end
    table.insert(waiting, at, {due = due, data = one.data, forward = one.forward})
    if one.delay == 0 then return drain() end
    task.daemon(function()
      task.sleep(one.delay)
      drain()
    end)
  end
end

-- direction returns the function through which all datagrams of one way go, each with the function that forwards it.
-- Four numbers are drawn for each, whatever becomes of it: the fate of one doesn't change that of the next.
local function direction(relay, way, roll)
  local opts, send = relay.opts, sender(relay, way)
  local held -- a datagram that the next one may overtake

  local function release(one)
    if not one or one ~= held then return end
    held = nil
    send(one)
  end

  return function(data, forward)
    relay.tell(way, "received", data)
    local lost, twice, late = roll() < opts.loss, roll() < opts.duplicate, roll() < opts.reorder
    local one = {data = data, forward = forward, delay = opts.delay + roll() * opts.jitter}
    if lost then
      relay.tell(way, "lost", data)
    elseif late and not held then
      relay.tell(way, "reordered", data)
      held = one
      task.daemon(function()
        task.sleep(opts.hold)
        release(one)
      end)
    else
      send(one)
      if twice then
        relay.tell(way, "repeated", data)
        send(one)
      end
      release(held)
    end
  end
end

-- pump hands over what a socket receives until it is closed, which only its descriptor tells for sure. Failures are
-- answers to earlier datagrams, such as a port unreachable while the server isn't there yet.
local function pump(s, method, take)
  task.daemon(function()
    while true do
      local data, from, port = s[method](s, LARGEST)
      if s:getfd() == -1 then return end
      if data then take(data, from, port) end
    end
  end)
end

--- Open the relay's address and start its tasks.
---@param relay lossy.Relay
---@return lossy.Relay? relay
---@return string? message
---@return string? kind
local function start(relay)
  local front = socket.udp4()
  local ok, message, kind = front:setsockname("127.0.0.1", 0)
  if not ok then return nil, message, kind end
  relay.sockets[1] = front
  relay.host, relay.port = front:getsockname()
  local there = direction(relay, "there", dice(relay.opts.seed))
  local back = direction(relay, "back", dice(relay.opts.seed + 1))
  local clients = {} -- each has a socket of its own towards the server, as behind a NAT

  local function meet(client, at)
    local out = socket.udp4()
    out:setpeername(relay.to, relay.at)
    relay.sockets[#relay.sockets + 1] = out
    pump(out, "receive", function(data)
      back(data, function(d) front:sendto(d, client, at) end)
    end)
    return out
  end

  pump(front, "receivefrom", function(data, client, at)
    local key = client .. " " .. at
    local out = clients[key] or meet(client, at)
    clients[key] = out
    there(data, function(d) out:send(d) end)
  end)
  return relay
end

return start

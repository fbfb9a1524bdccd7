--- Relays on this machine that treat traffic as a bad network does: lost, repeated, late, out of order; by seed.
local check = require "check"
local socket = require "socket"
local task = require "task"
local lossy = {}

local LARGEST = 65507 -- bytes of data in the largest UDP datagram over IPv4

-- dice returns a generator of numbers from 0 to 1 that nothing else draws from: a relay's deeds follow from its seed and
-- the order of arrival alone. (Park and Miller's; exact in Lua's numbers.)
local function dice(seed)
  local x = seed % 2147483646 + 1
  local function roll()
    x = x * 16807 % 2147483647
    return x / 2147483647
  end
  for _ = 1, 4 do roll() end -- the first ones are small when the seed is
  return roll
end

---@class lossy.Relay
---@field host string the address to send to
---@field port integer
---@field counts {received: integer, sent: integer, lost: integer, repeated: integer, reordered: integer}
local Relay = {}
Relay.__index = Relay

-- direction returns the function through which all datagrams of one way go, each with the function that sends it on.
local function direction(relay, way, seed)
  local opts, counts, roll = relay.opts, relay.counts, dice(seed)
  local held -- one that later ones may overtake

  local function tell(fate, data)
    counts[fate] = counts[fate] + 1
    if opts.watch then opts.watch(way, fate, data) end
  end

  local function send(forward, data, delay)
    local function go()
      if delay > 0 then task.sleep(delay) end
      if relay.closed then return end
      forward(data)
      tell("sent", data)
    end
    if delay > 0 then task.daemon(go) else go() end
  end

  local function release()
    local one = held
    held = nil
    if one then send(one.forward, one.data, one.delay) end
  end

  return function(data, forward)
    tell("received", data)
    local lost, twice, late = roll() < opts.loss, roll() < opts.duplicate, roll() < opts.reorder
    local delay = opts.delay + roll() * opts.jitter
    if lost then return tell("lost", data) end
    if late and not held then
      tell("reordered", data)
      held = {data = data, forward = forward, delay = delay}
      local mine = held
      return task.daemon(function()
        task.sleep(opts.hold)
        if held == mine then release() end
      end)
    end
    send(forward, data, delay)
    if twice then
      tell("repeated", data)
      send(forward, data, delay)
    end
    release()
  end
end

-- pump passes on what `receive` gives, until the relay is closed.
local function pump(relay, receive)
  while not relay.closed do receive() end
end

--- Start a relay for datagrams: what comes to its address goes on to `host` and `port`, and the answers come back, with
--- the same treatment both ways. It runs beside the script's tasks and ends with them.
---@param host string an IPv4 address
---@param port integer
---@param opts? {seed?: integer, loss?: number, duplicate?: number, reorder?: number, delay?: number, jitter?: number, hold?: number, watch?: fun(way: string, fate: string, data: string)} loss, duplicate and reorder are shares from 0 to 1 (default 0); delay and jitter in seconds (default 0), jitter drawn for each; a reordered datagram waits for the next one, or `hold` seconds (default 0.1); watch hears of each datagram: way "there" or "back", fate as in counts
---@return lossy.Relay? relay
---@return string? message
---@return string? kind
function lossy.udp(host, port, opts)
  check.argument("lossy.udp", 1, host, "string")
  check.argument("lossy.udp", 2, port, "number")
  opts = check.options("lossy.udp", opts, {seed = "number", loss = "number", duplicate = "number",
    reorder = "number", delay = "number", jitter = "number", hold = "number", watch = "function"})
  local filled = {seed = 1, loss = 0, duplicate = 0, reorder = 0, delay = 0, jitter = 0, hold = 0.1}
  for name, value in pairs(opts) do filled[name] = value end

  local front = socket.udp4()
  local ok, message, kind = front:setsockname("127.0.0.1", 0)
  if not ok then return nil, message, kind end
  local relay = setmetatable({opts = filled, sockets = {front},
    counts = {received = 0, sent = 0, lost = 0, repeated = 0, reordered = 0}}, Relay)
  relay.host, relay.port = front:getsockname()
  relay.port = tonumber(relay.port)
  local there = direction(relay, "there", filled.seed)
  local back = direction(relay, "back", filled.seed + 1)
  local clients = {} -- each client has a socket of its own towards the server, as behind a NAT

  local function meet(ip, from)
    local out = socket.udp4()
    out:setpeername(host, port)
    relay.sockets[#relay.sockets + 1] = out
    task.daemon(pump, relay, function()
      local data = out:receive(LARGEST)
      if data then back(data, function(d) front:sendto(d, ip, from) end) end
    end)
    return out
  end

  task.daemon(pump, relay, function()
    local data, ip, from = front:receivefrom(LARGEST)
    if not data then return end
    local key = ip .. " " .. from
    clients[key] = clients[key] or meet(ip, from)
    there(data, function(d) clients[key]:send(d) end)
  end)
  return relay
end

--- Stop relaying. What is under way is dropped.
function Relay:close()
  self.closed = true
  for _, s in ipairs(self.sockets) do s:close() end
end

return lossy

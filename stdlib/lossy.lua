--- Relays on this machine that treat traffic as a bad network does: lost, repeated, late, out of order; by seed.
local check = require "check"
local tcp = require "lossy.tcp"
local udp = require "lossy.udp"
local lossy = {}

---@class lossy.Relay a relay at work; it runs beside the script's tasks and ends with them
---@field host string the address to use instead of the server's
---@field port integer
---@field counts {received: integer, sent: integer, lost: integer, repeated: integer, reordered: integer}
---@field closed boolean?
local Relay = {}
Relay.__index = Relay

--- Stop relaying. What is under way is dropped.
---
---     local relay = assert(lossy.udp("127.0.0.1", 9))
---     relay:close()
---     relay.closed --> true
function Relay:close()
  self.closed = true
  for _, s in ipairs(self.sockets) do s:close() end
end

---@class lossy.UDPOptions
---@field seed? integer the same seed, the same fate (default 1)
---@field loss? number share of datagrams that are lost, 0 to 1 (default 0)
---@field duplicate? number share that comes twice, 0 to 1 (default 0)
---@field reorder? number share that waits until the next one has passed, 0 to 1 (default 0)
---@field hold? number longest wait for that next one, in seconds (default 0.1)
---@field delay? number how long each takes, in seconds (default 0)
---@field jitter? number the most that is added to delay, drawn for each, in seconds (default 0)
---@field watch? fun(way: string, fate: string, data: string) hears of each datagram: way "there" or "back"; fate "received", "sent", "lost", "repeated" or "reordered"

---@class lossy.TCPOptions
---@field seed? integer the same seed, the same fate (default 1)
---@field loss? number share of pieces that come late, 0 to 1 (default 0)
---@field again? number how late, in seconds; 0.2 is Linux's shortest retransmission time-out (default 0.2)
---@field watch? fun(way: string, fate: string, data: string) hears of each piece: way "there" or "back"; fate "received", "sent" or "lost"

local NONE = {seed = 1, loss = 0, duplicate = 0, reorder = 0, delay = 0, jitter = 0, hold = 0.1, again = 0.2}

-- new makes a relay for the address it is to send to.
local function new(host, port, opts)
  local relay = {to = host, at = port, sockets = {}, opts = setmetatable(opts, {__index = NONE}),
    counts = {received = 0, sent = 0, lost = 0, repeated = 0, reordered = 0}}
  function relay.tell(way, fate, data)
    relay.counts[fate] = relay.counts[fate] + 1
    if opts.watch then opts.watch(way, fate, data) end
  end
  return setmetatable(relay, Relay)
end

--- Start a relay for datagrams: what comes to its address goes on to `host` and `port`, and the answers come back, with
--- the same treatment both ways. All it does follows from its seed and the order in which datagrams come.
---
---     local relay = assert(lossy.udp("127.0.0.1", 9, {loss = 0.2, seed = 7}))
---     relay.host --> 127.0.0.1
---@param host string an IPv4 address
---@param port integer
---@param opts? lossy.UDPOptions
---@return lossy.Relay? relay
---@return string? message
---@return string? kind
function lossy.udp(host, port, opts)
  check.argument("lossy.udp", 1, host, "string")
  check.argument("lossy.udp", 2, port, "number")
  opts = check.options("lossy.udp", opts, {seed = "number", loss = "number", duplicate = "number",
    reorder = "number", delay = "number", jitter = "number", hold = "number", watch = "function"})
  return udp(new(host, port, opts))
end

--- Start a relay for connections. A TCP that loses a segment sends it again, and all that came behind it waits: so here
--- a piece that is lost only comes late.
---
---     local relay = assert(lossy.tcp("127.0.0.1", 9, {loss = 0.2, again = 0.05}))
---     relay.port > 0 --> true
---@param host string an IPv4 address
---@param port integer
---@param opts? lossy.TCPOptions
---@return lossy.Relay? relay
---@return string? message
---@return string? kind
function lossy.tcp(host, port, opts)
  check.argument("lossy.tcp", 1, host, "string")
  check.argument("lossy.tcp", 2, port, "number")
  opts = check.options("lossy.tcp", opts, {seed = "number", loss = "number", again = "number", watch = "function"})
  return tcp(new(host, port, opts))
end

return lossy

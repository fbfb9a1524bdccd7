--- Probes by the system's own sockets: no privilege is needed for UDP, and for ping where net.ipv4.ping_group_range has
--- the user's group. What routers say of a probe comes by the socket's error queue (ip(7), IP_RECVERR).
---@package
local answer = require "probe.answer"
local clock = require "clock"
local dgram = require "dgram"
local payload = require "probe.payload"
local way = {}

---@class probe.Prober probes one host
local Prober = {}
Prober.__index = Prober

local HEADER = {inet = 28, inet6 = 48} -- IP's and those eight bytes that ICMP's echo and UDP both have

-- endpoint is the host as dgram wants it.
local function endpoint(host, proto, port)
  if proto == "icmp" then return host end
  return (host:find(":", 1, true) and "[%s]:%d" or "%s:%d"):format(host, port or 33434)
end

function way.open(host, proto, opts)
  local open = proto == "icmp" and dgram.ping or dgram.udp
  local settings = {to = endpoint(host, proto, opts.port), family = opts.family, device = opts.interface}
  if opts.source then settings.address = proto == "icmp" and opts.source or endpoint(opts.source, proto, 0) end
  local socket, message, kind = open(settings)
  if not socket then return nil, message, kind end
  local address = socket:peer()
  if proto == "udp" then address = address:match("^%[?(.-)%]?:%d+$") end
  local family = address:find(":", 1, true) and "inet6" or "inet"
  return setmetatable({
    host = address, family = family, proto = proto, via = "socket", header = HEADER[family],
    method = proto == "icmp" and "ping socket" or "UDP socket", socket = socket, sent = {}, inbox = {},
  }, Prober)
end

-- add completes an answer and returns it.
function Prober:add(a, time)
  local sent = a.seq and self.sent[a.seq]
  a.rtt = sent and math.max(0, (time or clock.now()) - sent)
  return a
end

-- failed takes the oldest error from the queue: a router's or the host's word as an answer, or the MTU that this machine
-- refused a probe for.
function Prober:failed()
  local kind, code, offender, mtu, info = self.socket:error()
  if not kind then return nil end
  if info.origin == "local" then return nil, mtu or 0 end
  local what, text, arrived = answer.meaning(self.family, kind, code)
  return self:add{what = what, text = text, arrived = arrived, from = tostring(offender), mtu = mtu, type = kind, code = code,
    seq = self.proto == "icmp" and info.seq or payload.number(info.payload)}
end

--- Send a probe. Its payload is given, or made to let the datagram have `size` bytes with its IP header.
---@async
---@param seq integer 0 to 65535
---@param opts? {ttl?: integer, tos?: integer, size?: integer, payload?: string, df?: string} df as in dgram
---@return boolean|nil sent
---@return string? message
---@return string? kind
---@return integer? mtu of the interface, when the probe was too long for it
function Prober:send(seq, opts)
  opts = opts or {}
  local load = opts.payload or payload.pack(self.proto, seq, (opts.size or self.header + 4) - self.header)
  self.sent[seq] = clock.now()
  local icmp = self.proto == "icmp"
  local sent, message, kind = self.socket:send(load, nil,
    {ttl = opts.ttl, tos = opts.tos, df = opts.df, seq = icmp and seq or nil})
  if sent then return true end
  self.sent[seq] = nil
  local limit
  repeat
    local heard, mtu = self:failed()
    limit = mtu or limit
    self.inbox[#self.inbox + 1] = heard
  until not heard and not mtu
  return nil, message, kind, limit ~= 0 and limit or nil
end

--- Wait for the next answer to any probe.
---@async
---@param timeout number seconds
---@return probe.Answer|nil answer
---@return string? message
---@return string? kind "timeout" when none came
function Prober:receive(timeout)
  local last = clock.monotonic() + timeout
  while true do
    local heard, mtu = table.remove(self.inbox, 1), nil
    if not heard then heard, mtu = self:failed() end
    if heard then return heard end
    if not mtu then
      local data, meta, kind = self.socket:receive{timeout = math.max(0, last - clock.monotonic())}
      if data then
        return self:add({what = "reply", text = "reply", arrived = true, from = self.host, ttl = meta.ttl, size = #data,
          seq = meta.seq or payload.number(data)}, meta.time)
      end
      if kind ~= "unreachable" and kind ~= "refused" then return nil, meta, kind end
    end
  end
end

--- End. It may be called twice.
function Prober:close() self.socket:close() end

return way

--- Probes by frames that are made here, which needs the right to send them (CAP_NET_RAW). The datagram's identification
--- (IPv4) or what it carries (IPv6) tells probes apart; to routers all are one flow.
---@package
local answer = require "probe.answer"
local clock = require "clock"
local dgram = require "dgram"
local link = require "link"
local packet = require "packet"
local payload = require "probe.payload"
local socket = require "socket"
local way = {}

local Prober = {}
Prober.__index = Prober

local NET = {
  inet = {layer = "ip", header = 20, ttl = "ttl", icmp = "icmp", filter = "icmp", mtu = "nexthopmtu", reply = 0},
  inet6 = {layer = "ipv6", header = 40, ttl = "hlim", icmp = "icmp6", filter = "icmp6 or ip6[6] = 44", mtu = "mtu", reply = 129},
}
local TRANSPORT = {icmp = 8, udp = 8, tcp = 20} -- bytes of header
local PORTS = {udp = 33434, tcp = 80}

-- resolve finds the address of a host, and its family.
local function resolve(host, family)
  local list, message = socket.getaddrinfo(host, nil, {family = family, socktype = "dgram"})
  if not list then return nil, message end
  return list[1].address, list[1].family
end

-- own_address is the one from which the system would send to an address.
local function own_address(address)
  local s = dgram.udp{to = (address:find(":", 1, true) and "[%s]:9" or "%s:9"):format(address)}
  local own = s and s:address():match("^%[?(.-)%]?:%d+$")
  if s then s:close() end
  return own
end

function way.open(host, proto, opts)
  local address, family = resolve(host, opts.family)
  if not address then return nil, ("probe.open: %s: %s"):format(host, family), "notfound" end
  local net = NET[family]
  local l, message, kind = link.open(opts.interface, {to = not opts.interface and address or nil,
    filter = ("%s or (src host %s and (udp or tcp))"):format(net.filter, address)})
  if not l then return nil, message, kind end
  -- A socket of ours keeps the port: nobody else gets it, and our system takes the answers for its.
  local own = proto == "udp" and assert(dgram.udp{family = family, address = family == "inet" and "0.0.0.0:0" or "[::]:0"}) or nil
  return setmetatable({
    host = address, family = family, proto = proto, via = "frames", method = "raw frames on " .. l:interface().name, net = net,
    header = net.header + TRANSPORT[proto], link = l, own = own, port = opts.port or PORTS[proto], mtu = l:interface().mtu,
    source = opts.source or own_address(address), whole = packet.reassemble(),
    id = own and tonumber(own:address():match("%d+$")) or math.random(32768, 60999), sent = {},
  }, Prober)
end

-- body makes what IP carries.
function Prober:body(seq, opts)
  local least = self.proto == "tcp" and 0 or 4 -- a SYN carries nothing unless told to
  local load = opts.payload or payload.pack(self.proto, seq, (opts.size or self.header + least) - self.header)
  if self.proto == "icmp" then
    return packet[self.net.icmp]{type = "echo-request", id = self.id, seq = seq} / load
  elseif self.proto == "udp" then
    return packet.udp{sport = self.id, dport = self.port} / load
  end
  return packet.tcp{sport = self.id, dport = self.port, flags = "S", seq = seq * 65536} / load
end

function Prober:datagram(seq, opts)
  local body = self:body(seq, opts)
  if self.family == "inet6" then
    return packet.ipv6{src = self.source, dst = self.host, hlim = opts.ttl, tc = opts.tos} / body
  end
  local whole = opts.df == "do" or opts.df == "probe"
  return packet.ip{src = self.source, dst = self.host, ttl = opts.ttl, tos = opts.tos, id = seq, flags = whole and "DF" or nil} / body
end

function Prober:send(seq, opts)
  opts = opts or {}
  local p, limit = self:datagram(seq, opts), self.mtu
  if #p > limit and opts.df ~= "dont" and opts.df then
    return nil, ("message too long, the MTU is %d"):format(limit), "unreachable", limit
  end
  self.sent[seq] = clock.now()
  return self.link:send(#p > limit and p:fragment{mtu = limit} or p)
end

-- quoted says which probe an error is about, if it is one of these.
function Prober:quoted(p)
  local inner = p:layer(self.net.layer, 2)
  if not inner or inner.dst ~= self.host then return nil end
  local echo, udp, tcp = p:layer(self.net.icmp, 2), p.udp, p.tcp
  local id = echo and echo.id or udp and udp.sport or tcp and tcp.sport or p.raw and payload.number(p.raw.load)
  if id ~= self.id then return nil end
  if self.family == "inet" then return inner.id end
  if echo then return echo.seq end
  if tcp then return math.floor(tcp.seq / 65536) end
  return p.raw and payload.number(p.raw.load)
end

-- reply reads what the host itself answers.
function Prober:reply(p)
  local icmp, udp, tcp = p[self.net.icmp], p.udp, p.tcp
  if self.proto == "icmp" and icmp and icmp.type == self.net.reply and icmp.id == self.id then
    return icmp.seq, "reply"
  elseif self.proto == "udp" and udp and udp.sport == self.port and udp.dport == self.id then
    return p.raw and payload.number(p.raw.load), "reply"
  elseif self.proto == "tcp" and tcp and tcp.sport == self.port and tcp.dport == self.id then
    return math.floor((tcp.ack - 1) % 2 ^ 32 / 65536), p:text("tcp.flags"):find("R") and "port closed" or "port open"
  end
end

-- read makes an answer of a packet, if it is one.
function Prober:read(p)
  local net, icmp = p[self.net.layer], p[self.net.icmp]
  if not net then return nil end
  local from, ttl = net.src, net[self.net.ttl]
  local inner = icmp and p:layer(self.net.layer, 2)
  if inner then
    local seq = self:quoted(p)
    if not seq then return nil end
    local what, text, arrived = answer.meaning(self.family, icmp.type, icmp.code)
    return {seq = seq, what = what, text = text, arrived = arrived, from = from, ttl = ttl, type = icmp.type, code = icmp.code,
      mtu = what == "too big" and icmp[self.net.mtu] or nil}
  end
  local seq, text = self:reply(p)
  if text and from == self.host then
    return {seq = seq, what = "reply", text = text, arrived = true, from = from, ttl = ttl, size = p.raw and #p.raw.load or 0}
  end
end

local LEAST = 0.001 -- seconds in which frames that are there are found

function Prober:receive(timeout)
  for p, meta in self.link:sniff{timeout = math.max(LEAST, timeout), direction = "in"} do
    local whole = self.whole:add(p)
    local a = whole and self:read(whole)
    if a then
      local sent = a.seq and self.sent[a.seq]
      a.rtt = sent and math.max(0, meta.time - sent)
      return a
    end
  end
  return nil, "nothing came", "timeout"
end

function Prober:close()
  self.link:close()
  if self.own then self.own:close() end
end

return way

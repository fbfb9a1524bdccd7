--- Find the routers on the way to a host: probes with a hop limit of 1, 2, 3 … die there, and each router says so.
---
--- The probes for all hops go out at once, and all of a flow have the same addresses, ports and checksum: a router that
--- balances load over several ways sends them all the same way, so that the hops belong together.
local check = require "check"
local clock = require "clock"
local probe = require "probe"
local task = require "task"

---@class traceroute.Options
---@field proto? "udp"|"icmp"|"tcp" what is sent: datagrams to a port that nobody uses, echo requests, or SYNs (default "udp")
---@field hops? integer how far, at most (default 30)
---@field probes? integer how many for each hop and flow (default 3)
---@field flows? integer how many flows; each may take a way of its own (default 1)
---@field timeout? number longest wait for answers after the last probe, in seconds (default 2)
---@field port? integer port of the far end (default 33434, for tcp 80)
---@field size? integer bytes of each probe, IP header included
---@field df? "dont"|"want"|"do"|"probe" may routers cut it? as in dgram
---@field family? "inet"|"inet6" IP version; else the address's, or IPv4
---@field source? string own address
---@field interface? string interface to send from
---@field via? "socket"|"frames" the system's sockets, or frames made here; when left out, sockets where the system lets us

local KINDS = {
  proto = {"udp", "icmp", "tcp"}, hops = "1..255", probes = "1..100", flows = "1..100", timeout = "seconds", port = "1..65535",
  size = "1..65535", df = {"dont", "want", "do", "probe"}, family = {"inet", "inet6"}, source = "string", interface = "string",
  via = {"socket", "frames"},
}

---@class traceroute.Path the way to a host
---@field host string its address
---@field proto string "udp", "icmp" or "tcp"
---@field method string how the probes were sent: "UDP socket", "ping socket" or "raw frames"
---@field reached boolean did the host itself answer?
---@field hops traceroute.Hop[] by hop limit, from 1 on
local Path = {}
Path.__index = Path

---@class traceroute.Hop what answered at one hop limit
---@field ttl integer the hop limit
---@field from? string who answered first; nil when nobody did
---@field rtt? number the first answer's round-trip time in seconds
---@field text string what the first answer says, "no answer" when there is none
---@field mtu? integer of the next hop, when the probe was too long for it
---@field answers table[] each answer: flow, from, rtt, text, what, mtu, type, code
---@field silent integer probes that nobody answered
local Hop = {}
Hop.__index = Hop

function Hop:__tostring()
  local parts, from = {("%2d "):format(self.ttl)}, nil
  for _, answer in ipairs(self.answers) do
    if answer.from ~= from then parts[#parts + 1] = answer.from .. " " end
    from = answer.from
    parts[#parts + 1] = ("%.3f ms"):format(answer.rtt * 1000)
  end
  for _ = 1, self.silent do parts[#parts + 1] = "*" end
  if self.text ~= "time exceeded" and self.from then
    parts[#parts + 1] = " " .. self.text .. (self.mtu and ", MTU " .. self.mtu or "")
  end
  return table.concat(parts, " ")
end

function Path:__tostring()
  local lines = {}
  for i, hop in ipairs(self.hops) do lines[i] = tostring(hop) end
  return table.concat(lines, "\n")
end

-- A Trace is one flow's probes and what became of them. `known` has the answers by number, `last` is the hop beyond which
-- there is nothing to learn.
local Trace = {}
Trace.__index = Trace

function Trace:ttl(seq) return math.floor((seq - 1) / self.each) + 1 end

-- take notes an answer. An error that quotes too little to say which probe it is about belongs to the only one under way.
function Trace:take(answer)
  local seq = answer.seq or self.only
  if not seq then self.brief = true end
  if not seq or self.known[seq] then return end
  local ttl = self:ttl(seq)
  self.known[seq], answer.ttl = answer, nil
  if answer.what ~= "exceeded" and ttl < self.last then self.last, self.nearest = ttl, answer.rtt end
end

-- missing returns the first probe up to the last hop that is still unanswered.
function Trace:missing()
  for seq = 1, self.last * self.each do
    if self.sent[seq] and not self.known[seq] then return seq end
  end
end

function Trace:send(seq)
  local ok, message, kind, mtu = self.prober:send(seq, {ttl = self:ttl(seq), size = self.size, df = self.df})
  self.sent[seq] = true
  if ok then return end
  if not mtu then error({message = message, kind = kind}, 0) end
  self.known[seq] = {what = "too big", text = "message too long", from = "this machine", rtt = 0, mtu = mtu}
  self.last = math.min(self.last, self:ttl(seq))
end

-- hear waits until all is answered. Once the last hop is known, silent ones before it get ten times its answer's time.
function Trace:hear(timeout)
  local start = clock.monotonic()
  while self:missing() do
    local patience = self.nearest and math.min(timeout, math.max(0.2, 10 * self.nearest)) or timeout
    local answer = self.prober:receive(start + patience - clock.monotonic())
    if not answer then return end
    self:take(answer)
  end
end

function Trace:run(hops, timeout)
  for seq = 1, hops * self.each do
    if self:ttl(seq) > self.last then break end
    self:send(seq)
    local answer = self.prober:receive(0)
    if answer then self:take(answer) end
  end
  self:hear(timeout)
  if not self.brief then return end
  for seq = 1, hops * self.each do -- some errors can't be told apart: one probe at a time can
    if self:ttl(seq) <= self.last and not self.known[seq] then
      self.only = seq
      self:send(seq)
      local answer = self.prober:receive(timeout)
      if answer then self:take(answer) end
    end
  end
end

local function trace(prober, opts)
  local t = setmetatable({prober = prober, each = opts.probes or 3, known = {}, sent = {}, last = opts.hops or 30,
    size = opts.size, df = opts.df}, Trace)
  t:run(opts.hops or 30, opts.timeout or 2)
  prober:close()
  return t
end

-- collect makes a hop of what the flows heard there.
local function collect(traces, ttl)
  local hop = setmetatable({ttl = ttl, answers = {}, silent = 0, text = "no answer"}, Hop)
  for flow, t in ipairs(traces) do
    for seq = (ttl - 1) * t.each + 1, ttl * t.each do
      local answer = t.known[seq]
      if answer then
        answer.flow = flow
        hop.answers[#hop.answers + 1] = answer
      elseif ttl <= t.last then
        hop.silent = hop.silent + 1
      end
    end
  end
  local first = hop.answers[1]
  if first then hop.from, hop.rtt, hop.text, hop.mtu = first.from, first.rtt, first.text, first.mtu end
  return hop
end

-- open opens a prober for each flow: each has a port or an identifier of its own.
local function open(host, opts)
  local probers = {}
  for flow = 1, opts.flows or 1 do
    local prober, message, kind = probe.open(host, {proto = opts.proto or "udp", via = opts.via, family = opts.family,
      port = opts.port, source = opts.source, interface = opts.interface})
    if not prober then
      for _, other in ipairs(probers) do other:close() end
      return nil, message, kind
    end
    probers[flow], host = prober, prober.host
  end
  return probers
end

--- Find the way to a host.
---
---     #assert(traceroute("10.0.13.2", {probes = 1})).hops --> 3
---@lab mtu1300 on linux
---@async
---@param host string address or name
---@param opts? traceroute.Options
---@return traceroute.Path|nil path
---@return string? message
---@return string? kind "denied" when the system lets us send no such probes
local function traceroute(host, opts)
  check.argument("traceroute", 1, host, "string")
  opts = check.options("traceroute", opts, KINDS)
  local probers, message, kind = open(host, opts)
  if not probers then return nil, message, kind end
  local runs, last = {}, 0
  for flow, prober in ipairs(probers) do runs[flow] = function() return trace(prober, opts) end end
  local ok, traces = pcall(task.all, runs)
  if not ok then
    if type(traces) == "table" and traces.kind then return nil, traces.message, traces.kind end
    error(traces, 0)
  end
  local path = setmetatable({host = probers[1].host, proto = probers[1].proto, method = probers[1].method, reached = false,
    hops = {}}, Path)
  for _, t in ipairs(traces) do last = math.max(last, t.last) end
  for ttl = 1, last do
    local hop = collect(traces, ttl)
    for _, answer in ipairs(hop.answers) do path.reached = path.reached or answer.arrived or false end
    path.hops[ttl] = hop
  end
  return path
end

return traceroute

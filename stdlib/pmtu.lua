--- Find the largest datagram that the way to a host carries, and where the way gets narrow.
---
--- Datagrams that no router may cut go out. A router that can't pass one on says "too big" and how long it may be (RFC 1191,
--- RFC 8201); one that drops it and says nothing, a black hole, is found by trying sizes (RFC 8899). A probe may get lost
--- for other reasons, so a size has failed only after three tries.
local check = require "check"
local probe = require "probe"
local Search = require "pmtu.search"
local Survey = require "pmtu.survey"
local traceroute = require "traceroute"

---@class pmtu.Options
---@field proto? "icmp"|"udp" echo requests, or datagrams to a port that nobody uses; when left out, what the system lets us send
---@field size? integer the longest datagram to try, IP header included; when left out, the interface's MTU
---@field deaf? boolean don't listen to routers: they may lie, and behind a black hole they say nothing (default false)
---@field hops? integer how far, at most (default 30)
---@field timeout? number longest wait for an answer, in seconds; first tries wait less (default 1)
---@field port? integer port of the far end, of udp (default 33434)
---@field family? "inet"|"inet6" IP version; else the address's, or IPv4
---@field source? string own address
---@field interface? string interface to send from
---@field via? "socket"|"frames" the system's sockets, or frames made here; when left out, sockets where the system lets us

local KINDS = {
  proto = {"icmp", "udp"}, size = "68..65535", deaf = "boolean", hops = "1..255", timeout = "seconds", port = "1..65535", family = {"inet", "inet6"},
  source = "string", interface = "string", via = {"socket", "frames"},
}

---@class pmtu.Result what the way to a host carries
---@field host string its address
---@field mtu integer bytes of the largest datagram that arrives, IP header included
---@field method "ptb"|"probe" who told: a router's "packet too big", or nobody but the probes that arrived
---@field via "socket"|"frames" how the probes were sent
---@field proto "icmp"|"udp"
---@field reached boolean did the host answer? If not, the MTU is that of the way to the last hop that did
---@field hops table[] each hop that answers: ttl, from, and mtu, the largest datagram that reaches it
---@field blackhole? table the router that drops long datagrams and says nothing: ttl, from (nil: this machine's own link), mtu of what it passes on, next hop that answers
---@field steps table[] what was tried, in order: size, ttl (nil: all the way), result ("passed", "too big" or "silence"), from, mtu
---@field probes integer how many datagrams that took
local Result = {}
Result.__index = Result

function Result:__tostring()
  local hole = self.blackhole
  local lines = {("%s: MTU %d (%s)%s%s"):format(self.host, self.mtu, self.method,
    hole and ", black hole at " .. (hole.from or "this machine's link") or "", self.reached and "" or ", no answer from the host")}
  for _, hop in ipairs(self.hops) do lines[#lines + 1] = ("%2d  %5d  %s"):format(hop.ttl, hop.mtu, hop.from) end
  return table.concat(lines, "\n")
end

local LARGEST = 65535              -- bytes of any datagram
local FLOOR = {inet = 68, inet6 = 1280} -- every link carries these (RFC 791 section 3.2, RFC 8200 section 5)

-- lay_out finds the hops that answer, and refuses a host that can't be reached.
local function lay_out(prober, opts)
  local path, message, kind = traceroute(prober.host, {proto = prober.proto, via = prober.via, hops = opts.hops, port = opts.port,
    source = opts.source, interface = opts.interface, timeout = opts.timeout or 1})
  if not path then return nil, message, kind end
  local hops, rtt = {}, 0
  for _, hop in ipairs(path.hops) do
    for _, answer in ipairs(hop.answers) do
      if answer.what == "unreachable" and not answer.arrived then
        return nil, ("pmtu: %s: %s (from %s)"):format(path.host, answer.text, answer.from), "unreachable"
      end
    end
    if hop.from then hops[#hops + 1], rtt = {ttl = hop.ttl, from = hop.from}, math.max(rtt, hop.rtt) end
  end
  if #hops == 0 then return nil, ("pmtu: no answer from %s, nor from anybody on the way"):format(path.host), "timeout" end
  return hops, path.reached, rtt
end

-- measure searches the MTU of the whole way first: those of the hops lie between it and the first link's.
local function measure(survey, hops, reached, largest)
  local prober, last = survey.prober, hops[#hops]
  local floor = FLOOR[prober.family]
  local whole = Search.new(prober.header + 4, largest, {floor = floor, ttl = not reached and last.ttl or nil})
  survey:settle{whole}
  last.search = whole
  local searches = {}
  for i = 1, #hops - 1 do
    searches[i] = Search.new(whole.low, survey.link or largest, {floor = floor, ttl = hops[i].ttl, guess = whole.low + 1})
    hops[i].search = searches[i]
  end
  survey:settle(searches)
  return whole
end

-- blackhole is the last hop before the first one that long datagrams don't reach, without a word from anybody.
local function blackhole(hops, link)
  local before = {ttl = 0, mtu = link}
  for _, hop in ipairs(hops) do
    if hop.mtu < before.mtu and hop.search.silent then
      return {ttl = before.ttl, from = before.from, mtu = hop.mtu, next = hop.from}
    end
    before = hop
  end
end

local function find(prober, opts)
  local hops, reached, rtt = lay_out(prober, opts)
  if not hops then return nil, reached, rtt end
  local survey = Survey.new(prober, {rtt = rtt, timeout = opts.timeout or 1, deaf = opts.deaf})
  local largest = math.min(opts.size or LARGEST, LARGEST)
  local whole = measure(survey, hops, reached, largest)
  for _, hop in ipairs(hops) do hop.mtu = hop.search.low end
  local hole = whole.silent and blackhole(hops, survey.link or largest) or nil
  for _, hop in ipairs(hops) do hop.search = nil end
  return setmetatable({
    host = prober.host, mtu = whole.low, method = whole.told and not whole.silent and "ptb" or "probe", via = prober.via,
    proto = prober.proto, reached = reached, hops = hops, blackhole = hole, steps = survey.steps, probes = survey.probes,
  }, Result)
end

-- open prefers echo requests: hosts answer them at any rate.
local function open(host, opts)
  local message, kind
  for _, proto in ipairs(opts.proto and {opts.proto} or {"icmp", "udp"}) do
    local prober, problem, why = probe.open(host, {proto = proto, via = opts.via, family = opts.family,
      port = proto == "udp" and opts.port or nil, source = opts.source, interface = opts.interface})
    if prober or why ~= "denied" then return prober, problem, why end
    message, kind = message or problem, why
  end
  return nil, message, kind
end

--- Find the path MTU to a host.
---@async
---@param host string address or name
---@param opts? pmtu.Options
---@return pmtu.Result|nil result
---@return string? message
---@return string? kind "unreachable", or "timeout" when nobody on the way answers
local function pmtu(host, opts)
  check.argument("pmtu", 1, host, "string")
  opts = check.options("pmtu", opts, KINDS)
  local prober, message, kind = open(host, opts)
  if not prober then return nil, message, kind end
  local ok, result, problem, why = pcall(find, prober, opts)
  prober:close()
  if ok and result then return result end
  if ok then return nil, problem, why end
  if type(result) == "table" and result.kind then return nil, result.message, result.kind end
  error(result, 0)
end

return pmtu

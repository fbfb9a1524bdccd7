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
---@field hops table[] each hop that answers: ttl, from, and mtu, the largest datagram that reaches it (nil: it stopped answering)
---@field blackhole? table the router that drops long datagrams and says nothing: ttl, from (nil: nobody before it answers), mtu of what it passes on, next hop that answers
---@field steps table[] what was tried, in order: size, ttl (nil: all the way), result ("passed", "too big" or "silence"), from, mtu
---@field probes integer how many datagrams that took
local Result = {}
Result.__index = Result

function Result:__tostring()
  local hole = self.blackhole
  local lines = {("%s: MTU %d (%s)%s%s"):format(self.host, self.mtu, self.method,
    hole and ", black hole " .. (hole.from and "at " .. hole.from or "before " .. hole.next) or "", self.reached and "" or ", no answer from the host")}
  for _, hop in ipairs(self.hops) do lines[#lines + 1] = ("%2d  %5s  %s"):format(hop.ttl, hop.mtu or "?", hop.from) end
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

-- infer finds each hop's MTU from who said "too big": what such a router got doesn't fit into the link behind it. It returns
-- false when the routers' words don't tell all.
local function infer(hops, steps, mtu, last)
  local place, from = {}, 1
  for i, hop in ipairs(hops) do place[hop.from] = i end
  for _, step in ipairs(steps) do
    if step.result == "too big" then
      local at = place[step.from]
      if not at or at < from then return false end
      for i = from, at do hops[i].mtu = mtu end
      from, mtu = at + 1, step.mtu
    end
  end
  for i = from, #hops do hops[i].mtu = mtu end
  return mtu == last
end

-- ask finds each hop's MTU by probes that die there: it lies between that of the whole way and that of the first link.
local function ask(survey, hops, whole, link)
  local searches = {}
  for i = 1, #hops - 1 do
    searches[i] = Search.new(whole.low, link, {floor = whole.floor, ttl = hops[i].ttl, guess = whole.low + 1, control = true})
  end
  survey:settle(searches)
  for i, search in ipairs(searches) do
    hops[i].mtu, hops[i].silent = not search.mute and search.low or nil, search.silent
  end
  hops[#hops].mtu, hops[#hops].silent = whole.low, whole.silent
end

-- blackhole is the last hop before the first one that long datagrams don't reach, without a word from anybody.
local function blackhole(hops, link)
  local before = {ttl = 0, mtu = link}
  for _, hop in ipairs(hops) do
    if hop.mtu and hop.mtu < before.mtu and hop.silent then
      return {ttl = before.ttl, from = before.from, mtu = hop.mtu, next = hop.from}
    end
    if hop.mtu then before = hop end
  end
end

local function find(prober, opts)
  local hops, reached, rtt = lay_out(prober, opts)
  if not hops then return nil, reached, rtt end
  local survey = Survey.new(prober, {rtt = rtt, timeout = opts.timeout or 1, deaf = opts.deaf})
  local largest = math.min(opts.size or LARGEST, LARGEST)
  local whole = Search.new(prober.header + 4, largest, {floor = FLOOR[prober.family], ttl = not reached and hops[#hops].ttl or nil})
  survey:settle{whole}
  local link = survey.link or largest
  if whole.silent or not infer(hops, survey.steps, link, whole.low) then ask(survey, hops, whole, link) end
  local hole = whole.silent and blackhole(hops, link) or nil
  for _, hop in ipairs(hops) do hop.silent = nil end
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
---
---     assert(pmtu("10.0.13.2")).mtu --> 1300
---@lab mtu1300 on linux
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

--- Run searches side by side: each sends one probe at a time, all listen together.
---@package
local clock = require "clock"
local Survey = {}
Survey.__index = Survey

-- The first wait for an answer, in seconds. Hosts send few port unreachables a second (RFC 1812 section 4.3.2.8).
local LEAST = {icmp = 0.1, udp = 0.5}

--- Begin a survey.
---@param prober probe.Prober
---@param opts {rtt: number, timeout: number, deaf?: boolean} the longest round trip seen, the longest wait for an answer
---@return table survey
function Survey.new(prober, opts)
  return setmetatable({prober = prober, first = math.max(LEAST[prober.proto], 4 * opts.rtt), timeout = opts.timeout,
    deaf = opts.deaf, seq = 0, probes = 0, steps = {}, under_way = {}}, Survey)
end

function Survey:note(search, size, result, answer)
  self.steps[#self.steps + 1] = {size = size, ttl = search.ttl, result = result, from = answer and answer.from,
    mtu = answer and answer.mtu}
end

-- lost notes the size that a search has given up, if there is one.
function Survey:lost(search)
  if search.lost then self:note(search, search.lost, "silence") end
  search.lost = nil
end

-- send sends a search's next probe. The interface's own limit, which may come to light here, is kept.
function Survey:send(search)
  search.answered = false
  self.seq = self.seq % 65535 + 1
  local sent, message, kind, mtu = self.prober:send(self.seq, {size = search.size, ttl = search.ttl, df = "probe"})
  if sent then
    self.probes = self.probes + 1
    self.under_way[self.seq] = {search = search, size = search.size}
  elseif mtu and mtu < search.size then
    self.link = mtu
    search:limit(mtu)
    if not search:done() then self:send(search) end
  else
    error({message = message, kind = kind}, 0)
  end
end

-- take tells a search what became of one of its probes.
function Survey:take(answer)
  local sent = answer.seq and self.under_way[answer.seq]
  if not sent then return end
  local search, size = sent.search, sent.size
  if answer.what == "too big" then
    if self.deaf or not search:too_big(size, answer.mtu) then return end
    self:note(search, size, "too big", answer)
  elseif answer.arrived or answer.what == "exceeded" and search.ttl then
    self:note(search, size, "passed", answer)
    search:passed(size)
    self:lost(search)
  else
    return
  end
  search.answered = true
end

local function still(searches, question)
  local list = {}
  for _, search in ipairs(searches) do
    if not question(search) then list[#list + 1] = search end
  end
  return list
end

local function answered(search) return search.answered end
local function done(search) return search:done() end

-- round sends a probe for each search and waits for the answers: longer for those that are tried again.
function Survey:round(searches)
  local wait = 0
  for _, search in ipairs(searches) do
    self:send(search)
    wait = math.max(wait, math.min(self.timeout, self.first * 2 ^ search.tries))
  end
  local last = clock.monotonic() + wait
  while #still(searches, answered) > 0 do
    local answer = self.prober:receive(math.max(0, last - clock.monotonic()))
    if not answer then break end
    self:take(answer)
  end
  for _, search in ipairs(still(searches, answered)) do
    search:silence()
    self:lost(search)
  end
end

--- Go on until every search is done.
---@async
---@param searches table[]
function Survey:settle(searches)
  searches = still(searches, done)
  while #searches > 0 do
    self:round(searches)
    searches = still(searches, done)
  end
end

return Survey

--- Ask a host to echo, time its answers, and count them: ICMP echo of IPv4 and IPv6 (RFC 792, RFC 4443).
local check = require "check"
local clock = require "clock"
local probe = require "probe"

---@class ping.Options
---@field count? integer how many echo requests (default 4)
---@field interval? number seconds from one to the next (default 1)
---@field timeout? number longest wait for each answer, in seconds (default 1)
---@field size? integer bytes of payload (default 56)
---@field pattern? string what the payload repeats (default a count of bytes)
---@field ttl? integer hop limit of the requests
---@field df? "dont"|"want"|"do"|"probe" what becomes of requests longer than the path MTU, as in dgram
---@field family? "inet"|"inet6" IP version; else the address's, or IPv4
---@field source? string own address
---@field interface? string interface to send from
---@field via? "socket"|"frames" ping sockets, or frames made here; when left out, sockets where the system lets us

local KINDS = {
  count = "count", interval = "seconds", timeout = "seconds", size = "0..65507", pattern = "string", ttl = "1..255",
  df = {"dont", "want", "do", "probe"}, family = {"inet", "inet6"}, source = "string", interface = "string",
  via = {"socket", "frames"},
}

---@class ping.Ping what is known of a host that is asked; the counts grow with each reply
---@field host string its address
---@field method string how it is asked: "ping socket" or "raw frames"
---@field sent integer requests
---@field received integer requests that were answered
---@field lost integer requests that were not, so far
---@field duplicates integer further answers to a request
---@field errors integer requests of which a router or this machine said that they didn't arrive
---@field min? number shortest round-trip time in seconds, duplicates' included; as long as none came, nil
---@field avg? number mean
---@field max? number longest
---@field mdev? number standard deviation
local Ping = {}

---@class ping.Reply one outcome
---@field seq integer number of the request, from 1
---@field what "reply"|"lost"|"exceeded"|"too big"|"unreachable"|"refused" refused by this machine
---@field text string in words
---@field from? string who answered: the host, or the router that gave up
---@field rtt? number round-trip time in seconds
---@field ttl? integer hop limit that the answer had left
---@field size? integer bytes of payload that came back
---@field mtu? integer the MTU that the request was too long for
---@field duplicate? boolean a further answer
local Reply = {}
Reply.__index = Reply

-- The statistics that are computed when they are read.
local computed = {}

function computed:lost() return self.sent - self.received end

function computed:avg()
  local n = self.received + self.duplicates
  return n > 0 and self.sum / n or nil
end

function computed:mdev()
  local mean = self.avg
  return mean and math.sqrt(math.max(0, self.squares / (self.received + self.duplicates) - mean * mean))
end

function Ping.__index(p, name)
  if computed[name] then return computed[name](p) end
  return Ping[name]
end

local function milliseconds(seconds) return ("%.3f"):format(seconds * 1000) end

function Ping:__tostring()
  local text = ("%d sent, %d received, %d lost"):format(self.sent, self.received, self.lost)
  if self.duplicates > 0 then text = text .. (", %d duplicates"):format(self.duplicates) end
  if self.errors > 0 then text = text .. (", %d errors"):format(self.errors) end
  if not self.avg then return text end
  return ("%s, min/avg/max/mdev %s/%s/%s/%s ms"):format(text, milliseconds(self.min), milliseconds(self.avg),
    milliseconds(self.max), milliseconds(self.mdev))
end

function Reply:__tostring()
  if self.what ~= "reply" then
    return ("seq %d: %s%s%s"):format(self.seq, self.text, self.mtu and ", MTU " .. self.mtu or "",
      self.from and " from " .. self.from or "")
  end
  return ("seq %d: %d bytes from %s, ttl %s, %s ms%s"):format(self.seq, self.size, self.from, self.ttl or "?",
    milliseconds(self.rtt), self.duplicate and " (duplicate)" or "")
end

-- filled is a payload that repeats a pattern.
local function filled(size, pattern)
  if not pattern or pattern == "" then
    local all = {}
    for i = 0, 255 do all[i + 1] = string.char(i) end
    pattern = table.concat(all)
  end
  return pattern:rep(math.ceil(size / #pattern)):sub(1, size)
end

--- Prepare to ask a host. Nothing is sent before replies or run.
---
---     local p = assert(ping("10.0.0.2", {count = 2, interval = 0.01}))
---     p:run()
---     p.received --> 2
---@lab pair on h1
---@async
---@param host string address or name
---@param opts? ping.Options
---@return ping.Ping|nil ping
---@return string? message
---@return string? kind "denied" when the system lets us send no echo request
local function ping(host, opts)
  check.argument("ping", 1, host, "string")
  opts = check.options("ping", opts, KINDS)
  local p, message, kind = probe.open(host, {family = opts.family, source = opts.source, interface = opts.interface, via = opts.via})
  if not p then return nil, message, kind end
  return setmetatable({
    host = p.host, method = p.method, sent = 0, received = 0, duplicates = 0, errors = 0, sum = 0, squares = 0,
    count = opts.count or 4, interval = opts.interval or 1, timeout = opts.timeout or 1, prober = p, oldest = 1, open = {},
    request = {payload = filled(opts.size or 56, opts.pattern), ttl = opts.ttl, df = opts.df},
  }, Ping)
end

-- Outcomes are numbered by what is on the wire: 16 bits.
local function wire(seq) return seq % 65536 end

-- ask sends the next request; a refusal is its outcome.
function Ping:ask(now)
  self.due = (self.due or now) + self.interval
  self.sent = self.sent + 1
  local seq = self.sent
  local ok, message, _, mtu = self.prober:send(wire(seq), self.request)
  if ok then
    self.open[wire(seq)] = {seq = seq, last = now + self.timeout}
    return nil
  end
  self.errors = self.errors + 1
  self.open[wire(seq)] = nil
  local text = mtu and "message too long" or message:gsub("^dgram: ", "")
  return setmetatable({seq = seq, what = mtu and "too big" or "refused", text = text, mtu = mtu}, Reply)
end

-- hear turns an answer into an outcome and counts it.
function Ping:hear(answer)
  local request = answer.seq and self.open[answer.seq]
  if not request then return nil end
  answer.seq = request.seq
  if answer.what == "reply" then
    answer.duplicate = request.answered
    if request.answered then self.duplicates = self.duplicates + 1 else self.received = self.received + 1 end
    self.sum, self.squares = self.sum + answer.rtt, self.squares + answer.rtt * answer.rtt
    self.min, self.max = math.min(self.min or answer.rtt, answer.rtt), math.max(self.max or 0, answer.rtt)
    request.answered = true
  else
    self.errors = self.errors + 1
  end
  request.done = true
  return setmetatable(answer, Reply)
end

-- overdue returns the outcome of a request that nobody answered in time, and else when the next one will be that.
function Ping:overdue(now)
  while self.oldest <= self.sent do
    local request = self.open[wire(self.oldest)]
    if request and not request.done then
      if request.last > now then return nil, request.last end
      request.done = true
      return setmetatable({seq = request.seq, what = "lost", text = "no answer"}, Reply)
    end
    self.oldest = self.oldest + 1
  end
end

function Ping:next()
  while true do
    local now = clock.monotonic()
    local more = self.sent < self.count
    if more and now >= (self.due or now) then
      local refused = self:ask(now)
      if refused then return refused end
    end
    local lost, deadline = self:overdue(now)
    if lost then return lost end
    more = self.sent < self.count
    local wake = math.min(more and self.due or math.huge, deadline or math.huge)
    if wake == math.huge then
      self.prober:close()
      return nil
    end
    local answer, message, kind = self.prober:receive(math.max(0, wake - clock.monotonic()))
    local reply = answer and self:hear(answer)
    if reply then return reply end
    if not answer and kind ~= "timeout" then error(message, 0) end
  end
end

--- Iterate over what becomes of the requests, in the order in which it is known: replies, errors of routers, and requests
--- that nobody answered in time. The requests go out meanwhile, one each interval.
---
---     local p = assert(ping("10.0.0.2", {count = 2, interval = 0.01}))
---     for reply in p:replies() do print(reply) end
---     p.lost --> 0
---@lab pair on h1
---@async
---@return fun(): ping.Reply?
function Ping:replies()
  return function() return self:next() end
end

--- Ask until all is known.
---
---     assert(ping("10.0.0.2", {count = 1})):run().received --> 1
---@lab pair on h1
---@async
---@return ping.Ping
function Ping:run()
  for _ in self:replies() do end
  return self
end

return ping

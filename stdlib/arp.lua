--- Ask a link who has an address, and tell it who has: the Address Resolution Protocol (RFC 826), and how a host makes sure
--- that an address is free before it takes it (RFC 5227). Without the right to send frames (CAP_NET_RAW) the system is made to
--- ask instead; then there is resolve and scan only.
local addr = require "addr"
local check = require "check"
local link = require "link"
local mac = require "mac"
local packet = require "packet"
local task = require "task"
local arp = {}

---@class arp.OpenOptions
---@field via? "frames"|"system" who asks: frames made here, or the system; when left out, frames where we may send them

---@class arp.ResolveOptions
---@field timeout? number longest wait for an answer to each question, in seconds (default 1)
---@field tries? integer how many questions, at most (default 3)

---@class arp.ScanOptions
---@field timeout? number wait for answers after the last question, in seconds (default 1)
---@field tries? integer how often a silent address is asked (default 2)
---@field rate? string how fast, as in link (default "1000pps")
---@field progress? fun(done: integer, total: integer) called now and then with how far the scan is
---@field found? fun(host: table) called with each host as it answers: what an interrupted scan leaves

---@class arp.PaceOptions
---@field pace? number factor for the times of RFC 5227 (default 1)

---@class arp.ListenOptions
---@field timeout? number how long in all, in seconds; for ever when left out
---@field count? integer how many, at most

---@class arp.Link one link, to ask and to tell
---@field interface? string name
---@field mac? string the interface's address
---@field method string who asks: "raw frames", or "the system's table of neighbours"
local Link = {}
Link.__index = Link

-- The times of RFC 5227 section 1.1, in seconds.
local PROBE_WAIT, PROBE_NUM, PROBE_MIN, PROBE_MAX = 1, 3, 1, 2
local ANNOUNCE_WAIT, ANNOUNCE_NUM, ANNOUNCE_INTERVAL = 2, 2, 2

local REQUEST = 1

local function question(fields)
  return packet.eth{dst = mac.broadcast} / packet.arp(fields)
end

--- Open a link for ARP.
---
---     arp.open("eth0").method --> raw frames
---@lab pair on h1
---@async
---@param interface? string name; when left out, the one that the script is to use
---@param opts? arp.OpenOptions
---@return arp.Link|nil link
---@return string? message
---@return string? kind
function arp.open(interface, opts)
  opts = check.options("arp.open", opts, {via = {"frames", "system"}})
  if opts.via == "system" then return require "arp.system".open(interface) end
  local l, message, kind = link.open(interface, {filter = "arp"})
  if not l then
    if kind == "denied" and not opts.via then return require "arp.system".open(interface) end
    return nil, message, kind
  end
  local card = l:interface()
  return setmetatable({link = l, interface = card.name, mac = card.mac, method = "raw frames"}, Link)
end

--- Find the MAC address behind an IPv4 address.
---
---     (arp.open("eth0"):resolve("10.0.0.2")) --> 02:00:00:00:00:02
---@lab pair on h1
---@async
---@param ip string
---@param opts? arp.ResolveOptions
---@return string|nil mac
---@return number|string round_trip in seconds, or a message
---@return string? kind "timeout" when nobody answers
function Link:resolve(ip, opts)
  check.argument("arp.Link:resolve", 1, ip, "string")
  opts = check.options("arp.Link:resolve", opts, {timeout = "seconds", tries = "count"})
  local r, message, kind = self.link:exchange(question{op = "who-has", pdst = ip},
    {timeout = opts.timeout or 1, retry = (opts.tries or 3) - 1, filter = "arp"})
  if not r then return nil, message, kind end
  local first = r.answered[1]
  if not first then return nil, ("arp: nobody on %s has %s"):format(self.interface, ip), "timeout" end
  return first.received.arp.hwsrc, first.rtt
end

local CHUNK = 4096 -- questions at a time

--- Ask for every address of a prefix.
---
---     arp.open("eth0"):scan("10.0.0.0/30", {timeout = 0.2})[1].ip --> 10.0.0.2
---@lab pair on h1
---@async
---@param prefix string such as 10.0.0.0/24
---@param opts? arp.ScanOptions
---@return table[]|nil hosts in order of their addresses: ip, mac, vendor (if known), rtt in seconds
---@return string? message
---@return string? kind
function Link:scan(prefix, opts)
  check.argument("arp.Link:scan", 1, prefix, "string")
  opts = check.options("arp.Link:scan", opts, {timeout = "seconds", tries = "count", rate = "string", progress = "function",
    found = "function"})
  local network, tries, asked = assert(addr.prefix(prefix)), opts.tries or 2, 0
  local hosts, questions, next_host = {}, {}, network:hosts()
  local total = tries * math.max(network:size() - (network.bits < 31 and 2 or 0), 1)
  local progress = opts.progress and function(done) opts.progress(asked + done, total) end
  local function answer(_, received, rtt)
    local who = received.arp
    local host = {ip = who.psrc, mac = who.hwsrc, vendor = mac.vendor(who.hwsrc), rtt = rtt}
    hosts[#hosts + 1] = host
    if opts.found then opts.found(host) end
  end
  repeat
    local ip = next_host()
    if ip then questions[#questions + 1] = question{op = "who-has", pdst = tostring(ip)} end
    if #questions == CHUNK or (not ip and #questions > 0) then
      local r, message, kind = self.link:exchange(questions, {timeout = opts.timeout or 1, retry = tries - 1, rate = opts.rate or "1000pps",
        filter = "arp", progress = progress, answer = answer})
      if not r then return nil, message, kind end
      asked, questions = asked + tries * #questions, {}
    end
  until not ip
  table.sort(hosts, function(a, b) return addr(a.ip) < addr(b.ip) end)
  return hosts
end

--- Tell everybody that an address is this interface's: twice, two seconds apart (RFC 5227 section 2.3).
---
---     arp.open("eth0"):announce("10.0.0.1", {pace = 0.01}) --> true
---@lab pair on h1
---@async
---@param ip string
---@param opts? arp.PaceOptions
---@return boolean|nil told
---@return string? message
---@return string? kind
function Link:announce(ip, opts)
  check.argument("arp.Link:announce", 1, ip, "string")
  opts = check.options("arp.Link:announce", opts, {pace = "seconds"})
  for n = 1, ANNOUNCE_NUM do
    if n > 1 then task.sleep(ANNOUNCE_INTERVAL * (opts.pace or 1)) end
    local sent, message, kind = self.link:send(question{op = "who-has", psrc = ip, pdst = ip})
    if not sent then return nil, message, kind end
  end
  return true
end

-- rival returns who else has an address, or is about to take it (RFC 5227 section 2.1.1).
local function rival(p, ip, own)
  local a = p.arp
  if not a or a.hwsrc == own then return nil end
  if a.psrc == ip or (a.op == REQUEST and a.psrc == "0.0.0.0" and a.pdst == ip) then return a.hwsrc end
end

--- Find out whether an address is free, as a host does before it takes one: three questions that don't say who asks, and
--- six seconds or so of listening (RFC 5227 section 2.1). It ends at once when somebody has the address.
---
---     arp.open("eth0"):free("10.0.0.2", {pace = 0.01}) --> false, "02:00:00:00:00:02"
---@lab pair on h1
---@async
---@param ip string
---@param opts? arp.PaceOptions
---@return boolean|nil free
---@return string? rival MAC address of who has the address or is about to take it; or a message
---@return string? kind
function Link:free(ip, opts)
  check.argument("arp.Link:free", 1, ip, "string")
  opts = check.options("arp.Link:free", opts, {pace = "seconds"})
  local waits = {math.random() * PROBE_WAIT}
  for n = 2, PROBE_NUM do waits[n] = PROBE_MIN + math.random() * (PROBE_MAX - PROBE_MIN) end
  waits[#waits + 1] = ANNOUNCE_WAIT
  for n, wait in ipairs(waits) do
    for p in self.link:sniff{timeout = wait * (opts.pace or 1), direction = "in"} do
      local who = rival(p, ip, self.mac)
      if who then return false, who end
    end
    if n <= PROBE_NUM then
      local sent, message, kind = self.link:send(question{op = "who-has", psrc = "0.0.0.0", pdst = ip})
      if not sent then return nil, message, kind end
    end
  end
  return true
end

local function purpose(a)
  if a.op ~= REQUEST then return "answer" end
  if a.psrc == "0.0.0.0" then return "probe" end
  return a.psrc == a.pdst and "announcement" or "question"
end

--- Iterate over what others say by ARP: tables with says ("question", "answer", "probe" or "announcement"), ip and mac of the
--- speaker, vendor (if known), about (the address in question) and time.
---
---     local a = arp.open("eth0")
---     require "task".spawn(function() a:resolve("10.0.0.2") end)
---     a:listen{timeout = 1}().says --> answer
---@lab pair on h1
---@async
---@param opts? arp.ListenOptions
---@return fun(): table?
function Link:listen(opts)
  opts = check.options("arp.Link:listen", opts, {timeout = "seconds", count = "count"})
  local sniffer = self.link:sniff{timeout = opts.timeout, direction = "in"}
  local left = opts.count or math.huge
  return function()
    while left > 0 do
      local p, meta = sniffer()
      if not p then return nil end
      local a = p.arp
      if a then
        left = left - 1
        return {says = purpose(a), ip = a.psrc, mac = a.hwsrc, vendor = mac.vendor(a.hwsrc), about = a.pdst, time = meta.time}
      end
    end
  end
end

--- End. It may be called twice.
---
---     arp.open("eth0"):close() -->
---@lab pair on h1
function Link:close() self.link:close() end

return arp

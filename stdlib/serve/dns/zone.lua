--- Finds what a name server knows of a name (RFC 1034 section 4.3.2, RFC 4592).
---@package
local addr = require "addr"
local record = require "serve.dns.record"

local Zone = {}
Zone.__index = Zone

-- parent is the name without its first label; a dot may stand in a label, behind a backslash.
local function parent(name)
  local at = 1
  repeat
    local dot = name:find(".", at, true)
    if not dot or dot == #name then return "." end
    at = dot + 1
  until name:sub(dot - 1, dot - 1) ~= "\\"
  return name:sub(at)
end

-- ancestors iterates over a name and all above it, the root last.
local function ancestors(name)
  local current
  return function()
    if current == "." then return nil end
    current = current and parent(current) or name
    return current
  end
end

--- Find the zone that a name is in.
---@param name string
---@return string? apex
function Zone:apex(name)
  for above in ancestors(name) do
    if self.names[above] and self.names[above].SOA then return above end
  end
end

-- node finds the records of a name, or of the wildcard that stands for it; nil when the name isn't there.
local function node(self, name)
  if self.names[name] then return self.names[name] end
  if self.exists[name] then return {} end
  for above in ancestors(parent(name)) do
    if self.exists[above] then return self.names[above == "." and "*." or "*." .. above] end
  end
end

-- delegation finds name servers between a name and its zone's apex.
local function delegation(self, name, apex)
  local found
  for above in ancestors(name) do
    if above == apex then return found end
    found = self.names[above] and self.names[above].NS or found
  end
end

-- copy adds records to a section, by the name that was asked for.
local function copy(section, list, owner)
  for _, r in ipairs(list or {}) do
    local one = {}
    for k, v in pairs(r) do one[k] = v end
    one.rrname = owner or r.rrname
    section[#section + 1] = one
  end
end

-- glue adds the addresses of the hosts that records name.
local function glue(self, answer)
  local done = {}
  for _, section in ipairs{answer.an, answer.ns} do
    for _, r in ipairs(section) do
      local host = r.exchange or r.target or r.type == "NS" and r.rdata
      local here = host and not done[host] and self.names[host]
      if here then
        done[host] = true
        copy(answer.ar, here.A)
        copy(answer.ar, here.AAAA)
      end
    end
  end
end

-- matches adds what a name has of the wanted type.
local function matches(answer, here, qtype, owner)
  if qtype == "ANY" then
    for _, list in pairs(here) do copy(answer.an, list, owner) end
  else
    copy(answer.an, here[qtype], owner)
  end
end

-- negative adds the SOA that says for how long there is nothing (RFC 2308 section 3).
local function negative(self, answer, apex)
  local soa = self.names[apex].SOA
  copy(answer.ns, soa)
  answer.ns[#answer.ns].ttl = math.min(soa[1].ttl, soa[1].minimum)
end

--- Answer a question.
---@param qname string as asked
---@param qtype string its name, or its number as text
---@return table? answer rcode, aa, an, ns, ar; nil where the name is in no zone of ours
function Zone:answer(qname, qtype)
  local answer, owner = {rcode = "ok", aa = 1, an = {}, ns = {}, ar = {}}, qname
  local name = record.name(qname)
  if not self:apex(name) then return nil end
  local seen = {}
  while not seen[name] do
    seen[name] = true
    local apex = self:apex(name)
    if not apex then break end -- an alias leads elsewhere
    local servers = delegation(self, name, apex)
    if servers then
      copy(answer.ns, servers)
      if #answer.an == 0 then answer.aa = 0 end
      glue(self, answer)
      return answer
    end
    local here = node(self, name)
    if not here then
      answer.rcode = "name-error"
      negative(self, answer, apex)
      return answer
    end
    local alias = here.CNAME and qtype ~= "CNAME" and qtype ~= "ANY" and here.CNAME[1]
    if not alias then
      local before = #answer.an
      matches(answer, here, qtype, owner)
      if #answer.an == before then negative(self, answer, apex) end
      glue(self, answer)
      return answer
    end
    copy(answer.an, {alias}, owner)
    name, owner = alias.rdata, alias.rdata
  end
  return answer
end

-- reverse adds names for addresses that have none.
local function reverse(self)
  local list = {}
  for name in pairs(self.names) do list[#list + 1] = name end
  table.sort(list)
  for _, name in ipairs(list) do
    for _, kind in ipairs{"A", "AAAA"} do
      for _, r in ipairs(name:sub(1, 2) ~= "*." and self.names[name][kind] or {}) do
        local back = record.name(addr(r.rdata):reverse())
        self.names[back] = self.names[back] or {PTR = {{rrname = back, type = "PTR", ttl = r.ttl, rdata = name}}}
      end
    end
  end
end

-- top is where the zone of a name begins unless an SOA says so: below the root, or where reverse names do. With a
-- forwarder a reverse name is a zone of its own, for others may know its neighbours.
local function top(name, forwards)
  if name:sub(-6) == ".arpa." then return forwards and name or name:match("in%-addr%.arpa%.$") or name:match("ip6%.arpa%.$") or name end
  local highest = "."
  for above in ancestors(name) do
    if above ~= "." and above ~= "*." then highest = above end
  end
  return highest
end

-- begin gives each zone an SOA.
local function begin(self, forwards)
  local list = {}
  for name in pairs(self.names) do list[#list + 1] = name end
  for _, name in ipairs(list) do
    local apex = self:apex(name) or top(name, forwards)
    local here = self.names[apex] or {}
    local within = apex == "." and "" or apex
    here.SOA = here.SOA or {{rrname = apex, type = "SOA", ttl = 60, mname = "ns." .. within, rname = "hostmaster." .. within,
      serial = 1, refresh = 3600, retry = 600, expire = 86400, minimum = 60}}
    self.names[apex] = here
  end
end

local zone = {}

--- Read a zone.
---@param names table<string, any>
---@param forwards boolean are other names asked elsewhere?
---@return table? zone
---@return string? problem
function zone.new(names, forwards)
  local self = setmetatable({names = {}, exists = {["."] = true}}, Zone)
  for name, value in pairs(names) do
    if type(name) ~= "string" then return nil, "names are strings" end
    local owner = record.name(name)
    local records, problem = record.read(owner, value)
    if not records then return nil, ("%s: %s"):format(name, problem) end
    self.names[owner] = records
  end
  reverse(self)
  begin(self, forwards)
  for name in pairs(self.names) do
    for above in ancestors(name) do self.exists[above] = true end
  end
  return self
end

return zone

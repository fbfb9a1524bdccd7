--- Records as scripts write them, and as packet.dns wants them.
---@package
local addr = require "addr"
local packet = require "packet"
local record = {}

--- Return a name in lower case with its final dot: names compare without case (RFC 4343).
---@param name string
function record.name(name)
  name = name:lower()
  return name:sub(-1) == "." and name or name .. "."
end

-- address returns a reader of addresses of one family.
local function address(v6)
  return function(value)
    if type(value) ~= "string" or not addr.valid(value) or (value:find(":", 1, true) ~= nil) ~= v6 then return nil end
    return {rdata = value}
  end
end

local function name(value) return type(value) == "string" and {rdata = record.name(value)} or nil end

-- words reads "10 mail.lab", or a list of the same, as the fields named.
local function words(...)
  local fields = {...}
  return function(value)
    if type(value) == "string" then
      local list = {}
      for word in value:gmatch("%S+") do list[#list + 1] = word end
      value = list
    end
    if type(value) ~= "table" or #value ~= #fields then return nil end
    local r = {}
    for i, field in ipairs(fields) do
      local kind, called = field:match("^(%a)(.*)$")
      r[called] = kind == "n" and tonumber(value[i]) or kind == "d" and record.name(tostring(value[i])) or nil
      if r[called] == nil then return nil end
    end
    return r
  end
end

-- Each reader gives the fields of one record's data; nil for what isn't one. In words, n is a number, d a domain name.
local READ = {
  A = address(false), AAAA = address(true), NS = name, CNAME = name, PTR = name,
  MX = words("npreference", "dexchange"),
  SRV = words("npriority", "nweight", "nport", "dtarget"),
  SOA = words("dmname", "drname", "nserial", "nrefresh", "nretry", "nexpire", "nminimum"),
  TXT = function(value) return type(value) == "string" and {rdata = value} or type(value) == "table" and {rdata = value} or nil end,
}

-- several tells a list of records from one record that is written as a list.
local function several(kind, value)
  if type(value) ~= "table" then return false end
  return not (READ[kind](value) and type(value[1]) ~= "table")
end

--- Read all of a name's records.
---@param value any an address, a list of addresses, or a table by type
---@return table<string, table[]>? records by type
---@return string? problem
function record.read(owner, value)
  if type(value) == "string" then value = {value} end
  if type(value) ~= "table" then return nil, "an address or a table is expected" end
  local by_type, ttl = {}, value.ttl
  local function add(kind, one)
    local r = READ[kind] and READ[kind](one)
    if not r then return ("%s is no %s record"):format(type(one) == "table" and "the table" or ("'%s'"):format(tostring(one)), kind) end
    r.rrname, r.type, r.ttl = owner, kind, ttl or 60
    by_type[kind] = by_type[kind] or {}
    table.insert(by_type[kind], r)
  end
  for _, one in ipairs(value) do
    local problem = add(type(one) == "string" and one:find(":", 1, true) and "AAAA" or "A", one)
    if problem then return nil, problem end
  end
  for kind, list in pairs(value) do
    if type(kind) == "string" and kind ~= "ttl" then
      if not READ[kind] then return nil, ("'%s' is no type of record"):format(kind) end
      for _, one in ipairs(several(kind, list) and list or {list}) do
        local problem = add(kind, one)
        if problem then return nil, problem end
      end
    end
  end
  if by_type.CNAME and (#by_type.CNAME > 1 or next(by_type, next(by_type))) then return nil, "a CNAME stands alone" end
  for _, list in pairs(by_type) do
    local ok, problem = pcall(function() return packet.dns{an = list}:bytes() end)
    if not ok then return nil, tostring(problem) end
  end
  return by_type
end

return record

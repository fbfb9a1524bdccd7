-- title: SNMP scan
-- about: which hosts of a network answer SNMP, to which communities, and which have an engine of version 3; what each says it is. Ask
--        the network's owner first
-- needs: net NETWORK or LOCAL:PORT/udp
-- lab:   snmp on linux
-- arg:   network prefix = | addresses to ask, 65,536 at most; when left out, the network of the interface
-- arg:   communities list of string = public,private | to try
-- arg:   v3 boolean = true | look for version 3 too, by discovery, which needs no password
-- arg:   port port = 161 | of the agents
-- arg:   rate number 1..100000 = 500 | questions a second, at most
-- arg:   wait seconds 0.01..60 = 1 | for each answer
-- arg:   retries integer 0..10 = 1 | how often a question is sent again
-- shows:
--   address   communities     engine of version 3                        name  description
--   --------  --------------  -----------------------------------------  ----  ------------------------------
--   10.0.1.1  public private  example (RFC 5612), mac 02:00:00:00:00:02  R1    R1, a router of a moonwire lab
-- returns: list | a record for each host that answers
--   address address | of the host
--   communities list | that it answers to
--   engine string | of version 3, where it has one
--   name string | as it calls itself
--   description string | of itself
-- see:   RFC 3414 section 4; onesixtyone(1); recipes/snmp_walk; recipes/v3_doctor
-- categories: discovery, intrusive, snmp
-- author: the moonwire authors
-- version: 1.0

local addr, link, script, snmp, tabulate = require "addr", require "link", require "script", require "snmp", require "tabulate"
local args = script.args()

-- own_network is the IPv4 network of the interface that the script was given, or else of the first that has one.
local function own_network()
  for _, card in ipairs(link.interfaces()) do
    for _, prefix in ipairs(card.addresses) do
      local ours = script.iface() == card.name or not script.iface() and not addr.prefix(prefix):contains("127.0.0.1")
      if ours and not prefix:find(":", 1, true) then return prefix end
    end
  end
  script.fail("there is no IPv4 network here: give one")
end

local prefix = assert(addr.prefix(args.network or own_network()))
local width = prefix.version == 4 and 32 or 128
if width - prefix.bits > 16 then script.fail(tostring(prefix) .. " has more than 65536 addresses") end

local order, found, records = {}, {}, {}
for host in prefix:hosts() do order[#order + 1] = tostring(host) end

-- host is what is known of one that answered.
local function host(at)
  found[at] = found[at] or {communities = {}}
  return found[at]
end

local options = {port = args.port, rate = args.rate, timeout = args.wait, retries = args.retries}
for _, community in ipairs(args.communities) do
  options.community = community
  local asked = 0
  for result in assert(snmp.poll(order, {"sysName.0", "sysDescr.0"}, options)) do
    asked = asked + 1
    script.progress(asked, #order, "community " .. community)
    if result.kind ~= "timeout" and result.kind ~= "refused" and result.kind ~= "unreachable" then
      local h = host(result.target)
      table.insert(h.communities, community)
      if result.vars then h.name, h.description = result.vars[1].text, result.vars[2].text end
    end
  end
end
if args.v3 then
  options.community, options.version = nil, "3"
  for result in assert(snmp.poll(order, nil, options)) do
    if result.engine then host(result.target).engine = result.engine.text end
  end
end

local rows = {}
for _, at in ipairs(order) do
  local h = found[at]
  if h then
    records[#records + 1] = {address = at, communities = h.communities, engine = h.engine, name = h.name, description = h.description}
    rows[#rows + 1] = {at, table.concat(h.communities, " "), h.engine, h.name, h.description}
  end
end
if #rows == 0 then script.nothing_found("nobody answers") end
print(tabulate(rows, {"address", "communities", "engine of version 3", "name", "description"}))
return records

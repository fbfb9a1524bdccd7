-- title: SNMP walk
-- about: every variable below a name, as snmpwalk and snmpbulkwalk print it: in bulk where the version has that. A walk that is
--        cut short fails, and says why
-- needs: net HOST:161/TRANSPORT
-- lab:   snmp on linux
-- arg:   host string = 10.0.2.2 | agent, as address or address:port
-- arg:   root string = ifDescr | name or numbers of the subtree
-- arg:   community string = public | of versions 1 and 2c
-- arg:   version one of 1|2c|3 = | of SNMP; when left out, 3 with a user, else 2c
-- arg:   user string = | of version 3
-- arg:   auth one of MD5|SHA|SHA224|SHA256|SHA384|SHA512 = | digest of the user
-- arg:   auth_password string = | of the digest
-- arg:   priv one of DES|3DES|AES|AES192|AES256|AES192C|AES256C = | cipher of the user
-- arg:   priv_password string = | of the cipher
-- arg:   transport one of udp|tcp = udp | how messages travel
-- arg:   wait seconds 0.01..3600 = 1 | for each answer
-- arg:   retries integer 0..100 = 5 | how often a question is sent again
-- arg:   repetitions integer 0..10000 = 0 | variables to ask for at once; 0 lets the length of the answers decide
-- arg:   bulk boolean = true | ask for many variables at once; else for one after the other
-- arg:   numeric boolean = false | print lines as snmpbulkwalk -On prints them without MIB files
-- shows:
--   ifDescr.1 = lo
--   ifDescr.2 = eth0
--   ifDescr.3 = eth1
-- returns: list | a record for each variable
--   name string | by the MIBs
--   oid string | in numbers
--   type string | on the wire
--   value any | a number or a text
--   text string | the value for people
--   exception string | why there is no value
-- see:   RFC 3416 section 4.2.3; snmpbulkwalk(1); tutorial/19_snmp_bulk; recipes/snmp_table
-- categories: discovery, safe, snmp
-- author: the moonwire authors
-- version: 1.0

local script, snmp = require "script", require "snmp"
local args = script.args()
local session = assert(snmp.open{host = args.host, community = args.community, version = args.version, user = args.user, auth = args.auth,
  auth_password = args.auth_password, priv = args.priv, priv_password = args.priv_password, transport = args.transport,
  timeout = args.wait, retries = args.retries})

-- What net-snmp calls types, and what it says where there is no value.
local TYPES = {Integer = "INTEGER", ObjectIdentifier = "OID", IpAddress = "IpAddress", Counter32 = "Counter32", Gauge32 = "Gauge32",
  TimeTicks = "Timeticks", Counter64 = "Counter64", Opaque = "OPAQUE", OpaqueFloat = "Opaque: Float", OpaqueDouble = "Opaque: Double"}
local EXCEPTIONS = {
  noSuchObject = "No Such Object available on this agent at this OID",
  noSuchInstance = "No Such Instance currently exists at this OID",
  endOfMibView = "No more variables left in this MIB View (It is past the end of the MIB tree)",
}

-- hex is how net-snmp prints bytes: sixteen in a line.
local function hex(bytes)
  local text = bytes:gsub(".", function(c) return ("%02X "):format(c:byte()) end)
  return (text:gsub(("."):rep(48), "%0\n"):gsub("\n$", ""))
end

local function value_on(var)
  local value, kind = var.value, var.type
  if kind == "OctetString" then
    if value == "" then return '""' end
    if value:find("[^\t-\r -~]") then return "Hex-STRING: " .. hex(value) end
    return 'STRING: "' .. value:gsub('[\\"]', "\\%0") .. '"'
  elseif kind == "ObjectIdentifier" then
    value = "." .. value
  elseif kind == "TimeTicks" then
    value = ("(%d) %s"):format(value, var.text)
  elseif kind == "OpaqueFloat" or kind == "OpaqueDouble" then
    value = ("%f"):format(value)
  elseif kind == "Opaque" then
    value = hex(value)
  elseif kind == "Null" then
    return "NULL"
  end
  return (TYPES[kind] or kind) .. ": " .. tostring(value)
end

local function line_on(var)
  return "." .. var.oid .. " = " .. (var.exception and EXCEPTIONS[var.exception] or value_on(var))
end

local walked, last = {}, nil
script.found(walked)
for var in session:walk(args.root, {bulk = args.bulk, max_repetitions = args.repetitions}) do
  print(args.numeric and line_on(var) or tostring(var))
  walked[#walked + 1], last = var, var
  script.progress(#walked, nil, "variables")
end
if args.numeric then -- net-snmp's commands also print why nothing follows, or why there is nothing
  local var = session:getnext(last or args.root)
  if var and not var.exception and not last then var = (session:get{args.root} or {})[1] end
  if var and var.exception then print(line_on(var)) end
end
if #walked == 0 then script.nothing_found("nothing is there") end
return walked

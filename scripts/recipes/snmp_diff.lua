-- title: SNMP difference
-- about: two walks compared: of two devices, of a device and a recording of it, or of two recordings (.snmprec, or what snmpwalk
--        printed). A minus is what only the left has, a plus what only the right has; nothing found means that they are the same
-- lab:   snmp on linux
-- needs: net LEFT:161/udp; net RIGHT:161/udp; read LEFT; read RIGHT
-- arg:   left string = 10.0.1.1 | agent, as address or address:port, or file of a recording
-- arg:   right string = 10.0.2.2 | likewise
-- arg:   root string = sysName | name or numbers of the subtree
-- arg:   community string = public | of versions 1 and 2c
-- arg:   version one of 1|2c|3 = | of SNMP; when left out, 3 with a user, else 2c
-- arg:   user string = | of version 3
-- arg:   auth one of MD5|SHA|SHA224|SHA256|SHA384|SHA512 = | digest of the user
-- arg:   auth_password string = | of the digest
-- arg:   priv one of DES|3DES|AES|AES192|AES256|AES192C|AES256C = | cipher of the user
-- arg:   priv_password string = | of the cipher
-- arg:   wait seconds 0.01..3600 = 1 | for each answer
-- arg:   ignore string = | name of a subtree whose values may differ, as sysUpTime
-- shows:
--   - sysName.0 = R1
--   + sysName.0 = R2
-- returns: list | a record for each line of the difference
--   side string | left or right: whose variable it is
--   name string | of the variable
--   oid string | in numbers
--   type string | on the wire
--   text string | its value
-- see:   recipes/snmp_record; recipes/snmp_walk
-- categories: discovery, safe, snmp
-- author: the moonwire authors
-- version: 1.0

local mib, script, snmp = require "mib", require "script", require "snmp"
local args = script.args()

local function below(oid, root) return oid == root or oid:sub(1, #root + 1) == root .. "." end

local function is_file(place) return place:find("/", 1, true) or place:find("%.%a%w*$") end

-- walk is a list of the variables below the root, and the same by their numbers.
local function walk(place)
  local list, by_oid, root = {}, {}, mib.oid(args.root)
  local function add(var)
    list[#list + 1], by_oid[var.oid] = var, var
  end
  if is_file(place) then
    for _, var in ipairs(assert(snmp.recording(place))) do
      if below(var.oid, root) then add(var) end
    end
    return list, by_oid
  end
  local session = assert(snmp.open{host = place, community = args.community, version = args.version, user = args.user, auth = args.auth,
    auth_password = args.auth_password, priv = args.priv, priv_password = args.priv_password, timeout = args.wait})
  for var in session:walk(root) do
    add(var)
    script.progress(#list, nil, "variables of " .. place)
  end
  return list, by_oid
end

local left, left_by_oid = walk(args.left)
local right, right_by_oid = walk(args.right)
local ignored = args.ignore and args.ignore ~= "" and mib.oid(args.ignore)
local records = {}

local function same(a, b) return a.type == b.type and a.raw == b.raw or ignored and below(a.oid, ignored) end

local function tell(sign, var)
  print(("%s %s"):format(sign, tostring(var)))
  records[#records + 1] = {side = sign == "-" and "left" or "right", name = var.name, oid = var.oid, type = var.type, text = var.text}
end

for _, var in ipairs(left) do
  local other = right_by_oid[var.oid]
  if not other then
    tell("-", var)
  elseif not same(var, other) then
    tell("-", var)
    tell("+", other)
  end
end
for _, var in ipairs(right) do
  if not left_by_oid[var.oid] then tell("+", var) end
end
if #records == 0 then script.nothing_found("the walks are the same") end
return records

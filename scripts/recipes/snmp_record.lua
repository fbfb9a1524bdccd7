-- title: SNMP recorder
-- about: a device into a recording, one variable in a line, which snmp.agent{from=} and snmpsim play. Root 1.3.6.1 is all of a device:
--        moonwire run snmp_record --root 1.3.6.1 > device.snmprec. A walk that is cut short fails, and says why
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
-- shows:
--   1.3.6.1.2.1.2.2.1.2.1|4|lo
--   1.3.6.1.2.1.2.2.1.2.2|4|eth0
--   1.3.6.1.2.1.2.2.1.2.3|4|eth1
-- returns: list | a record for each variable
--   oid string | in numbers
--   name string | by the MIBs
--   type string | on the wire
--   text string | the value for people
--   line string | of the recording
-- see:   recipes/snmp_diff; recipes/snmp_walk; snmpsim's snmprec
-- categories: discovery, safe, snmp
-- author: the moonwire authors
-- version: 1.0

local script, snmp = require "script", require "snmp"
local args = script.args()
local session = assert(snmp.open{host = args.host, community = args.community, version = args.version, user = args.user, auth = args.auth,
  auth_password = args.auth_password, priv = args.priv, priv_password = args.priv_password, transport = args.transport,
  timeout = args.wait, retries = args.retries})

local records = {}
for var in session:walk(args.root) do
  local line = snmp.snmprec(var)
  print(line)
  records[#records + 1] = {oid = var.oid, name = var.name, type = var.type, text = var.text, line = line}
  script.progress(#records, nil, "variables")
end
if #records == 0 then script.nothing_found("nothing is there") end
return records

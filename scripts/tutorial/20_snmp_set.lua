-- title: A new name from far away
-- about: who knows the community that may write gives the device another name. The answer repeats the variables of the question: that
--        is how the agent says yes. What it refuses, it says by a status, and by the number of the variable that is at fault; then
--        nothing is changed, not even what was right. At the end the device has its old name
-- needs: net HOST:PORT/udp
-- lab:   snmp on linux in simulated time
-- arg:   host string = 10.0.2.2 | the agent
-- arg:   port integer 1..65535 = 161 | where it listens
-- arg:   community string = public | who may read
-- arg:   write string = private | who may write
-- arg:   name string = SNMPv2R2 | what the device is to be called
-- shows:
--   sysName.0 = R2
--
--   snmp             v2c set sysName.0
--     version        2c (1)
--     community      "private"
--     pdu            set (3)
--       id           1398709079
--       error        noError (0)
--       error_index  0
--       vars         1
--         sysName.0  OctetString: SNMPv2R2
--
--   snmp             v2c response sysName.0
--     version        2c (1)
--     community      "private"
--     pdu            response (2)
--       id           1398709079
--       error        noError (0)
--       error_index  0
--       vars         1
--         sysName.0  OctetString: SNMPv2R2
--
--   read back:  sysName.0 = SNMPv2R2
--   seen there: SNMPv2R2
--
--   snmp.session:set: udp 10.0.2.2:161 refuses sysName.0: noAccess (the community or user may not touch it)
--   snmp.session:set: udp 10.0.2.2:161 refuses sysUpTime.0: notWritable (it can't be set)
--   snmp.session:set: udp 10.0.2.2:161 refuses sysName.0: wrongType (the value has another type than the variable)
--   snmp.session:set: udp 10.0.2.2:161 refuses sysServices.0: notWritable (it can't be set)
--   sysContact.0 = noc@lab.example
--   sysName.0 = R2
-- see:   RFC 3416 section 4.2.5; RFC 3418; tutorial/18_snmp_get
-- categories: tutorial, snmp, intrusive

local script, snmp = require "script", require "snmp"
local args, net = script.args(), script.lab()
local reader = assert(snmp.open{host = args.host, port = args.port, community = args.community})
local writer = assert(snmp.open{host = args.host, port = args.port, community = args.write})
local old = assert(reader:get("sysName.0"))
print(tostring(old) .. "\n")
assert(writer:set{["sysName.0"] = args.name})
for _, x in ipairs(writer.exchange) do print(x.message:show()) end
print("read back:  " .. tostring(reader:get("sysName.0")))
print("seen there: " .. (net and net.R2.hostname or "look at its prompt, please") .. "\n")

-- What may not be, and why: who may only read; what nobody can set; a value of another type; one of two that can't be set.
for _, try in ipairs{{reader, {"sysName.0", "mine"}}, {writer, {"sysUpTime.0", 5}}, {writer, {"sysName.0", 5, "Integer"}},
  {writer, {"sysContact.0", "me"}, {"sysServices.0", 1}}} do
  print((select(2, try[1]:set{try[2], try[3]})))
end
print(reader:get("sysContact.0"))
print(assert(writer:set{["sysName.0"] = old.value}))

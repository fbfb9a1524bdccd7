-- title: A new name from far away
-- about: who knows the community that may write gives the device another name. The answer repeats the variables of the question: that
--        is how the agent says yes. What it refuses, it says by a status, and by the number of the variable that is at fault; then
--        nothing is changed, not even what was right. At the end the device has its old name
-- lab:   snmp on linux in simulated time
-- arg:   host string = 10.0.2.2 | the agent
-- arg:   port integer 1..65535 = 161 | where it listens
-- arg:   community string = public | who may read
-- arg:   write string = private | who may write
-- arg:   name string = SNMPv2R2 | what the device is to be called
-- shows: x
-- see:   RFC 3416 section 4.2.5; RFC 3418; tutorial/18_snmp_get
-- categories: tutorial, snmp, intrusive

local packet, script, snmp, socket = require "packet", require "script", require "snmp", require "socket"
local args, net = script.args(), script.lab()
local reader = assert(snmp.open{host = args.host, port = args.port, community = args.community})
local writer = assert(snmp.open{host = args.host, port = args.port, community = args.write})
local old = assert(reader:get("sysName.0"))
print(tostring(old) .. "\n")
assert(writer:set{["sysName.0"] = args.name})
for _, x in ipairs(writer.exchange) do print(packet.decode(x.bytes, "snmp"):show()) end
print("read back", reader:get("sysName.0"))
print("seen there", net and net.R2:run(socket.dns.gethostname) or "(look at its prompt, please)", "\n")

-- What may not be, and why: who may only read; what nobody can set; a value of another type; one of two that can't be set.
print(select(2, reader:set{["sysName.0"] = "mine"}))
for _, vars in ipairs{{{"sysUpTime.0", 5}}, {{"sysName.0", 5, "Integer"}}, {{"sysContact.0", "me"}, {"sysServices.0", 1}}} do
  print(select(2, writer:set(vars)))
end
print(reader:get("sysContact.0"))
print(assert(writer:set{["sysName.0"] = old.value}))

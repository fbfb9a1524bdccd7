-- title: What are you, and who looks after you?
-- about: one datagram asks an agent for three variables, one brings their values. Everybody on the way can read both: the community,
--        which is all that the agent asks for, stands in clear. The id is chosen by chance, and the answer repeats it
-- lab:   snmp on linux in simulated time
-- arg:   host string = 10.0.2.2 | the agent
-- arg:   port integer 1..65535 = 161 | where it listens
-- arg:   community string = public | who may read
-- shows: x
-- see:   RFC 3416 section 4.2.1; RFC 1901; RFC 3418 for the system group; tutorial/23_snmp_v1; tutorial/24_snmp_v3
-- categories: tutorial, snmp

local packet, script, snmp, tabulate = require "packet", require "script", require "snmp", require "tabulate"
local args = script.args()
local s = assert(snmp.open{host = args.host, port = args.port, community = args.community})
local vars = assert(s:get{"sysDescr.0", "sysName.0", "sysContact.0"})

local sent, came = s.exchange[1], s.exchange[2]
print(("%s > %s"):format(sent.source, sent.destination))
local asked, told = packet.decode(sent.bytes, "snmp"), packet.decode(came.bytes, "snmp")
print(asked:hexdump())

-- A question is an answer whose values are empty: the agent fills them in.
local rows = {}
for _, field in ipairs{"version", "community", "pdu", "id", "error"} do rows[#rows + 1] = {field, asked[field], told[field]} end
for i, v in ipairs(vars) do rows[#rows + 1] = {v.name, asked.varbindlist[i].type, v.text} end
print("\n" .. tabulate(rows, {"", "question", "answer"}))

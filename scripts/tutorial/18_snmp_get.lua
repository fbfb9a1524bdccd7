-- title: What are you, and who looks after you?
-- about: one datagram asks an agent for three variables, one brings their values. Everybody on the way can read both: the community,
--        which is all that the agent asks for, stands in clear. The id is chosen by chance, and the answer repeats it
-- needs: net HOST:PORT/udp
-- lab:   snmp on linux in simulated time
-- arg:   host string = 10.0.2.2 | the agent
-- arg:   port integer 1..65535 = 161 | where it listens
-- arg:   community string = public | who may read
-- shows:
--   sysDescr.0 = R2, a router of a moonwire lab
--   sysName.0 = R2
--   sysContact.0 = noc@lab.example
--
--   manager to agent, 71 bytes:
--   snmp                v2c get sysDescr.0 and 2 more
--     version           2c (1)
--     community         "public"
--     pdu               get (0)
--       id              1487210950
--       error           noError (0)
--       error_index     0
--       vars            3
--         sysDescr.0    Null
--         sysName.0     Null
--         sysContact.0  Null
--
--   agent to manager, 118 bytes:
--   snmp                v2c response sysDescr.0 and 2 more
--     version           2c (1)
--     community         "public"
--     pdu               response (2)
--       id              1487210950
--       error           noError (0)
--       error_index     0
--       vars            3
--         sysDescr.0    OctetString: R2, a router of a moonwire lab
--         sysName.0     OctetString: R2
--         sysContact.0  OctetString: noc@lab.example
--
--   what everybody on the way reads: 0E.....public.8..X.........0*0...+.........0...+.........0...+.........
-- see:   RFC 3416 section 4.2.1; RFC 1901; RFC 3418 for the system group; tutorial/23_snmp_v1; tutorial/24_snmp_v3
-- categories: tutorial, snmp

local script, snmp = require "script", require "snmp"
local args = script.args()
local s = assert(snmp.open{host = args.host, port = args.port, community = args.community})
for _, v in ipairs(assert(s:get{"sysDescr.0", "sysName.0", "sysContact.0"})) do print(v) end
print()

-- A question is an answer whose values are empty: the agent fills them in.
for _, x in ipairs(s.exchange) do
  print(("%s to %s, %d bytes:\n%s"):format(x.from, x.to, #x.bytes, x.message:show()))
end
print("what everybody on the way reads: " .. s.exchange[1].bytes:gsub("[^ -~]", "."))

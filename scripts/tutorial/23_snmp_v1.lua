-- title: The first version
-- about: version 1 has no getbulk, no informs, no 64-bit counters, and says what is wrong by one of five words, for the whole question.
--        Its trap has another form: the enterprise, the agent's address, and numbers in place of a name
-- needs: net HOST:PORT/udp; listen */udp; net 127.0.0.1/udp
-- lab:   snmp on linux in simulated time
-- arg:   host string = 10.0.2.2 | the agent
-- arg:   port integer 1..65535 = 161 | where it listens
-- arg:   community string = public | who may read
-- shows:
--   sysName.0 = R2
--   snmp.session:getbulk: version 1 has no getbulk (RFC 1157): use getnext, or version 2c	unsupported
--
--   get                       version 1     version 2c
--   ------------------------  ------------  ------------------------------------
--   sysName.0 sysName.9       no_such_name  sysName.9 = noSuchInstance
--   sysName.0 ifHCInOctets.1  no_such_name  ifHCInOctets.1 = 0
--   1.3.6.1.4.1.32473.1.0     no_such_name  enterprises.32473.1.0 = noSuchObject
--
--   snmp               v1 trapv1 ifIndex.3
--     version          1 (0)
--     community        "public"
--     pdu              trapv1 (4)
--       enterprise     1.3.6.1.6.3.1.1.5
--       agent_addr     127.0.0.1
--       generic_trap   linkDown (2)
--       specific_trap  0
--       time_stamp     (500) 0:00:05.00
--       vars           1
--         ifIndex.3    Integer: 3
--
--   snmp                 v2c trapv2 sysUpTime.0 and 2 more
--     version            2c (1)
--     community          "public"
--     pdu                trapv2 (7)
--       id               1186554830
--       error            noError (0)
--       error_index      0
--       vars             3
--         sysUpTime.0    TimeTicks: 0:00:05.00
--         snmpTrapOID.0  ObjectIdentifier: linkDown
--         ifIndex.3      Integer: 3
-- see:   RFC 1157; RFC 3584 for what changed; tutorial/18_snmp_get; tutorial/21_snmp_trap
-- categories: tutorial, snmp

local script, snmp, tabulate = require "script", require "snmp", require "tabulate"
local args = script.args()
local function open(version) return assert(snmp.open{host = args.host, port = args.port, community = args.community, version = version}) end
local one, two = open("1"), open("2c")
print(one:get("sysName.0"))
print(select(2, one:getbulk{"ifDescr", max_repetitions = 3}))

-- The same questions in both versions: where version 2 has a value for what is missing, version 1 refuses the question.
local rows = {}
for i, names in ipairs{{"sysName.0", "sysName.9"}, {"sysName.0", "ifHCInOctets.1"}, {"1.3.6.1.4.1.32473.1.0"}} do
  rows[i] = {table.concat(names, " ")}
  for _, s in ipairs{one, two} do
    local vars, message, kind = s:get(names)
    rows[i][#rows[i] + 1] = vars and tostring(vars[#vars]) or kind
  end
end
print("\n" .. tabulate(rows, {"get", "version 1", "version 2c"}))

-- The same trap in both versions, sent to ourselves.
local traps = assert(snmp.listen{port = 0})
for _, version in ipairs{"1", "2c"} do
  assert(snmp.trap{host = "127.0.0.1", port = traps.port, version = version, trap = "linkDown", uptime = 5, vars = {{"ifIndex.3", 3}}})
  traps:next(2)
end
print()
for _, x in ipairs(traps.exchange) do print(x.message:show()) end

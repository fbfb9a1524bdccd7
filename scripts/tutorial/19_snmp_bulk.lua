-- title: A table in few questions
-- about: getnext asks for the variable behind a name: one question for each. getbulk asks for as many as max-repetitions says, one
--        behind the other. The agent doesn't stop where the table ends: who asks has to see that, and drops what is too much
-- needs: net HOST:PORT/udp
-- lab:   snmp on linux in simulated time
-- arg:   host string = 10.0.2.2 | the agent
-- arg:   port integer 1..65535 = 161 | where it listens
-- arg:   community string = public | who may read
-- shows:
--   ifIndex  ifDescr  ifType            ifMtu  ifPhysAddress      ifAdminStatus  ifOperStatus
--   -------  -------  ----------------  -----  -----------------  -------------  ------------
--   1        lo       softwareLoopback  65536                     up             up
--   2        eth0     ethernetCsmacd    1500   02:00:00:00:00:03  up             up
--   3        eth1     ethernetCsmacd    1500   02:00:00:01:00:03  up             up
--
--   ifDescr, non-repeaters 0, max-repetitions 1:
--     ifDescr.1 = lo
--
--   sysUpTime ifDescr, non-repeaters 1, max-repetitions 5:
--     sysUpTime.0 = 0:00:00.00
--     ifDescr.1 = lo
--     ifDescr.2 = eth0
--     ifDescr.3 = eth1
--     ifType.1 = softwareLoopback
--     ifType.2 = ethernetCsmacd
--
--   ifTable by   variables  questions
--   -----------  ---------  ---------
--   getnext             66         67
--   getbulk, 5          66         14
--   getbulk, 20         66          4
--   getbulk, 50         66          2
-- see:   RFC 3416 section 4.2.3; RFC 2863 for ifTable; tutorial/18_snmp_get; recipes/snmp_table
-- categories: tutorial, snmp

local script, snmp, tabulate = require "script", require "snmp", require "tabulate"
local args = script.args()
local s = assert(snmp.open{host = args.host, port = args.port, community = args.community})
local columns, lines = {"ifIndex", "ifDescr", "ifType", "ifMtu", "ifPhysAddress", "ifAdminStatus", "ifOperStatus"}, {}
for i, row in ipairs(assert(s:table("ifTable", {columns = columns}))) do
  lines[i] = {}
  for at, name in ipairs(columns) do lines[i][at] = row[name] and row[name].text end
end
print(tabulate(lines, columns))

-- One name in the question, and many in the answer. What needs no repetition, such as the time, comes first.
for _, ask in ipairs{{"ifDescr", max_repetitions = 1}, {"sysUpTime", "ifDescr", non_repeaters = 1, max_repetitions = 5}} do
  print(("\n%s, non-repeaters %d, max-repetitions %d:"):format(table.concat(ask, " "), ask.non_repeaters or 0, ask.max_repetitions))
  for _, v in ipairs(assert(s:getbulk(ask))) do print("  " .. tostring(v)) end
end

-- The same table in several ways. A long answer saves questions, and waits: each costs a round trip.
local rows = {}
for _, way in ipairs{{bulk = false}, {max_repetitions = 5}, {max_repetitions = 20}, {max_repetitions = 50}} do
  local before, variables = s.stats.sent, 0
  for _ in s:walk("ifTable", way) do variables = variables + 1 end
  rows[#rows + 1] = {way.max_repetitions and "getbulk, " .. way.max_repetitions or "getnext", variables, s.stats.sent - before}
end
print("\n" .. tabulate(rows, {"ifTable by", "variables", "questions"}))

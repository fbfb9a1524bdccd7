-- title: A notification that is confirmed
-- about: an inform is a trap that waits for an answer. The answer to the first one is lost here, so the router sends it again: the
--        receiver knows it by its request id, answers again, and counts one event
-- needs: listen *:PORT/udp; net ROUTER:161/udp
-- lab:   snmp on linux in simulated time
-- arg:   router string = 10.0.1.1 | its agent; it has to send informs to this host
-- arg:   interface string = eth1 | what to shut there; not the one that leads here
-- arg:   community string = private | that may write
-- arg:   port port = 162 | where informs are awaited; ports from 1024 on need no privilege
-- arg:   wait seconds 1.. = 60 | seconds to wait for an inform
-- shows:
--   inform coldStart from 10.0.1.1: the agent has started, and what it is configured for may have changed
--   trap coldStart from 10.0.2.2: the agent has started, and what it is configured for may have changed
--
--   eth1 of 10.0.1.1 is set down
--     0.00 s  linkDown from 10.0.1.1: interface 3 is down, set down by the administrator, request id 1202791022
--     1.00 s  linkDown from 10.0.1.1: interface 3 is down, set down by the administrator, request id 1202791022: again
--
--               10.0.1.1                receiver
--       0.0 ms      |-- inform linkDown --->|
--       0.0 ms      |       x--- response --|
--    1000.0 ms      |-- inform linkDown --->|
--    1000.0 ms      |<------ response ------|
--
--   2 informs of version 2c, 1 of them came again; answers: 2 sent, 1 lost
--
--   eth1 of 10.0.1.1 is set up
-- see:   RFC 3416 section 4.2.7; RFC 3413 section 3.3; tutorial/21_snmp_trap
-- categories: tutorial, snmp

local ladder, script, snmp = require "ladder", require "script", require "snmp"
local args = script.args()
local receiver = assert(snmp.listen{port = args.port, repeated = true})
local router = assert(snmp.open{host = args.router, community = args.community})
local index
for name in router:walk("ifDescr") do
  if name.value == args.interface then index = name.index.ifIndex end
end
assert(index, args.router .. " has no interface " .. args.interface)
for event in receiver:events{timeout = 1} do print(event.kind .. " " .. tostring(event)) end

local function set(state)
  print(("\n%s of %s is set %s"):format(args.interface, args.router, state))
  local done, why = router:set{["ifAdminStatus." .. index] = state}
  if not done then print(why .. "\nplease do it there by hand") end
end

-- The first answer to an inform is not sent from now on: to the router that is no other than lost on the way.
local told = #receiver.exchange
receiver:withhold(1)
set "down"
local first
for event in receiver:events{timeout = args.wait} do
  local about = event.vars.ifIndex
  if event.kind == "inform" and event.trap == "linkDown" and about and about.value == index then
    first = first or event
    print(("%6.2f s  %s, request id %d%s"):format(event.time - first.time, tostring(event), event.request_id, event.repeated and ": again" or ""))
    if event.repeated then break end
  end
end
assert(first, "no inform came: does " .. args.router .. " send informs to port " .. receiver.port .. " here?")

local rows = receiver.exchange
print("\n" .. ladder.draw({unpack(rows, told + 1)}, {times = true}))
receiver:withhold(0)
local stats = receiver.stats
print(("\n%d informs of version 2c, %d of them came again; answers: %d sent, %d lost"):format(stats.informs["2c"], stats.repeated,
  stats.answered, stats.withheld))
set "up"

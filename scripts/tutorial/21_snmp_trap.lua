-- title: The router speaks first
-- about: an interface of a router is shut, and the router tells so by itself: a trap, sent once to port 162 of who shall know, and
--        confirmed by nobody. What it carries, and what that means
-- needs: listen *:PORT/udp; net ROUTER:161/udp
-- lab:   snmp on linux in simulated time
-- arg:   router string = 10.0.2.2 | its agent; it has to send its traps to this host
-- arg:   interface string = eth1 | what to shut there; not the one that leads here
-- arg:   community string = private | that may write
-- arg:   port port = 162 | where traps are awaited; ports from 1024 on need no privilege
-- arg:   wait seconds 1.. = 60 | seconds to wait for a trap
-- shows:
--   coldStart from 10.0.1.1: the agent has started, and what it is configured for may have changed
--   coldStart from 10.0.2.2: the agent has started, and what it is configured for may have changed
--
--   eth1 of 10.0.2.2 is set down
--   linkDown from 10.0.2.2: interface 3 is down, set down by the administrator
--
--   version          2c
--   community        public
--   from             10.0.2.2
--   sysUpTime.0      1.00 s since it started
--   snmpTrapOID.0    linkDown, 1.3.6.1.6.3.1.1.5.3
--   ifIndex.3        3
--   ifAdminStatus.3  down
--   ifOperStatus.3   down
--
--   interface eth1 (index 3) is down, set down by the administrator
--
--   eth1 of 10.0.2.2 is set up
--   linkUp from 10.0.2.2: interface 3 is up
--
--    10.0.1.1                receiver                 10.0.2.2
--       |-- inform coldStart --->|                        |
--       |<------- response ------|                        |
--       |                        |<---- trap coldStart ---|
--       |                        |<---- trap linkDown ----|
--       |                        |<----- trap linkUp -----|
-- see:   RFC 3416 section 4.2.6; RFC 2863 for linkDown; tutorial/22_snmp_inform
-- categories: tutorial, snmp

local ladder, script, snmp, tabulate = require "ladder", require "script", require "snmp", require "tabulate"
local args = script.args()
local traps = assert(snmp.listen{port = args.port})
local router = assert(snmp.open{host = args.router, community = args.community})

-- The interface has a number, which stands behind the names of all its variables.
local index
for name in router:walk("ifDescr") do
  if name.value == args.interface then index = name.index.ifIndex end
end
assert(index, args.router .. " has no interface " .. args.interface)

-- What came already: devices tell when they start.
for trap in traps:events{timeout = 1} do print(trap) end

-- What the agent doesn't allow, a person does.
local function set(state)
  print(("\n%s of %s is set %s"):format(args.interface, args.router, state))
  local done, why = router:set{["ifAdminStatus." .. index] = state}
  if not done then print(why .. "\nplease do it there by hand") end
end

-- Wait for a trap of this name about that interface; others are told on the way.
local function await(name)
  for trap in traps:events{timeout = args.wait} do
    print(trap)
    local about = trap.vars.ifIndex
    if trap.trap == name and about and about.value == index then return trap end
  end
  error(("no %s within %g s: does %s send its traps to port %d here?"):format(name, args.wait, args.router, traps.port), 0)
end

set "down"
local trap = await "linkDown"
local rows = {{"version", trap.version}, {"community", trap.community}, {"from", trap.sender},
  {"sysUpTime.0", ("%.2f s since it started"):format(trap.uptime)}, {"snmpTrapOID.0", trap.trap .. ", " .. trap.trap_oid}}
for i, v in ipairs(trap.vars) do rows[5 + i] = {v.name, v.text} end
print("\n" .. tabulate(rows))
print("\n" .. trap:explain(assert(router:get("ifDescr." .. index))))

set "up"
await "linkUp"
print("\n" .. ladder.draw(traps.exchange))

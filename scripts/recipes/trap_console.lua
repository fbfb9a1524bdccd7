-- title: Console of traps
-- about: take traps and informs of all versions as they come, a line for each that says what happened, until it is interrupted. What
--        isn't taken is told with the reason. At the end, counts by sender and trap
-- needs: listen *:PORT/udp; net 127.0.0.1:PORT/udp if TRY; read MIBS
-- lab:   snmp on linux in simulated time
-- arg:   port port = 162 | to listen at; from 1024 on no privilege is needed
-- arg:   communities list of string = | those of versions 1 and 2c to take; any when left out
-- arg:   users list of string = | of version 3: NAME, NAME:DIGEST:PASSWORD or NAME:DIGEST:PASSWORD:CIPHER:PASSWORD
-- arg:   only list of string = | names of traps to tell, with * for any letters: link*,coldStart
-- arg:   from list of string = | networks or addresses to tell of: 10.0.2.0/24
-- arg:   details boolean = false | tell all variables, too
-- arg:   mibs string = | directory or file with MIBs of vendors, whose names are used
-- arg:   seconds seconds 0.. = 0 | how long; 0 is until it is interrupted
-- arg:   try boolean = false | send some notifications to itself, to see it work
-- shows: with --try --seconds 5
--   00:00:00  2c inform  10.0.1.1        coldStart: the agent has started, and what it is configured for may have changed
--   00:00:00  1  trap    127.0.0.1       linkDown: interface eth1 (index 2) is down, set down by the administrator
--   00:00:00  2c trap    127.0.0.1       linkDown: interface eth1 (index 2) is down, set down by the administrator
--   00:00:00  2c inform  127.0.0.1       linkDown: interface eth1 (index 2) is down, set down by the administrator
--   00:00:00  2c trap    10.0.2.2        coldStart: the agent has started, and what it is configured for may have changed
--   00:00:00  3  refused 127.0.0.1       unknown_user: no user "nobody": users of version 3 were not given
--
--   sender     version  what          count  last
--   ---------  -------  ------------  -----  --------
--   10.0.1.1   2c       coldStart         1  00:00:00
--   10.0.2.2   2c       coldStart         1  00:00:00
--   127.0.0.1  1        linkDown          1  00:00:00
--   127.0.0.1  2c       linkDown          2  00:00:00
--   127.0.0.1  3        unknown_user      1  00:00:00
--
--   7 messages, 0 informs came again, 0 events lost
-- returns: list | a record for each sender, version and trap
--   sender address | of the messages
--   version string | of SNMP
--   what string | the trap, or why it was refused
--   count integer | how many came
--   last string | time of the last one
-- see:   RFC 3584 section 3 for version 1; tutorial/21_snmp_trap; moonwire doc snmp.listen
-- categories: snmp, monitoring, safe
-- author: the moonwire authors
-- version: 1.0

local addr, mib, script, snmp, tabulate, task = require "addr", require "mib", require "script", require "snmp", require "tabulate", require "task"
local args = script.args()

local USER, users = {"name", "auth", "auth_password", "priv", "priv_password"}, {}
for i, text in ipairs(args.users or {}) do
  users[i] = {}
  local n = 0
  for part in text:gmatch("[^:]+") do
    n = n + 1
    users[i][USER[n] or script.fail("user '" .. text .. "' has more than a name, a digest, a cipher and their passwords")] = part
  end
end
local patterns, networks = args.only, args.from
for i, p in ipairs(patterns or {}) do patterns[i] = "^" .. p:gsub("%p", "%%%0"):gsub("%%%*", ".*") .. "$" end
for i, n in ipairs(networks or {}) do networks[i] = addr.prefix(n) end
if args.mibs then
  for _, problem in ipairs(assert(mib.load(args.mibs)).problems) do io.stderr:write(tostring(problem.message), "\n") end
end

-- wanted says whether the filters let an event pass.
local function wanted(event)
  local named, near = not patterns, not networks
  for _, p in ipairs(patterns or {}) do named = named or event.trap and event.trap:find(p) ~= nil end
  for _, n in ipairs(networks or {}) do near = near or n:contains(event.sender) end
  return near and (named or event.kind == "refused")
end

local l = assert(snmp.listen{port = args.port, communities = args.communities, users = users, refused = true})
local records, known = {}, {} -- the records in order, and by sender, version and trap
script.found(records)

-- The end, whether the time is over or somebody interrupts.
task.defer(function()
  table.sort(records, function(a, b) return a.key < b.key end)
  local rows = {}
  for i, r in ipairs(records) do
    rows[i] = {r.sender, r.version, r.what, r.count, r.last}
    r.key = nil
  end
  print("\n" .. tabulate(rows, {"sender", "version", "what", "count", "last"}))
  local s = l.stats
  print(("\n%d messages, %d informs came again, %d events lost"):format(s.received, s.repeated, s.lost))
end)

if args.try then
  local to = {host = "127.0.0.1", port = l.port, trap = "linkDown", vars = {{"ifIndex.2", 2}, {"ifAdminStatus.2", "down"}, {"ifDescr.2", "eth1"}}}
  task.daemon(function()
    for _, version in ipairs{"1", "2c"} do
      to.version = version
      assert(snmp.trap(to))
    end
    assert(snmp.inform(to))
    to.version, to.user = "3", "nobody"
    snmp.inform(to)
  end)
end

if args.seconds > 0 then script.countdown(args.seconds, "listening") end
for event in l:events{timeout = args.seconds > 0 and args.seconds or nil} do
  if wanted(event) then
    local what = event.trap or event.refused or "a " .. event.kind .. " without a name"
    local when = os.date("!%H:%M:%S", event.time)
    print(("%s  %-2s %-7s %-15s %s: %s"):format(when, event.version or "?", event.kind, event.sender, what, event:explain()))
    if args.details then
      for _, v in ipairs(event.vars) do print("            " .. tostring(v)) end
    end
    local key = table.concat({event.sender, event.version or "?", what}, " ")
    local r = known[key]
    if not r then
      r = {key = key, sender = event.sender, version = event.version or "?", what = what, count = 0}
      known[key], records[#records + 1] = r, r
    end
    r.count, r.last = r.count + 1, when
  end
end
return records

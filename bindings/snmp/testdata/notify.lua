-- events of all versions are of one kind
local snmp = require "snmp"
local l = assert(snmp.listen{port = 0, address = "127.0.0.1", users = {
  {name = "ann", auth = "SHA256", auth_password = "auth12345", priv = "AES256", priv_password = "priv12345"}}})
local to = {host = "127.0.0.1", port = l.port, trap = "linkDown", uptime = 12.34,
  vars = {{"ifIndex.2", 2}, {"ifAdminStatus.2", "down"}, {"ifOperStatus.2", "down"}, {"ifDescr.2", "eth1"}}}
local function with(more)
  local t = {}
  for k, v in pairs(to) do t[k] = v end
  for k, v in pairs(more) do t[k] = v end
  return t
end
local ann = {user = "ann", auth = "SHA256", auth_password = "auth12345", priv = "AES256", priv_password = "priv12345"}
assert(snmp.trap(with{version = 1, agent = "192.0.2.1", enterprise = "1.3.6.1.4.1.9.1.620"}))
assert(snmp.trap(with{version = "2c", community = "secret"}))
local with3 = with(ann)
with3.engine = "80007ed9045232"
assert(snmp.trap(with3))
with3.engine = nil
local seen = {}
for event in l:events{count = 3} do
  seen[#seen + 1] = event
  assert(event.kind == "trap" and event.trap == "linkDown" and event.trap_oid == "1.3.6.1.6.3.1.1.5.3" and event.uptime == 12.34)
  assert(event.sender == "127.0.0.1" and event.source:match("^127%.0%.0%.1:%d+$") and event.address == "127.0.0.1:" .. l.port)
  assert(event.vars.ifIndex.value == 2 and event.vars["ifDescr.2"].value == "eth1" and event.vars[2].text == "down", event.vars[2].text)
  assert(event:explain() == "interface eth1 (index 2) is down, set down by the administrator", event:explain())
  assert(event.transport == "udp" and not event.repeated and not event.reason and #event.problems == 0 and #event.bytes > 50)
end
assert(seen[1].version == "1" and seen[1].agent == "192.0.2.1" and seen[1].generic == 2 and seen[1].specific == 0)
assert(seen[1].community == "public" and seen[1].enterprise:match("1.620$") and not seen[1].request_id)
assert(tostring(seen[1]):match("^linkDown from 192.0.2.1 %(by 127.0.0.1%): interface eth1"), tostring(seen[1]))
assert(seen[1].vars.snmpTrapCommunity.value == "public" and seen[1].vars.snmpTrapAddress.value == "192.0.2.1")
assert(seen[2].version == "2c" and seen[2].community == "secret" and not seen[2].user and #seen[2].vars == 4 and seen[2].request_id)
assert(seen[3].version == "3" and seen[3].user == "ann" and seen[3].level == "authPriv" and seen[3].engine == "80007ed9045232")
assert(tostring(seen[3].message):find("snmp v3 trapv2", 1, true), tostring(seen[3].message))
assert(seen[3].boots > 1e8 and seen[3].engine_time < 100 and seen[3].context == nil and not seen[3].community)
local r = assert(snmp.inform(with{}))
assert(r.tries == 1 and r.time < 5)
assert(snmp.inform(with3))
for event in l:events{count = 2} do assert(event.kind == "inform" and event.trap == "linkDown") end
assert(l.stats.received == 6 and l.stats.informs["3"] == 1 and l.stats.answered == 2 and l.stats.discoveries == 1)
assert(l:next(0.01) == nil)
local none, why, kind = l:next(0.01)
assert(why == "snmp.listener: no event within 10ms" and kind == "timeout", why)
l:close()
local none, why, kind = l:next(1)
assert(kind == "closed")
local ok, failure = pcall(l)
assert(not ok and failure.kind == "closed")
---
-- what is refused is counted, and can be looked at
local snmp = require "snmp"
local l = assert(snmp.listen{port = 0, address = "127.0.0.1", communities = {}, refused = true, users = {
  {name = "ann", auth = "SHA", auth_password = "auth12345"}, {name = "ann", auth = "SHA", auth_password = "other12345", engine = "80007ed9045232"},
  {name = "bob"}}})
local function trap(o)
  o.host, o.port, o.trap = "127.0.0.1", l.port, "coldStart"
  assert(snmp.trap(o))
  return l()
end
local event = trap{}
assert(event.kind == "refused" and event.refused == "community" and event.reason == 'community "public" isn\'t listed')
assert(tostring(event) == 'refused (community) from 127.0.0.1: community "public" isn\'t listed' and event:explain() == event.reason)
assert(event.trap == nil and event.uptime == nil and #event.vars == 0 and event.version == "2c")
event = trap{user = "ann", auth = "SHA", auth_password = "wrong12345"}
assert(event.refused == "wrong_digest" and event.user == "ann", event.reason)
event = trap{user = "ann", auth = "SHA", auth_password = "auth12345", engine = "80007ed9045232"}
assert(event.refused == "wrong_digest", event.reason) -- who sends from there has another password
event = trap{user = "ann", auth = "SHA", auth_password = "other12345", engine = "80007ed9045232"}
assert(event.kind == "trap", event.reason)
event = trap{user = "ann"}
assert(event.refused == "security_level" and event.reason:find("user \"ann\" sends with noAuthNoPriv, authNoPriv is asked for", 1, true), event.reason)
assert(trap{user = "bob"}.kind == "trap")
event = trap{user = "carl"}
assert(event.refused == "unknown_user" and event.reason:find('no user "carl" (there are: "ann", "bob")', 1, true), event.reason)
assert(l.stats.refused.wrong_digest == 2 and l.stats.refused.community == 1 and #l.refused == 5 and l.refused[5].user == "carl")
---
-- an answer that is lost: the sender tries again, the event is given once
local snmp = require "snmp"
for _, repeated in ipairs{false, true} do
  local l = assert(snmp.listen{port = 0, address = "127.0.0.1", repeated = repeated})
  l:withhold(2)
  local r = assert(snmp.inform{host = "127.0.0.1", port = l.port, trap = "coldStart", timeout = 1})
  assert(r.tries == 3 and r.time >= 2)
  local n = 0
  for event in l:events{timeout = 0.5} do
    n = n + 1
    assert(event.repeated == (n > 1))
  end
  assert(n == (repeated and 3 or 1), n)
  local what = {}
  for i, x in ipairs(l.exchange) do what[i] = ("%s %s %s>%s %s"):format(x.dir, x.label, x.from, x.to, tostring(x.lost)) end
  local came, lost = "in inform coldStart 127.0.0.1>receiver false", "out response receiver>127.0.0.1 true"
  assert(table.concat(what, "; ") == table.concat({came, lost, came, lost, came, (lost:gsub("true", "false"))}, "; "), table.concat(what, "; "))
  assert(l.stats.withheld == 2 and l.stats.repeated == 2 and l.stats.answered == 1)
end
local deaf = snmp.listen{port = 0, address = "127.0.0.1"}
deaf:withhold(9)
local none, why, kind = snmp.inform{host = "127.0.0.1", port = deaf.port, trap = "coldStart", timeout = 0.05, retries = 1}
assert(none == nil and kind == "timeout" and why:find("snmp.inform: ", 1, true), why)
---
-- misuse raises, and says what is wrong
local snmp = require "snmp"
local function refused(f, o, want)
  local ok, why = pcall(f, o)
  assert(not ok and tostring(why):find(want, 1, true), tostring(why))
end
refused(snmp.trap, {host = "127.0.0.1", trap = "linkDwn"}, "bad option 'trap' to 'snmp.trap' (")
refused(snmp.trap, {host = "127.0.0.1"}, "needs option 'trap', or 'generic'")
refused(snmp.inform, {host = "127.0.0.1"}, "snmp.inform: needs option 'trap'")
refused(snmp.trap, {trap = "linkDown"}, "bad option 'host' to 'snmp.trap'")
refused(snmp.trap, {host = "127.0.0.1", trap = "linkDown", vars = {{"ifIndex.2", "x"}}}, "bad option 'vars' to 'snmp.trap' (ifIndex.2: ")
refused(snmp.trap, {host = "127.0.0.1", trap = "linkDown", vars = {3}}, "item 1: {name, value} expected, got number")
refused(snmp.trap, {host = "127.0.0.1", generic = 6}, "bad option 'generic' to 'snmp.trap' (6, an enterprise's own trap, needs option 'enterprise')")
refused(snmp.trap, {host = "127.0.0.1", trap = "linkDown", version = 3}, "version 3 needs option 'user'")
refused(snmp.trap, {host = "127.0.0.1", trap = "linkDown", user = "ann", auth_password = "short"}, "8 at least")
refused(snmp.inform, {host = "127.0.0.1", trap = "linkDown", timout = 1}, "bad option 'timout' to 'snmp.inform' (did you mean 'timeout'?")
refused(snmp.listen, {port = 0, address = "here"}, "bad option 'address' to 'snmp.listen' ('here' is no address)")
refused(snmp.listen, {port = 0, users = {{name = "ann", level = "authPriv"}}}, "bad option 'users' to 'snmp.listen' (item 1: level authPriv needs passwords for it)")
refused(snmp.listen, {port = 0, users = {{}}}, "item 1: needs a name")
refused(snmp.listen, {port = 0, users = {{name = "ann"}, {name = "ann"}}}, "is there twice")
refused(snmp.listen, {port = 0, engine = "80"}, "bad option 'engine'")
local none, why, kind = snmp.inform{host = "127.0.0.1", trap = "coldStart", version = 1}
assert(none == nil and why:find("version 1 has no inform", 1, true))
---
-- a port that is taken, and one that needs a privilege, name the remedy
local snmp = require "snmp"
local l = assert(snmp.listen{port = 0, address = "127.0.0.1"})
local none, why, kind = snmp.listen{port = l.port, address = "127.0.0.1"}
assert(none == nil and kind == "exists" and why == ("snmp.listen: 127.0.0.1:%d: another program has the port"):format(l.port), why)
---
-- version 1's own numbers, an enterprise's trap, and what version 1 has no form for
local snmp = require "snmp"
local l = assert(snmp.listen{port = 0, address = "127.0.0.1", transport = "both"})
local function sent(o)
  o.host, o.port = "127.0.0.1", l.port
  assert(snmp.trap(o))
  return l()
end
local event = sent{version = 1, generic = 6, specific = 17, enterprise = "1.3.6.1.4.1.8072.9999", transport = "tcp"}
assert(event.trap_oid == "1.3.6.1.4.1.8072.9999.0.17" and event.generic == 6 and event.specific == 17 and event.transport == "tcp")
assert(event.agent == "127.0.0.1" and event:explain() == "it says no more than its name")
event = sent{version = 1, generic = 4}
assert(event.trap == "authenticationFailure" and event.enterprise == "snmpTraps", event.enterprise)
event = sent{trap = "1.3.6.1.4.1.8072.9999.0.17", agent = "192.0.2.9", vars = {sysName = "R2", ["sysUpTime.0"] = 7}}
assert(event.agent == "192.0.2.9" and event.sender == "127.0.0.1" and event.vars.sysName.value == "R2" and event:explain() == "sysUpTime.0 = 0:00:00.07, sysName.0 = R2", event:explain())
local none, why = snmp.trap{host = "127.0.0.1", port = l.port, version = 1, trap = "coldStart", vars = {{"1.3.6.1.4.1.1.1", 5, "Counter64"}}}
assert(none == nil and why == "snmp.trap: version 1 has no Counter64, which 1.3.6.1.4.1.1.1 is (RFC 3584 section 3.2)", why)
---
-- several addresses, of both families and by both transports: each is answered from where it was asked
local snmp = require "snmp"
local l = snmp.listen{port = 0, address = {"127.0.0.1", "::1"}, transport = "both"}
if not l then return end -- no IPv6 here
assert(#l.addresses == 2 and l.addresses[2] == "[::1]:" .. l.port)
for _, host in ipairs{"127.0.0.1", "::1"} do
  for _, transport in ipairs{"udp", "tcp"} do
    assert(snmp.inform{host = host, port = l.port, transport = transport, trap = "coldStart"})
    local event = l()
    assert(event.sender == host and event.transport == transport and event.address == l.addresses[host == "::1" and 2 or 1])
  end
end
---
-- all six traps of RFC 1157 have names, in both versions
for generic, name in ipairs{"coldStart", "warmStart", "linkDown", "linkUp", "authenticationFailure", "egpNeighborLoss"} do
  local l = assert(snmp.listen{port = 0, address = "127.0.0.1"})
  for _, version in ipairs{"1", "2c"} do
    assert(snmp.trap{host = "127.0.0.1", port = l.port, version = version, trap = name})
    local event = assert(l:next(5))
    assert(event.trap == name and event.version == version, event.trap)
    assert(version == "2c" or event.generic == generic - 1)
  end
  l:close()
end

-- what a script writes wrong raises at its line, in words that help
local s = assert(snmp.open{host = "127.0.0.1"})
s:get("sysNam.0") --> error: did you mean 'sysName'?
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:get() --> error: bad argument #1 to 'snmp.session:get' (name expected, got no value)
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:get{} --> error: bad argument #1 to 'snmp.session:get' (name expected
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:get("sysName.0", 5) --> error: bad argument #2 to 'snmp.session:get' (name expected, got number)
---
snmp.open{host = "127.0.0.1", comunity = "x"} --> error: bad option 'comunity' to 'snmp.open' (did you mean 'community'?
---
snmp.open{port = 161} --> error: bad option 'host' to 'snmp.open'
---
snmp.open{host = "127.0.0.1", version = "4"} --> error: bad option 'version' to 'snmp.open'
---
snmp.open{host = "127.0.0.1", version = 3} --> error: bad option 'version' to 'snmp.open' (version 3 needs option 'user')
---
snmp.open{host = "127.0.0.1", version = "2c", user = "u"} --> error: bad option 'user' to 'snmp.open' (users are of version 3, not of 2c)
---
snmp.open{host = "127.0.0.1", user = "u", engine = "xyz"} --> error: bad option 'engine' to 'snmp.open'
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:walk("ifTabl") --> error: did you mean 'ifTable'?
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:walk("ifTable", {bulk = 1}) --> error: bad option 'bulk' to 'snmp.session:walk'
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:table("sysName") --> error: sysName is no table: it is a scalar
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:table("ifTable", {columns = {"ifDesc"}}) --> error: did you mean 'ifDescr'?
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:table("ifTable", "ipAddrTable") --> error: they don't go together
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:table("ifTable", {index = "x"}) --> error: bad option 'index' to 'snmp.session:table' (dotted numbers expected, got 'x')
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:set{} --> error: no variables to set
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:set{["ifAdminStatus.2"] = "upp"} --> error: upp
---
local s = assert(snmp.open{host = "127.0.0.1"})
s:set{{"sysName.0", "R2", "OctetStrin"}} --> error: did you mean 'OctetString'?
---
snmp.poll({1}, "sysName.0") --> error: bad argument #1 to 'snmp.poll' (item 1: string or table expected, got number)
---
snmp.poll({"127.0.0.1"}, {}) --> error: bad argument #2 to 'snmp.poll'
---
snmp.poll({"127.0.0.1"}, "sysName.0", {transport = "tcp"}) --> error: a poll is by UDP
---
-- the world's refusals are values
local v, message, kind = snmp.open{host = "no.such.host.invalid"}
assert(v == nil and kind == "notfound" and message:find("no.such.host.invalid", 1, true), message)
---
-- values of every type come as they are
local o = "1.3.6.1.4.1.32473."
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", community = "public", write_community = "rw", writable = true, tree = {
  [o .. "1"] = {"Integer", -5}, [o .. "2"] = {"OctetString", "\0\255"}, [o .. "3"] = {"ObjectIdentifier", "1.3.6.1.4.1.9"},
  [o .. "4"] = {"IpAddress", "10.0.0.1"}, [o .. "5"] = {"Counter32", 4294967295}, [o .. "6"] = {"Gauge32", 4294967295},
  [o .. "7"] = {"TimeTicks", 123456}, [o .. "8"] = {"Opaque", "abc"}, [o .. "9"] = {"Counter64", u64.max},
  [o .. "10"] = {"OpaqueFloat", 0.5}, [o .. "11"] = {"OpaqueDouble", -0.25}, ["ifOperStatus.2"] = 2, ["ifPhysAddress.2"] = "02:00:00:00:00:01"}})
local s = assert(snmp.open{host = a.address, community = "rw", timeout = 30})
local function is(n, kind, value, text)
  local v = assert(s:get(o .. n))
  assert(v.type == kind, v.type)
  assert(tostring(v.value) == tostring(value), tostring(v.value))
  assert(v.text == (text or tostring(value)), v.text)
end
is(1, "Integer", -5)
is(2, "OctetString", "\0\255", "00 FF")
is(3, "ObjectIdentifier", "1.3.6.1.4.1.9", s:get(o .. 3).text)
is(4, "IpAddress", "10.0.0.1")
is(5, "Counter32", 4294967295)
is(6, "Gauge32", 4294967295)
is(7, "TimeTicks", 123456, "0:20:34.56")
is(8, "Opaque", "abc", "61 62 63")
is(9, "Counter64", u64.max)
assert(u64.is(s:get(o .. 9).value))
is(10, "OpaqueFloat", 0.5, "0.500000")
is(11, "OpaqueDouble", -0.25, "-0.250000")
local status, mac, none, object = s:get("ifOperStatus.2", "ifPhysAddress.2", "ifOperStatus.3", "sysName.0")
tostring(status), status.value, status.index.ifIndex, status.node.name --> ifOperStatus.2 = down, 2, 2, ifOperStatus
status.qualified, status.oid --> IF-MIB::ifOperStatus.2, 1.3.6.1.2.1.2.2.1.8.2
mac.text, #mac.value, mac.raw == mac.value --> 02:00:00:00:00:01, 6, true
none.exception, none.value, none.type, object.exception --> noSuchInstance, nil, NoSuchInstance, noSuchObject
-- and are set as they were read, or with a type
for n = 1, 11 do
  local v = assert(s:get(o .. n))
  local set = assert(s:set{v})
  assert(set.type == v.type and set.raw == v.raw)
end
local b, a = assert(s:set{["ifOperStatus.2"] = "up", ["ifPhysAddress.2"] = "02:00:00:00:00:02"})
a.value, b.text --> 1, 02:00:00:00:00:02
assert(s:set{{o .. 9, u64"18446744073709551614", "Counter64"}}).text --> 18446744073709551614
local v, message, kind = s:set{["sysName.0"] = "x"}
v, kind --> nil, no_creation
local v, message, kind = snmp.open{host = s.address, timeout = 30}:set{["ifOperStatus.2"] = 1}
assert(v == nil and (kind == "no_access" or kind == "not_writable" or kind == "authorization_error") and message:find("ifOperStatus.2", 1, true), message)
---
-- counters know their wraps, and a restart
local o = "1.3.6.1.4.1.32473."
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", tree = {
  [o .. "1"] = {"Counter32", 4294967290}, [o .. "2"] = {"Counter32", 4}, [o .. "3"] = {"Counter64", u64.max}, [o .. "4"] = {"Counter64", u64(9)},
  [o .. "5"] = {"Gauge32", 10}, [o .. "6"] = {"Gauge32", 4}, [o .. "7"] = {"TimeTicks", 4294967295}, [o .. "8"] = {"TimeTicks", 99}, [o .. "9"] = "text"}})
local s = assert(snmp.open{host = a.address, timeout = 30})
local v = {}
for n = 1, 9 do v[n] = s:get(o .. n) end
v[2]:delta(v[1]), v[2]:delta(4294967290), v[1]:delta(v[2]) --> 10, 10, 4294967286
v[4]:delta(v[3]), v[4]:delta(u64(5)) --> 10, 4
v[6]:delta(v[5]), v[5]:delta(v[6]) --> -6, 6
v[8]:delta(v[7]) --> 100
v[9]:delta(v[1]), v[1]:delta(v[9]) --> nil, nil
v[2]:delta(v[1], 5000, 4000), v[2]:delta(v[1], 4000, 90000000) --> 10, nil
v[2]:delta(v[1], v[8], v[7]) --> 10
v[2]:delta({}) --> error: bad argument #1 to 'snmp.var:delta' (snmp.var or number expected, got table)
---
-- a variable has no other fields
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", tree = {["sysName.0"] = "R2"}})
local v = assert(snmp.open{host = a.address, timeout = 30}):get("sysName.0")
local x = v.vale --> error: snmp.var has no field 'vale': did you mean 'value'?
---
-- lists of names, and names of scalars
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", tree = {["sysName.0"] = "R2", ["sysServices.0"] = 72}})
for _, version in ipairs{"1", "2c"} do
  local s = assert(snmp.open{host = a.address, version = version, timeout = 30})
  local list = assert(s:get{"sysName", "SNMPv2-MIB::sysServices.0"})
  assert(#list == 2 and list[1].value == "R2" and list[2].value == 72)
  assert(s:get(list[1]).value == "R2")
  assert(s:getnext("sysName").name == "sysName.0" and s:getnext{"sysName.0"}[1].name == "sysServices.0")
end
local s = assert(snmp.open{host = a.address, version = 1, timeout = 30})
local v, message, kind = s:get("sysName.0", "sysContact.0")
assert(v == nil and kind == "no_such_name" and message:find("sysContact.0", 1, true), message)
local v, message, kind = s:getbulk{"sysName"}
assert(v == nil and kind == "unsupported", message)
local bulk = assert(snmp.open{host = a.address, timeout = 30}:getbulk{"sysName", "sysServices", non_repeaters = 1, max_repetitions = 2})
#bulk, bulk[1].name, bulk[2].name, bulk[3].exception --> 3, sysName.0, sysServices.0, endOfMibView
---
-- a table that no MIB names, and one with holes
local t = "1.3.6.1.4.1.32473.5"
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", tree = {[t .. ".1.1.7"] = "a", [t .. ".1.1.9"] = "b", [t .. ".1.3.7"] = 5, [t .. ".1.3.10.2"] = 6,
  ifTable = {{ifIndex = 2, ifDescr = "eth0"}, {ifIndex = 10, ifDescr = "eth1", ifMtu = 9000}}, ifXTable = {[10] = {ifAlias = "to R1"}}}})
local s = assert(snmp.open{host = a.address, timeout = 30})
local rows = assert(s:table(t))
#rows, table.concat(rows.columns, " ") --> 3, 1 3
rows[1].key, rows[1]["1"].value, rows[1]["3"].value, rows["9"]["3"], rows["10.2"]["3"].value --> 7, a, 5, nil, 6
for _, options in ipairs{{}, {parallel = false}, {parallel = 3}, {bulk = false}, {max_repetitions = 1}} do
  local rows = assert(s:table("ifTable", "ifXTable", options))
  assert(#rows == 2 and rows[2].ifAlias.value == "to R1" and rows[1].ifAlias == nil and rows[1].ifMtu == nil and rows[2].ifMtu.value == 9000)
  assert(rows[1].index.ifIndex == 2 and rows[2].index[1] == 10 and rows["10"].ifDescr.text == "eth1" and rows["3"] == nil)
end
local one = assert(s:table("ifEntry", {columns = {"ifMtu", "ifDescr"}, index = 10}))
#one, tostring(one[1]) --> 1, 10: ifMtu=9000 ifDescr=eth1
local names = {}
for name, var in one[1]:variables() do names[#names + 1] = name .. "=" .. var.text end
table.concat(names, " ") --> ifMtu=9000 ifDescr=eth1
local x = one[1].ifDesc --> error: snmp.row has no field 'ifDesc': did you mean 'ifDescr'?
---
-- a walk that ends before its end raises, with a kind
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", tree = {ifTable = {{ifDescr = "a"}, {ifDescr = "b"}, {ifDescr = "c"}}}})
a:close()
local s = assert(snmp.open{host = a.address, timeout = 30})
local ok, failure = pcall(function() for v in s:walk("ifTable") do end end)
assert(not ok and failure.kind == "refused" and tostring(failure):find("is an agent running", 1, true), tostring(failure))
---
-- the last messages are there to look at, and what was counted
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", tree = {["sysName.0"] = "R2"}})
local s = assert(snmp.open{host = a.address, timeout = 30})
assert(#s.exchange == 0 and s.stats.sent == 0)
s:get("sysName.0")
local list = s.exchange
assert(#list == 2 and list[1].dir == "out" and list[2].dir == "in" and list[1].destination == a.address and list[2].source == a.address)
assert(list[1].source == list[2].destination and list[1].source:match("^127.0.0.1:%d+$") and #list[1].bytes > 30 and list[1].time <= list[2].time)
assert(s.stats.sent == 1 and s.stats.received == 1)
s:close()
local v, message, kind = s:get("sysName.0")
v, kind --> nil, closed
---
-- a poll in version 3 finds each agent's engine, and tells of each what went wrong
local agents = {}
for i = 1, 3 do
  agents[i] = assert(snmp.agent{port = 0, address = "127.0.0.1", tree = {["sysName.0"] = "R" .. i},
    users = {{user = "ann", auth = "SHA256", auth_password = i < 3 and "authentic" or "different", priv = "AES", priv_password = "secretive"}}})
end
local targets = {agents[1].address, agents[2].address, agents[3].address}
local results = {}
for r in snmp.poll(targets, "sysName", {user = "ann", auth = "SHA256", auth_password = "authentic", priv = "AES", priv_password = "secretive", timeout = 30}) do
  results[r.index] = r
end
results[1].vars[1].value, results[2].vars[1].value, results[3].vars, results[3].kind --> R1, R2, nil, wrong_digest
results[1].engine.id ~= results[2].engine.id, results[3].engine.boots --> true, 1
local found = 0
for r in snmp.poll(targets, nil, {version = 3, timeout = 30}) do
  assert(r.engine.id == results[r.index].engine.id and #r.vars == 0)
  found = found + 1
end
found --> 3
---
-- an agent with too big answers, one in circles, and one that errs in the middle
local rows = {}
for i = 1, 40 do rows[i] = {ifIndex = i, ifDescr = "interface " .. i} end
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", tree = {ifTable = rows}, max_size = 484})
local s = assert(snmp.open{host = a.address, timeout = 30})
local n = 0
for v in s:walk("ifDescr", {max_repetitions = 40}) do n = n + 1 end
n --> 40
for _, version in ipairs{"1", "2c"} do
  local sock = assert(require "dgram".udp{address = "127.0.0.1:0"})
  local circles = assert(snmp.open{host = sock:address(), version = version, timeout = 30})
  task.daemon(function()
    for data, meta in sock:datagrams() do
      local id = data:match("\2\4(....)")
      sock:send("\48\43\2\1" .. (version == "1" and "\0" or "\1") .. "\4\6public\162\30\2\4" .. id .. "\2\1\0\2\1\0\48\16\48\14\6\10\43\6\1\2\1\2\2\1\2\1\5\0", meta.peer)
    end
  end)
  local seen = 0
  local ok, failure = pcall(function() for v in circles:walk("ifDescr") do seen = seen + 1 end end)
  assert(not ok and failure.kind == "loop" and seen == 1, tostring(failure))
end
---
-- a question that no datagram carries, the name of a single number, and a list where text belongs
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", write_community = "public", writable = true, tree = {["sysName.0"] = "R2"}})
local s = assert(snmp.open{host = a.address, timeout = 30})
local names = {}
for i = 1, 5000 do names[i] = "sysName.0" end
local v, message, kind = s:get(names)
assert(v == nil and kind == "too_big" and message:find("ask for less at once, or over TCP", 1, true), message)
s:get("1").exception --> noSuchInstance
s:set{["sysName.0"] = {}} --> error: DisplayString can't be made of a table
---
-- a user without a name is no user, and not version 2c
snmp.open{host = "127.0.0.1", user = ""}  --> error: bad option 'user' to 'snmp.open' (a name expected, got "")
---
snmp.trap{host = "127.0.0.1", port = 9, trap = "linkDown", version = "2c", user = "ann"}  --> error: bad option 'user' to 'snmp.trap' (users are of version 3, not of 2c)
---
snmp.listen{port = 0, users = {{name = ""}}}  --> error: a name expected, got ""
---
-- who asks for successors means a name to the letter, without the .0 of its only instance
snmp.message{type = "next", vars = {"sysName"}}.vars[1].oid  --> 1.3.6.1.2.1.1.5
snmp.message{type = "bulk", vars = {"sysName", {"sysDescr"}}}.vars[2].oid  --> 1.3.6.1.2.1.1.1
snmp.message{type = "get", vars = {"sysName"}}.vars[1].oid  --> 1.3.6.1.2.1.1.5.0
---
-- nobody receives an inform: it is no agent that is missing
local sock = assert(require "dgram".udp{address = "127.0.0.1:0"})
local port = tonumber(sock:address():match(":(%d+)$"))
sock:close()
local _, message, kind = snmp.inform{host = "127.0.0.1", port = port, trap = "linkDown", timeout = 30}
kind, message:find("is a receiver running", 1, true) ~= nil  --> refused, true
---
-- a name that no user can have is no user's: nobody is told of it (RFC 3414 section 2.4), and 32 bytes are a name
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", users = {{name = "ann"}}, tree = {["sysName.0"] = "R2"}})
local sock = assert(require "dgram".udp{to = a.address, timeout = 30})
local function ask(user)
  sock:send(snmp.message{version = "3", engine = a.engine, user = user, context_engine = a.engine, vars = {"sysName.0"}}:bytes())
end
ask(("u"):rep(33))
ask(("u"):rep(32))
assert(snmp.decode((assert(sock:receive()))).vars[1].name == "usmStatsUnknownUserNames.0")
assert(a.stats.snmpInASNParseErrs == 1 and a.stats.usmStatsUnknownUserNames == 1)
---
-- 0.0 without contents, as SNMP4J writes it, is where a walk of everything begins
local a = assert(snmp.agent{port = 0, address = "127.0.0.1", tree = {["sysName.0"] = "R2"}})
local sock = assert(require "dgram".udp{to = a.address, timeout = 30})
sock:send("\48\30\2\1\1\4\6public\161\17\2\1\42\2\1\0\2\1\0\48\6\48\4\6\0\5\0")
assert(snmp.decode((assert(sock:receive()))).vars[1].name == "sysName.0")

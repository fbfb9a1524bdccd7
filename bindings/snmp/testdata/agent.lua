-- values get their types from the MIB, scalars their instance
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName"]="R2", ["sysServices.0"]=72, ["sysObjectID.0"]="1.3.6.1.4.1.9.1.1",
  ["1.3.6.1.4.1.32473.1.0"]={"Counter64", u64"18446744073709551615"}, ["1.3.6.1.4.1.32473.2.0"]={type="Gauge32", value=7}}})
local s = assert(snmp.open{host=a.address, timeout=30})
local name, services, id, big, gauge = s:get("sysName.0", "sysServices.0", "sysObjectID.0", "1.3.6.1.4.1.32473.1.0", "1.3.6.1.4.1.32473.2.0")
name.value, name.type       --> R2, OctetString
services.value, services.type --> 72, Integer
id.value                    --> 1.3.6.1.4.1.9.1.1
tostring(big.value), big.type --> 18446744073709551615, Counter64
gauge.value, gauge.type     --> 7, Gauge32
s:get("sysContact.0").exception --> noSuchObject
s:get("sysName.1").exception --> noSuchInstance
s:getnext("1.3.6.1.4.1.32473.2.0").exception --> endOfMibView
a.address:match("^127.0.0.1:%d+$") ~= nil, a.port > 0 --> true, true
---
-- rows of a table, as a list, by key, and with an index of several parts
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={
  ifTable={{ifIndex=1, ifDescr="lo", ifOperStatus="up"}, {ifIndex=7, ifDescr="eth0", ifSpeed=1e9}},
  ifXTable={[7]={ifName="eth0", ifHCInOctets=u64(2)^40}},
  ipNetToMediaTable={{ipNetToMediaIfIndex=7, ipNetToMediaNetAddress="10.0.0.1", ipNetToMediaPhysAddress="02:00:00:00:00:01", ipNetToMediaType="dynamic"}}}})
local s = assert(snmp.open{host=a.address, timeout=30})
local all = {}
for v in s:walk("1.3") do all[#all + 1] = v.name .. "=" .. tostring(v.value) end
all[1] --> ifIndex.1=1
all[2] --> ifIndex.7=7
s:get("ifDescr.7").value, s:get("ifOperStatus.1").value, s:get("ifName.7").value --> eth0, 1, eth0
tostring(s:get("ifHCInOctets.7").value) --> 1099511627776
s:get("ipNetToMediaPhysAddress.7.10.0.0.1").raw == "\2\0\0\0\0\1" --> true
s:get("ipNetToMediaType.7.10.0.0.1").value --> 3
---
-- mistakes in a tree are named
snmp.agent{port=0, tree={sysNam="x"}} --> error: did you mean 'sysName'
---
snmp.agent{port=0, tree={ifTable={{ifDescr="lo", ifIndx=1}}}} --> error: ifIndx
---
snmp.agent{port=0, tree={["sysServices.0"]="many"}} --> error: sysServices.0
---
-- functions answer while serve runs, and see who asks
local task = require "task"
local seen
local a = assert(snmp.agent{port=0, address="127.0.0.1", community="secret", tree={["sysName.0"]=function(request)
  seen = request.op .. " " .. request.name .. " " .. request.oid .. " " .. request.community .. " " .. request.version
  return "R" .. 2
end, ["sysContact.0"]=function() return nil end, ["sysLocation.0"]=function() return nil, "resourceUnavailable" end, ["sysServices.0"]=72}})
task.daemon(function() a:serve() end)
local s = assert(snmp.open{host=a.address, community="secret", timeout=30})
s:get("sysName.0").value --> R2
seen --> get sysName.0 1.3.6.1.2.1.1.5.0 secret 2c
s:getnext("sysDescr").name --> sysName.0
s:get("sysContact.0").exception --> noSuchInstance
select(3, s:get("sysLocation.0")) --> resource_unavailable
---
-- a recording is played; what the tree says goes before it
local name = os.tmpname()
local f = io.open(name, "w")
f:write("1.3.6.1.2.1.1.5.0|4|R2\n1.3.6.1.2.1.1.4.0|4:writecache|value=nobody\n1.3.6.1.2.1.1.6.0|4x|00ff\nbroken\n1.3.6.1.2.1.1.7.0|2:error|status=resourceUnavailable,op=get,value=1\n")
f:close()
local a = assert(snmp.agent{port=0, address="127.0.0.1", from=name, write_community="private", community="public", tree={["sysName.0"]="R3"}})
local s = assert(snmp.open{host=a.address, community="private", timeout=30})
s:get("sysName.0").value, s:get("sysLocation.0").value == "\0\255" --> R3, true
#a.problems, a.problems[1]:match("line 4") --> 1, line 4
assert(s:set{["sysContact.0"]="me"})
s:get("sysContact.0").value --> me
select(3, s:get("sysServices.0")) --> resource_unavailable
select(3, s:set{["sysName.0"]="R4"}) --> not_writable
os.remove(name)
---
-- a variation that isn't played is named
local name = os.tmpname()
local f = io.open(name, "w")
f:write("1.3.6.1.2.1.1.5.0|4:sql|x\n")
f:close()
local a, message, kind = snmp.agent{port=0, address="127.0.0.1", from=name}
a, kind, message:match("line 1: a variation that can't be played: sql") ~= nil --> nil, unsupported, true
select(3, snmp.agent{port=0, from="/nowhere/at/all"}) --> notfound
os.remove(name)
---
-- sets are tested whole before anything is changed
local task = require "task"
local log, contact = {}, "nobody"
local a = assert(snmp.agent{port=0, address="127.0.0.1", community="public", write_community="private", writable={"system", "1.3.6.1.4.1.32473"}, creatable={"1.3.6.1.4.1.32473.9"},
  tree={["sysName.0"]="R2", ["sysServices.0"]=72, ["1.3.6.1.4.1.32473.1.0"]={"Counter32", 5}, ["ifNumber.0"]=2,
  ["sysContact.0"]={get=function() return contact end, test=function(r) if r.value == "bad" then return nil, "inconsistentValue" end end,
    set=function(r) if r.value == "late" then return nil, "resourceUnavailable" end; contact = r.value end, undo=function() contact = "undone" end},
  ["sysLocation.0"]={get=function() return "here" end, set=function(r) if r.value == "no" then return false end; log[#log + 1] = r.value end}}})
task.daemon(function() a:serve() end)
local s = assert(snmp.open{host=a.address, community="private", timeout=30})
local function kind(t) local ok, message, k = s:set(t) return ok and "ok" or k end
kind{["sysName.0"]="R3"} --> ok
kind{{"sysName.0", ("78"):rep(256), "hex"}} --> wrong_length
kind{{"sysName.0", "R4"}, {"ifNumber.0", 3}} --> not_writable
s:get("sysName.0").value --> R3
kind{{"sysName.0", 5, "Integer"}} --> wrong_type
kind{{"1.3.6.1.4.1.32473.1.0", 6, "Counter32"}} --> ok
kind{{"1.3.6.1.4.1.32473.2.0", 6, "Counter32"}} --> no_creation
kind{{"1.3.6.1.4.1.32473.9.0", 6, "Counter32"}} --> ok
s:get("1.3.6.1.4.1.32473.9.0").value --> 6
kind{["sysContact.0"]="bad"} --> inconsistent_value
kind{["sysContact.0"]="late"} --> commit_failed
kind{{"sysName.0", "R9"}, {"sysContact.0", "late"}} --> commit_failed
s:get("sysName.0").value --> R3
kind{{"sysName.0", "R9"}, {"sysLocation.0", "no"}} --> wrong_value
s:get("sysName.0").value, #log --> R3, 0
kind{{"sysContact.0", "me"}, {"sysLocation.0", "there"}, {"sysName.0", "R10"}} --> ok
contact, log[1], a:get("sysName.0") --> me, there, R10
local public = assert(snmp.open{host=a.address, community="public", timeout=30})
select(3, public:set{["sysName.0"]="x"}) --> no_access
a.stats.snmpInBadCommunityUses --> 1
a.stats.snmpInTotalSetVars --> 6
---
-- on_get and on_set see everything
local task = require "task"
local a = assert(snmp.agent{port=0, address="127.0.0.1", write_community="private", writable=true, tree={["sysName.0"]="R2", ["sysServices.0"]=72},
  on_get=function(r) if r.name == "sysName.0" then return r.value .. "!" end end,
  on_set=function(r) if r.value == "no" then return false elseif r.value == "never" then return nil, "authorizationError" end end})
task.daemon(function() a:serve() end)
local s = assert(snmp.open{host=a.address, community="private", timeout=30})
s:get("sysName.0").value, s:get("sysServices.0").value --> R2!, 72
select(3, s:set{["sysName.0"]="no"}), select(3, s:set{["sysName.0"]="never"}) --> wrong_value, authorization_error
s:set{["sysName.0"]="yes"} ~= nil, a:get("sysName.0") --> true, yes
---
-- an error in a function is genErr, and serving goes on
local task = require "task"
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]=function() error("oops") end, ["sysContact.0"]=function() return print end, ["sysServices.0"]=72}})
task.daemon(function() a:serve() end)
local s = assert(snmp.open{host=a.address, timeout=30})
select(3, s:get("sysName.0")), select(3, s:get("sysContact.0")), s:get("sysServices.0").value --> gen_err, gen_err, 72
a.stats.errors, a.stats.snmpOutGenErrs --> 2, 2
---
-- a subtree by functions
local task = require "task"
local words = {"alpha", "beta", "gamma"}
local root = "1.3.6.1.4.1.32473.5"
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["1.3.6.1.4.1.32473.4.0"]=4, ["1.3.6.1.4.1.32473.6.0"]=6, [root]={
  get=function(r) return words[tonumber(r.oid:match("%.(%d+)$"))] end,
  next=function(r)
    local n = r.oid == root and 1 or tonumber(r.oid:match("%.(%d+)$")) + 1
    if words[n] then return root .. "." .. n, words[n] end
  end}}})
task.daemon(function() a:serve() end)
local s = assert(snmp.open{host=a.address, timeout=30})
local all = {}
for v in s:walk("1.3") do all[#all + 1] = tostring(v.value) end
table.concat(all, " ") --> 4 alpha beta gamma 6
s:get(root .. ".2").value, s:get(root .. ".7").exception --> beta, noSuchInstance
---
-- who may see what: views, contexts, levels
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2", ["sysContact.0"]="me", ["ifTable"]={{ifIndex=1, ifDescr="lo"}, {ifIndex=2, ifDescr="eth0"}}},
  contexts={blue={tree={["sysName.0"]="blue"}}},
  views={names={"system", "-sysContact"}, second={"ifTable.1.*.2"}},
  communities={{name="some", view="names"}, {name="row", view="second"}, {name="blue", context="blue"}, {name="none", access="none"}},
  users={{name="strong", auth="SHA", auth_password="authpass12", priv="AES", priv_password="privpass12"},
         {name="both", auth="SHA", auth_password="authpass12", rules={{view="everything", level="authNoPriv"}, {context="bl*", view="names"}}}}})
local function names(o)
  o.host, o.timeout, o.retries = a.address, 5, 0
  local all = {}
  for v in assert(snmp.open(o)):walk("1.3") do all[#all + 1] = v.name .. "=" .. v.value end
  return table.concat(all, " ")
end
names{community="some"} --> sysName.0=R2
names{community="row"} --> ifIndex.2=2 ifDescr.2=eth0
names{community="blue"} --> sysName.0=blue
names{community="none"} --> 
names{user="strong", auth="SHA", auth_password="authpass12", priv="AES", priv_password="privpass12"} --> sysContact.0=me sysName.0=R2 ifIndex.1=1 ifIndex.2=2 ifDescr.1=lo ifDescr.2=eth0
names{user="both", auth="SHA", auth_password="authpass12", context="blue"} --> sysName.0=blue
local function refusal(o) o.host, o.timeout, o.retries = a.address, 5, 0; return select(3, assert(snmp.open(o)):get("sysName.0")) end
refusal{user="strong", auth="SHA", auth_password="authpass12"} --> authorization_error
refusal{user="nobody", auth="SHA", auth_password="authpass12"} --> unknown_user
refusal{user="strong", auth="SHA", auth_password="wrongpass12", priv="AES", priv_password="privpass12"} --> wrong_digest
refusal{user="both", auth="SHA", auth_password="authpass12", priv="AES", priv_password="privpass12"} --> security_level
a.stats.usmStatsUnknownUserNames > 0, a.stats.usmStatsWrongDigests > 0, a.stats.usmStatsUnsupportedSecLevels > 0, a.stats.usmStatsUnknownEngineIDs > 0 --> true, true, true, true
---
-- the statistics of the agent are variables too
local a = assert(snmp.agent{port=0, address="127.0.0.1", statistics=true, engine="80001f8804616263"})
local s = assert(snmp.open{host=a.address, timeout=30})
s:get("snmpInPkts.0").value, s:get("snmpInPkts.0").value --> 1, 2
s:get("snmpEngineID.0").raw == "\128\0\31\136\4abc", s:get("snmpEngineBoots.0").value --> true, 1
s:get("sysUpTime.0").value < 1000 --> true
assert(snmp.open{host=a.address, community="wrong", timeout=0.2, retries=0}):get("sysName.0")
s:get("snmpInBadCommunityNames.0").value --> 1
---
-- faults
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2", ["sysServices.0"]=72, ["1.3.6.1.4.1.32473.1.0"]={"Counter32", 5}}, faults={drop=true}})
local function open(o) o.host, o.timeout, o.retries = a.address, o.timeout or 30, 0; return assert(snmp.open(o)) end
local s = open{}
select(3, open{timeout=0.2}:get("sysName.0")) --> timeout
a:fault{drop=true, count=1}
local retry = assert(snmp.open{host=a.address, timeout=0.5, retries=30})
retry:get("sysName.0").value --> R2
a:fault{status="genErr", names="sysName"}
select(3, s:get("sysName.0")), s:get("sysServices.0").value --> gen_err, 72
a:fault{too_big=1}
select(3, s:get("sysName.0", "sysServices.0")), s:get("sysName.0").value --> too_big, R2
a:fault{wrong_type=true, names="sysServices"}
s:get("sysServices.0").type, s:get("sysName.0").type --> OctetString, OctetString
a:fault{wrap=2}
local before = s:get("1.3.6.1.4.1.32473.1.0")
before.value --> 4294967294
a:set{["1.3.6.1.4.1.32473.1.0"]={"Counter32", 12}}
s:get("1.3.6.1.4.1.32473.1.0").value --> 5
a:fault{wrong_id=true}
select(3, open{timeout=0.2}:get("sysName.0")) --> timeout
a:fault{elsewhere=true}
select(3, open{timeout=0.2}:get("sysName.0")) --> timeout
a:fault{{duplicate=2}, {delay=0.01}}
s:get("sysName.0").value, s:get("sysServices.0").value --> R2, 72
a:fault{garbage=true}
(open{timeout=0.2}:get("sysName.0")) --> nil
a:fault{cut=5}
select(3, open{timeout=3}:get("sysName.0")) --> malformed
a:fault{trickle=0.001}
open{transport="tcp"}:get("sysName.0").value --> R2
a:fault{stall=true}
select(3, open{transport="tcp", timeout=0.2}:get("sysName.0")) --> timeout
a:fault{loop=true, skip=3}
local walker = open{}
local ok, err = pcall(function() for v in walker:walk("1.3", {bulk=false}) do end end)
ok, err.kind --> false, loop
---
-- one community may read and write
local a = assert(snmp.agent{port=0, address="127.0.0.1", community="public", write_community="public", writable=true, tree={["sysName.0"]="R2"}})
local s = assert(snmp.open{host=a.address, timeout=30})
s:set{["sysName.0"]="R3"}.value, s:get("sysName.0").value --> R3, R3
---
-- a wrong fault is named
local a = assert(snmp.agent{port=0, address="127.0.0.1"})
a:fault{drp=1} --> error: did you mean 'drop'
---
snmp.agent{port=0, faults={status="notAStatus"}} --> error: there is no error status 'notAStatus'
---
-- version 3 finds its way after a reboot and with another engine
local user = {name="u", auth="SHA256", auth_password="authpass12", priv="AES", priv_password="privpass12"}
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2"}, users={user}, faults={reboot=true, count=1}})
local s = assert(snmp.open{host=a.address, user="u", auth="SHA256", auth_password="authpass12", priv="AES", priv_password="privpass12", timeout=30})
s:get("sysName.0").value, a.boots --> R2, 2
s:get("sysName.0").value --> R2
a.stats.usmStatsNotInTimeWindows --> 1
a:fault{engine=true, count=1}
local id = a.engine
s:get("sysName.0").value, a.engine ~= id --> R2, true
s:get("sysName.0").value, a.boots --> R2, 3
---
-- by UDP and TCP, IPv4 and IPv6
local a = assert(snmp.agent{port=0, tree={["sysName.0"]="R2"}})
for _, host in ipairs{"127.0.0.1", "::1"} do
  for _, transport in ipairs{"udp", "tcp"} do
    assert(snmp.open{host=host, port=a.port, transport=transport, timeout=30}):get("sysName.0").value --> R2
  end
end
---
-- serve ends after messages, and after a time
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2"}})
a:serve{timeout=0.05} --> 0
require "task".spawn(function() assert(snmp.open{host=a.address, timeout=30}):get("sysName.0") end)
a:serve{count=1} --> 1
a:close()
a:close()
a:serve() --> 0
---
-- a thousand agents in one process, each with its name
local all = assert(snmp.agents{count=1000, port=0, community="public", write_community="private", writable={"sysName"}, tree={["sysDescr.0"]="simulated",
  ["ifTable"]={{ifIndex=1, ifDescr="lo"}, {ifIndex=2, ifDescr="eth0"}}}, each=function(i) return {["sysName.0"]="R" .. i} end})
#all --> 1000
local answers, wrong = 0, 0
for r in snmp.poll(all.addresses, {"sysName.0", "ifDescr.2"}, {timeout=30}) do
  answers = answers + 1
  if not r.vars or r.vars[2].value ~= "eth0" then wrong = wrong + 1 end
end
answers, wrong --> 1000, 0
local s = assert(snmp.open{host=all.addresses[500], community="private", timeout=30})
assert(s:set{["sysName.0"]="other"})
all[500]:get("sysName.0"), all[501]:get("sysName.0"), all[500].engine ~= all[501].engine --> other, R501, true
all:close()
---
-- agents on addresses of their own, at one port, with faults of their own
local first = assert(snmp.agents{count=1, port=0})
local port = first[1].port
local all = assert(snmp.agents{at={"127.0.0.2", "127.0.0.3"}, port=port, tree={["sysName.0"]="R"}})
all.addresses[2] == "127.0.0.3:" .. port --> true
all[1]:fault{drop=true}
select(3, assert(snmp.open{host=all.addresses[1], timeout=0.2, retries=0}):get("sysName.0")) --> timeout
assert(snmp.open{host=all.addresses[2], timeout=30}):get("sysName.0").value --> R
---
-- functions have no say in many agents
snmp.agents{count=2, port=0, tree={["sysName.0"]=print}} --> error: functions have no say in many agents
---
-- a recording is read, and written
local name = os.tmpname()
local f = io.open(name, "w")
f:write("SNMPv2-MIB::sysName.0 = STRING: R2\nIF-MIB::ifOperStatus.1 = INTEGER: up(1)\nIF-MIB::ifPhysAddress.1 = STRING: 2:0:0:0:0:1\nIF-MIB::ifSpeed.1 = Gauge32: 10000000\n")
f:close()
local vars, problems = assert(snmp.recording(name))
os.remove(name)
#vars, #problems --> 4, 0
tostring(vars[1]), vars[3].name, vars[3].raw == "\2\0\0\0\0\1" --> sysName.0 = R2, ifPhysAddress.1, true
snmp.snmprec(vars[3]), snmp.snmprec(vars[4]) --> 1.3.6.1.2.1.2.2.1.6.1|4x|020000000001, 1.3.6.1.2.1.2.2.1.8.1|2|1

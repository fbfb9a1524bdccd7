-- values get their types from the MIB, scalars their instance
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName"]="R2", ["sysServices.0"]=72, ["sysObjectID.0"]="1.3.6.1.4.1.9.1.1",
  ["1.3.6.1.4.1.32473.1.0"]={"Counter64", u64"18446744073709551615"}, ["1.3.6.1.4.1.32473.2.0"]={type="Gauge32", value=7}}})
local s = assert(snmp.open{host=a.address, timeout=5})
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
local s = assert(snmp.open{host=a.address, timeout=5})
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
local s = assert(snmp.open{host=a.address, community="secret", timeout=5})
s:get("sysName.0").value --> R2
seen --> get sysName.0 1.3.6.1.2.1.1.5.0 secret 2c
s:getnext("sysDescr").name --> sysName.0
s:get("sysContact.0").exception --> noSuchInstance
select(3, s:get("sysLocation.0")) --> resource_unavailable

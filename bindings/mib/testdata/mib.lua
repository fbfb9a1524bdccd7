-- names, OIDs and instances, both ways
mib.oid("sysName.0")                 --> "1.3.6.1.2.1.1.5.0"
mib.oid("SNMPv2-MIB::sysName.0")     --> "1.3.6.1.2.1.1.5.0"
mib.oid(".1.3.6.1.2.1.1.5.0")        --> "1.3.6.1.2.1.1.5.0"
mib.oid("mib-2.1.5.0")               --> "1.3.6.1.2.1.1.5.0"
mib.oid("ifDescr[2]")                --> "1.3.6.1.2.1.2.2.1.2.2"
mib.oid("vacmGroupName[3][\"a]b\"]") --> "1.3.6.1.6.3.16.1.2.1.3.3.3.97.93.98"
mib.name("1.3.6.1.2.1.2.2.1.2.2")    --> "ifDescr.2"
mib.name("1.3.6.1.4.1.8072.3.2.10")  --> "linux"
mib.name("2.999")                    --> "2.999"
mib.name("sysUpTime.0", {qualified=true}) --> "SNMPv2-MIB::sysUpTime.0"
mib.name("1.3.6.1.6.3.16.1.2.1.3.3.3.97.98.99", {index=true}) --> "vacmGroupName[3][\"abc\"]"
mib.name("1.3.6.1.6.3.16.1.2.1.3.3.3.97.98.99", {index=true, qualified=true}) --> "SNMP-VIEW-BASED-ACM-MIB::vacmGroupName[3][\"abc\"]"
---
-- what isn't known
local n, message, kind = mib.find("sysNmae")
message --> "mib.find: no MIB module names 'sysNmae' (did you mean 'sysName'?)"
kind --> "notfound"
(select(2, mib.oid("sysname.0"))) --> "mib.oid: no MIB module names 'sysname' (did you mean 'sysName'?)"
(select(2, mib.oid("IF-MIB::ifDesc"))) --> "mib.oid: no MIB module names 'IF-MIB::ifDesc' (did you mean 'IF-MIB::ifDescr'?)"
(select(2, mib.oid("IFMIB::ifDescr"))) --> "mib.oid: MIB module IFMIB is not known (mib.load reads its file) (did you mean 'IF-MIB'?)"
(select(2, mib.find("1.3.6.1.4.1.999999.1"))) --> "mib.find: no MIB module names 1.3.6.1.4.1.999999.1, which is below SNMPv2-SMI::enterprises"
(select(2, mib.find("lldpRemSysName"))) --> "mib.find: no MIB module names 'lldpRemSysName' (mib.load reads the MIB files of vendors)"
(select(2, mib.find("2.999.1"))) --> "mib.find: no MIB module names 2.999.1"
(select(3, mib.oid("sysName.x"))) --> "malformed"
(select(3, mib.oid("1.3.6.1.4294967296"))) --> "malformed"
(select(3, mib.oid(""))) --> "malformed"
(select(3, mib.oid("ifDescr["))) --> "malformed"
(select(3, mib.oid("ifDescr[a]"))) --> "malformed"
(select(3, mib.oid("ifDescr[1][2]"))) --> "malformed"
(select(3, mib.oid("sysName[1]"))) --> "malformed"
---
-- a column
local n = mib.find("IF-MIB::ifOperStatus.7")
n.name, n.module, n.qualified --> ifOperStatus, IF-MIB, IF-MIB::ifOperStatus
n.kind, n.type, n.syntax, n.access --> column, Integer32, Integer32, read-only
n.enum.lowerLayerDown --> 7
n.index[1], #n.index, n.implied --> ifIndex, 1, false
tostring(n), n.parent.name, n.parent.parent.name --> IF-MIB::ifOperStatus, ifEntry, ifTable
n.parent == mib.find("ifEntry"), n.parent == n --> true, false
n.hint, n.units, n.objects, n.augments --> nil, nil, nil, nil
---
-- a misspelt field
local n = mib.find("ifOperStatus")
print(n.acess)  --> error: mib.node has no field 'acess': did you mean 'access'?
---
-- rows and their indices
mib.find("ifXEntry").augments --> "IF-MIB::ifEntry"
mib.find("ifXTable").index[1] --> "ifIndex"
mib.find("snmpTargetAddrEntry").implied --> true
;local i = mib.find("ipNetToPhysicalEntry"):decode("2.2.16.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.1")
i.ipNetToPhysicalIfIndex, i.ipNetToPhysicalNetAddressType, i.ipNetToPhysicalNetAddress --> 2, ipv6, fe80::1
i[1], i[3] --> 2, fe80::1
mib.find("ifDescr"):decode("1.3.6.1.2.1.2.2.1.2.5").ifIndex --> 5
mib.find("ifDescr"):decode("ifDescr.5")[1] --> 5
(select(2, mib.find("ifDescr"):decode("5.6"))) --> "mib.node:decode: index of IF-MIB::ifEntry: 6 is left over"
(select(3, mib.find("ifDescr"):decode("x"))) --> "notfound"
mib.find("vacmGroupName"):instance(3, "abc") --> "1.3.6.1.6.3.16.1.2.1.3.3.3.97.98.99"
mib.find("vacmGroupName"):instance{3, "abc"} --> "1.3.6.1.6.3.16.1.2.1.3.3.3.97.98.99"
(select(2, mib.find("ifDescr"):instance("x"))) --> "mib.node:instance: index of IF-MIB::ifEntry: ifIndex: a whole number expected, got \"x\""
(select(2, mib.find("ifDescr"):instance(0))) --> "mib.node:instance: index of IF-MIB::ifEntry: ifIndex: InterfaceIndex has values 1 to 2147483647, not 0"
---
-- an index without one of its parts
mib.find("vacmGroupName"):instance{3}  --> error: bad argument #1 to 'mib.node:instance' (vacmSecurityName expected, a part of the index (vacmSecurityModel, vacmSecurityName))
---
-- a scalar has no index
mib.find("sysName"):decode("0")  --> error: 'mib.node:decode': SNMPv2-MIB::sysName is in no table, so it has no index
---
-- values and their texts
mib.find("ifOperStatus"):format(2), mib.find("ifOperStatus"):format(99) --> down, 99
mib.find("sysUpTime"):format(8640000 + 123456) --> "1 day, 0:20:34.56"
mib.find("sysDescr"):format("R2\27[0m") --> "R2.[0m"
mib.find("ifPhysAddress"):parse("02-00-00-00-00-01") == "\2\0\0\0\0\1" --> true
mib.find("ifAdminStatus"):parse("up(1)") --> 1
(select(2, mib.find("ifAdminStatus"):parse("donw"))) --> "mib.node:parse: Integer32 has no value 'donw' (did you mean 'down'?)"
(select(3, mib.find("ifTable"):format("x"))) --> "unsupported"
(select(2, mib.find("sysObjectID"):parse("1.3"))) --> "mib.node:parse: SNMPv2-MIB::sysObjectID (\"scalar\") has OIDs as values: mib.name and mib.oid are for those"
(select(2, mib.find("sysName"):parse(("x"):rep(256)))) --> "mib.node:parse: DisplayString has 0 to 255 octets, not 256"
---
-- a string where a number belongs
mib.find("ifIndex"):format("x")  --> error: bad argument #1 to 'mib.node:format' (whole number expected, got string)
---
-- notifications
local n = mib.find("linkDown")
n.kind, n.oid, table.concat(n.objects, " ") --> notification, 1.3.6.1.6.3.1.1.5.3, IF-MIB::ifIndex IF-MIB::ifAdminStatus IF-MIB::ifOperStatus
n.access, n.type --> nil, nil
---
-- trees
local text = tostring(mib.tree("ifStackTable"))
print(text)
text:match("^[^\n]+") --> "ifStackTable 1.3.6.1.2.1.31.1.2"
(select(2, text:gsub("\n", ""))) --> 4
local n = 0
for node in mib.tree("ifStackTable"):each() do n = n + 1 end
n --> 5
n = 0
for node in mib.tree("mib-2", {depth=1}):each() do n = n + 1 end
n > 20 and n < 300 --> true
(select(3, mib.tree("2.999"))) --> "notfound"
#mib.tree("iso").root --> 1
---
-- files: their names come before the table's, in this runtime
local path = os.tmpname()
local file = assert(io.open(path, "w"))
file:write [[
ACME-MIB DEFINITIONS ::= BEGIN
IMPORTS OBJECT-TYPE, enterprises, Integer32 FROM SNMPv2-SMI
        DisplayString FROM SNMPv2-TC
        ifIndex FROM IF-MIB;
acme OBJECT IDENTIFIER ::= { enterprises 99999 }
system OBJECT IDENTIFIER ::= { acme 1 }
portTable OBJECT-TYPE SYNTAX SEQUENCE OF PortEntry MAX-ACCESS not-accessible STATUS current DESCRIPTION "" ::= { acme 2 }
portEntry OBJECT-TYPE SYNTAX PortEntry MAX-ACCESS not-accessible STATUS current DESCRIPTION "" INDEX { ifIndex, IMPLIED portName } ::= { portTable 1 }
PortEntry ::= SEQUENCE { portName DisplayString, portState INTEGER }
portName OBJECT-TYPE SYNTAX DisplayString (SIZE (1..8)) MAX-ACCESS not-accessible STATUS current DESCRIPTION "" ::= { portEntry 1 }
portState OBJECT-TYPE SYNTAX INTEGER { good(1), bad(2) } MAX-ACCESS read-write STATUS current DESCRIPTION "" ::= { portEntry 2 }
lost OBJECT IDENTIFIER ::= { nowhere 1 }
END
]]
file:close()
local loaded = assert(mib.load(path))
os.remove(path)
table.concat(loaded.modules, " "), loaded.files, #loaded.problems --> ACME-MIB, 1, 1
loaded.problems[1].line, loaded.problems[1].level, loaded.problems[1].name --> 12, error, lost
mib.name("1.3.6.1.4.1.99999.2.1.2.7.97.98", {index=true}) --> "portState[7][\"ab\"]"
mib.find("portState"):format(2), mib.find("portState").enum.good --> bad, 1
mib.find("portState").index[2] --> "portName"
mib.oid("system") --> "1.3.6.1.2.1.1"
mib.oid("ACME-MIB::system") --> "1.3.6.1.4.1.99999.1"
(select(2, mib.oid("portTabel"))) --> "mib.oid: no MIB module names 'portTabel' (did you mean 'portTable'?)"
(select(3, mib.oid("lost"))) --> "notfound"
---
-- another runtime knows nothing of them
mib.name("1.3.6.1.4.1.99999.1") --> "enterprises.99999.1"
---
-- files that aren't there
(select(3, mib.load("/nonexistent/mibs"))) --> "notfound"

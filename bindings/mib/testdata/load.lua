-- names of a file are known everywhere afterwards
local root = "../../host/mib/smi/testdata/lakeside"
mib.find("pumpTank")  --> nil, "mib.find: no MIB module names 'pumpTank' (mib.load reads the MIB files of vendors)", "notfound"
local r = assert(mib.load(root))
table.concat(r.modules, " ")  --> "LAKESIDE-OLD-MIB LAKESIDE-PUMP-MIB LAKESIDE-SMI LAKESIDE-TC"
r.files, r.nodes, r.errors, #r.problems  --> 3, 38, 0, 0
local n = mib.find("pumpTank")
n.oid, n.module, n.access, n.hint  --> "1.3.6.1.4.1.32473.2.1.2.1.5", "LAKESIDE-PUMP-MIB", "read-create", "d-1"
mib.name("1.3.6.1.4.1.32473.2.1.2.1.3.10.0.0.1.97", {index=true})  --> "pumpState[10.0.0.1][\"a\"]"
mib.oid("LAKESIDE-OLD-MIB::oldLeak")  --> "1.3.6.1.4.1.32473.9.0.3"
---
-- another runtime doesn't know them
mib.find("pumpTank")  --> nil, "mib.find: no MIB module names 'pumpTank' (mib.load reads the MIB files of vendors)", "notfound"
---
-- imports come from what was loaded before
local dir = "../../host/mib/smi/testdata/lakeside/"
local r = mib.load(dir .. "pumps.mib", {add = false})
r.errors, mib.find("pumpTank")  --> 20, nil, "mib.find: no MIB module names 'pumpTank' (mib.load reads the MIB files of vendors)", "notfound"
local p = r.problems[1]
p.level, p.fault, p.missing, p.line, p.column, p.module  --> "error", "missing module", "LAKESIDE-SMI", 37, 14, "LAKESIDE-PUMP-MIB"
p.text  --> "imports lakesideMgmt, lakesideProducts from LAKESIDE-SMI, which is not among the files"
p.message  --> "../../host/mib/smi/testdata/lakeside/pumps.mib:37:14: imports lakesideMgmt, lakesideProducts from LAKESIDE-SMI, which is not among the files: load the directory that has it, too"
assert(mib.load(dir .. "Registry.TXT"))
mib.load(dir .. "pumps.mib").errors  --> 0
---
-- strict and permissive
local text = [[A_MIB DEFINITIONS ::= BEGIN IMPORTS enterprises FROM SNMPv2-SMI;
my_pump OBJECT-TYPE SYNTAX INTEGER { on(1) off(2) } ACCESS ReadOnly STATUS mandatory ::= { enterprises 32473 1 }
END]]
local r = mib.parse(text, {name = "a.mib"})
r.nodes, r.errors  --> 0, 4
r.problems[2].message  --> "a.mib:2:1: my_pump: my_pump has an underscore, which no name may have (RFC 2578 section 3.1): correct it, or load with permissive"
local r = mib.parse(text, {name = "a.mib", permissive = true})
r.nodes, r.errors, #r.problems, r.problems[2].level  --> 1, 0, 4, "warning"
mib.find("my_pump").enum.off, mib.find("my_pump").access  --> 2, "read-only"
---
-- what can't be read at all
mib.load("no/such/dir")  --> nil, "mib.load: no/such/dir: no such file or directory", "notfound"
mib.load("module.go")  --> nil, "mib.load: module.go: has no MIB module: NAME DEFINITIONS ::= BEGIN was not found", "malformed"
(select(2, mib.load("../csv"))):match("none of %d+ files has a MIB module")  ~= nil --> true
mib.load("doc.go")  --> nil, "mib.load: doc.go: has no MIB module: NAME DEFINITIONS ::= BEGIN was not found", "malformed"
mib.parse("")  --> nil, "mib.parse: text: has no MIB module: NAME DEFINITIONS ::= BEGIN was not found", "malformed"
---
-- misuse
mib.load("x", {permisive = true})  --> error: bad option 'permisive' to 'mib.load' (did you mean 'permissive'? expected one of: permissive, add)
---
mib.load(true)  --> error: bad argument #1 to 'mib.load' (path: string expected, got boolean)
---
mib.load()  --> error: bad argument #1 to 'mib.load' (path: string expected, got no value)

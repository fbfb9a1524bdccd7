-- an option that there isn't
lab{"h1 -- h2", mtuu = 5}  --> error: bad option 'mtuu' to 'lab' (did you mean 'mtu'? expected one of:
---
-- an option of a node
lab{"h1 -- h2", nodes = {h1 = {adresses = "10.0.0.1/24"}}}  --> error: bad option 'nodes' to 'lab' (entry 'h1': field 'adresses': did you mean 'addresses'?
---
-- a kind
lab{"h1 -- h2", nodes = {h1 = "bridge"}}  --> error: bad option 'nodes' to 'lab' (entry 'h1': field 'kind': invalid choice 'bridge': one of: host, router, switch
---
-- no topology
lab()  --> error: bad argument #1 to 'lab' (table expected, got no value)
---
-- a number for a line
lab{5}  --> error: bad argument #1 to 'lab' (entry 1: a line of text expected, got number)
---
-- an empty topology
lab{}  --> error: lab: the lab: it has no nodes (a line such as "linux -- R1 -- R2" makes some)
---
-- a clash of addresses
lab{"h1, h2 -- sw1", addresses = {h1 = "10.0.0.1/24", h2 = "10.0.0.1/24"}}  --> error: lab: interface h2.eth0: interface h1.eth0 has the address 10.0.0.1 already
---
-- a link that there isn't
lab{"R1 -- R2", mtu = {["R1--R3"] = 1300}}  --> error: lab: mtu of R1--R3: there is no such node, link or interface (did you mean R1--R2?)
---
-- faults of a link that there isn't
lab{"R1 -- R2", loss = {["R1--R3"] = 0.1}}  --> error: lab: link R1--R3: there is no such link (did you mean R1--R2?)
---
-- a loop
lab{"sw1 -- sw2", "sw1 -- sw2"}  --> error: lab: link sw1--sw2#2: it closes a ring of switches
---
-- an MTU below the least
lab{"R1 -- R2", mtu = 60}  --> error: lab: link R1--R2: an MTU of 60 is below 68, the least that IPv4 allows (RFC 791)
---
-- an MTU that is no number
lab{"R1 -- R2", mtu = {["R1--R2"] = "big"}}  --> error: bad option 'mtu' to 'lab' (entry 'R1--R2': number expected, got string)
---
-- a node that is called like a function of labs
lab{"stats -- h1"}  --> error: lab: node stats: net.stats is a function of every lab: choose another name
---
-- a chance that is none
lab{"h1 -- h2"}:link("h1--h2"):impair{loss = 2}  --> error: bad option 'loss' to 'lab{link}:impair'
---
-- a fault that there isn't
lab{"h1 -- h2"}:link("h1--h2"):impair{los = 0.2}  --> error: bad option 'los' to 'lab{link}:impair' (did you mean 'loss'?
---
-- a rate
lab{"h1 -- h2", rate = "fast"}  --> error: bad option 'rate' to 'lab' (bits a second expected, as a number or as "10Mbps", got "fast")
---
-- an end
lab{"h1 -- h2"}:link("h1--h2"):impair{loss = 0.2, from = "h3"}  --> error: lab{link}:impair: link h1--h2: it has no end at h3, but at h1 and h2
---
-- a link
lab{"h1 -- h2"}:link("h1-h2")  --> error: bad argument #1 to 'lab:link' (link h1-h2: there is no such link (did you mean h1--h2?))
---
-- sniffing a link that there isn't
lab{"h1 -- h2"}:sniff("h1--h3")  --> error: bad argument #1 to 'lab:sniff' (link h1--h3: there is no such link (did you mean h1--h2?))
---
-- a filter expression
lab{"h1 -- h2"}:sniff("all", {filter = "udp and"})  --> error: bad option 'filter' to 'lab:sniff'
---
-- capturing a link that there isn't
lab{"h1 -- h2"}:capture("h1--h3", "x.pcapng")  --> error: bad argument #1 to 'lab:capture' (link: link h1--h3: there is no such link (did you mean h1--h2?))
---
-- no function to run
lab{"h1 -- h2"}.h1:run(5)  --> error: bad argument #1 to 'lab{host}:run' (function expected, got number)
---
-- an interface that there isn't
lab{"h1 -- h2"}.h1:shutdown("eth1")  --> error: bad argument #1 to 'lab{host}:shutdown' (iface: h1 has no interface 'eth1': did you mean 'eth0'?)
---
-- a service that there isn't
lab{"h1 -- h2"}.h1:serve("htp")  --> error: module serve has no field 'htp': did you mean 'http'?
---
-- a service of a lab that there isn't
lab{"h1 -- h2", nodes = {h1 = {services = "htp"}}}  --> error: module serve has no field 'htp': did you mean 'http'?
---
-- a lab that doesn't come with moonwire
local net, message, kind = lab.open("pairs")
net, message:match("^lab.open: no lab 'pairs': did you mean 'pair'%? %(there are .*, mtu1300, pair, path, .*; a file ends in .lua, a topology is a text such as \"h1 %-%- h2\"%)$") ~= nil, kind  --> nil, true, notfound
lab.open("no.lua")  --> nil, lab.open: no.lua: no such file or directory, notfound
---
-- what a switch doesn't do
lab{"h1, h2 -- sw1"}.sw1:run(print)  --> error: lab{switch} has no field 'run'
---
-- a field of a host
print(lab{"h1 -- h2"}.h1.adress)  --> error: a lab's host has no field 'adress': did you mean 'address'?
---
-- an error on a host is raised where it was called
local net = lab{"h1 -- h2"}
net.h1:run(function()
  error("on h1")  --> error: on h1
end)
---
-- no value of any option is our fault
local values = {5, -1, 0/0, "x", "", "h1", "h1--h2", true, false, {}, {{}}, {5}, {"h1"}, {h1 = {}}, {h1 = {{}}}, {h1 = false}, {h1 = "10.0.0.1/24"},
  {h1 = {a = {b = {}}}}, {[""] = {}}, {[1.5] = {}}, {["h1--h2"] = {}}, {["h1--h2"] = 5}, {["h1--h2"] = "all"}, {[10] = "10.0.0.0/24"},
  {h1 = {kind = 5}}, {h1 = {addresses = {{}}}}, {h1 = {mac = {}}}, {h1 = {routes = {default = "h2"}}}, {h1 = {services = {{}}}}, {{"h1"}}, {{"h1", 5}},
  {{"h1", "h2", name = "h1--h2"}}, function() end}
local options = {"nodes", "links", "addresses", "networks", "mtu", "vlan", "mirror", "routes", "ipv4", "ipv6", "loop", "seed", "impair", "loss", "delay",
  "jitter", "rate"}
local refused, built = 0, 0
for _, option in ipairs(options) do
  for _, v in ipairs(values) do
    local ok, result = pcall(lab, {"h1 -- h2", [option] = v})
    if ok then result:close() built = built + 1 else refused = refused + 1 end
    assert(not tostring(result):find("at fault", 1, true), option .. ": " .. tostring(result))
  end
end
refused > 300, built > 20  --> true, true

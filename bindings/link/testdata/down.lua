-- an interface that goes down ends a loop with an error
local a, b = link.open("a"), link.open("b")
task.spawn(function() task.sleep(0.02) down.a() end)
local ok, err = pcall(function() for p in a:sniff{timeout=30} do end end)
ok, err.kind, tostring(err)  --> false, unreachable, a: the interface went down
b:send(packet.ip{dst="10.0.0.1"} / packet.udp{dport=5})
a:expect(packet.udp{dport=5}, 5).udp.dport  --> 5
---
-- an exchange fails
local a = link.open("a")
task.spawn(function() task.sleep(0.02) down.a() end)
a:exchange(packet.ip{dst="10.0.0.2"} / packet.udp{}, {timeout=30})  --> nil, link:exchange: a: the interface went down, unreachable

-- a network from a line of text
local net = lab{"linux -- R1 -- R2", mtu = {["R1--R2"] = 1300}}
net.R2.address, net.R2.name, net.R2.kind  --> 10.0.2.2, R2, router
tostring(net.R2)  --> router R2 10.0.2.2 fd00:0:0:2::2
net.R2 == net:host("R2"), net.R2 == net.R1  --> true, false
local e = net.R2.interfaces.eth0
e.address, e.mtu, e.mac, e.up, e.link  --> 10.0.2.2, 1300, 02:00:00:00:00:03, true, R1--R2
tostring(net):match("[^\n]+")  --> [linux]----------------------------(R1)--------- MTU 1300 ---------(R2)
net:link("R2--R1").name, net:link("R1 -- R2").mtu  --> R1--R2, 1300
---
-- functions run on hosts
local net = lab{"h1 -- R1 -- h2"}
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 60}) end)
net.h1:spawn(function(text) assert(dgram.udp{to = net.h2.address .. ":7000"}:send(text)) end, "hello from h1")
local data, meta = s:receive()
data, meta.peer:match("^[%d.]+"), meta.ttl  --> hello from h1, 10.0.1.2, 63
---
-- an unknown node
local net = lab{"h1 -- h2"}
print(net.h3)  --> error: this lab has no field 'h3': did you mean 'h1'?
---
-- a sniffer sees what links carry
local net = lab{"h1 -- R1 -- h2", ipv6 = false}
local seen = net:sniff("R1--h2", {filter = "udp", count = 1, timeout = 60})
net.h1:run(function() dgram.udp{to = net.h2.address .. ":9"}:send("seen") end)
local p, meta = seen:next()
p.ip.ttl, p.ip.src, meta.from, meta.link, meta.interface, meta.drop  --> 63, 10.0.1.2, R1, R1--h2, eth1, nil
seen:next()  -->
seen:next()  -->
---
-- frames that a link loses, with the reason
local net = lab{"h1 -- h2", ipv6 = false, loss = 1}
local seen = net:sniff("all", {count = 1, timeout = 60, lost = true})
net.h1:run(function() dgram.udp{to = net.h2.address .. ":9"}:send("lost") end)
for p, meta in seen do
  p.arp ~= nil, meta.drop  --> true, lost
end
---
-- what a filter returns must be a frame
local net = lab{"h1 -- h2"}
local function five() return 5 end  --> error: a filter returns nothing, true, false, a packet, bytes or a list of those, not a number
net:link("h1--h2"):impair{filter = five}
net.h1:run(function() dgram.udp{to = net.h2.address .. ":7000"}:send("x") end)
task.sleep(60)
---
-- a switch tells whom it has learned
local net = lab{"h1, h2, h3 -- sw1", ipv6 = false}
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 60}) end)
net.h1:run(function() dgram.udp{to = net.h2.address .. ":7000"}:send("x") end)
s:receive()
local rows = net.sw1:addresses()
#rows, rows[1].mac == net.h1.interfaces.eth0.mac, rows[1].port, rows[1].vlan, rows[1].age < 60  --> 2, true, p1, 0, true
local st = net.sw1:stats()
st.flooded >= 1, st.forwarded >= 1, st.storms  --> true, true, 0
---
-- an interface is shut down, and routes and addresses change
local net = lab{"h1 -- R1 -- h2", ipv6 = false}
local function reaches(to)
  return net.h1:run(function() return (assert(socket.tcp()):connect(to, 7)) == 1 end)
end
net.h2:serve("echo")
reaches(net.h2.address)  --> true
assert(net.h2:add_address("10.9.0.1/24"))
assert(net.R1:route("10.9.0.0/24", "h2"))
reaches("10.9.0.1")  --> true
assert(net.R1:unroute("10.9.0.0/24"))
net.R1:unroute("10.9.0.0/24")  --> nil, lab{host}:unroute: R1 has no route to 10.9.0.0/24 by a gateway, notfound
reaches("10.9.0.1")  --> false
assert(net.R1:shutdown("eth1"))
net.R1.interfaces.eth1.up, net:link("R1--h2").carrier  --> false, false
assert(net.R1:startup("eth1"))
net.R1.interfaces.eth1.up, net:link("R1--h2").carrier  --> true, true
reaches(net.h2.address)  --> true
net.R1:route("default", "h3")  --> error: bad argument #2 to 'lab{host}:route' (via: h3 is no address, and node h3: there is no such node (did you mean h1?))
---
-- VLANs are apart, and a router on a stick joins them
local net = lab.open("vlan")
local function ttl(from, to)
  local s = net[to]:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 60}) end)
  net[from]:run(function() dgram.udp{to = net[to].address .. ":7000"}:send("x") end)
  local _, meta = s:receive()
  s:close()
  return type(meta) == "table" and meta.ttl
end
net.a1.address, net.b2.address  --> 10.0.10.2, 10.0.20.3
ttl("a1", "a2"), ttl("a1", "b1"), ttl("b2", "a1")  --> 64, 63, 63
local tagged = net:sniff("sw1--sw2", {count = 1, timeout = 60, filter = "vlan 10"})
net.a1:run(function() dgram.udp{to = net.a2.address .. ":9"}:send("x") end)
local p = tagged:next()
p.dot1q.vlan  --> 10
---
-- what a link carries is written into a file
local name = os.tmpname()
local net = lab{"h1 -- R1 -- h2", ipv6 = false}
local c = net:capture("all", name)
local refusal = net:sniff("R1--h2", {filter = "icmp", count = 1, timeout = 60})
net.h1:run(function() dgram.udp{to = net.h2.address .. ":9"}:send("captured") end)
refusal:next() -- nobody is there
net:close()
local links, udp = {}, 0
for p, meta in assert(pcap.open(name)):packets() do
  links[meta.interface] = true
  if p.udp and not p.icmp then udp = udp + 1 end
end
links["h1--R1"], links["R1--h2"], udp  --> true, true, 2
os.remove(name)
---
-- services of a topology
local net = lab{"h1 -- h2", nodes = {h2 = {services = {"echo", daytime = true}}}}
local function ask()
  local c = assert(socket.connect(net.h2.address, 7))
  c:send("hello\n")
  return c:receive()
end
(net.h1:run(ask))  --> hello
tostring(net):match("%[h2: .-%]")  --> [h2: daytime, echo]
---
-- tasks on hosts: spawn and daemon
local net = lab{"h1 -- h2"}
local t = net.h2:spawn(function(a, b) return a + b, require "script".lab() end, 2, 3)
t:join()  --> 5, nil
local d = net.h2:daemon(task.sleep, 3600)
d:status()  --> running
---
-- a lab that nobody holds lives while somebody runs in it
local t = lab{"h1 -- h2"}.h1:spawn(function()
  for i = 1, 5 do collectgarbage() task.sleep(0.01) end
  return assert(dgram.udp{to = "10.0.1.2:9"}:send("x"))
end)
t:join()  --> 1
---
-- what is closed stays closed
local net = lab{"h1 -- h2"}
net:close(), net:close()  --> true, true
net.h1:run(function() return (dgram.udp{to = "10.0.1.2:9"}) end)  --> nil
---
-- names of the lab
local net = lab{"h1 -- h2", nodes = {h2 = {names = {"www.example.org"}}}, ipv6 = false}
(net.h1:run(socket.dns.toip, "www.example.org"))  --> 10.0.1.2
---
-- captures and forwards that nobody holds go on until the lab ends
local net, file = lab{"h1 -- h2"}, os.tmpname()
net.h2:serve_echo{}
net:capture("all", file)
local port = net:forward("127.0.0.1:0", "h2:7"):address():match("%d+$")
for _ = 1, 5 do
  collectgarbage()
  task.sleep(0.02)
end
local c = assert(socket.connect("127.0.0.1", port))
c:send("hello\n")
(c:receive())  --> hello
local refusal = net:sniff("all", {filter = "icmp or icmp6 and ip6[40] = 1", count = 1, timeout = 60})
net.h1:run(function() dgram.udp{}:send("seen", "h2:9") end)
refusal:next() -- nobody is there
net:close()
local seen
for p in pcap.open(file):packets() do seen = seen or p.raw and p.raw.load end
os.remove(file)
seen  --> seen
---
-- filters that look for VLAN tags work on a lab's links in real time, too
local net = lab{"h1 -- h2"}
(assert(net.h1:run(link.open, "eth0", {filter = "udp or vlan and udp"})):interface().name)  --> eth0

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
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 5}) end)
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
local seen = net:sniff("R1--h2", {filter = "udp", count = 1, timeout = 5})
net.h1:run(function() dgram.udp{to = net.h2.address .. ":9"}:send("seen") end)
local p, meta = seen:next()
p.ip.ttl, p.ip.src, meta.from, meta.link, meta.interface, meta.drop  --> 63, 10.0.1.2, R1, R1--h2, eth1, nil
seen:next()  -->
seen:next()  -->
---
-- frames that a link loses, with the reason
local net = lab{"h1 -- h2", ipv6 = false, loss = 1}
local seen = net:sniff("all", {count = 1, timeout = 5, lost = true})
net.h1:run(function() dgram.udp{to = net.h2.address .. ":9"}:send("lost") end)
for p, meta in seen do
  p.arp ~= nil, meta.drop  --> true, lost
end
---
-- a script's own filter passes, changes and drops frames
local net = lab{"h1 -- h2", ipv6 = false}
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 5}) end)
local senders = {}
net:link("h1--h2"):impair{filter = function(p, from)
  senders[from] = true
  if not p.udp then return end
  if p.raw.load == "drop" then return false, "for a test" end
  if p.raw.load == "change" then return p:set("raw.load", "chance"):set("udp.chksum", packet.auto) end
  if p.raw.load == "twice" then return {p, p:bytes()} end
end}
net.h1:run(function()
  local c = dgram.udp{to = net.h2.address .. ":7000"}
  for _, text in ipairs{"first", "drop", "change", "twice"} do c:send(text) end
end)
local got = {}
for i = 1, 4 do got[i] = s:receive() end
table.concat(got, " "), senders.h1, senders.h2  --> first chance twice twice, true, true
net:link("h1--h2"):stats().h1.drops["for a test"]  --> 1
---
-- what a filter returns must be a frame
local net = lab{"h1 -- h2"}
local function five() return 5 end  --> error: a filter returns nothing, true, false, a packet, bytes or a list of those, not a number
net:link("h1--h2"):impair{filter = five}
net.h1:run(function() dgram.udp{to = net.h2.address .. ":7000"}:send("x") end)
task.sleep(5)
---
-- a switch tells whom it has learned
local net = lab{"h1, h2, h3 -- sw1", ipv6 = false}
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 5}) end)
net.h1:run(function() dgram.udp{to = net.h2.address .. ":7000"}:send("x") end)
s:receive()
local rows = net.sw1:addresses()
#rows, rows[1].mac == net.h1.interfaces.eth0.mac, rows[1].port, rows[1].vlan, rows[1].age < 5  --> 2, true, p1, 0, true
local st = net.sw1:stats()
st.flooded >= 1, st.forwarded >= 1, st.storms  --> true, true, 0

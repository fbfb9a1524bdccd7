-- netdevice(7): interfaces
for _, host in ipairs{client, r1} do
  host:run(function()
    for _, i in ipairs(link.interfaces()) do
      local own = {}
      for _, a in ipairs(i.addresses) do if not a:find("^fe80") then own[#own + 1] = a end end
      table.sort(own)
      print(i.name, i.mtu, i.mac, i.up, i.loopback, table.concat(own, " "))
    end
  end)
end
---
-- RFC 4291 section 2.8: interfaces have a link-local address that follows from the MAC address
for _, i in ipairs(link.interfaces()) do
  for _, a in ipairs(i.addresses) do if a:find("^fe80") then print(i.name, a) end end
end
---
-- rtnetlink(7): routes
local list = r1:routes()
table.sort(list)
for _, r in ipairs(list) do
  if not r:find("^fe80") and not r:find("^ff") then print(r) end
end
---
-- rtnetlink(7): how packets leave
for _, to in ipairs{"10.0.3.1", "10.0.1.2", "127.0.0.1", "10.0.1.1", "fd00:3::1", "fd00:1::2", "::1"} do
  print(to, client:next_hop(to))
end
---
-- netdevice(7): an interface that is down sends nothing
print(peer:up("eth0", false))
peer:run(function()
  print(dgram.udp{}:send("x", "10.0.1.1:9"))
  print(dgram.udp{}:send("x", "10.0.3.1:9"))
  print(socket.connect("10.0.1.1", 9))
  print(link.open("eth0"))
  print(dgram.udp{}:send("x", "127.0.0.1:9"))
  print(dgram.udp{address = "10.0.1.2:9"} ~= nil)
end)
print(peer:up("eth0", true))
print(peer:run(function() return dgram.udp{}:send("x", "10.0.1.1:9") end))
---
-- netdevice(7): what an interface that was down forgets
print(peer:up("eth0", false), peer:up("eth0", true))
print(peer:next_hop("10.0.3.1"))
print(peer:next_hop("10.0.1.1"))
print(peer:next_hop("fd00:1::1"))
---
-- netdevice(7): connections outlast an interface that is down for a moment
local l = peer:run(socket.bind, "10.0.1.2", 9101)
local c = assert(socket.connect("10.0.1.2", 9101))
local s = l:accept()
print(peer:up("eth0", false), peer:up("eth0", true))
c:send("still there")
s:settimeout(5)
print(s:receive(11))
---
-- rtnetlink(7): addresses come and go
print(client:add_address("eth0", "10.0.1.8/24"))
print(client:add_address("eth0", "10.0.1.8/24"))
local s = peer:run(dgram.ping, {to = "10.0.1.8", timeout = 1})
s:send("x")
print((s:receive()))
print(client:del_address("eth0", "10.0.1.8/24"))
print(client:del_address("eth0", "10.0.1.8/24"))
s:send("x")
print((s:receive()))
---
-- rtnetlink(7): routes that can't be
print(client:add_route("10.5.0.0/16", "10.9.9.9"))
print(client:add_route("10.5.0.0/16", "10.0.1.2"))
print(client:add_route("10.5.0.0/16", "10.0.1.2"))
print(client:next_hop("10.5.1.1"))
print(client:del_route("10.5.0.0/16", "10.0.1.2"))
print(client:del_route("10.5.0.0/16", "10.0.1.2"))
print(client:next_hop("10.5.1.1"))
---
-- packet(7): a raw link sees what its host sends and what is for others
local l = peer:run(link.open, "eth0", {promiscuous = true, filter = "icmp"})
local own = peer:run(link.open, "eth0", {promiscuous = false, filter = "udp"})
local p = dgram.ping{to = "10.0.1.2", timeout = 5}
p:send("x")
p:receive()
for q, meta in l:sniff{count = 2, timeout = 5} do print(q.icmp.type, meta.direction) end
l:close()
local out = assert(link.open("eth0"))
out:send(packet.eth{dst = "02:00:00:00:00:99"} / packet.ip{dst = "10.0.1.2"} / packet.udp{sport = 1, dport = 1})
print((own:expect("udp", 0.2)))
---
-- RFC 8200 section 5: an MTU too short for IPv6
local function send() print(server:run(function() return dgram.udp{}:send("x", "[fd00:3::fe]:9") end)) end
print(server:mtu("eth0", 1280))
send()
print(server:mtu("eth0", 1279))
send()
print(server:mtu("eth0", 1500))
---
-- netdevice(7): an MTU that is too short or too long
for _, mtu in ipairs{0, 67, 68, 65535, 65536, 1500} do
  print(mtu, (server:mtu("eth0", mtu)))
end

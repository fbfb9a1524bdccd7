-- RFC 1112 section 7: who joined hears
local function open(host) return host:run(dgram.udp, {address = "0.0.0.0:8001", reuse = true, timeout = 0.3}) end
local a, b = open(peer), open(r1)
print(a:join("239.1.2.3", "eth0"))
local c = dgram.udp{device = "eth0"}
print(c:send("x", "239.1.2.3:8001"))
local data, meta = a:receive()
print(data, meta and meta.to, meta and meta.peer:match("^[%d.]+"), meta and meta.ttl)
print(b:receive())
print(a:leave("239.1.2.3", "eth0"))
print(c:send("y", "239.1.2.3:8001"))
print(a:receive())
---
-- RFC 4291 section 2.7: the same by IPv6
local function open(host) return host:run(dgram.udp, {address = "[::]:8002", reuse = true, timeout = 0.3}) end
local a, b = open(peer), open(r1)
print(a:join("ff02::1234", "eth0"))
local c = dgram.udp{family = "inet6"}
print(c:send("x", "[ff02::1234]:8002", {interface = "eth0"}))
local data, meta = a:receive()
print(data, meta and meta.to, meta and meta.ttl)
print(b:receive())
print(a:leave("ff02::1234", "eth0"))
print(c:send("y", "[ff02::1234]:8002", {interface = "eth0"}))
print(a:receive())
---
-- ip(7): joining twice, and leaving what wasn't joined
local s = dgram.udp{address = "0.0.0.0:8003"}
print(s:join("239.1.2.3", "eth0"))
print(s:join("239.1.2.3", "eth0"))
print(s:leave("239.1.2.3", "eth0"))
print(s:leave("239.1.2.3", "eth0"))
---
-- ip(7), IP_MULTICAST_LOOP: the sender's host hears too, unless it is told not to
local s = dgram.udp{address = "0.0.0.0:8004", timeout = 0.3}
s:join("239.1.2.4", "eth0")
local c = socket.udp4()
print(c:setsockname("10.0.1.1", 0))
print(c:setoption("ip-multicast-if", "10.0.1.1"))
print(c:sendto("loop", "239.1.2.4", 8004))
print((s:receive()))
print(c:setoption("ip-multicast-loop", false))
print(c:sendto("no loop", "239.1.2.4", 8004))
print(s:receive())
---
-- ip(7), IP_MULTICAST_TTL: one hop, unless it is told otherwise
local l = peer:run(link.open, "eth0", {filter = "udp and dst 239.1.2.5"})
local c = socket.udp4()
c:setsockname("10.0.1.1", 0)
c:setoption("ip-multicast-if", "10.0.1.1")
c:sendto("x", "239.1.2.5", 8005)
local p = assert(l:expect("udp", 5))
print(p.ip.ttl, p.eth.dst, p.ip.src)
print(c:setoption("ip-multicast-ttl", 9))
c:sendto("x", "239.1.2.5", 8005)
print(l:expect("udp", 5).ip.ttl)
---
-- RFC 1112 section 6.4: the frame's address follows from the group's
local l = peer:run(link.open, "eth0", {filter = "udp"})
local c = dgram.udp{}
for _, group in ipairs{"224.1.2.3", "239.129.2.3", "232.255.255.255"} do
  print(c:send("x", group .. ":8006"))
  print(l:expect("udp", 5).eth.dst)
end
---
-- RFC 3376 section 5.1: joining tells the routers
local l = r1:run(link.open, "eth0", {filter = "igmp"})
local s = dgram.udp{address = "0.0.0.0:8007"}
s:join("239.1.2.7", "eth0")
local p = assert(l:expect("igmp", 5))
print(p.ip.src, p.ip.dst, p.ip.ttl, p.eth.dst, p.igmp.type)
---
-- RFC 3810 section 6: joining tells the routers by IPv6
local l = r1:run(link.open, "eth0", {filter = "ip6 and ether src 02:00:00:00:00:01"})
local s = dgram.udp{address = "[::]:8008"}
s:join("ff02::7777", "eth0")
local p
repeat p = assert(l:expect("ip6", 5)) until p.icmp6 and p.icmp6.type == 143
print(p.ipv6.dst, p.ipv6.hlim, p.eth.dst, p.icmp6.type)
---
-- RFC 1812 section 5.2.1.1: routers without multicast routing forward no groups
local s = server:run(dgram.udp, {address = "0.0.0.0:8009", timeout = 0.3})
s:join("239.1.2.9", "eth0")
local l = assert(link.open("eth0"))
l:send(packet.ip{dst = "239.1.2.9", ttl = 9} / packet.udp{sport = 1, dport = 8009} / "x")
print(s:receive())
---
-- RFC 1122 section 3.2.1.3: a group is no source
local s = peer:run(dgram.udp, {address = "0.0.0.0:8010", timeout = 0.3})
local l = assert(link.open("eth0"))
for _, src in ipairs{"224.0.0.9", "255.255.255.255", "10.0.1.255"} do
  l:send(packet.ip{src = src, dst = "10.0.1.2"} / packet.udp{sport = 1, dport = 8010} / "x")
  print(src, (s:receive()))
end
---
-- RFC 1112 section 7.2: a group's datagrams reach who has the address of all
local s = peer:run(dgram.udp, {address = "239.1.2.11:8011", reuse = true, timeout = 0.3})
local any = peer:run(dgram.udp, {address = "0.0.0.0:8011", reuse = true, timeout = 0.3})
s:join("239.1.2.11", "eth0")
dgram.udp{}:send("x", "239.1.2.11:8011")
print((s:receive()))
print((any:receive()))

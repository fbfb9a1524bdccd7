-- RFC 791 section 3.2: how a host cuts a datagram
local s = peer:run(dgram.udp, {address = "10.0.1.2:6001", timeout = 5})
local l = peer:run(link.open, "eth0", {filter = "ip src 10.0.1.1"})
dgram.udp{to = "10.0.1.2:6001", df = "dont"}:send(("x"):rep(4000))
print(#s:receive())
local ids = {}
for p in l:sniff{count = 3, timeout = 5} do
  print(p.ip.frag, p.ip.flags, p.ip.len, p.ip.ttl, p.ip.proto)
  ids[p.ip.id] = true
end
local n = 0
for id in pairs(ids) do n = n + 1 end
print("one id", n == 1)
---
-- RFC 791 section 3.2: how a router cuts a datagram
local s = server:run(dgram.udp, {address = "10.0.3.1:6002", timeout = 5})
local l = server:run(link.open, "eth0", {filter = "ip src 10.0.1.1"})
local c = dgram.udp{to = "10.0.3.1:6002", df = "dont"}
c:send(("x"):rep(1472))
print(#s:receive())
for p in l:sniff{count = 2, timeout = 5} do print(p.ip.frag, p.ip.flags, p.ip.len, p.ip.ttl) end
---
-- RFC 791 section 3.2: how a router cuts fragments
local s = server:run(dgram.udp, {address = "10.0.3.1:6003", timeout = 5})
local l = server:run(link.open, "eth0", {filter = "ip src 10.0.1.1"})
local c = dgram.udp{to = "10.0.3.1:6003", df = "dont"}
c:send(("x"):rep(4000))
print(#s:receive())
for p in l:sniff{timeout = 0.3} do print(p.ip.frag, p.ip.flags, p.ip.len, p.ip.ttl) end
---
-- RFC 8200 section 4.5: how a host cuts a datagram
local s = peer:run(dgram.udp, {address = "[fd00:1::2]:6004", timeout = 5})
local l = peer:run(link.open, "eth0", {filter = "ip6 src fd00:1::1 and not icmp6"})
dgram.udp{to = "[fd00:1::2]:6004", df = "dont"}:send(("x"):rep(4000))
print(#s:receive())
for p in l:sniff{count = 3, timeout = 5} do
  print(p.ipv6.nh, p.ipv6.plen, p.ipv6_frag and p.ipv6_frag.offset, p.ipv6_frag and p.ipv6_frag.m, p.ipv6_frag and p.ipv6_frag.nh)
end
---
-- RFC 8200 section 5: routers don't fragment
local l = assert(link.open("eth0", {filter = "icmp6 and ip6[40] == 2"}))
local ipv6, udp = packet.ipv6, packet.udp
l:send(ipv6{dst = "fd00:3::1"} / udp{sport = 1, dport = 9} / ("x"):rep(1400))
local p = assert(l:expect("icmp6", 5))
print(p.ipv6.src, p.icmp6.type, p.icmp6.code, p.icmp6.mtu)
---
-- RFC 791 section 3.2: fragments in any order
local s = peer:run(dgram.udp, {address = "10.0.1.2:6005", timeout = 5})
local l = assert(link.open("eth0"))
local ip, udp = packet.ip, packet.udp
local parts = (ip{src = "10.0.1.1", dst = "10.0.1.2", id = 77} / udp{sport = 1, dport = 6005} / ("0123456789abcdef"):rep(200)):fragment{mtu = 600}
print(#parts)
for i = #parts, 1, -1 do l:send(parts[i]) end
print(s:receive() == ("0123456789abcdef"):rep(200))
---
-- RFC 791 section 3.2: a fragment that comes twice
local s = peer:run(dgram.udp, {address = "10.0.1.2:6006", timeout = 0.5})
local l = assert(link.open("eth0"))
local ip, udp = packet.ip, packet.udp
local parts = (ip{src = "10.0.1.1", dst = "10.0.1.2", id = 78} / udp{sport = 1, dport = 6006} / ("0123456789abcdef"):rep(100)):fragment{mtu = 600}
l:send(parts[1])
l:send(parts[1])
for i = 2, #parts do l:send(parts[i]) end
print(s:receive() == ("0123456789abcdef"):rep(100))
---
-- RFC 791 section 3.2: fragments of different datagrams don't mix
local s = peer:run(dgram.udp, {address = "10.0.1.2:6007", timeout = 5})
local l = assert(link.open("eth0"))
local ip, udp = packet.ip, packet.udp
local function parts(id, letter)
  return (ip{src = "10.0.1.1", dst = "10.0.1.2", id = id} / udp{sport = 1, dport = 6007} / (letter):rep(1000)):fragment{mtu = 600}
end
local a, b = parts(81, "a"), parts(82, "b")
l:send(a[1])
l:send(b[1])
l:send(b[2])
l:send(a[2])
print(s:receive() == ("b"):rep(1000), s:receive() == ("a"):rep(1000))
---
-- RFC 5722: fragments that overlap are dropped, IPv4's too
local s = peer:run(dgram.udp, {address = "10.0.1.2:6008", timeout = 0.5})
local l = assert(link.open("eth0"))
local ip, udp = packet.ip, packet.udp
local whole = (ip{src = "10.0.1.1", dst = "10.0.1.2", id = 91} / udp{sport = 1, dport = 6008, chksum = 0} / ("a"):rep(56)):build():bytes():sub(21)
l:send(ip{src = "10.0.1.1", dst = "10.0.1.2", id = 91, flags = "MF", frag = 0, proto = "udp"} / whole:sub(1, 40))
l:send(ip{src = "10.0.1.1", dst = "10.0.1.2", id = 91, flags = "MF", frag = 4, proto = "udp"} / ("b"):rep(16))
l:send(ip{src = "10.0.1.1", dst = "10.0.1.2", id = 91, frag = 6, proto = "udp"} / whole:sub(49))
print(s:receive())
---
-- RFC 791 section 3.2: a fragment whose length is no multiple of eight
local s = peer:run(dgram.udp, {address = "10.0.1.2:6009", timeout = 0.5})
local l = assert(link.open("eth0"))
local ip, udp = packet.ip, packet.udp
local whole = (ip{src = "10.0.1.1", dst = "10.0.1.2", id = 92} / udp{sport = 1, dport = 6009, chksum = 0} / ("a"):rep(56)):build():bytes():sub(21)
l:send(ip{src = "10.0.1.1", dst = "10.0.1.2", id = 92, flags = "MF", frag = 0, proto = "udp"} / whole:sub(1, 35))
l:send(ip{src = "10.0.1.1", dst = "10.0.1.2", id = 92, frag = 4, proto = "udp"} / whole:sub(33))
local data = s:receive()
print(data and #data)
---
-- RFC 791 section 3.2: fragments that make more than 65535 bytes
local s = peer:run(dgram.udp, {address = "10.0.1.2:6010", timeout = 0.3})
local l = assert(link.open("eth0"))
local ip, udp = packet.ip, packet.udp
l:send(ip{src = "10.0.1.1", dst = "10.0.1.2", id = 93, frag = 8189, proto = "udp"} / ("x"):rep(100))
print(s:receive())
dgram.udp{}:send("alive", "10.0.1.2:6010")
print((s:receive()))
---
-- RFC 6946: an IPv6 fragment that is the whole
local s = peer:run(dgram.udp, {address = "[fd00:1::2]:6011", timeout = 0.5})
local l = assert(link.open("eth0"))
l:send(packet.ipv6{dst = "fd00:1::2"} / packet.ipv6_frag{id = 5} / packet.udp{sport = 1, dport = 6011} / "atomic")
print((s:receive()))
---
-- RFC 791 section 3.2: missing fragments keep a datagram from arriving, and no other
local s = peer:run(dgram.udp, {address = "10.0.1.2:6012", timeout = 0.3})
local l = assert(link.open("eth0"))
local ip, udp = packet.ip, packet.udp
local parts = (ip{src = "10.0.1.1", dst = "10.0.1.2", id = 94} / udp{sport = 1, dport = 6012} / ("x"):rep(1000)):fragment{mtu = 600}
l:send(parts[1])
print(s:receive())
dgram.udp{}:send("other", "10.0.1.2:6012")
print((s:receive()))

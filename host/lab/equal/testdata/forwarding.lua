-- RFC 1812 section 5.3.1: a router takes one from the hop limit, and nothing else
local l = server:run(link.open, "eth0", {filter = "ip src 10.0.1.1"})
local out = assert(link.open("eth0"))
out:send(packet.ip{dst = "10.0.3.1", id = 77, ttl = 9, tos = 0x28} / packet.udp{sport = 1, dport = 9} / "x")
local p = assert(l:expect("udp", 5))
print(p.ip.ttl, p.ip.id, p.ip.tos, p.ip.flags, p.ip.len, p.eth.src, p.eth.dst)
---
-- RFC 8200 section 3: the same by IPv6
local l = server:run(link.open, "eth0", {filter = "ip6 src fd00:1::1 and udp"})
local out = assert(link.open("eth0"))
out:send(packet.ipv6{dst = "fd00:3::1", hlim = 9, tc = 0x28, fl = 0x12345} / packet.udp{sport = 1, dport = 9} / "x")
local p = assert(l:expect("udp", 5))
print(p.ipv6.hlim, p.ipv6.tc, p.ipv6.fl, p.ipv6.plen, p.eth.src, p.eth.dst)
---
-- RFC 1812 section 5.3.1: a hop limit of 1 ends at the router, and one of 2 at the next
local l = assert(link.open("eth0", {filter = "icmp or icmp6"}))
for ttl = 1, 2 do
  l:send(packet.ip{dst = "10.0.3.1", ttl = ttl} / packet.udp{sport = 1, dport = 9})
  local p = assert(l:expect("icmp", 5))
  print(p.ip.src, p.icmp.type, p.icmp.code)
end
---
-- RFC 1122 section 3.2.1.7: the last hop may have none left
local s = server:run(dgram.udp, {address = "10.0.3.1:9001", timeout = 1})
local c = dgram.udp{}
c:send("three", "10.0.3.1:9001", {ttl = 3})
local data, meta = s:receive()
print(data, meta and meta.ttl)
---
-- RFC 1122 section 3.3.1.1: a host forwards nothing
local l = server:run(link.open, "eth0", {filter = "ip src 10.0.1.1"})
local out = assert(link.open("eth0", {filter = "icmp"}))
out:send(packet.eth{dst = "02:00:00:00:00:02"} / packet.ip{dst = "10.0.3.1"} / packet.udp{sport = 1, dport = 9} / "x")
print((l:expect("udp", 0.3)))
print((out:expect("icmp", 0.1)))
---
-- RFC 1812 section 5.3: forwarding can be switched off and on
local function ping()
  local p = dgram.ping{to = "10.0.3.1", timeout = 0.3}
  p:send("x")
  print((p:receive()))
end
ping()
print(r1:forwarding(false))
ping()
print(r1:forwarding(true))
ping()
---
-- RFC 1812 section 5.3.7: addresses that no router forwards
local l = server:run(link.open, "eth0", {filter = "udp"})
local out = assert(link.open("eth0"))
local router = packet.eth{dst = "02:00:00:00:00:11"}
for _, p in ipairs{
  router / packet.ip{src = "127.0.0.1", dst = "10.0.3.1"},
  router / packet.ip{src = "0.0.0.0", dst = "10.0.3.1"},
  router / packet.ip{src = "224.0.0.1", dst = "10.0.3.1"},
  router / packet.ip{src = "255.255.255.255", dst = "10.0.3.1"},
  router / packet.ip{dst = "127.0.0.1"},
  router / packet.ip{dst = "240.0.0.1"},
  router / packet.ip{dst = "255.255.255.255"},
} do
  out:send(p / packet.udp{sport = 1, dport = 9} / "x")
  local got = l:expect("udp", 0.1)
  print(p.ip.src, p.ip.dst, got and got.ip.ttl)
end
---
-- RFC 4291 section 2.5.6: link-local addresses aren't forwarded
local l = server:run(link.open, "eth0", {filter = "ip6 and udp"})
local out = assert(link.open("eth0"))
out:send(packet.eth{dst = "02:00:00:00:00:11"} / packet.ipv6{src = "fe80::1", dst = "fd00:3::1"} / packet.udp{sport = 1, dport = 9} / "x")
print((l:expect("udp", 0.3)))
---
-- RFC 1812 section 5.2.4.3: the longest prefix wins
print(r1:add_route("10.0.3.1/32", "10.0.1.2"))
local p = dgram.ping{to = "10.0.3.1", timeout = 0.3}
p:send("x")
print((p:receive()))
print(r1:del_route("10.0.3.1/32", "10.0.1.2"))
p:send("x")
print((p:receive()))
---
-- RFC 1812 section 4.2.2.2: IP options pass
local l = server:run(link.open, "eth0", {filter = "ip src 10.0.1.1"})
local out = assert(link.open("eth0"))
out:send(packet.ip{dst = "10.0.3.1", options = {{"nop"}, {"nop"}, {"nop"}, {"eol"}}} / packet.udp{sport = 1, dport = 9} / "x")
local p = l:expect("udp", 0.5)
print(p and p.ip.ihl, p and p.ip.ttl)
---
-- RFC 1812 section 5.3.13.2: a source route
local l = server:run(link.open, "eth0", {filter = "ip src 10.0.1.1"})
local out = assert(link.open("eth0", {filter = "icmp"}))
out:send(packet.ip{dst = "10.0.1.254", options = {{"lsrr", {"10.0.3.1"}}}} / packet.udp{sport = 1, dport = 9} / "x")
print((l:expect("udp", 0.3)))
---
-- RFC 1812 section 5.3.9: scopes of the router's own answer
local s = dgram.udp{timeout = 5}
s:send("x", "10.0.2.1:9")
told(s)
s:send("x", "10.0.1.254:9")
told(s)

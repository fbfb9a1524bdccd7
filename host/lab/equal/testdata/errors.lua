-- RFC 792: routers where the hop limit ends say so, the far end where nobody listens
local s = dgram.udp{timeout = 5}
for ttl = 1, 3 do
  s:send("probe", "10.0.3.1:33434", {ttl = ttl})
  told(s)
end
---
-- RFC 4443 section 3.3: the same by IPv6
local s = dgram.udp{timeout = 5}
for ttl = 1, 3 do
  s:send("probe", "[fd00:3::1]:33434", {ttl = ttl})
  told(s)
end
---
-- RFC 1812 section 5.2.7.1: a router without a route says so
for _, to in ipairs{"10.9.9.9:9", "[fd99::9]:9"} do
  local s = dgram.udp{to = to}
  local kind, code, offender, mtu, info
  repeat -- Linux says it once in a while
    s:send("x")
    kind, code, offender, mtu, info = s:error{timeout = 0.5}
  until kind
  print(kind, code, offender, mtu, info.origin, info.kind, info.message)
end
---
-- RFC 1122 section 3.2.2.1: a protocol that nobody knows
local s = dgram.ip{proto = 253, to = "10.0.3.1", timeout = 5}
s:send("experiment")
print(s:receive())
told(s)
---
-- RFC 8200 section 4: a next header that nobody knows
local s = dgram.ip{proto = 253, to = "fd00:3::1", timeout = 5}
s:send("experiment")
print(s:receive())
told(s)
---
-- RFC 1191 section 3: a router that must not fragment says what fits
local s = dgram.udp{to = "10.0.3.1:4001", df = "do", timeout = 5}
s:send(("x"):rep(1400))
print(s:receive())
told(s)
---
-- RFC 8201 section 3: a router says what fits
local s = dgram.udp{to = "[fd00:3::1]:4001", df = "do", timeout = 5}
s:send(("x"):rep(1400))
print(s:receive())
told(s)
---
-- ip(7), IP_RECVERR: errors wait in order, each with what it brought back
local s = dgram.udp{timeout = 5}
for ttl = 1, 2 do s:send("number " .. ttl, "10.0.3.1:4002", {ttl = ttl}) task.sleep(0.05) end
for i = 1, 2 do
  local kind, code, offender, mtu, info = s:error{timeout = 5}
  print(kind, code, offender, info.payload)
end
print(s:error())
---
-- RFC 792: what a router quotes
local eth, ip, udp, icmp = packet.eth, packet.ip, packet.udp, packet.icmp
local l = assert(link.open("eth0", {filter = "icmp"}))
local c = dgram.udp{address = "10.0.1.1:4100"}
for _, size in ipairs{0, 100, 1000} do
  c:send(("q"):rep(size), "10.0.3.1:4003", {ttl = 1, df = "do"})
  local p = assert(l:expect("icmp[icmptype] == icmp-timxceed", 5))
  print(size, p.ip.src, p.ip.dst, p.ip.ttl, p.ip.tos, p.ip.len)
end
---
-- RFC 4443 section 2.4: what a router quotes by IPv6
local l = assert(link.open("eth0", {filter = "icmp6"}))
local c = dgram.udp{address = "[fd00:1::1]:4100"}
for _, size in ipairs{0, 100, 1200} do
  c:send(("q"):rep(size), "[fd00:3::1]:4003", {ttl = 1, df = "do"})
  local p = assert(l:expect("icmp6 and ip6[40] == 3", 5))
  print(size, p.ipv6.src, p.ipv6.dst, p.ipv6.hlim, p.ipv6.plen)
end
---
-- RFC 1122 section 3.2.2: no errors about broadcasts, multicasts, later fragments and errors
local ip, udp, icmp = packet.ip, packet.udp, packet.icmp
local l = assert(link.open("eth0", {filter = "icmp and src 10.0.1.2"}))
local function answer(what, p)
  l:send(p)
  local a = l:expect("icmp", 0.2)
  print(what, a and a.icmp.type, a and a.icmp.code)
end
answer("unicast", ip{dst = "10.0.1.2"} / udp{sport = 1, dport = 4004} / "x")
answer("broadcast", ip{dst = "10.0.1.255"} / udp{sport = 1, dport = 4004} / "x")
answer("all ones", ip{dst = "255.255.255.255"} / udp{sport = 1, dport = 4004} / "x")
answer("multicast", ip{dst = "224.0.0.1"} / udp{sport = 1, dport = 4004} / "x")
answer("later fragment", ip{dst = "10.0.1.2", frag = 100, proto = "udp"} / ("x"):rep(64))
answer("an error", ip{dst = "10.0.1.2"} / icmp{type = "dest-unreach", code = 3} / ip{src = "10.0.1.2", dst = "10.0.1.1"} / udp{sport = 1, dport = 2})
answer("from a broadcast", ip{src = "10.0.1.255", dst = "10.0.1.2"} / udp{sport = 1, dport = 4004} / "x")
answer("frame to all", packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / ip{dst = "10.0.1.2"} / udp{sport = 1, dport = 4004} / "x")
---
-- RFC 1812 section 4.3.2.7: routers are as silent
local ip, udp, icmp = packet.ip, packet.udp, packet.icmp
local l = assert(link.open("eth0", {filter = "icmp and src 10.0.1.254"}))
local function answer(what, p)
  l:send(p)
  local a = l:expect("icmp", 0.2)
  print(what, a and a.icmp.type, a and a.icmp.code)
end
answer("unicast", ip{dst = "10.0.3.1", ttl = 1} / udp{sport = 1, dport = 4004} / "x")
answer("later fragment", ip{dst = "10.0.3.1", ttl = 1, frag = 100, proto = "udp"} / ("x"):rep(64))
answer("an error", ip{dst = "10.0.3.1", ttl = 1} / icmp{type = "dest-unreach", code = 3} / ip{src = "10.0.3.1", dst = "10.0.1.1"} / udp{sport = 1, dport = 2})
answer("echo reply", ip{dst = "10.0.3.1", ttl = 1} / icmp{type = "echo-reply", id = 1, seq = 1})
answer("frame to all", packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / ip{dst = "10.0.3.1", ttl = 1} / udp{sport = 1, dport = 4004} / "x")
---
-- RFC 5461: an error for datagrams of somebody else isn't heard
local ip, udp, icmp = packet.ip, packet.udp, packet.icmp
local c = dgram.udp{address = "10.0.1.1:4005", to = "10.0.1.2:4006", timeout = 0.3}
peer:run(function()
  local l = assert(link.open("eth0"))
  l:send(ip{src = "10.0.1.2", dst = "10.0.1.1"} / icmp{type = "dest-unreach", code = 3} / ip{src = "10.0.1.1", dst = "10.0.1.2"} / udp{sport = 4007, dport = 4006})
  print(c:receive())
  l:send(ip{src = "10.0.1.2", dst = "10.0.1.1"} / icmp{type = "dest-unreach", code = 3} / ip{src = "10.0.1.1", dst = "10.0.1.2"} / udp{sport = 4005, dport = 4006})
  print(c:receive{timeout = 5})
end)

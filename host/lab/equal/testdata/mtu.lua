-- RFC 1191: what a host knows of a path, and learns
local s = dgram.udp{to = "10.0.3.1:5001", df = "do", timeout = 5}
print(s:mtu("10.0.3.1"), s:mtu("10.0.1.2"), s:mtu("127.0.0.1"))
print(s:send(("x"):rep(1472)))
print(s:receive())
print(s:mtu("10.0.3.1"))
print(s:send(("x"):rep(1273)))
print(s:send(("x"):rep(1272)))
print(s:mtu("10.0.1.2"))
---
-- RFC 8201: what a host knows of a path, and learns
local s = dgram.udp{to = "[fd00:3::1]:5001", df = "do", timeout = 5}
print(s:mtu("fd00:3::1"), s:mtu("fd00:1::2"), s:mtu("::1"))
print(s:send(("x"):rep(1452)))
print(s:receive())
print(s:mtu("fd00:3::1"))
print(s:send(("x"):rep(1253)))
print(s:send(("x"):rep(1252)))
print(s:mtu("fd00:1::2"))
---
-- ip(7), IP_PMTUDISC_DO: longer than the interface is refused at once
local s = dgram.udp{to = "10.0.1.2:5002", df = "do", timeout = 5}
print(s:send(("x"):rep(1473)))
local kind, code, offender, mtu, info = s:error{timeout = 5}
print(kind, code, offender, mtu, info and info.origin)
---
-- ip(7), IP_PMTUDISC_PROBE: what is known of the path doesn't count
local s = dgram.udp{to = "10.0.3.1:5003", df = "probe", timeout = 5}
print(s:send(("x"):rep(1472)))
print(s:receive())
print(s:send(("x"):rep(1472)))
print(s:receive())
print(s:send(("x"):rep(1473)))
---
-- ip(7), IP_PMTUDISC_DONT: routers fragment
local s = server:run(dgram.udp, {address = "10.0.3.1:5004", timeout = 5})
local c = dgram.udp{to = "10.0.3.1:5004", df = "dont", timeout = 0.2}
print(c:send(("x"):rep(1472)))
print(#s:receive())
print(c:receive())
---
-- ip(7), IP_PMTUDISC_WANT: fragments once the path is known
local s = server:run(dgram.udp, {address = "10.0.3.1:5005", timeout = 0.5})
local c = dgram.udp{to = "10.0.3.1:5005", df = "want"}
c:send(("x"):rep(1400))
s:receive()
print(c:send(("x"):rep(1400)))
print(#(s:receive() or ""))
---
-- ipv6(7), IPV6_MTU_DISCOVER: fragments once the path is known
local s = server:run(dgram.udp, {address = "[fd00:3::1]:5005", timeout = 0.5})
local c = dgram.udp{to = "[fd00:3::1]:5005", df = "want"}
c:send(("x"):rep(1400))
s:receive()
print(c:send(("x"):rep(1400)))
print(#(s:receive() or ""))
---
-- RFC 1191 section 6.4: TCP learns from packets that didn't fit
local l = server:run(socket.bind, "10.0.3.1", 5006)
local c = assert(socket.connect("10.0.3.1", 5006))
local s = l:accept()
c:settimeout(5)
s:settimeout(5)
c:send(("x"):rep(20000))
c:shutdown("send")
print(#s:receive("*a"))
print(dgram.udp{}:mtu("10.0.3.1"))
---
-- RFC 9293 section 3.7.1: the segment size that an end announces
local sniffer = server:run(link.open, "eth0", {filter = "tcp port 5007"})
local l = server:run(socket.bind, "*", 5007)
local c = assert(socket.connect("10.0.3.1", 5007))
local function mss(flags)
  local p = assert(sniffer:expect(packet.tcp{flags = flags}, 5))
  for _, o in ipairs(p.tcp.options) do
    if o[1]:lower() == "mss" then return o[2] end
  end
end
print("client", mss("S"))
print("server", mss("SA"))
---
-- RFC 1191 section 3: what a router says fits
local ip, udp, icmp = packet.ip, packet.udp, packet.icmp
local l = assert(link.open("eth0", {filter = "icmp"}))
l:send(ip{dst = "10.0.3.1", flags = "DF", id = 7} / udp{sport = 1, dport = 9} / ("x"):rep(1400))
local p = assert(l:expect("icmp[icmptype] == icmp-unreach", 5))
print(p.ip.src, p.icmp.type, p.icmp.code, p.icmp.nexthopmtu)
l:send(ip{dst = "10.0.3.1", flags = "DF", id = 7} / udp{sport = 1, dport = 9} / ("x"):rep(1272))
p = assert(l:expect("icmp[icmptype] == icmp-unreach", 5))
print(p.ip.src, p.icmp.type, p.icmp.code)
---
-- RFC 8200 section 5: interfaces have an MTU, and what is longer isn't sent
print(client:mtu("eth0", 1400))
local s = dgram.udp{to = "10.0.1.2:9", df = "do"}
print(s:mtu("10.0.1.2"))
print(s:send(("x"):rep(1373)))
print(s:send(("x"):rep(1372)))
print(client:mtu("eth0", 1500))
print(s:mtu("10.0.1.2"))
---
-- ping(8): a datagram that must not be cut
local p = dgram.ping{to = "10.0.3.1", df = "do", timeout = 5}
print(p:send(("x"):rep(1273)))
print(p:send(("x"):rep(1272)))
print(#p:receive())
---
-- RFC 4821: pmtu finds what the path carries
local pmtu = require "pmtu"
for _, opts in ipairs{{proto = "udp"}, {proto = "icmp"}, {proto = "udp", deaf = true, timeout = 0.2}} do
  local r = assert(pmtu("10.0.3.1", opts))
  print(r.mtu, r.method, r.reached)
end
local r = assert(pmtu("fd00:3::1"))
print(r.mtu, r.method, r.reached)

-- the kernel answers a ping, over two routers
local ip, icmp = packet.ip, packet.icmp
local r = assert(link.exchange(ip{dst="10.0.13.2"} / icmp{id=7, seq=packet.range(1, 5)} / "hello", {timeout=60}))
#r.answered, #r.unanswered, r.answered[1].received.ip.ttl, r.answered[1].received.raw.load  --> 5, 0, 62, hello
r.stats.kernel_drops, r.answered[1].rtt > 0, r.answered[1].rtt < 60  --> 0, true, true
---
-- IPv6, too
local r = assert(link.exchange(packet.ipv6{dst="fd00:13::2"} / packet.icmp6{type="echo-request", id=7, seq=9}, {timeout=60}))
#r.answered, r.answered[1].received.ipv6.src, r.answered[1].received.ipv6.hlim  --> 1, fd00:13::2, 62
---
-- and ARP
local l = assert(link.open{to="10.0.13.2"})
local r = assert(l:exchange(packet.arp{pdst="10.0.11.2"}, {timeout=60}))
local a = r.answered[1].received
a.arp.op, a.arp.psrc, a.arp.hwsrc == a.eth.src, a.eth.dst == l:interface().mac  --> 2, 10.0.11.2, true, true
l:interface().name  --> right
l:close()
---
-- routers and hosts send errors about what was sent
local ip, udp = packet.ip, packet.udp
local list = {}
for ttl = 1, 3 do list[ttl] = ip{dst="10.0.13.2", ttl=ttl, id=100 + ttl} / udp{sport=40000, dport=33434} / "probe" end
local r = assert(link.exchange(list, {timeout=60}))
local hops = {}
for q, a in r:pairs() do hops[q.ip.ttl] = a.ip.src .. " " .. a.icmp.type .. " " .. a.icmp.code end
table.concat(hops, ", ")  --> 10.0.11.2 11 0, 10.0.12.2 11 0, 10.0.13.2 3 3
local r = assert(link.exchange(packet.ipv6{dst="fd00:13::2", hlim=packet.range(1, 3)} / udp{sport=40000, dport=33434} / "probe", {timeout=60}))
#r.answered  --> 3
local r = assert(link.exchange(ip{dst="10.0.13.2", flags="DF"} / udp{sport=40000, dport=33434} / ("x"):rep(1400), {timeout=60}))
local e = r.answered[1].received
e.ip.src, e.icmp.type, e.icmp.code, e.icmp.nexthopmtu  --> 10.0.11.2, 3, 4, 1300
---
-- a scan finds the open port and the closed ones
local r = assert(link.exchange(packet.ip{dst="10.0.13.2"} / packet.tcp{sport=41000, dport={79, 80, 81}, flags="S", seq=1000}, {timeout=60}))
local ports = {}
for q, a in r:pairs() do ports[#ports + 1] = q.tcp.dport .. " " .. a.tcp.flags end
table.sort(ports)
table.concat(ports, ", ")  --> 79 RA, 80 SA, 81 RA
---
-- a handshake by hand is not reset by the kernel
local ip, tcp = packet.ip, packet.tcp
local g = assert(link.guard("10.0.11.1"))
local l = assert(link.open{to="10.0.13.2", filter="tcp port " .. g:port()})
local base = ip{dst="10.0.13.2"}
local r = assert(l:exchange(base / tcp{sport=g:port(), dport=80, flags="S", seq=1000}, {timeout=60}))
local sa = r.answered[1].received
sa.tcp.flags, sa.tcp.ack  --> SA, 1001
l:send(base / tcp{sport=g:port(), dport=80, flags="A", seq=1001, ack=sa.tcp.seq + 1})
local r = assert(l:exchange(base / tcp{sport=g:port(), dport=80, flags="PA", seq=1001, ack=sa.tcp.seq + 1} / "hello", {timeout=60}))
r.answered[1].received.tcp.flags, r.answered[1].received.tcp.ack  --> A, 1006
l:send(base / tcp{sport=g:port(), dport=80, flags="RA", seq=1006, ack=sa.tcp.seq + 1})
g:close()
---
-- without a guard the kernel resets it
local l = assert(link.open{to="10.0.13.2", filter="tcp port 42000"})
local syn = packet.ip{dst="10.0.13.2"} / packet.tcp{sport=42000, dport=80, flags="S", seq=1000}
l:send(syn)
local sa = assert(l:expect(packet.tcp{flags="SA"}, 60))
local reset, meta = assert(l:expect(packet.tcp{flags="R", sport=42000}, 60))
reset.tcp.seq == sa.tcp.ack, meta.direction  --> true, out
l:close()
---
-- the loopback interface, where the kernel believes that packets are from there
local r = assert(link.exchange(packet.ip{dst="127.0.0.1"} / packet.icmp{id=1, seq=1}, {timeout=60}))
#r.answered, r.answered[1].meta.interface  --> 1, lo
#link.exchange(packet.ipv6{dst="::1"} / packet.icmp6{type="echo-request", id=1, seq=1}, {timeout=60}).answered  --> 1
---
-- a neighbour that isn't there
local n, message, kind = link.send(packet.ip{dst="10.0.11.99"} / packet.icmp{})
kind  --> unreachable
---
-- all interfaces at once, for reading
local all = assert(link.open("any", {filter="icmp and host 10.0.13.2"}))
local r = assert(link.exchange(packet.ip{dst="10.0.13.2"} / packet.icmp{id=9, seq=1}, {timeout=60}))
local p, meta = all:expect(packet.icmp{type="echo-reply", id=9}, 60)
p[1].pkttype, p.ip.src, meta.interface, meta.direction  --> 0, 10.0.13.2, right, in
select(3, all:send(packet.ip{dst="10.0.13.2"} / packet.icmp{}))  --> unsupported
all:close()

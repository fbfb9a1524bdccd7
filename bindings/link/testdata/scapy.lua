-- Scapy answers, and each answer is found
local eth, ip, icmp, tcp, udp, dns = packet.eth, packet.ip, packet.icmp, packet.tcp, packet.udp, packet.dns
local l = assert(link.open("eth0"))
local r = assert(l:exchange(packet.arp{pdst="10.0.0.50"}, {timeout=60}))
r.answered[1].received.arp.hwsrc  --> 02:00:00:00:00:02
local r = assert(l:exchange(ip{dst="10.0.0.50"} / icmp{id=7, seq=packet.range(1, 20)} / "data", {timeout=60, rate="100pps"}))
#r.answered, r.answered[20].received.raw.load  --> 20, data
local r = assert(l:exchange(ip{dst="10.0.0.50"} / tcp{sport=1000, dport=80, flags="S", seq=100}, {timeout=60}))
r.answered[1].received.tcp.flags, r.answered[1].received.tcp.ack  --> SA, 101
local r = assert(l:exchange(ip{dst="10.0.0.50"} / udp{sport=1000, dport=53} / dns{id=9, qd={{qname="a.example.", qtype="A"}}}, {timeout=60}))
r.answered[1].received.dns.id  --> 9
local r = assert(l:exchange(ip{dst="10.0.0.50"} / udp{sport=1000, dport=9} / "x", {timeout=60}))
r.answered[1].received.icmp.type, r.answered[1].received.icmp.code  --> 3, 3
l:close()

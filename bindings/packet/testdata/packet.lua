-- layers stack, lower ones learn from upper ones
local eth, ip, udp = packet.eth, packet.ip, packet.udp
local p = eth{dst="02:00:00:00:00:02", src="02:00:00:00:00:01"} / ip{src="10.0.0.1", dst="10.0.0.2", ttl=3} / udp{sport=1000, dport=33434} / "probe"
bytes.hex(p:bytes())  --> 020000000002020000000001080045000021000100000311a3c90a0000010a00000203e8829a000d207a70726f6265
---
-- a set field stays, packet.auto gives it back
local p = packet.ip{chksum=0xdead} / packet.udp{}
p:build().ip.chksum  --> 57005
p.ip.chksum = packet.auto
p.ip.chksum  --> nil
p:build().ip.chksum ~= 57005  --> true
---
-- what is there reads back
local p = packet.eth{} / packet.ip{ttl=3, dst="10.0.0.2"}
p.ip.ttl, p.ttl, p.ip.dst, p.udp, p[2].ttl, p[3]  --> 3, 3, 10.0.0.2, nil, 3, nil
p.ttl = 9
p.ip.ttl  --> 9
---
-- a misspelt field raises with the nearest
packet.ip{tll=3}  --> error: ip has no field named 'tll' (did you mean 'ttl'?)
---
-- a misspelt field of a layer raises
local p = packet.ip{}
p.ip.tll = 3  --> error: ip has no field named 'tll' (did you mean 'ttl'?)
---
-- a misspelt layer raises
local p = packet.ip{}
print(p.upd)  --> error: (did you mean 'udp'?)
---
-- a value out of range names field, range and value
packet.udp{dport=70000}  --> error: udp.dport: 0 to 65535 expected, got 70000
---
-- a short MAC address is refused
packet.eth{dst="02:00:00:00:00"}  --> error: eth.dst: MAC address of six bytes expected, got "02:00:00:00:00"
---
-- a negative number is refused
packet.ip{ttl=-1}  --> error: ip.ttl: 0 to 255 expected, got -1
---
-- a string can't be concatenated to a packet
local p = packet.ip{} / "a" .. "b"  --> error: '/' stacks layers
---
-- several values are several packets
local s = packet.ip{dst="192.0.2.0/30", ttl=packet.range(1, 9)} / packet.udp{dport={53, 80}} / "x"
s:count()  --> 72
s[1].ip.dst, s[1].udp.dport, s[2].udp.dport, s[72].ttl, s[73]  --> 192.0.2.0, 53, 80, 9, nil
local n = 0
for p in s:each() do n = n + #p:bytes() end
n  --> 2088
---
-- building several packets as one is refused
local s = packet.ip{ttl={1, 2}}
s:bytes()  --> error: these are several packets: take 'bytes' of each
---
-- a value among several that does not fit is refused
packet.ip{ttl={1, 256}}  --> error: ip.ttl: 0 to 255 expected, got 256
---
-- several values are no value of a made layer's field
local p = packet.ip{}
p.ip.ttl = {1, 2}  --> error: several values make several packets
---
-- a template cycles, counts, and its checksums follow
local p = packet.ip{} / packet.udp{} / "data"
local t = p:template{["ip.id"]=packet.counter(10, 5), ["ip.src"]="10.0.0.0/30", ["udp.dport"]=packet.range(1, 3)}
local q
for i = 1, 5 do q = packet.decode(t:next(), "ip") end
q.ip.id, q.ip.src, q.udp.dport  --> 30, 10.0.0.0, 2
local want = packet.ip{id=30, src="10.0.0.0"} / packet.udp{dport=2} / "data"
q:bytes() == want:bytes()  --> true
---
-- a template of a field of varying width is refused
packet.ip{}:template{["ip.options"]={"a"}}  --> error: ip.options: a field of fixed width
---
-- options are lists; a wrong one names the option and what it takes
local t = packet.tcp{options={{"mss", 1460}, {"sackok"}, {"timestamp", 1, 0}, {"nop"}, {"wscale", 7}}}
t.tcp.options[1][1], t.tcp.options[1][2], t:build().tcp.dataofs  --> mss, 1460, 10
packet.decode(t:bytes(), "tcp").tcp.options[5][2]  --> 7
packet.tcp{options={{"mss", 70000}}}  --> error: tcp.options (mss.mss): 0 to 65535 expected, got 70000
---
-- an unknown option is refused by name, not by number
#packet.tcp{options={{99, "ab"}}}:bytes()  --> 24
packet.tcp{options={{"mms", 1460}}}  --> error: tcp.options: number or one of eol, nop, mss
---
-- options with named values
local p = packet.ip{options={{"rr", {"0.0.0.0", "0.0.0.0"}}, {"router_alert", 0}}}
p.ip.options[1].routers[2], p.ip.options[2].type, p:build().ip.ihl  --> 0.0.0.0, router_alert, 9
local q = packet.ipv6{} / packet.icmp6{type="ra", options={{"mtu", 1400}, {"prefix", prefix="2001:db8::"}}}
q.icmp6.options[1].mtu, q.icmp6.options[2].prefixlen  --> 1400, 64
packet.icmp6{type="ra", options={{"prefix", prefx="2001:db8::"}}}  --> error: did you mean 'prefix'?
---
-- what discovery needs below it comes by itself
local p = packet.ipv6{} / packet.icmp6{type="rs"}
p.ipv6.hlim, p:build().ipv6.hlim, p:build().ipv6.dst  --> 64, 255, ff02::2
p.ipv6.hlim = 9
p:build().ipv6.hlim  --> 9
---
-- an ICMP error's quote is layers of its own
local p = packet.ip{src="10.0.0.254", dst="10.0.0.1"} / packet.icmp{type="time-exceeded"} / packet.ip{src="10.0.0.1", dst="10.0.0.2", ttl=1} / packet.udp{sport=7, dport=33434}
local q = packet.decode(p:bytes(), "ip")
q.ip.src, q:layer("ip", 2).dst, q.udp.dport  --> 10.0.0.254, 10.0.0.2, 33434
---
-- a code is shown by the name it has in a message of its type
local icmp, icmp6 = packet.icmp, packet.icmp6
local p = icmp{type=3, code="port-unreachable"}
p.code, p:text("icmp.code"), p:show{print=false}:match("code +(%C+)")  --> 3, port-unreachable, port-unreachable (3)
icmp{type=11, code=1}:text("icmp.code"), icmp{type=8, code=1}:text("icmp.code"), icmp{type=3, code=8}:text("icmp.code")  --> ttl-zero-during-reassembly, 1, 8
icmp6{type=3, code=1}:text("icmp6.code"), icmp6{type=1, code="no-route"}:text("icmp6.code")  --> reassembly-time-exceeded, no-route
icmp{type=3, code="no-such"}  --> error: icmp.code: 0 to 255 expected, got "no-such"
---
-- a destination that nobody set is the group that the packet goes to
local eth, dot1q, ip, udp = packet.eth, packet.dot1q, packet.ip, packet.udp
local p = eth{} / dot1q{} / ip{dst="239.129.1.2"} / udp{}
p:build().eth.dst  --> 01:00:5e:01:01:02
p.ip.dst = "10.0.0.2"
p:build().eth.dst  --> ff:ff:ff:ff:ff:ff
(eth{} / packet.eapol{}):build().eth.dst, (eth{dst="02:00:00:00:00:09"} / packet.eapol{}):build().eth.dst  --> 01:80:c2:00:00:03, 02:00:00:00:00:09
local q = (eth{} / ip{} / packet.ospf{} / packet.ospf_hello{}):build()
q.ip.dst, q.eth.dst  --> 224.0.0.5, 01:00:5e:00:00:05
(eth{} / packet.ipv6{dst="ff02::1:ff00:9"} / packet.icmp6{type=135, tgt="fe80::9"}):build().eth.dst  --> 33:33:ff:00:00:09
---
-- a header that its own fields would not make again is said in bytes
packet.decode("GET / HTTP/1.1", "http"):lua()  --> "GET / HTTP/1.1"
packet.decode("GET / HTTP/1.1\rX: y\r\n\r\n", "http"):lua()  --> "GET / HTTP/1.1\rX: y\r\n\r\n"
packet.decode("GET /x HTTP/1.1\r\n\r\n", "http"):lua()  --> http{Method="GET", Path="/x", Http_Version="HTTP/1.1", headers={}}
packet.decode("", "lldp"):lua(), packet.decode("", "ospf_lsreq"):lua(), packet.decode("", "ospf_lsack"):lua()  --> "", "", ""
---
-- what would suit what follows is said where it does not stand there
local wire = (packet.ip{tos=0, ttl=9, dst="10.0.0.1"} / packet.igmp{type=0x22}):bytes()
packet.decode(wire, "ip"):lua():find("tos=0x0", 1, true) ~= nil  --> true
---
-- A table that holds itself, or the same one over and over, is refused at once.
local packet = require "packet"
local itself, same = {1}, {}
itself[2], itself.x = itself, itself
for _ = 1, 39 do same = {same, same} end
for _, value in ipairs{itself, same} do
  assert(not pcall(function() return packet.ip{options = value} end))
end

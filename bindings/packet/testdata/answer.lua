-- replies answer
local eth, ip, ipv6, udp, tcp, icmp, icmp6, arp = packet.eth, packet.ip, packet.ipv6, packet.udp, packet.tcp, packet.icmp, packet.icmp6, packet.arp
local frame = eth{src="02:00:00:00:00:01", dst="02:00:00:00:00:02"}
local v4, v6 = ip{src="10.0.0.1", dst="10.0.0.2"}, ipv6{src="fd00::1", dst="fd00::2"}
for _, q in ipairs{
  frame / v4 / icmp{id=1, seq=2} / "data",
  frame / v4 / icmp{type="timestamp-request", id=1, seq=2},
  frame / v6 / icmp6{type="echo-request", id=1, seq=2} / "data",
  frame / packet.dot1q{vlan=5} / v4 / udp{sport=1000, dport=7} / "data",
  frame / v4 / tcp{sport=1000, dport=80, flags="S", seq=4294967295},
  frame / v4 / tcp{sport=1000, dport=80, flags="PA", seq=7, ack=9} / "hello",
  eth{src="02:00:00:00:00:01"} / arp{psrc="10.0.0.1", pdst="10.0.0.2", hwsrc="02:00:00:00:00:01"},
} do
  local a = q:reply()
  local ok, reason = a:answers(q)
  assert(ok, tostring(q) .. " <- " .. tostring(a) .. ": " .. tostring(reason))
  assert(not q:answers(a) or q.arp == nil and q.icmp == nil)
  assert(a.eth.dst == "02:00:00:00:00:01" and (a.dot1q == nil or a.dot1q.vlan == 5))
end
local syn = v4 / tcp{sport=1000, dport=80, flags="S", seq=4294967295}
syn:reply().tcp.ack, syn:reply{seq=77}.tcp.seq, syn:reply().tcp.flags  --> 0, 77, SA
local who = arp{psrc="10.0.0.1", pdst="10.0.0.2"}:reply{hwsrc="02:00:00:00:00:09"}
who.arp.op, who.arp.hwsrc, who.arp.psrc, who.arp.pdst  --> 2, 02:00:00:00:00:09, 10.0.0.2, 10.0.0.1
(ip{src="10.0.0.1", dst="224.0.0.1"} / icmp{}):reply().ip.src  --> 0.0.0.0
packet.raw("x"):reply()  --> nil, nobody knows how to reply to raw 1 bytes, unsupported
---
-- a script's protocol has its own rule
local hb = packet.protocol("hb", {"id", bits=8}, {bind={udp={dport=7777}}, answers=function(a, q) return a.id == q.id + 1 end})
local function beat(src, dst, id) return packet.ip{src=src, dst=dst} / packet.udp{sport=7777, dport=7777} / hb{id=id} end
beat("10.0.0.2", "10.0.0.1", 5):answers(beat("10.0.0.1", "10.0.0.2", 4))  --> true
(select(2, beat("10.0.0.2", "10.0.0.1", 5):answers(beat("10.0.0.1", "10.0.0.2", 5))))  --> hb: its answer rule says no
---
-- a packet without layers fits no expression
packet.decode("", "eth"):fits("udp")  --> false

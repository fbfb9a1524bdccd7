-- three pieces of an echo of 3800 bytes, in Ethernet
local p = packet.eth{src="02:00:00:00:00:01", dst="02:00:00:00:00:02"} / packet.ip{src="10.0.0.1", dst="10.0.0.2", id=0xbeef} / packet.icmp{id=1, seq=1} / ("x"):rep(3800)
local f = p:fragment{mtu=1300}
#f, f[1].ip.flags, f[1].ip.len, f[2].ip.frag, f[3].ip.frag, f[3].ip.len  --> 3, MF, 1300, 160, 320, 1268
f[1].icmp.chksum == p:build().icmp.chksum, f[2].icmp, f[1].eth.dst, f[3].ip.id  --> true, nil, 02:00:00:00:00:02, 48879
p:fragment{mtu=4000}[1]:bytes() == p:bytes()  --> true
---
-- the MTU counts the datagram, whatever its link
local ip = packet.ip{src="10.0.0.1", dst="10.0.0.2"} / packet.udp{} / ("x"):rep(2000)
for _, q in ipairs{ip, packet.eth{} / ip, packet.eth{} / packet.dot1q{} / ip} do
  assert(q:fragment{mtu=1300}[1].ip.len == 1300)
end
---
-- don't fragment is obeyed, or overridden
local p = packet.ip{flags="DF"} / packet.udp{} / ("x"):rep(2000)
p:fragment{mtu=1300, force=true}[1].ip.flags  --> MF+DF
p:fragment{mtu=1300}  --> error: packet:fragment: don't fragment is set, and the datagram of 2028 bytes is longer than the MTU of 1300 (clear ip.flags, or force)
---
-- options that make no sense raise
local p = packet.ip{} / packet.udp{} / ("x"):rep(2000)
p:fragment{mtu=1300, overlap=5}  --> error: an overlap of 5 bytes; offsets count 8 bytes
---
-- a misspelt option raises
(packet.ip{} / packet.udp{}):fragment{mut=1300}  --> error: did you mean 'mtu'?
---
-- an MTU must be given
(packet.ip{} / packet.udp{}):fragment{}  --> error: mtu
---
-- an unknown order raises
(packet.ip{} / packet.udp{}):fragment{mtu=1300, order="revers"}  --> error: order
---
-- an unknown policy raises
packet.reassemble{policy="windows"}  --> error: policy
---
-- adversarial pieces and what each policy makes of them
local p = packet.ip{src="10.0.0.1", dst="10.0.0.2", id=7, proto=253} / ("a"):rep(48)
local function text(policy, opts)
  local r, whole = packet.reassemble{policy=policy}
  opts.mtu = 44
  for _, f in ipairs(p:fragment(opts)) do whole = r:add(f) or whole end
  return whole and whole.raw.load
end
text("first", {overlap=8, fill="B"})  --> aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
text("last", {overlap=8, fill="B"})  --> aaaaaaaaaaaaaaaaBBBBBBBBaaaaaaaaBBBBBBBBaaaaaaaa
text("bsd", {overlap=8, fill="B"})  --> aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
text("bsd", {overlap=8, fill="B", order="reverse"})  --> aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
text("linux", {overlap=8, fill="B"})  --> nil
text("rfc5722", {overlap=8})  --> nil
text("rfc5722", {twice=true, order="reverse"}) == ("a"):rep(48)  --> true
text("linux", {gap=-1})  --> nil
---
-- IPv6
local p = packet.ipv6{src="fd00::1", dst="fd00::2"} / packet.udp{sport=1, dport=2} / ("x"):rep(2000)
local f = p:fragment{mtu=1280, id=77}
#f, f[1].ipv6_frag.id, f[1].ipv6.plen, f[2].ipv6_frag.offset, f[2].ipv6_frag.m, f[1].udp.dport  --> 2, 77, 1240, 154, 0, 2
local r = packet.reassemble{}
r:add(f[2])
r:add(f[1]):bytes() == p:bytes()  --> true
---
-- a stream of frames: fragments are put together, the rest passes
local eth, ip, udp = packet.eth{}, packet.ip{src="10.0.0.1", dst="10.0.0.2", id=7}, packet.udp{sport=1, dport=2}
local long, short = eth / ip / udp / ("x"):rep(3000), eth / ip / udp / "short"
local frames = long:fragment{mtu=1300}
table.insert(frames, 2, short)
local i = 0
local function sniff() i = i + 1; return frames[i], frames[i] and {sec=i, nsec=500000000} end
local r, seen = packet.reassemble{}, {}
for p, meta in r:each(sniff) do seen[#seen + 1] = #p .. "@" .. meta.sec end
table.concat(seen, " ")  --> 47@2 3042@4
local kinds = {}
for _, e in ipairs(r:events()) do kinds[#kinds + 1] = e.kind end
table.concat(kinds, " "), #r:events()  --> accepted accepted accepted completed, 0
---
-- time passes with the packets
local p = packet.ip{src="10.0.0.1", dst="10.0.0.2", id=7} / packet.udp{} / ("x"):rep(2000)
local f = p:fragment{mtu=1300}
local r = packet.reassemble{timeout=2}
r:add(f[1], 10)
local _, events = r:add(packet.udp{}, 12)
events[1].kind, events[1].time, events[1].reason, events[1].src, events[1].id  --> timeout, 12, bytes from 1280 on are missing, 10.0.0.1, 7
(r:add(f[2], 12))  --> nil
---
-- what is not a packet raises
for p in packet.reassemble{}:each(function() return "x" end) do end  --> error: packets expected from the iterator, got string

-- a packet goes out with its addresses filled in, and stays as it was
local eth, ip, icmp = packet.eth, packet.ip, packet.icmp
local a, b = assert(link.open("a")), assert(link.open("b"))
local p = ip{dst="10.0.0.2"} / icmp{id=7, seq=1} / "hello"
a:send(p)  --> 1
local q, meta = b:sniff{count=1, timeout=5}:next()
q.eth.src, q.eth.dst, q.ip.src, q.ip.dst  --> 02:00:00:00:00:01, 02:00:00:00:00:02, 10.0.0.1, 10.0.0.2
q.raw.load, meta.interface, meta.direction, meta.len, meta.caplen, meta.checksum  --> hello, b, in, 47, 47, unknown
p.ip.src, p.eth  --> 0.0.0.0, nil
math.abs(meta.time - clock.now()) < 5 or meta.t >= 0  --> true
meta.sec > 0 and meta.nsec >= 0, meta.vlan, meta.reception  --> true, nil, unicast
a:close() b:close() b:close()
meta.interfce()  --> error: link{meta} has no field 'interfce': did you mean 'interface'?
---
-- lists, counts and bytes
local a, b = link.open("a"), link.open("b")
local list = {}
for i = 1, 10 do list[i] = packet.eth{dst="02:00:00:00:00:02", type=0x88b5} / ("number " .. i) end
a:send(list)  --> 10
a:send(list[1], {count=5})  --> 5
a:send({list[1], ("x"):rep(60), {list[2]}}, {count=2, rate="10kpps"})  --> 6
local n, sniffer = 0, b:sniff{timeout=0.2}
for p in sniffer do n = n + 1 end
n, sniffer.stats.received, sniffer.stats.kernel_drops, sniffer.stats.ring_drops  --> 21, 21, 0, 0
sniffer:assert_complete() == sniffer, a:stats().sent  --> true, 21
a:close() b:close()
---
-- a filter, a direction, a count
local a, b = link.open("a"), link.open("b", {filter="udp"})
local function udp(port) return packet.ip{dst="10.0.0.2"} / packet.udp{dport=port} end
a:send{udp(1), udp(2), packet.ip{dst="10.0.0.2"} / packet.icmp{}, udp(3)}
b:send(packet.ip{dst="10.0.0.1"} / packet.udp{dport=4})
local got = b:capture{timeout=0.1, direction="in"}:assert_complete()
#got, got[1].udp.dport, got[3].udp.dport, got.stats.received, #got.meta  --> 3, 1, 3, 3, 3
a:send{udp(1), udp(2)}
#b:capture{count=1}, #b:capture{count=1}, #b:capture{count=1, timeout=0.05}  --> 1, 1, 0
b:sniff{filter="udp port 2"}
a:send{udp(1), udp(2), udp(3)}
local got = b:capture{filter="udp port 2", timeout=0.1}
#got, got[1].udp.dport  --> 1, 2
a:close() b:close()
---
-- what is sent too fast for the reader is counted as lost
local a, b = link.open("a"), link.open("b")
a:send(packet.eth{type=0x88b5} / "x", {count=5000})
local got = b:capture{timeout=0.1}
#got, got.stats.received, got.stats.kernel_drops  --> 4096, 5000, 904
got:assert_complete()  --> error: b: of 5000 packets 904 were lost (kernel 904, ring 0)
---
-- a frame that is too long is refused
local a = link.open("a")
local n, message, kind = a:send{packet.eth{} / "x", packet.eth{} / ("x"):rep(1600)}
n, message, kind  --> nil, link:send: packet 2 has 1614 bytes, and a takes frames of 1518 at most: fragment it, unsupported
---
-- a neighbour that doesn't answer
local a = link.open("a")
local n, message, kind = a:send(packet.ip{dst="10.0.0.77"} / packet.icmp{})
message, kind  --> link:send: 10.0.0.77 on a doesn't tell its MAC address: set eth.dst, or see who is there, unreachable
a:send(packet.eth{dst="02:00:00:00:00:77"} / packet.ip{dst="10.0.0.77"} / packet.icmp{})  --> 1
a:send(packet.ip{dst="192.0.2.1"} / packet.icmp{})  --> 1
---
-- an interface that isn't there
link.open("c")  --> nil, link.open: no interface 'c' (there are a, b), notfound
---
-- misuse
link.open("a", {promiscous=true})  --> error: bad option 'promiscous' to 'link.open' (did you mean 'promiscuous'?
---
-- a wrong filter shows where
link.open("a", {filter="udp prot 53"})  --> error: bad option 'filter' to 'link.open'
---
-- a wrong rate
link.open("a"):send("x", {rate="fast"})  --> error: bad option 'rate' to 'link:send' (a rate such as 500pps, 20kpps or 10mbps expected, got 'fast')
---
-- something that is no packet
link.open("a"):send(42)  --> error: bad argument #1 to 'link:send' (packet, string or a list of them expected, got number)
---
-- packets keep their pace
local a, b = link.open("a"), link.open("b")
local start = clock.now()
a:send("xxxxxxxxxxxxxx", {count=21, rate="200pps"})  --> 21
local took = clock.now() - start
took >= 0.099  --> true
start = clock.now()
a:send("xxxxxxxxxxxxxx", {count=3, interval=0.03})
clock.now() - start >= 0.059  --> true
---
-- pings are answered, and each finds its answer
local a, b = link.open("a"), link.open("b")
local ip, icmp = packet.ip, packet.icmp
task.spawn(function()
  b:respond(icmp{type="echo-request"}, function(q)
    if q.icmp.seq == 3 then return end
    task.sleep(0.001)
    return ip{src=q.ip.dst, dst=q.ip.src} / icmp{type="echo-reply", id=q.icmp.id, seq=q.icmp.seq} / "pong"
  end, {count=9})
end)
local list = {}
for i = 1, 10 do list[i] = ip{dst="10.0.0.2"} / icmp{id=5, seq=i} / "ping" end
local r = assert(a:exchange(list, {timeout=0.3}))
#r.answered, #r.unanswered, r.strays, #r.sent  --> 9, 1, 0, 10
local n = 0
for q, x, rtt in r:pairs() do
  n = n + 1
  assert(q.icmp.seq == x.icmp.seq and rtt >= 0 and rtt == r:rtt(q) and rtt == r:rtt(x))
end
n, r.unanswered[1].icmp.seq, r:rtt(list[3]), r:rtt(list[4]) > 0  --> 9, 3, nil, true
r.answered[1].sent == r.sent[r.answered[1].number], r.answered[1].rtt > 0, r.answered[1].meta.direction  --> true, true, in
r.stats.sent, r.stats.received, r.stats.kernel_drops, r.stats.ring_drops  --> 10, 9, 0, 0
---
-- strays tell why
local a, b = link.open("a"), link.open("b")
local ip, icmp = packet.ip, packet.icmp
task.spawn(function()
  b:respond(icmp{type="echo-request"}, function(q)
    return {ip{src="10.0.0.9", dst=q.ip.src} / icmp{type="echo-reply", id=q.icmp.id, seq=q.icmp.seq},
      ip{src=q.ip.dst, dst=q.ip.src} / icmp{type="echo-reply", id=q.icmp.id, seq=q.icmp.seq + 1}}
  end, {count=1})
end)
local r = a:exchange(ip{dst="10.0.0.2"} / icmp{id=5, seq=1}, {timeout=0.2})
#r.answered, #r.stray, r.strays  --> 0, 2, 2
(r:why(r.stray[1]))  --> ip: dst ok, src 10.0.0.9 ~= 10.0.0.2
local reason, nearest = r:why(r.stray[2])
reason, nearest == r.sent[1]  --> icmp: type ok, id ok, seq 2 ~= 1, true
---
-- what is lost is sent again, and several answers are kept
local a, b = link.open("a"), link.open("b")
local ip, icmp = packet.ip, packet.icmp
local seen = 0
task.spawn(function()
  b:respond(icmp{type="echo-request"}, function(q)
    seen = seen + 1
    if seen < 3 then return end
    local p = ip{src=q.ip.dst, dst=q.ip.src} / icmp{type="echo-reply", id=q.icmp.id, seq=q.icmp.seq}
    return {p, p}
  end, {count=2})
end)
local probe = ip{dst="10.0.0.2"} / icmp{id=5, seq=1}
local r = a:exchange(probe, {timeout=0.1, retry=3})
#r.answered, seen, r.stats.sent  --> 1, 3, 3
probe.icmp.seq = 2 -- a late second answer to the first is none to this
local r = a:exchange(probe, {timeout=0.1, multi=true})
#r.answered, seen  --> 2, 4
a:exchange(probe, {timeout=0.02, retry=-2}).stats.sent  --> 3
---
-- an exchange ends early when the script says so
local a, b = link.open("a"), link.open("b")
local ip, icmp = packet.ip, packet.icmp
task.daemon(function()
  b:respond("icmp", function(q)
    return ip{src=q.ip.dst, dst=q.ip.src} / icmp{type="echo-reply", id=q.icmp.id, seq=q.icmp.seq}
  end)
end)
local list = {}
for i = 1, 100 do list[i] = ip{dst="10.0.0.2"} / icmp{id=5, seq=i} end
local start = clock.now()
local r = a:exchange(list, {timeout=60, rate="200pps", stop=function(q, x) return q.icmp.seq == 5 and x.icmp.seq == 5 end})
#r.answered, clock.now() - start < 30  --> 5, true
#a:exchange(list, {timeout=60, first=true}).answered  --> 1
---
-- an exchange tells how far it is: what answers spare counts as done
local a, b = link.open("a"), link.open("b")
local ip, icmp = packet.ip, packet.icmp
local list, heard, whole = {}, {}, nil
for i = 1, 40 do list[i] = ip{dst="10.0.0.2"} / icmp{id=6, seq=i} end
local function progress(done, total) heard[#heard + 1], whole = done, total end
local r = a:exchange(list, {timeout=0.05, retry=2, rate="100pps", progress=progress})
local rises = true
for i = 2, #heard do rises = rises and heard[i] >= heard[i-1] end
#heard > 1, rises, heard[#heard], whole  --> true, true, 120, 120
task.daemon(function()
  b:respond("icmp", function(q) return ip{src=q.ip.dst, dst=q.ip.src} / icmp{type="echo-reply", id=q.icmp.id, seq=q.icmp.seq} end)
end)
a:exchange(list, {timeout=60, progress=progress})
heard[#heard], whole  --> 40, 40
a:exchange(list[1], {timeout=60, progress=function() error "no more" end})  --> error: no more
---
-- an exchange shows each answer as it comes, also one that is interrupted
local a, b = link.open("a"), link.open("b")
local ip, icmp = packet.ip, packet.icmp
task.daemon(function()
  b:respond("icmp", function(q)
    if q.icmp.seq > 1 then return ip{src=q.ip.dst, dst=q.ip.src} / icmp{type="echo-reply", id=q.icmp.id, seq=q.icmp.seq} end
  end)
end)
local list, heard, two = {}, {}, task.channel(1)
for i = 1, 3 do list[i] = ip{dst="10.0.0.2"} / icmp{id=8, seq=i} end
local function answer(sent, received, rtt)
  heard[#heard + 1] = ("%d %d %d"):format(received.icmp.type, sent.icmp.seq, received.icmp.seq) .. (rtt < 0 and " before it was sent" or "")
  if #heard == 2 then two:send(true) end
end
local asking = task.spawn(function() a:exchange(list, {timeout=600, answer=answer}) end)
two:recv()
asking:cancel()
heard[1], heard[2], #heard  --> 0 2 2, 0 3 3, 2
a:exchange(list, {timeout=600, answer=function() error "enough" end})  --> error: enough
---
-- expect finds what came since the link was opened
local a, b = link.open("a"), link.open("b")
a:send(packet.ip{dst="10.0.0.2"} / packet.tcp{dport=80, flags="S", seq=1000})
local p, meta = b:expect(packet.tcp{flags="S", dport=80}, 5)
p.tcp.seq, meta.interface  --> 1000, b
b:expect(packet.tcp{flags="SA"}, 0.02)  --> nil, link:expect: no such packet came on b within 20ms, of 0 that came, timeout
a:send(packet.ip{dst="10.0.0.2"} / packet.udp{dport=53})
b:expect("udp port 53", 5).udp.dport  --> 53
---
-- a task that waits is cancelled at once
local a = link.open("a")
local t = task.spawn(function() a:expect("udp", 3600) end)
local u = task.spawn(function() a:exchange(packet.eth{type=0x88b5} / "x", {timeout=3600}) end)
local v = task.spawn(function() a:send("xxxxxxxxxxxxxx", {count=2, interval=3600}) end)
task.sleep(0.02)
local start = clock.now()
for _, x in ipairs{t, u, v} do x:cancel() end
select(3, t:join()), select(3, u:join()), select(3, v:join())  --> cancelled, cancelled, cancelled
clock.now() - start < 2  --> true
a:close()
---
-- a closed link says so
local a = link.open("a")
a:close()
select(3, a:send("xxxxxxxxxxxxxx"))  --> closed
local ok, err = pcall(function() for p in a:sniff{timeout=1} do end end)
ok, err.kind, tostring(err)  --> false, closed, a: the link is closed
---
-- families and templates
local a, b = link.open("a"), link.open("b")
local s = packet.ip{dst="10.0.0.2", ttl=packet.range(1, 5)} / packet.udp{dport={7, 9}}
a:send(s)  --> 10
local got = b:capture{count=10}
got[1].ip.ttl, got[1].udp.dport, got[10].ip.ttl, got[10].udp.dport, got[10].ip.src  --> 1, 7, 5, 9, 10.0.0.1
local t = (packet.ip{dst="10.0.0.2"} / packet.udp{dport=7} / "x"):template{["ip.id"]=packet.counter(10), ["udp.sport"]=packet.range(1, 3)}
a:send(t, {count=5})  --> 5
a:send(t, {count=2, rate="100pps"})  --> 2
got = b:capture{count=7}
got[1].ip.id, got[5].ip.id, got[7].ip.id, got[7].udp.sport  --> 10, 14, 16, 1
got[7].eth.src, got[7].eth.dst, got[7].ip.src  --> 02:00:00:00:00:01, 02:00:00:00:00:02, 10.0.0.1
local q = got[7]:copy()
q.ip.chksum, q.udp.chksum = packet.auto, packet.auto
q:bytes() == got[7]:bytes()  --> true
local framed = (packet.eth{src="02:00:00:00:00:05", dst="02:00:00:00:00:06", type=0x88b5} / "x"):template{["eth.type"]=packet.counter(0x9000)}
a:send(framed, {count=3})
b:capture{count=3}[3].eth.type, packet.decode(framed:next()).eth.type  --> 36866, 36867
local r = a:exchange(packet.ip{dst="10.0.0.2"} / packet.icmp{id=1, seq=packet.range(1, 4)}, {timeout=0.05})
#r.unanswered, r.unanswered[4].icmp.seq  --> 4, 4
a:send(packet.ip{dst="10.0.0.0/8"} / packet.udp{})  --> error: bad argument #1 to 'link:send' (these are 16777216 packets: more than 1048576 are sent one by one
---
-- fragments come as one datagram where that is wanted
local a, b = link.open("a"), link.open("b")
local whole = (packet.ip{dst="10.0.0.2", src="10.0.0.1"} / packet.udp{sport=1, dport=2} / ("data"):rep(500)):bytes():sub(21)
local function piece(from, to, flags)
  return packet.ip{dst="10.0.0.2", id=77, proto=17, flags=flags, frag=from / 8} / whole:sub(from + 1, to)
end
a:send{piece(800, 1600, "MF"), piece(1600, 2008), packet.ip{dst="10.0.0.2"} / packet.icmp{}, piece(0, 800, "MF")}
local got = b:capture{count=2, timeout=5, reassemble="linux"}
got[2].udp.dport, #got[2].raw.load, got[1].icmp.type, got.stats.received  --> 2, 2000, 8, 4
---
-- more than one exchange at a time, beside a reader
local a, b = link.open("a"), link.open("b")
task.daemon(function() b:respond(packet.icmp{type="echo-request"}, function(q) return q:reply() end) end)
local sniffer = a:sniff{filter="icmp", direction="in", count=20, timeout=5}
local done = task.group(function()
  for id = 1, 4 do
    task.spawn(function()
      local r = a:exchange(packet.ip{dst="10.0.0.2"} / packet.icmp{id=id, seq=packet.range(1, 5)}, {timeout=5})
      assert(#r.answered == 5 and r.answered[1].received.icmp.id == id)
    end)
  end
end)
local n = 0
for p in sniffer do n = n + 1 end
n, a:stats().sent  --> 20, 20
---
-- a script's protocol has its own answer rule
local a, b = link.open("a"), link.open("b")
local hb = packet.protocol("hb", {"id", bits=8}, {bind={udp={dport=7777}}, answers=function(x, q) return x.id == q.id + 1 end})
task.daemon(function()
  b:respond(hb{}, function(q) return packet.ip{dst=q.ip.src} / packet.udp{sport=7777, dport=7777} / hb{id=q.hb.id + q.hb.id % 2} end)
end)
local list = {}
for i = 1, 4 do list[i] = packet.ip{dst="10.0.0.2"} / packet.udp{sport=7777, dport=7777} / hb{id=3 * i - 2} end
local r = a:exchange(list, {timeout=0.2})
#r.answered, r.strays, (r:why(r.stray[1]))  --> 2, 2, hb: its answer rule says no
---
-- an error in an answer rule comes to the script
local a, b = link.open("a"), link.open("b")
local bad = packet.protocol("bad", {"id", bits=8}, {bind={udp={dport=7778}}, answers=function(x, q) error("no idea") end})
task.daemon(function() b:respond(bad{}, function(q) return packet.ip{dst=q.ip.src} / packet.udp{sport=7778, dport=7778} / bad{} end) end)
a:exchange(packet.ip{dst="10.0.0.2"} / packet.udp{sport=7778, dport=7778} / bad{}, {timeout=5})  --> error: no idea
---
-- a link that nobody closed is closed by the end of its task
local t = task.spawn(function() local l = link.open("a") end)
t:join()
---
-- a tag that the system took out is in its place again
local a, b = link.open("a"), link.open("b")
a:send(packet.eth{dst="02:00:00:00:00:02"} / packet.dot1q{vlan=5, prio=3} / packet.ip{dst="10.0.0.2"} / packet.udp{})
local p, meta = b:sniff{count=1, timeout=5}:next()
p.dot1q.vlan, meta.vlan.id, meta.vlan.priority, meta.vlan.dei, meta.vlan.tpid  --> 5, 5, 3, false, 33024
---
-- a snap length cuts
local a, b = link.open("a"), link.open("b", {snap=40})
a:send(packet.eth{type=0x88b5} / ("x"):rep(100))
local p, meta = b:sniff{count=1, timeout=5}:next()
meta.len, meta.caplen, #p.raw.load  --> 114, 40, 26
---
-- packets sent in a loop leave in order, and none stays behind
local a, b = link.open("a"), link.open("b")
local p = packet.ip{dst="10.0.0.2"} / packet.udp{dport=7}
for i = 1, 1000 do p.ip.id = i; assert(a:send(p) == 1) end
a:send({p, p})
p.ip.id = 7
a:send(p)
a:stats().sent  --> 1003
local got = b:capture{count=1003, timeout=5}
for i = 1, 1000 do assert(got[i].ip.id == i) end
got[1002].ip.id, got[1003].ip.id  --> 1000, 7
for i = 1, 10 do a:send(p) end
a:close()
#b:capture{count=10, timeout=5}  --> 10
a = link.open("a")
for i = 1, 10 do a:send(p) end
task.sleep(0.1)
#b:capture{count=10, timeout=5}  --> 10
---
-- EAPOL goes to the group of port access entities, and unicast again where the routes say after a group
local a, b = link.open("a"), link.open("b")
local got = {}
local p = packet.eth{} / packet.ip{dst="224.0.0.1"} / packet.udp{dport=9}
assert(a:send(packet.eapol{type="EAPOL-Start"}))
assert(a:send(p))
p.ip.dst = "10.0.0.2"
assert(a:send(p))
for q in b:sniff{count=3, timeout=2} do got[#got + 1] = q.eth.dst end
got[1], got[2], got[3]  --> 01:80:c2:00:00:03, 01:00:5e:00:00:01, 02:00:00:00:00:02

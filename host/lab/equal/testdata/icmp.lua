-- RFC 792: an echo
local p = dgram.ping{to = "10.0.3.1", timeout = 5}
print(p:send("payload"))
local data, meta = p:receive()
print(data, meta.peer, meta.ttl, meta.seq)
print(p:send("", nil, {seq = 77}))
data, meta = p:receive()
print(data, meta.peer, meta.ttl, meta.seq)
---
-- RFC 4443 section 4: an echo by IPv6
local p = dgram.ping{to = "fd00:3::1", timeout = 5}
print(p:send("payload"))
local data, meta = p:receive()
print(data, meta.peer, meta.ttl, meta.seq)
---
-- RFC 1122 section 3.2.2.6: who answers an echo
for _, to in ipairs{"10.0.1.1", "127.0.0.1", "127.0.0.2", "10.0.1.254", "10.0.2.1", "10.0.2.2", "10.0.3.254", "fd00:1::1", "::1", "fd00:2::2"} do
  local p = dgram.ping{to = to, timeout = 1}
  p:send("x")
  local data, meta = p:receive()
  print(to, data, meta and meta.peer, meta and meta.ttl)
end
---
-- RFC 1122 section 3.2.2.6: echo requests to all may be ignored
for _, to in ipairs{"10.0.1.255", "255.255.255.255", "224.0.0.1"} do
  local p = dgram.ping{broadcast = true, timeout = 0.3}
  p:send("x", to)
  local data, meta = p:receive()
  print(to, data, meta and meta.peer)
end
---
-- RFC 4443 section 4.2: echo requests to all nodes are answered
local l = assert(link.open("eth0", {filter = "icmp6 and ip6[40] == 129"}))
l:send(packet.ipv6{dst = "ff02::1"} / packet.icmp6{type = "echo-request", id = 1, seq = 1})
local from = {}
for p in l:sniff{timeout = 0.3} do if p.eth.src:find("^02:00") then from[#from + 1] = p.eth.src end end
table.sort(from)
print(table.concat(from, " "))
---
-- icmp(7): a hop limit that ends
local p = dgram.ping{to = "10.0.3.1", timeout = 5}
for ttl = 1, 2 do
  p:send("x", nil, {ttl = ttl})
  print(p:receive())
  told(p)
end
---
-- icmp(7): two ping sockets hear their own answers only
local a, b = dgram.ping{timeout = 0.3}, dgram.ping{timeout = 0.3}
a:send("a", "10.0.3.1")
b:send("b", "10.0.3.1")
print((a:receive()))
print((b:receive()))
print(a:receive())
---
-- RFC 792: an echo reply repeats what was asked
local ip, icmp = packet.ip, packet.icmp
local l = assert(link.open("eth0", {filter = "icmp and src 10.0.1.2"}))
l:send(ip{dst = "10.0.1.2", id = 5, tos = 0x28, ttl = 9} / icmp{type = "echo-request", id = 0x1234, seq = 0xffff} / "abc")
local p = assert(l:expect("icmp", 5))
print(p.ip.src, p.ip.dst, p.ip.ttl, p.ip.tos, p.icmp.type, p.icmp.code, p.icmp.id, p.icmp.seq, p.ip.len)
---
-- RFC 1122 section 3.2.2: messages that aren't right are dropped
local ip, icmp = packet.ip, packet.icmp
local l = assert(link.open("eth0", {filter = "icmp and src 10.0.1.2"}))
local function answer(what, p)
  l:send(p)
  local a = l:expect("icmp", 0.2)
  print(what, a and a.icmp.type)
end
answer("wrong ICMP checksum", ip{dst = "10.0.1.2"} / icmp{type = "echo-request", chksum = 1, id = 1, seq = 1})
answer("wrong IP checksum", ip{dst = "10.0.1.2", chksum = 1} / icmp{type = "echo-request", id = 1, seq = 1})
answer("unknown type", ip{dst = "10.0.1.2"} / icmp{type = 200} / "12345678")
answer("version 5", ip{dst = "10.0.1.2", version = 5} / icmp{type = "echo-request", id = 1, seq = 1})
answer("header of four words", ip{dst = "10.0.1.2", ihl = 4} / icmp{type = "echo-request", id = 1, seq = 1})
answer("longer than it is", ip{dst = "10.0.1.2", len = 100} / icmp{type = "echo-request", id = 1, seq = 1})
answer("a code", ip{dst = "10.0.1.2"} / icmp{type = "echo-request", code = 5, id = 1, seq = 1})
answer("from nobody", ip{src = "0.0.0.0", dst = "10.0.1.2"} / icmp{type = "echo-request", id = 1, seq = 1})
answer("from loopback", ip{src = "127.0.0.1", dst = "10.0.1.2"} / icmp{type = "echo-request", id = 1, seq = 1})
answer("to loopback", packet.eth{dst = "02:00:00:00:00:02"} / ip{dst = "127.0.0.1"} / icmp{type = "echo-request", id = 1, seq = 1})
answer("to somebody else's MAC", packet.eth{dst = "02:00:00:00:00:99"} / ip{dst = "10.0.1.2"} / icmp{type = "echo-request", id = 1, seq = 1})
answer("right", ip{dst = "10.0.1.2"} / icmp{type = "echo-request", id = 1, seq = 1})
---
-- RFC 1122 section 3.2.2.8: timestamps
local ip, icmp = packet.ip, packet.icmp
local l = assert(link.open("eth0", {filter = "icmp and src 10.0.1.2"}))
l:send(ip{dst = "10.0.1.2"} / icmp{type = "timestamp-request", id = 9, seq = 1, ts_ori = 12345})
local p = l:expect("icmp", 0.3)
print(p and p.icmp.type, p and p.icmp.id, p and p.icmp.ts_ori)
---
-- raw(7): sockets over IP
local s = peer:run(dgram.ip, {proto = 253, timeout = 5})
local c = dgram.ip{proto = 253, to = "10.0.1.2", timeout = 5}
print(c:send("experiment", nil, {ttl = 7}))
local data, meta = s:receive()
print(data, meta.peer, meta.to, meta.ttl)
print(peer:run(function() return s:send("answer", meta.peer) end))
print((c:receive()))
---
-- raw(7): the same by IPv6
local s = assert(peer:run(dgram.ip, {proto = 99, family = "inet6", timeout = 5}))
local c = dgram.ip{proto = 99, to = "fd00:1::2", timeout = 5}
print(c:send("experiment", nil, {ttl = 7}))
local data, meta = s:receive()
print(data, meta.peer, meta.to, meta.ttl)
---
-- RFC 4727 section 3.4: a protocol for experiments is an upper layer
local s = assert(peer:run(dgram.ip, {proto = 253, family = "inet6", timeout = 5}))
dgram.ip{proto = 253, to = "fd00:1::2"}:send("experiment")
print((s:receive()))
---
-- raw(7): a socket over ICMP hears what comes, and the system answers all the same
local s = peer:run(dgram.ip, {proto = 1, timeout = 5})
local p = dgram.ping{to = "10.0.1.2", timeout = 5}
p:send("hello")
local data, meta = s:receive()
print(data:byte(1), data:sub(9), meta.peer)
print((p:receive()))
---
-- RFC 1812 section 5.2.7.1: traceroute shows each hop
local traceroute = require "traceroute"
for _, opts in ipairs{{proto = "udp"}, {proto = "icmp"}, {proto = "tcp", port = 9}} do
  local path = assert(traceroute("10.0.3.1", opts))
  print(path.proto, path.reached, #path.hops)
  for _, h in ipairs(path.hops) do print(h.ttl, h.from, h.text, #h.answers) end
end
---
-- RFC 4443 section 3.3: traceroute shows each hop by IPv6
local path = assert(require "traceroute" "fd00:3::1")
print(path.proto, path.reached, #path.hops)
for _, h in ipairs(path.hops) do print(h.ttl, h.from, h.text, #h.answers) end

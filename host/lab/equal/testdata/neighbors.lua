-- RFC 826: a question to all, an answer to one
local l = peer:run(link.open, "eth0", {filter = "arp"})
local own = assert(link.open("eth0", {filter = "arp"}))
local p = dgram.ping{to = "10.0.1.2", timeout = 5}
p:send("x")
print((p:receive()))
local q = assert(l:expect(packet.arp{op = "who-has"}, 5))
print(q.eth.src, q.eth.dst, q.arp.hwsrc, q.arp.psrc, q.arp.hwdst, q.arp.pdst)
local a = assert(own:expect(packet.arp{op = "is-at"}, 5))
print(a.eth.src, a.eth.dst, a.arp.hwsrc, a.arp.psrc, a.arp.hwdst, a.arp.pdst)
---
-- RFC 826: who answers
local l = assert(link.open("eth0", {filter = "arp and ether src 02:00:00:00:00:02"}))
local function ask(what, p)
  l:send(p)
  local a = l:expect(packet.arp{op = "is-at"}, 0.2)
  print(what, a and a.arp.psrc, a and a.arp.hwsrc, a and a.arp.pdst, a and a.eth.dst)
end
local eth, arp = packet.eth, packet.arp
local all, me = "ff:ff:ff:ff:ff:ff", "02:00:00:00:00:01"
ask("its address", eth{dst = all} / arp{op = "who-has", hwsrc = me, psrc = "10.0.1.1", pdst = "10.0.1.2"})
ask("its address, unicast", eth{dst = "02:00:00:00:00:02"} / arp{op = "who-has", hwsrc = me, psrc = "10.0.1.1", pdst = "10.0.1.2"})
ask("another address", eth{dst = all} / arp{op = "who-has", hwsrc = me, psrc = "10.0.1.1", pdst = "10.0.1.3"})
ask("a probe", eth{dst = all} / arp{op = "who-has", hwsrc = me, psrc = "0.0.0.0", pdst = "10.0.1.2"})
ask("loopback", eth{dst = all} / arp{op = "who-has", hwsrc = me, psrc = "10.0.1.1", pdst = "127.0.0.1"})
ask("broadcast address", eth{dst = all} / arp{op = "who-has", hwsrc = me, psrc = "10.0.1.1", pdst = "10.0.1.255"})
ask("from another network", eth{dst = all} / arp{op = "who-has", hwsrc = me, psrc = "10.7.7.7", pdst = "10.0.1.2"})
---
-- RFC 1027: routers don't answer for others
local l = assert(link.open("eth0", {filter = "arp and not ether src 02:00:00:00:00:01"}))
l:send(packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.arp{op = "who-has", pdst = "10.0.3.1"})
print((l:expect(packet.arp{op = "is-at"}, 0.3)))
---
-- RFC 1122 section 2.3.2.1: who asks is known
local l = assert(link.open("eth0", {filter = "arp"}))
l:send(packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.arp{op = "who-has", hwsrc = "02:00:00:00:00:77", psrc = "10.0.1.77", pdst = "10.0.1.2"})
task.sleep(0.1)
peer:run(function()
  for _, n in ipairs(link.neighbors()) do
    if n.address == "10.0.1.77" then print(n.mac, n.interface, n.state) end
  end
end)
---
-- RFC 826: an answer that nobody asked for changes what is known for a while, and adds nothing
local l = assert(link.open("eth0", {filter = "arp"}))
local p = peer:run(dgram.ping, {to = "10.0.1.254", timeout = 5})
p:send("x")
print((p:receive()))
local function known(who)
  return peer:run(function()
    for _, n in ipairs(link.neighbors()) do
      if n.address == who then return n.mac end
    end
    return nil
  end)
end
print(known("10.0.1.254"), known("10.0.1.66"))
task.sleep(1.2)
l:send(packet.eth{dst = "02:00:00:00:00:02"} / packet.arp{op = "is-at", hwsrc = "02:00:00:00:00:66", psrc = "10.0.1.254", hwdst = "02:00:00:00:00:02", pdst = "10.0.1.2"})
l:send(packet.eth{dst = "02:00:00:00:00:02"} / packet.arp{op = "is-at", hwsrc = "02:00:00:00:00:66", psrc = "10.0.1.66", hwdst = "02:00:00:00:00:02", pdst = "10.0.1.2"})
task.sleep(0.1)
print(known("10.0.1.254"), known("10.0.1.66"))
---
-- arp(7): the states of neighbours
local p = dgram.ping{timeout = 5}
p:send("x", "10.0.1.2")
p:receive()
dgram.udp{}:send("x", "10.0.1.66:9")
task.sleep(0.2)
local function state(who)
  for _, n in ipairs(link.neighbors()) do
    if n.address == who then return n.state, n.mac, n.interface end
  end
end
print(state("10.0.1.2"))
print(state("10.0.1.66"))
print(state("10.0.1.1"))
task.sleep(3.5)
print(state("10.0.1.66"))
---
-- RFC 1122 section 2.3.2.2: datagrams wait for the answer
local s = server:run(dgram.udp, {address = "10.0.3.1:7001", timeout = 5})
local c = dgram.udp{to = "10.0.3.1:7001"}
for i = 1, 3 do c:send("number " .. i) end
for i = 1, 3 do print((s:receive())) end
---
-- RFC 4861 section 7.2: a solicitation to few, an advertisement to one
local l = peer:run(link.open, "eth0", {filter = "icmp6"})
local own = assert(link.open("eth0", {filter = "icmp6"}))
local p = dgram.ping{to = "fd00:1::2", timeout = 5}
p:send("x")
print((p:receive()))
local q = assert(l:expect(packet.icmp6{type = "ns"}, 5))
print(q.eth.src, q.eth.dst, q.ipv6.src, q.ipv6.dst, q.ipv6.hlim, q.icmp6.tgt)
local a = assert(own:expect(packet.icmp6{type = "na"}, 5))
print(a.eth.src, a.eth.dst, a.ipv6.src, a.ipv6.dst, a.ipv6.hlim, a.icmp6.tgt, a.icmp6.R, a.icmp6.S, a.icmp6.O)
---
-- RFC 4861 section 7.2.4: routers say that they are
local own = assert(link.open("eth0", {filter = "icmp6 and ip6[40] == 136"}))
local p = dgram.ping{to = "fd00:1::fe", timeout = 5}
p:send("x")
print((p:receive()))
local a = assert(own:expect(packet.icmp6{type = "na"}, 5))
print(a.ipv6.src, a.icmp6.tgt, a.icmp6.R, a.icmp6.S, a.icmp6.O)
---
-- RFC 4861 section 7.1.1: solicitations that are not from the link are dropped
local l = assert(link.open("eth0", {filter = "icmp6 and ip6[40] == 136 and ether src 02:00:00:00:00:02"}))
local function ask(what, p)
  l:send(p)
  local a = l:expect("icmp6", 0.2)
  print(what, a and a.icmp6.tgt, a and a.ipv6.dst)
end
local eth, ipv6, icmp6 = packet.eth, packet.ipv6, packet.icmp6
local to = "33:33:ff:00:00:02"
ask("right", eth{dst = to} / ipv6{src = "fd00:1::1", dst = "ff02::1:ff00:2", hlim = 255} / icmp6{type = "ns", tgt = "fd00:1::2", options = {{"src_lladdr", "02:00:00:00:00:01"}}})
ask("without the sender's MAC address", eth{dst = to} / ipv6{src = "fd00:1::1", dst = "ff02::1:ff00:2", hlim = 255} / icmp6{type = "ns", tgt = "fd00:1::2"})
ask("hop limit 254", eth{dst = to} / ipv6{src = "fd00:1::1", dst = "ff02::1:ff00:2", hlim = 254} / icmp6{type = "ns", tgt = "fd00:1::2"})
ask("code 1", eth{dst = to} / ipv6{src = "fd00:1::1", dst = "ff02::1:ff00:2", hlim = 255} / icmp6{type = "ns", code = 1, tgt = "fd00:1::2"})
ask("a group as target", eth{dst = to} / ipv6{src = "fd00:1::1", dst = "ff02::1:ff00:2", hlim = 255} / icmp6{type = "ns", tgt = "ff02::1"})
ask("wrong checksum", eth{dst = to} / ipv6{src = "fd00:1::1", dst = "ff02::1:ff00:2", hlim = 255} / icmp6{type = "ns", cksum = 1, tgt = "fd00:1::2"})
ask("from nobody: an address is being tested", eth{dst = to} / ipv6{src = "::", dst = "ff02::1:ff00:2", hlim = 255} / icmp6{type = "ns", tgt = "fd00:1::2"})
ask("somebody else's", eth{dst = to} / ipv6{src = "fd00:1::1", dst = "ff02::1:ff00:2", hlim = 255} / icmp6{type = "ns", tgt = "fd00:1::3"})

-- what is written is read
local name = os.tmpname()
local w = assert(pcap.create(name, {comment = "all of it", application = "test"}))
w:interface{name = "eth0", description = "left", filter = "icmp", addresses = {"10.0.0.1/24", "fd00::1/64"}, mac = "02:00:00:00:00:01", speed = 1e9}
w:interface{name = "tun0", linktype = "raw", snap = 100}
w:names{["10.0.0.1"] = {"r1", "router"}, ["fd00::1"] = {"r1"}, ["02:00:00:00:00:01"] = {"left card"}}
w:secrets("CLIENT_RANDOM 00 11\n")
assert(w:write("one", {sec = 1600000000, nsec = 123456789, comment = "hello", direction = "out", reception = "broadcast", drops = 7, len = 60}))
assert(w:write("two", {time = 1600000001.5, interface = "tun0"}))
assert(w:write("three", {time = 1600000002, interface = 2}))
w:statistics{interface = "tun0", received = 5, kernel_drops = 0, start = 1600000000, stop = 1600000002}
w:packets() --> 3
assert(w:close())

local f = assert(pcap.open(name))
f:format() --> pcapng
local list = f:interfaces()
#list --> 2
list[1].name, list[1].description, list[1].filter, list[1].linktype, list[1].number --> eth0, left, icmp, EN10MB, 1
list[1].addresses[1], list[1].addresses[2], list[1].mac, list[1].speed, list[1].snap --> 10.0.0.1/24, fd00::1/64, 02:00:00:00:00:01, 1000000000, nil
list[2].name, list[2].linktype, list[2].snap, list[2].resolution, list[2].statistics --> tun0, RAW, 100, 1e-09, nil
f:names()["10.0.0.1"][2], f:names()["fd00::1"][1], f:names()["02:00:00:00:00:01"][1] --> router, r1, left card
f:secrets()[1].type, f:secrets()[1].text --> "tls", "CLIENT_RANDOM 00 11\n"
f:sections()[1].comment, f:sections()[1].application, f:sections()[1].order --> all of it, test, little
local got = {}
for bytes, meta in f:packets{raw = true} do got[#got + 1] = {bytes, meta} end
#got --> 3
local bytes, meta = got[1][1], got[1][2]
bytes, meta.sec, meta.nsec, meta.t, meta.len, meta.caplen --> one, 1600000000, 123456789, 0, 60, 3
meta.interface, meta.index, meta.linktype, meta.comment, meta.direction, meta.reception, meta.drops --> eth0, 1, EN10MB, hello, out, broadcast, 7
tostring(meta) --> 2020-09-13 12:26:40.123456789, 3 of 60 bytes
bytes, meta = got[2][1], got[2][2]
bytes, meta.time, meta.interface, meta.index, meta.linktype, meta.comment, meta.direction, meta.drops --> two, 1600000001.5, tun0, 2, RAW, nil, nil, nil
math.abs(meta.t - 1.376543211) < 1e-9 --> true
f:interfaces()[2].statistics.received, f:interfaces()[2].statistics.kernel_drops, f:interfaces()[2].statistics.stop --> 5, 0, 1600000002
f:read() --> nil
f:close()
select(3, f:count()) --> closed
os.remove(name)
---
-- a file that is cut short gives its whole packets, then raises
local name = os.tmpname()
local w = pcap.create(name, {format = "pcap"})
for i = 1, 3 do w:write("packet " .. i, {time = i}) end
w:close()
local h = io.open(name, "rb")
local all = h:read("*a")
h:close()
h = io.open(name, "wb")
h:write(all:sub(1, -3))
h:close()
local n = 0
local ok, err = pcall(function() for _ in pcap.open(name):packets() do n = n + 1 end end)
ok, n, err.kind --> false, 2, malformed
tostring(err):gsub("^pcap: %S+: ", "") --> cut short inside packet 3: 2 whole packets in the first 72 bytes, 1
select(3, pcap.open(name):count()) --> malformed

-- and append cuts the torn packet off
local w = assert(pcap.create(name, {append = true}))
w:write("more", {time = 4})
assert(w:close())
pcap.open(name):count() --> 3
os.remove(name)
---
-- packets of another file bring their interfaces along
local from, to = os.tmpname(), os.tmpname()
local w = pcap.create(from)
w:interface{name = "eth0"}
w:interface{name = "eth1"}
for i = 1, 4 do w:write("packet " .. i, {sec = i, interface = i % 2 + 1, comment = "number " .. i}) end
w:close()
local w = pcap.create(to)
for bytes, meta in pcap.open(from):packets{raw = true} do
  if meta.index == 2 then w:write(bytes, meta) end
end
w:close()
local f = pcap.open(to)
#f:interfaces(), f:interfaces()[1].name --> 1, eth1
local bytes, meta = f:read{raw = true}
bytes, meta.sec, meta.comment, meta.interface --> packet 1, 1, number 1, eth1
f:count() --> 1
os.remove(from)
os.remove(to)
---
-- what was read ahead is counted and copied, too
local from, to = os.tmpname(), os.tmpname()
local w = pcap.create(from, {format = "pcap", linktype = "raw"})
for i = 1, 10 do w:write("packet " .. i, {sec = i}) end
w:close()
local f = pcap.open(from)
f:read{raw = true} --> packet 1, 1970-01-01 00:00:01.000000000, 8 of 8 bytes
f:count() --> 9
f:count() --> 0
local f, w = pcap.open(from), pcap.create(to)
f:read()
f:copy_to(w) --> 9
w:close()
pcap.open(to):count(), pcap.open(to):interfaces()[1].linktype --> 9, RAW
os.remove(from)
os.remove(to)
---
-- refusals
pcap.open("/nowhere/x.pcap") --> nil, pcap: /nowhere/x.pcap: no such file or directory, notfound
pcap.create("/nowhere/x.pcap") --> nil, pcap: /nowhere/x.pcap: no such file or directory, notfound
local name = os.tmpname()
select(3, pcap.open(name)) --> malformed
local w = pcap.create(name, {format = "pcap"})
select(3, w:interface{name = "eth0"}) --> unsupported
select(3, w:secrets("x")) --> unsupported
w:close()
os.remove(name)
---
-- a wrong option names the nearest
pcap.open("x", {linktipe = 1}) --> error: bad option 'linktipe' to 'pcap.open' (did you mean 'linktype'?
---
-- a wrong link type names the nearest
pcap.open("x", {linktype = "ethernt"}) --> error: did you mean 'ethernet'?
---
-- a wrong field names the nearest
local name = os.tmpname()
local w = pcap.create(name)
w:write("x")
w:close()
local _, meta = pcap.open(name):read()
os.remove(name)
print(meta.captlen) --> error: pcap{meta} has no field 'captlen': did you mean 'caplen'?
---
-- a wrong packet
local name = os.tmpname()
local w = pcap.create(name)
os.remove(name)
w:write({}) --> error: bad argument #1 to 'pcap{writer}:write' (packet or string expected, got table)
---
-- compressed by name
local temporary = os.tmpname()
local name = temporary .. ".pcap.gz"
local w = pcap.create(name)
for i = 1, 100 do w:write(("x"):rep(100), {time = i}) end
w:close()
local h = io.open(name, "rb")
h:read(2) == "\031\139" --> true
h:close()
pcap.open(name):count(), pcap.open(name):format() --> 100, pcap
os.remove(name)
os.remove(temporary)
---
-- packets are written as built, and read decoded
local eth, ip, udp = packet.eth, packet.ip, packet.udp
local name = os.tmpname()
local w = pcap.create(name)
for i = 1, 10 do w:write(eth{} / ip{dst = "10.0.0." .. i} / udp{dport = i} / "probe", {time = i}) end
w:write(ip{dst = "10.0.0.11"} / udp{dport = 11}, {time = 11})
w:close()
local f = pcap.open(name)
local sum, last = 0
for p, meta in f:packets() do sum, last = sum + p.udp.dport, meta end
sum, last.linktype, last.index, #f:interfaces() --> 66, RAW, 2, 2
local p = pcap.open(name):read()
p.ip.dst, p.udp.dport, p.eth.type --> 10.0.0.1, 1, 2048
---
-- filters choose packets
local eth, ip, udp, tcp = packet.eth, packet.ip, packet.udp, packet.tcp
local name = os.tmpname()
local w = pcap.create(name)
for i = 1, 10 do
  w:write(eth{} / ip{dst = "10.0.0." .. i} / udp{dport = i}, {time = i})
  w:write(eth{} / ip{dst = "10.0.1." .. i} / tcp{dport = i}, {time = i})
end
w:close()
pcap.open(name):count("udp") --> 10
pcap.open(name, {filter = "tcp"}):count() --> 10
pcap.open(name, {filter = "tcp"}):count("udp") --> 0
pcap.open(name, {filter = "udp"}):count("dst portrange 1-3") --> 3
local f = pcap.open(name, {filter = "port 1 or port 2"})
local n = 0
for p in f:packets{filter = "tcp"} do n = n + p.tcp.dport end
n --> 3
local f = pcap.open(name)
for p in f:packets{filter = "dst host 10.0.1.3"} do n = p.tcp.dport break end
n, f:count("udp"), f:count() --> 3, 7, 0
local copy = os.tmpname()
local w = pcap.create(copy)
pcap.open(name):copy_to(w, {filter = "net 10.0.1.0/24"}) --> 10
w:close()
pcap.open(copy):count("tcp") --> 10
local n = 0
for p in pcap.open(name):packets{count = 3} do n = n + 1 end
n --> 3
os.remove(name)
os.remove(copy)
---
-- a wrong filter is misuse, and the message has its place
pcap.open("testdata/one.pcap", {filter = "tcp prot 80"}) --> error: bad option 'filter' to 'pcap.open' (
---
-- and so where it is an argument
pcap.open("testdata/one.pcap"):count("host") --> error: bad argument #1 to 'pcap{reader}:count' (filter: 
---
-- a pcap file holds one link type
local name = os.tmpname()
local w = pcap.create(name, {format = "pcap"})
w:write(packet.eth{} / packet.ip{}) --> true
local _, message, kind = w:write(packet.ip{})
kind, message:match(": (a pcap.*)") --> unsupported, a pcap file of link type EN10MB can't hold packets of RAW: write pcapng
os.remove(name)

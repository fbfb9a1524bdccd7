-- a protocol of a script stacks, builds and computes
local hb = packet.protocol("hb",
  {"ver", bits=4, default=1}, {"fl", bits=4, flags="AB.Z"}, {"len", bits=16, auto="size(tok)"},
  {"id", bits=64}, {"tok", type="bytes", size="len"}, {"sum", bits=16, checksum="internet"},
  {title="Heartbeat", bind={udp={dport={7777, 7778}}}, answers={"id"}})
local p = packet.ip{} / packet.udp{} / hb{fl="AZ", id=7, tok="abc"}
bytes.hex(p:bytes():sub(29, -3))  --> 1900030000000000000007616263
p.hb.id = 8
packet.decode(p:bytes(), "ip").hb.id:tonumber()  --> 8
---
-- it decodes as built-in ones do
local hb = packet.protocol("hb", {"ver", bits=4, default=1}, {"fl", bits=4, flags="AB.Z"}, {"len", bits=16, auto="size(tok)"},
  {"tok", type="bytes", size="len"}, {"crc", bits=32, checksum="crc32"}, {bind={udp={dport=7777}}})
local p = packet.udp{} / hb{fl="AZ", tok="abc"}
local q = packet.decode(p:bytes(), "udp")
q.udp.dport, q.hb.ver, q.hb.fl, q.hb.len, q.hb.tok  --> 7777, 1, AZ, 3, abc
q:lua() == [[udp{} / hb{fl="AZ", tok="abc"}]]  --> true
q.hb.tok = "longer"
q.hb.len, q.hb.crc, q.udp.len, q.udp.chksum = packet.auto, packet.auto, packet.auto, packet.auto
packet.decode(q:bytes(), "udp").hb.len  --> 6
---
-- conditions, lists, little-endian numbers, names
local q = packet.protocol("q", {"kind", bits=8, names={[1]="ask", [2]="tell"}}, {"port", bits=16, little=true, when="kind == 2"},
  {"n", bits=8, auto="count(items)"}, {"items", type="list", count="n", item={{"tag", bits=8}, {"len", bits=8, auto="size(text)"}, {"text", type="bytes", size="len"}}},
  {"addrs", type="list", of="ip"}, {bind={ip={proto=253}}})
local p = packet.ip{} / q{kind="tell", port=0x1234, items={{tag=1, text="ab"}, {tag=2, text=""}}, addrs={"10.0.0.1", "10.0.0.2"}}
bytes.hex(p:bytes():sub(21))  --> 023412020102616202000a0000010a000002
local r = packet.decode(p:bytes(), "ip").q
r.port, #r.items, r.items[1].text, r.items[2].len, r.addrs[2]  --> 4660, 2, ab, 0, 10.0.0.2
---
-- the protocol is packet.NAME from then on
packet.protocol("zz", {"a", bits=8})
#packet.zz{a=5}:bytes()  --> 1
---
-- a field that is not there under a condition is refused with the condition
local q = packet.protocol("qq", {"kind", bits=8}, {"port", bits=16, when="kind == 2"})
q{kind=1, port=5}  --> error: qq.port is there only when kind == 2
---
-- an unknown option of a field names the nearest
packet.protocol("qr", {"kind", bit=8})  --> error: packet.protocol qr.kind: bad option 'bit' (did you mean 'bits'?)
---
-- a wrong expression names the column
packet.protocol("qs", {"kind", bits=8}, {"x", type="bytes", size="kind +* 2"})  --> error: expression 'kind +* 2', column 7
---
-- a built-in name is taken
packet.protocol("ip", {"kind", bits=8})  --> error: packet.protocol ip: there is a layer named 'ip' already
---
-- a script may define its own protocol anew
packet.protocol("own", {"a", bits=8})
packet.protocol("own", {"b", bits=16})
#packet.own{b=5}:bytes()  --> 2

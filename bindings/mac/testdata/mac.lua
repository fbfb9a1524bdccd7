-- every notation reads alike
for _, text in ipairs{"02:00:5e:10:00:0a", "02-00-5E-10-00-0A", "0200.5e10.000a", "0200.5E10.000A", "02005e10000a", "2:0:5e:10:0:a", "200.5e10.a", "\2\0\94\16\0\10"} do
  assert(mac.bytes(text) == "\2\0\94\16\0\10", text)
  assert(mac.text(text) == "02:00:5e:10:00:0a", text)
end
---
-- every notation is written
local m = "02:00:5e:10:00:0a"
mac.text(m), mac.text(m, "dash"), mac.text(m, "dot"), mac.text(m, "bare")  --> 02:00:5e:10:00:0a, 02-00-5e-10-00-0a, 0200.5e10.000a, 02005e10000a
mac.text(m, "dot", {upper = true})  --> 0200.5E10.000A
mac.text("02:00:5e:ff:fe:10:00:0a", "dot")  --> 0200.5eff.fe10.000a
---
-- text that is no address
mac.bytes("02:00:5e:10:00")  --> nil, mac.bytes: '02:00:5e:10:00' is no MAC address, malformed
mac.bytes("02:00:5e:10:00:0g")  --> nil, mac.bytes: '02:00:5e:10:00:0g' is no MAC address, malformed
mac.bytes("02:00:5e:10:00:100")  --> nil, mac.bytes: '02:00:5e:10:00:100' is no MAC address, malformed
mac.bytes("02:00-5e:10:00:01")  --> nil, mac.bytes: '02:00-5e:10:00:01' is no MAC address, malformed
mac.bytes("")  --> nil, mac.bytes: '' is no MAC address, malformed
mac.bytes("02:00:5e:10:00:01:")  --> nil, mac.bytes: '02:00:5e:10:00:01:' is no MAC address, malformed
---
-- other functions raise on it
mac.is_local("x")  --> error: bad argument #1 to 'mac.is_local' (mac: mac address expected, got 'x')
---
-- unknown notations raise
mac.text("02:00:5e:10:00:01", "colons")  --> error: bad argument #2 to 'mac.text' (notation: invalid choice 'colons': did you mean 'colon'? one of: colon, dash, dot, bare)
---
-- the bits of the first byte
mac.is_multicast("01:00:5e:00:00:01"), mac.is_multicast("02:00:00:00:00:01")  --> true, false
mac.is_local("02:00:00:00:00:01"), mac.is_local("00:00:0c:00:00:01")  --> true, false
mac.is_broadcast(mac.broadcast), mac.is_broadcast(mac.zero)  --> true, false
---
-- random addresses are unicast, local, and follow the seed
math.randomseed(7)
local a, b = mac.random(), mac.random()
assert(a ~= b)
math.randomseed(7)
assert(mac.random() == a and mac.random() == b)
for _ = 1, 100 do
  local m = mac.random()
  assert(mac.is_local(m) and not mac.is_multicast(m), m)
end
mac.random{prefix = "00-00-0C"}:sub(1, 8)  --> 00:00:0c
---
-- a prefix is one to five bytes
mac.random{prefix = "00:00:0c:1"}  --> error: bad option 'prefix' to 'mac.random' (one to five bytes expected, got '00:00:0c:1')
---
-- groups
mac.for_group("239.255.255.250"), mac.for_group("ff02::1:ff00:1")  --> 01:00:5e:7f:ff:fa, 33:33:ff:00:00:01
---
-- unicast addresses have no group
mac.for_group("10.0.0.1")  --> error: bad argument #1 to 'mac.for_group' (group: multicast address expected, got 10.0.0.1)
---
-- vendors by the longest prefix
mac.vendor("00-00-0C-12-34-56")  --> Cisco Systems, Inc
mac.vendor("00:50:c2:00:0f:ff")  --> T.L.S. Corp.
mac.vendor("02:00:00:00:00:01")  --> nil, mac.vendor: 02:00:00:00:00:01: it is locally administered, notfound
mac.vendor(mac.broadcast)  --> nil, mac.vendor: ff:ff:ff:ff:ff:ff: it is locally administered, notfound

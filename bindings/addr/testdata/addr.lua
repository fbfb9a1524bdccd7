-- addresses are read and written
tostring(addr "10.0.0.1"), tostring(addr "2001:DB8:0::1"), tostring(addr "fe80::1%eth0")  --> 10.0.0.1, 2001:db8::1, fe80::1%eth0
addr "10.0.0.1".version, addr "::1".version, addr("fe80::1%eth0").zone  --> 4, 6, eth0
"at " .. addr "10.0.0.1" .. "!"  --> at 10.0.0.1!
addr(addr "10.0.0.1") == addr "10.0.0.1"  --> true
---
-- text that is no address
addr "10.0.0.256"  --> nil, addr: '10.0.0.256' is no IP address, malformed
addr "10.0.0.01"  --> nil, addr: '10.0.0.01' is no IP address, malformed
addr ""  --> nil, addr: '' is no IP address, malformed
addr.valid "1.2.3", addr.valid "::"  --> false, true
---
-- a number is no address
addr(5)  --> error: bad argument #1 to 'addr' (text: string expected, got number)
---
-- addresses have an order
addr "10.0.0.1" < addr "10.0.0.2", addr "9.0.0.1" < addr "10.0.0.1", addr "10.0.0.1" < addr "::"  --> true, true, true
local list = {addr "10.0.0.10", addr "10.0.0.9", addr "10.0.0.1"}
table.sort(list)
tostring(list[1]), tostring(list[2]), tostring(list[3])  --> 10.0.0.1, 10.0.0.9, 10.0.0.10
---
-- addresses are counted
tostring(addr "10.0.0.255" + 1), tostring(addr "10.0.1.0" - 1), tostring(1 + addr "10.0.0.1")  --> 10.0.1.0, 10.0.0.255, 10.0.0.2
addr "10.0.1.0" - addr "10.0.0.0", addr "10.0.0.0" - addr "10.0.1.0"  --> 256, -256
tostring(addr "2001:db8::ffff:ffff:ffff:ffff" + 1)  --> 2001:db8:0:1::
addr "2001:db8:0:1::" - addr "2001:db8::"  --> 18446744073709551616
tostring(addr "::" + 9007199254740992)  --> ::20:0:0:0
addr "255.255.255.255":next()  --> nil, no address 1 from 255.255.255.255, notfound
addr "::":prev()  --> nil, no address -1 from ::, notfound
tostring(addr "fe80::1%eth0":next())  --> fe80::2%eth0
---
-- past the end an operator raises
local x = addr "255.255.255.255" + 1  --> error: no address 1 from 255.255.255.255
---
-- fractions don't count addresses
local x = addr "10.0.0.1" + 0.5  --> error: whole number up to 2^53 expected, got 0.5
---
-- versions don't mix
local x = addr "10.0.0.1" - addr "::1"  --> error: attempt to subtract addresses of different versions
---
-- bytes and numbers
addr "10.0.0.1":bytes() == "\10\0\0\1", #addr "::1":bytes()  --> true, 16
tostring(addr.from_bytes(addr "2001:db8::1":bytes()))  --> 2001:db8::1
addr "255.255.255.255":number(), tostring(addr.from_number(0))  --> 4294967295, 0.0.0.0
---
-- five bytes are no address
addr.from_bytes("12345")  --> error: bad argument #1 to 'addr.from_bytes' (bytes: 4 or 16 bytes expected, got 5)
---
-- IPv6 addresses are too large for a number
addr "::1":number()  --> error: an IPv6 address is no number of Lua's: use bytes
---
-- classes of addresses
for text, kind in pairs{
  ["0.0.0.0"] = "unspecified", ["127.1.2.3"] = "loopback", ["169.254.1.1"] = "link-local", ["10.1.1.1"] = "private",
  ["172.31.255.255"] = "private", ["172.32.0.0"] = "global", ["100.64.0.1"] = "shared", ["192.0.2.1"] = "documentation",
  ["224.0.0.1"] = "multicast", ["255.255.255.255"] = "broadcast", ["250.1.1.1"] = "reserved", ["8.8.8.8"] = "global",
  ["::"] = "unspecified", ["::1"] = "loopback", ["fe80::1%eth0"] = "link-local", ["fd00::1"] = "private", ["ff02::1"] = "multicast",
  ["2001:db8::1"] = "documentation", ["2606:4700::1111"] = "global", ["::ffff:10.0.0.1"] = "private", ["4000::"] = "reserved",
} do
  assert(addr(text):kind() == kind, text .. " is " .. addr(text):kind())
end
---
-- IPv4 inside IPv6
tostring(addr "::ffff:10.0.0.1":unmap()), tostring(addr "10.0.0.1":map()), addr "::ffff:10.0.0.1":is_v4_mapped()  --> 10.0.0.1, ::ffff:10.0.0.1, true
---
-- names in reverse
addr "10.0.0.1":reverse()  --> 1.0.0.10.in-addr.arpa
addr "2001:db8::567:89ab":reverse()  --> b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
---
-- EUI-64 there and back
tostring(addr.eui64("2001:db8::/64", "00-00-5E-10-00-01"))  --> 2001:db8::200:5eff:fe10:1
addr "2001:db8::200:5eff:fe10:1":mac()  --> 00:00:5e:10:00:01
addr "2001:db8::1":mac()  --> nil
---
-- prefixes are read and written
tostring(addr.prefix "10.1.2.3/24"), tostring(addr.prefix "10.1.2.3/24":masked())  --> 10.1.2.3/24, 10.1.2.0/24
tostring(addr.prefix "10.0.0.0/255.255.0.0"), tostring(addr.prefix("10.0.0.0", 8)), tostring(addr.prefix "10.0.0.1")  --> 10.0.0.0/16, 10.0.0.0/8, 10.0.0.1/32
tostring(addr.prefix(addr "10.0.0.1", 8)), tostring(addr.prefix(addr.prefix "::/0"))  --> 10.0.0.1/8, ::/0
addr.prefix "10.0.0.0/33"  --> nil, addr.prefix: '10.0.0.0/33' is no prefix, malformed
addr.prefix "10.0.0.0/255.0.255.0"  --> nil, addr.prefix: '10.0.0.0/255.0.255.0' is no prefix, malformed
addr.prefix "10.1.2.3/24".bits, addr.prefix "::/64".version, tostring(addr.prefix "10.1.2.3/24".address)  --> 24, 6, 10.1.2.3
---
-- parts of prefixes
local p = addr.prefix "10.1.2.3/20"
tostring(p:network()), tostring(p:broadcast()), tostring(p:last())  --> 10.1.0.0, 10.1.15.255, 10.1.15.255
tostring(p:netmask()), tostring(p:wildcard()), p:size()  --> 255.255.240.0, 0.0.15.255, 4096
tostring(addr.prefix "2001:db8::/33":netmask()), addr.prefix "::/64":broadcast()  --> ffff:ffff:8000::, nil
tostring(addr.prefix "0.0.0.0/0":netmask()), tostring(addr.prefix "0.0.0.0/0":last()), addr.prefix "::/0":size() == 2^128  --> 0.0.0.0, 255.255.255.255, true
addr.prefix "10.0.0.0/31":broadcast()  --> nil
---
-- what prefixes hold
local p = addr.prefix "10.0.0.0/8"
p:contains "10.255.255.255", p:contains "11.0.0.0", p:contains "::ffff:10.0.0.1", p:contains(addr "10.1.1.1")  --> true, false, false, true
p:contains "10.1.0.0/16", p:contains "0.0.0.0/0", p:contains(addr.prefix "10.0.0.0/8")  --> true, false, true
p:overlaps "0.0.0.0/0", p:overlaps "11.0.0.0/8"  --> true, false
---
-- other values are in no prefix
addr.prefix "10.0.0.0/8":contains(5)  --> error: bad argument #1 to 'prefix:contains' (inner: address or prefix expected, got number)
---
-- hosts of small and large prefixes
local function count(it) local n = 0 for _ in it do n = n + 1 end return n end
count(addr.prefix "10.0.0.0/24":hosts()), count(addr.prefix "10.0.0.0/31":hosts()), count(addr.prefix "10.0.0.1/32":hosts())  --> 254, 2, 1
count(addr.prefix "2001:db8::/120":hosts()), count(addr.prefix "255.255.255.0/24":addresses())  --> 255, 256
local first
for a in addr.prefix "::/0":hosts() do first = a break end
tostring(first)  --> ::1
---
-- subnets and supernets
local list = {}
for p in addr.prefix "255.255.255.0/24":subnets(26) do list[#list + 1] = tostring(p) end
table.concat(list, " ")  --> 255.255.255.0/26 255.255.255.64/26 255.255.255.128/26 255.255.255.192/26
tostring(addr.prefix "10.1.2.0/24":supernet(9))  --> 10.0.0.0/9
---
-- a subnet is no shorter than its prefix
addr.prefix "10.0.0.0/24":subnets(23)  --> error: bad argument #1 to 'prefix:subnets' (bits: 24 to 32 expected, got 23)
---
-- places in a prefix
local p = addr.prefix "10.0.0.0/24"
tostring(p:nth(0)), tostring(p:nth(5)), tostring(p:nth(-1))  --> 10.0.0.0, 10.0.0.5, 10.0.0.255
p:nth(256)  --> nil, 10.0.0.0/24 has no such address, notfound
---
-- spans
local list = {}
for i, p in ipairs(addr.span("10.0.0.0", "10.0.1.255")) do list[i] = tostring(p) end
table.concat(list, " ")  --> 10.0.0.0/23
#addr.span("0.0.0.0", "255.255.255.255"), #addr.span("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), #addr.span("0.0.0.1", "255.255.255.254")  --> 1, 1, 62
---
-- methods tell a bad self
addr.prefix "10.0.0.0/8".hosts(5)  --> error: calling 'prefix:hosts' on bad self (prefix expected, got number)

-- resolve asks, and hears who has it
local expect = require "expect"
local a = assert(require "arp".open("eth0"))
a.interface, a.mac  --> eth0, 02:00:00:00:00:01
local mac, rtt = a:resolve("10.0.0.2")
expect(mac):to_be("02:00:00:00:00:02")
expect(rtt > 0 and rtt < 1):to_be(true)
a:resolve("10.0.0.99", {timeout = 0.05, tries = 2})  --> nil, arp: nobody on eth0 has 10.0.0.99, timeout
a:close()
a:close()
---
-- scan finds all hosts, in order
local expect = require "expect"
local a = assert(require "arp".open("eth0"))
local hosts = assert(a:scan("10.0.0.0/28", {timeout = 1}))
#hosts, hosts[1].ip, hosts[1].mac, hosts[2].ip, hosts[2].mac  --> 2, 10.0.0.2, 02:00:00:00:00:02, 10.0.0.3, 02:00:00:00:00:03
hosts[1].vendor, hosts[1].rtt > 0  --> nil, true
local early = {}
a:scan("10.0.0.0/28", {timeout = 1, found = function(host) early[host.ip] = host.mac end})
early["10.0.0.2"] == hosts[1].mac, early["10.0.0.3"] == hosts[2].mac  --> true, true
#a:scan("10.0.0.64/30", {timeout = 0.05, tries = 1})  --> 0
---
-- an address that somebody has isn't free, an address that nobody has is
local a = assert(require "arp".open("eth0"))
a:free("10.0.0.2", {pace = 0.05})  --> false, 02:00:00:00:00:02
a:free("10.0.0.99", {pace = 0.02})  --> true
---
-- the times are those of RFC 5227: three probes one to two seconds apart, then two seconds of silence
local expect = require "expect"
local arp, link, clock = require "arp", require "link", require "clock"
local a, ear = assert(arp.open("eth0")), assert(link.open("eth0", {filter = "arp"}))
local PACE = 0.1
local start = clock.now()
a:free("10.0.0.77", {pace = PACE})  --> true
local done = clock.now()
local times = {start}
for p, meta in ear:sniff{timeout = 0.05} do
  p.arp.psrc, p.arp.hwsrc, p.arp.pdst, p.arp.hwdst  --> 0.0.0.0, 02:00:00:00:00:01, 10.0.0.77, 00:00:00:00:00:00
  times[#times + 1] = meta.time
end
times[#times + 1] = done
expect(#times):to_be(5)
local least, most = {0, 1, 1, 2}, {1, 2, 2, 2}
for i = 1, 4 do
  local seconds = (times[i + 1] - times[i]) / PACE
  expect(seconds >= least[i] - 0.01 and seconds <= most[i] + 1):to_be(true)
end
---
-- announce says twice whose the address is
local arp, link = require "arp", require "link"
local a, ear = assert(arp.open("eth0")), assert(link.open("eth0", {filter = "arp"}))
a:announce("10.0.0.200", {pace = 0.01})  --> true
local seen = ear:capture{timeout = 0.05}
#seen, seen[1].arp.op, seen[1].arp.psrc, seen[1].arp.pdst, seen[1].eth.dst  --> 2, 1, 10.0.0.200, 10.0.0.200, ff:ff:ff:ff:ff:ff
---
-- listen hears others' questions and answers
local arp, dgram = require "arp", require "dgram"
local a = assert(arp.open("eth0"))
a:resolve("10.0.0.3")
a:resolve("10.0.0.2")
local said = {}
for event in a:listen{timeout = 0.1} do said[#said + 1] = event.says .. " " .. event.ip .. " " .. event.mac .. " about " .. event.about end
said[1], said[2]  --> answer 10.0.0.3 02:00:00:00:00:03 about 10.0.0.1, answer 10.0.0.2 02:00:00:00:00:02 about 10.0.0.1
---
-- without the right to send frames, the system asks
local expect = require "expect"
local a = assert(require "arp".open("eth0", {via = "system"}))
expect(a.method):to_be("the system's table of neighbours")
(a:resolve("10.0.0.3"))  --> 02:00:00:00:00:03
a:resolve("10.0.0.98", {timeout = 0.05, tries = 1})  --> nil, arp: nobody has 10.0.0.98, timeout
local hosts = a:scan("10.0.0.0/29", {timeout = 1})
#hosts, hosts[1].ip, hosts[1].mac  --> 2, 10.0.0.2, 02:00:00:00:00:02
select(3, a:announce("10.0.0.1"))  --> denied
---
-- what a link hears can be drawn, with its times
local expect = require "expect"
local ladder, link = require "ladder", require "link"
local ear = assert(link.open("eth0", {filter = "arp"}))
local a = assert(require "arp".open("eth0"))
a:resolve("10.0.0.2")
expect(ladder.packets(ear:capture{timeout = 0.05}, {times = true})):to_match("\n    0.0 ms .* who has 10.0.0.2")
a:resolve("10.0.0.2")
expect(ladder.packets(ear:sniff{timeout = 0.05})):to_contain("10.0.0.2 is at 02:00:00:00:00:02")
---
-- misuse
local a = assert(require "arp".open("eth0"))
a:resolve(5)  --> error: bad argument #1 to 'arp.Link:resolve' (string expected, got 5)

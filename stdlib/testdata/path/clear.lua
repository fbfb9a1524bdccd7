-- ping counts and times replies
local expect = require "expect"
local ping = require "ping"
for _, host in ipairs{"10.0.13.2", "fd00:13::2"} do
  local p = assert(ping(host, {count = 3, interval = 0.1, timeout = 30, size = 100, pattern = "moon"}))
  local seq = 0
  for reply in p:replies() do
    seq = seq + 1
    expect(reply.seq):to_be(seq)
    expect(reply.what):to_be("reply")
    expect(reply.from):to_be(host)
    expect(reply.ttl):to_be(62)
    expect(reply.size):to_be(100)
    expect(reply.rtt > 0):to_be(true)
  end
  p.sent, p.received, p.lost, p.duplicates, p.errors, p.method  --> 3, 3, 0, 0, 0, ping socket
  p.min <= p.avg and p.avg <= p.max and p.mdev >= 0  --> true
  expect(tostring(p)):to_match("^3 sent, 3 received, 0 lost, min/avg/max/mdev [%d.]+/[%d.]+/[%d.]+/[%d.]+ ms$")
end
---
-- ping names the router that gave up
local expect = require "expect"
local ping = require "ping"
local p = assert(ping("10.0.13.2", {count = 2, interval = 0.01, timeout = 30, ttl = 2}))
for reply in p:replies() do expect(tostring(reply)):to_be("seq " .. reply.seq .. ": time exceeded from 10.0.12.2") end
p.received, p.lost, p.errors  --> 0, 2, 2
tostring(p)  --> 2 sent, 0 received, 2 lost, 2 errors
tostring(ping("fd00:13::2", {count = 1, timeout = 30, ttl = 1}):replies()())  --> seq 1: time exceeded from fd00:11::2
---
-- ping's long requests are refused by a router first, then by this machine, which has learned
local ping = require "ping"
local p = assert(ping("10.0.13.2", {count = 2, interval = 0.1, timeout = 30, size = 1273, df = "do"}))
local reply = p:replies()
tostring(reply())  --> seq 1: fragmentation needed, MTU 1300 from 10.0.11.2
tostring(reply())  --> seq 2: message too long, MTU 1300
ping("10.0.13.2", {count = 1, timeout = 30, size = 1272, df = "do"}):run().received  --> 1
---
-- nobody at home: requests are lost after their time-out
local expect = require "expect"
local ping = require "ping"
local p = assert(ping("10.0.12.77", {count = 2, interval = 0.01, timeout = 0.05}))
for reply in p:replies() do expect(tostring(reply)):to_be("seq " .. reply.seq .. ": no answer") end
tostring(p)  --> 2 sent, 0 received, 2 lost
---
-- traceroute finds the routers
local expect = require "expect"
local traceroute = require "traceroute"
for _, case in ipairs{
  {"10.0.13.2", "udp", {"10.0.11.2", "10.0.12.2", "10.0.13.2"}, "port unreachable", "UDP socket"},
  {"10.0.13.2", "icmp", {"10.0.11.2", "10.0.12.2", "10.0.13.2"}, "reply", "ping socket"},
  {"fd00:13::2", "udp", {"fd00:11::2", "fd00:12::2", "fd00:13::2"}, "port unreachable", "UDP socket"},
  {"fd00:13::2", "icmp", {"fd00:11::2", "fd00:12::2", "fd00:13::2"}, "reply", "ping socket"},
} do
  local path = assert(traceroute(case[1], {proto = case[2], probes = 2, flows = 2, timeout = 30}))
  #path.hops, path.reached, path.host == case[1], path.method == case[5]  --> 3, true, true, true
  for ttl, hop in ipairs(path.hops) do
    expect(hop.from):to_be(case[3][ttl])
    expect(hop.text):to_be(ttl == 3 and case[4] or "time exceeded")
    #hop.answers, hop.silent  --> 4, 0
  end
end
---
-- traceroute shows a silent host and what is too long
local traceroute = require "traceroute"
tostring(traceroute("10.0.13.2", {hops = 1, probes = 1})):gsub("[%d.]+ ms", "N ms")  --> " 1  10.0.11.2  N ms", 1
local nobody = traceroute("10.0.12.77", {hops = 3, probes = 2, timeout = 0.1})
nobody.reached, tostring(nobody.hops[2]), tostring(nobody.hops[3])  --> false, " 2  * *", " 3  * *"
local long = traceroute("10.0.13.2", {size = 1400, df = "probe", probes = 1})
long.reached, #long.hops, long.hops[2].text, long.hops[2].mtu  --> false, 2, fragmentation needed, 1300
local local_limit = traceroute("10.0.13.2", {size = 1600, df = "probe", probes = 1})
#local_limit.hops, local_limit.hops[1].text, local_limit.hops[1].mtu  --> 1, message too long, 1500
---
-- pmtu follows what routers say, and tells each hop's MTU
local expect = require "expect"
local pmtu = require "pmtu"
for _, host in ipairs{"10.0.13.2", "fd00:13::2"} do
  for _, proto in ipairs{"icmp", "udp"} do
    local m = assert(pmtu(host, {proto = proto}))
    m.mtu, m.method, m.via, m.reached, m.blackhole, #m.hops  --> 1300, ptb, socket, true, nil, 3
    m.hops[1].mtu, m.hops[2].mtu, m.hops[3].mtu  --> 1500, 1300, 1300
    m.steps[1].size, m.steps[1].result, m.steps[1].mtu  --> 1500, too big, 1300
    m.steps[2].size, m.steps[2].result, m.steps[2].from == host  --> 1300, passed, true
    expect(m.steps[1].from):to_be(m.hops[1].from)
    tostring(m):match("^[^\n]*") == host .. ": MTU 1300 (ptb)", select(2, tostring(m):gsub("\n", ""))  --> true, 3
  end
end
---
-- pmtu where nothing is narrow
local pmtu = require "pmtu"
local m = assert(pmtu("10.0.11.2"))
m.mtu, m.method, m.probes, #m.hops, m.proto  --> 1500, probe, 1, 1, icmp
pmtu("10.0.13.2", {size = 1200}).mtu  --> 1200
pmtu("127.0.0.1").mtu, pmtu("::1").mtu  --> 65535, 65535
---
-- pmtu to a host that isn't there
local pmtu = require "pmtu"
pmtu("10.0.11.77", {timeout = 0.1, hops = 2})  --> nil, pmtu: no answer from 10.0.11.77, nor from anybody on the way, timeout
local silent = assert(pmtu("10.0.12.77", {timeout = 0.1, hops = 3}))
silent.reached, silent.mtu, silent.hops[1].from, #silent.hops  --> false, 1500, 10.0.11.2, 1
tostring(silent):match("^[^\n]*")  --> 10.0.12.77: MTU 1500 (probe), no answer from the host

-- ping by frames counts and times as by sockets
local HOSTS, FIRST = {"10.0.13.2", "fd00:13::2"}, {["10.0.13.2"] = "10.0.11.2", ["fd00:13::2"] = "fd00:11::2"}
local ping = require "ping"
for _, host in ipairs(HOSTS) do
  local p = assert(ping(host, {count = 3, interval = 0.01, size = 100, pattern = "moon", via = "frames", timeout = 30})):run()
  p.sent, p.received, p.errors, p.method  --> 3, 3, 0, raw frames on right
  local dead = assert(ping(host, {count = 1, ttl = 1, via = "frames", timeout = 30})):replies()()
  dead.what, dead.text, dead.from == FIRST[host]  --> exceeded, time exceeded, true
end
-- What is too long for the interface goes out in fragments, and comes back so; routers cut those of IPv4, not those of IPv6.
ping("10.0.13.2", {count = 1, size = 3000, via = "frames", timeout = 30}):replies()().size  --> 3000
ping("fd00:13::2", {count = 1, size = 3000, via = "frames", timeout = 30}):replies()().what  --> too big
local p = assert(ping("10.0.13.2", {count = 2, interval = 0.05, size = 1273, df = "do", via = "frames", timeout = 30}))
local reply = p:replies()
tostring(reply())  --> seq 1: fragmentation needed, MTU 1300 from 10.0.11.2
tostring(reply())  --> seq 2: fragmentation needed, MTU 1300 from 10.0.11.2
tostring(ping("10.0.13.2", {count = 1, size = 1473, df = "do", via = "frames", timeout = 30}):replies()())  --> seq 1: message too long, MTU 1500
---
-- traceroute by frames, by each protocol
local HOSTS, FIRST = {"10.0.13.2", "fd00:13::2"}, {["10.0.13.2"] = "10.0.11.2", ["fd00:13::2"] = "fd00:11::2"}
local expect = require "expect"
local traceroute = require "traceroute"
for _, host in ipairs(HOSTS) do
  for proto, last in pairs{udp = "port unreachable", icmp = "reply", tcp = "port closed"} do
    local path = assert(traceroute(host, {proto = proto, probes = 2, via = "frames", timeout = 30}))
    #path.hops, path.reached, path.proto == proto, path.method  --> 3, true, true, raw frames on right
    expect(path.hops[1].from):to_be(FIRST[host])
    expect(path.hops[3].from):to_be(host)
    path.hops[1].text, path.hops[2].text, path.hops[3].text == last, path.hops[2].silent  --> time exceeded, time exceeded, true, 0
  end
end
---
-- all probes of a flow look the same to a router: ports, addresses and checksum
local expect = require "expect"
local link, traceroute = require "link", require "traceroute"
for proto, name in pairs{udp = "sport", icmp = "id"} do
  local filter = proto == "udp" and "udp" or "icmp[0] = 8"
  for _, via in ipairs{"frames", "socket"} do
    local ear = assert(link.open("right", {filter = filter}))
    assert(traceroute("10.0.13.2", {proto = proto, via = via}))
    local seen = ear:capture{timeout = 0.05, direction = "out"}
    expect(#seen >= 9):to_be(true)
    for _, p in ipairs(seen) do
      local flow = p[proto]
      expect({flow.chksum, flow[name], p.ip.src, p.ip.dst}):to_equal{seen[1][proto].chksum, seen[1][proto][name],
        p.ip.src, p.ip.dst}
    end
    ear:close()
  end
end
---
-- pmtu by frames
local HOSTS, FIRST = {"10.0.13.2", "fd00:13::2"}, {["10.0.13.2"] = "10.0.11.2", ["fd00:13::2"] = "fd00:11::2"}
local pmtu = require "pmtu"
for _, host in ipairs(HOSTS) do
  for _, proto in ipairs{"icmp", "udp"} do
    local m = assert(pmtu(host, {proto = proto, via = "frames"}))
    m.mtu, m.method, m.via, m.reached, m.blackhole, #m.hops  --> 1300, ptb, frames, true, nil, 3
    m.hops[1].mtu, m.hops[2].mtu, m.hops[3].mtu  --> 1500, 1300, 1300
  end
end
---
-- without ping sockets, frames stand in
local probe = require "probe"
probe.open("10.0.13.2", {proto = "tcp"}).via  --> frames
probe.open("10.0.13.2", {proto = "tcp", via = "socket"})  --> nil, probe.open: no tcp probes via socket, unsupported

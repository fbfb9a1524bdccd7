-- title: A routing loop
-- about: two routers that each take the other for the way to a network: a datagram goes to and fro between them until its hop
--        limit is used up, and one that was sent once crosses the link many times
-- arg:   ttl integer 2..255 = 64 | hop limit of the datagram
-- shows:
--   [h1]----------------------------(R1)----------------------------(R2)
--       eth0                    eth0    eth1                    eth0
--       10.0.1.2/24      10.0.1.1/24    10.0.2.1/24      10.0.2.2/24
--       fd00:0:0:1::2  fd00:0:0:1::1    fd00:0:0:2::1  fd00:0:0:2::2
--
--   h1 asks 10.9.0.1 once:
--   seq 1: time exceeded from 10.0.2.2
--   the link R1--R2 carried it 63 times:
--    R1                  R2
--    |----- TTL 63 ------>|
--    |<------ TTL 62 -----|
--    |----- TTL 61 ------>|
--    |<------ TTL 60 -----|
--    | and so on          |
--    |<------ TTL 2 ------|
--    |------ TTL 1 ------>|
--
--   the way there, hop by hop:
--    1  10.0.1.1  0.004 ms
--    2  10.0.2.2  0.005 ms
--    3  10.0.1.1  0.006 ms
--    4  10.0.2.2  0.008 ms
--    5  10.0.1.1  0.008 ms
--    6  10.0.2.2  0.009 ms
--
--   R2 forgets that route:
--   seq 1: network unreachable from 10.0.2.2
--   the link R1--R2 carried it once
-- returns: list | a record with the loop, and one without it
--   loop boolean | the routers send to each other what neither has
--   crossings integer | how often the link between them carried one question
-- see:   RFC 791 section 3.2; RFC 1812 section 5.3.1; tutorial/13_traceroute
-- categories: lab, safe, routing
-- author: the moonwire authors
-- version: 1.0

local lab, ladder, ping = require "lab", require "ladder", require "ping"
local script, traceroute = require "script", require "traceroute"
local NOWHERE, ttl = "10.9.0.1", script.args().ttl
local net = lab{"h1 -- R1 -- R2", routes = {R1 = {["10.9.0.0/16"] = "R2"}, R2 = {["10.9.0.0/16"] = "R1"}}}
print(net)

-- crossings lists what crosses the link between the routers while f runs on h1.
local function crossings(f)
  local frames, all = net:sniff("R1--R2", {filter = "icmp[0] = 8", timeout = 0.5}), {}
  net.h1:run(f)
  for p, meta in frames do all[#all + 1] = {ttl = p.ip.ttl, from = meta.from} end
  return all
end

local function times(n) return n == 1 and "once" or n .. " times" end

local function ask()
  local p = assert(ping(NOWHERE, {count = 1, ttl = ttl}))
  for outcome in p:replies() do print(outcome) end
end

print("\nh1 asks " .. NOWHERE .. " once:")
local seen = crossings(ask)
print("the link R1--R2 carried it " .. times(#seen) .. ":")
local events = {}
for i, one in ipairs(seen) do
  if i <= 4 or i > #seen - 2 then
    events[#events + 1] = {from = one.from, to = one.from == "R1" and "R2" or "R1", label = "TTL " .. one.ttl}
  elseif i == 5 then
    events[#events + 1] = {at = "R1", label = "and so on"}
  end
end
print(ladder.draw(events, {actors = {"R1", "R2"}}))

print("\nthe way there, hop by hop:")
print(net.h1:run(traceroute, NOWHERE, {hops = 6, probes = 1}))

-- The cure: one of them has to know that there is no way.
net.R2:unroute("10.9.0.0/16")
print("\nR2 forgets that route:")
local cured = #crossings(ask)
print("the link R1--R2 carried it " .. times(cured))
net:close()
return {{loop = true, crossings = #seen}, {loop = false, crossings = cured}}

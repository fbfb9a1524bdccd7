-- title: Two networks on the same switches
-- about: VLANs part what hangs on one switch, and join what hangs on two: frames carry a tag on the trunk between the switches and
--        none elsewhere; from one VLAN to the other only a router leads
-- shows:
--   <sw1>
--    +- p1 vlan 10 --------------- eth0 [h1]  10.0.10.2/24  fd00:0:0:10::2
--    +- p2 vlan 20 --------------- eth0 [h2]  10.0.20.2/24  fd00:0:0:20::2
--    +- p3 trunk 10,20 native 1 -- p1 <sw2>  trunk 10,20  native 1
--    |   +- p2 vlan 10 -- eth0 [h3]  10.0.10.3/24  fd00:0:0:10::3
--    |   `- p3 vlan 20 -- eth0 [h4]  10.0.20.3/24  fd00:0:0:20::3
--    `- p4 trunk 10,20 ----------- eth0 (R1)  eth0.10 10.0.10.1/24 fd00:0:0:10::1
--                                             eth0.20 10.0.20.1/24 fd00:0:0:20::1
--
--   h1 says something to everybody; on the trunk sw1--sw2:
--     from sw1: tag 10, 10.0.10.2 > 255.255.255.255, udp
--   who hears it: h3
--
--   from  to h1   to h2   to h3   to h4
--   ----  ------  ------  ------  ------
--   h1            TTL 63  TTL 64  TTL 63
--   h2    TTL 63          TTL 63  TTL 64
--   h3    TTL 64  TTL 63          TTL 63
--   h4    TTL 63  TTL 64  TTL 63
--
--   h1 asks h2, on R1's link:
--     from sw1: tag 10, 10.0.10.2 > 10.0.20.2, echo-request
--     from R1: tag 20, 10.0.10.2 > 10.0.20.2, echo-request
--     from sw1: tag 20, 10.0.20.2 > 10.0.10.2, echo-reply
--     from R1: tag 10, 10.0.20.2 > 10.0.10.2, echo-reply
-- returns: list | a record for each pair of hosts
--   from string | who asks
--   to string | who is asked
--   ttl integer | hop limit of the answer: 64 without a router between them
--   text string | of what came instead of an answer
-- see:   IEEE 802.1Q; recipes/vlan_hop
-- categories: lab, safe, vlan
-- author: the moonwire authors
-- version: 1.0

local lab, link, packet, ping = require "lab", require "link", require "packet", require "ping"
local tabulate, task = require "tabulate", require "task"
local HOSTS = {"h1", "h2", "h3", "h4"}
local net = lab{"h1, h2 -- sw1 -- sw2 -- h3, h4", "sw1 -- R1",
  vlan = {h1 = 10, h3 = 10, h2 = 20, h4 = 20, R1 = {10, 20}}}
print(net)

-- Who hears what h1 says to everybody?
local heard = {}
for _, name in ipairs(HOSTS) do
  net[name]:daemon(function()
    for p in assert(link.open("eth0", {filter = "udp port 9"})):sniff{direction = "in"} do heard[#heard + 1] = name end
  end)
end
task.sleep(0.05)

-- tags tells what a link carries while f runs.
local function tags(name, f)
  local frames, all = net:sniff(name, {filter = "not arp", timeout = 0.3}), {}
  f()
  for p, meta in frames do
    all[#all + 1] = ("  from %s: tag %s, %s > %s, %s"):format(meta.from, p.dot1q and p.dot1q.vlan or "none", p.ip.src, p.ip.dst,
      p.icmp and p:text("icmp.type") or "udp")
  end
  return table.concat(all, "\n")
end

local function shout()
  net.h1:run(function()
    link.send(packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.ip{dst = "255.255.255.255"} / packet.udp{sport = 9, dport = 9} / "anybody?")
  end)
end
print("\nh1 says something to everybody; on the trunk sw1--sw2:")
print(tags("sw1--sw2", shout))
print("who hears it: " .. table.concat(heard, ", "))

-- Within a VLAN hosts reach each other directly: the hop limit stays 64. Between two the router takes one off.
local rows, records = {}, {}
for i, from in ipairs(HOSTS) do
  rows[i] = {from}
  for k, to in ipairs(HOSTS) do
    local reply = from ~= to and net[from]:run(function()
      for r in ping(net[to].address, {count = 1}):replies() do return r end
    end)
    if reply then records[#records + 1] = {from = from, to = to, ttl = reply.ttl, text = not reply.ttl and reply.text or nil} end
    rows[i][k + 1] = reply and (reply.ttl and "TTL " .. reply.ttl or reply.text) or ""
  end
end
print("\n" .. tabulate(rows, {"from", "to h1", "to h2", "to h3", "to h4"}))

print("\nh1 asks h2, on R1's link:")
print(tags("sw1--R1", function() net.h1:run(function() ping(net.h2.address, {count = 1}):run() end) end))
return records

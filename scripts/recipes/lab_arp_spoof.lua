-- title: A forged ARP message, and who notices
-- about: ARP believes everybody: a third host says that it has both addresses of a conversation, and what the two say goes through its
--        hands. A watcher at the switch's mirror port sees that an address has moved
-- shows:
--   <sw1>
--    +- p1 ----------------- eth0 [alice]  10.0.1.1/24  fd00:0:0:1::1
--    +- p2 ----------------- eth0 [bob]  10.0.1.2/24  fd00:0:0:1::2
--    +- p3 ----------------- eth0 [mallory]  10.0.1.3/24  fd00:0:0:1::3
--    `- p4 mirror of p1-3 -- eth0 [watcher]
--
--   bob hears "the key is under the mat"
--   alice takes 02:00:00:00:00:02 for bob
--   the watcher: 10.0.1.2 is at 02:00:00:00:00:02, and 02:00:00:00:00:03 says that it is there
--   the watcher: 10.0.1.1 is at 02:00:00:00:00:01, and 02:00:00:00:00:03 says that it is there
--
--   mallory reads "the key is in the vase" and hands it on
--   bob hears "the key is in the vase"
--   alice takes 02:00:00:00:00:03 for bob
-- returns: list | a record for each message that alice sends to bob
--   text string | of the message
--   mac mac | which card alice takes for bob's
--   forged boolean | it is another
-- see:   RFC 826; RFC 5227 section 2.4; tutorial/09_arp_resolve; moonwire doc arp
-- categories: lab, safe, arp
-- author: the moonwire authors
-- version: 1.0

local dgram, lab, link = require "dgram", require "lab", require "link"
local packet, task = require "packet", require "task"
local net = lab{"alice, bob, mallory, watcher -- sw1", mirror = {watcher = "all"}}
print(net)
print()

local function mac_of(name) return net[name].interfaces.eth0.mac end
local alice, bob, mallory = net.alice.address, net.bob.address, mac_of("mallory")

-- The watcher keeps who claims which address. One that two cards claim is worth a look.
net.watcher:daemon(function()
  local claims = {}
  for p in assert(link.open("eth0", {filter = "arp", promiscuous = true})):sniff() do
    local ip, mac = p.arp.psrc, p.arp.hwsrc
    claims[ip] = claims[ip] or {first = mac}
    if not claims[ip][mac] and mac ~= claims[ip].first then
      print(("the watcher: %s is at %s, and %s says that it is there"):format(ip, claims[ip].first, mac))
    end
    claims[ip][mac] = true
  end
end)

net.bob:daemon(function()
  for data, meta in assert(dgram.udp{address = bob .. ":7000"}):datagrams() do print(("bob hears %q"):format(data)) end
end)

local said = {}
local function alice_says(text)
  net.alice:run(function()
    dgram.udp{}:send(text, bob .. ":7000")
    task.sleep(0.1)
    for _, row in ipairs(link.neighbors()) do
      if row.address == bob then
        print(("alice takes %s for bob"):format(row.mac))
        said[#said + 1] = {text = text, mac = row.mac, forged = row.mac ~= mac_of("bob")}
      end
    end
  end)
end

alice_says("the key is under the mat")

-- Mallory asks each for the other's sake, and hands on what she gets, or they would notice. A question tells who asks: it is believed.
net.mallory:daemon(function()
  local l = assert(link.open("eth0", {filter = "ip and udp"}))
  for victim, other in pairs{alice = bob, bob = alice} do
    l:send(packet.eth{dst = mac_of(victim)} / packet.arp{op = "who-has", hwsrc = mallory, psrc = other, pdst = net[victim].address})
  end
  for p in l:sniff{direction = "in"} do
    if p.eth.dst == mallory then
      print(("mallory reads %q and hands it on"):format(p.raw.load))
      p.eth.src, p.eth.dst = mallory, mac_of(p.ip.dst == bob and "bob" or "alice")
      l:send(p)
    end
  end
end)
task.sleep(0.1)
print()
alice_says("the key is in the vase")
return said

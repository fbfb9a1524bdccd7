-- title: Are you there?
-- about: an echo request and its reply: the identifier tells programs apart, the sequence number requests; the time between is
--        the round trip's
-- needs: raw to HOST/icmp; net HOST/icmp
-- lab:   pair on h1
-- arg:   host address = 10.0.0.2 | whom to ask
-- shows:
--   echo-request id 0x4d57 seq 1, "are you there?": echo-reply id 0x4d57 seq 1, "are you there?" after 0.1 ms
--
--   by ping socket
--   seq 1: 56 bytes from 10.0.0.2, ttl 64, 0.108 ms
--   seq 2: 56 bytes from 10.0.0.2, ttl 64, 0.092 ms
--   seq 3: 56 bytes from 10.0.0.2, ttl 64, 0.087 ms
--   3 sent, 3 received, 0 lost, min/avg/max/mdev 0.087/0.096/0.108/0.009 ms
--
--    asker                10.0.0.2
--      |-- echo request 1 --->|
--      |<---- echo reply 1 ---|
--      |-- echo request 1 --->|
--      |<---- echo reply 1 ---|
--      |-- echo request 2 --->|
--      |<---- echo reply 2 ---|
--      |-- echo request 3 --->|
--      |<---- echo reply 3 ---|
-- see:   RFC 792; RFC 1122 section 3.2.2.6; tutorial/11_fragments
-- categories: tutorial, icmp

local ladder, link, packet, ping = require "ladder", require "link", require "packet", require "ping"
local host = require "script".args().host
local l = assert(link.open(nil, {to = host, filter = "icmp"}))

-- By hand: ICMP stands on IP and has no ports. What follows its header comes back as it is.
local request = packet.ip{dst = host} / packet.icmp{type = "echo-request", id = 0x4d57, seq = 1} / "are you there?"
local r = assert(l:exchange(request, {timeout = 1, retry = 2}))
for sent, received, time in r:pairs() do
  print(("%s id 0x%x seq %d, %q: %s id 0x%x seq %d, %q after %.1f ms"):format(sent:text("icmp.type"), sent.icmp.id, sent.icmp.seq,
    sent.raw.load, received:text("icmp.type"), received.icmp.id, received.icmp.seq, received.raw.load, time * 1000))
end

-- ping does that again and again, without a privilege where the system has sockets for it.
local p = assert(ping(host, {count = 3, interval = 0.1}))
print("\nby " .. p.method)
for reply in p:replies() do print(reply) end
print(p)

local seen = l:capture{timeout = 0.1}
print("\n" .. ladder.packets(seen, {names = {[seen[1].ip.src] = "asker"}, actors = {"asker", host}}))
l:close()

-- title: The tour
-- about: a whole network in this process: a host and two routers with a narrow link between them; how long a datagram may be, and
--        what was said about it on the wire
-- shows:
--   [linux]----------------------------(R1)--------- MTU 1300 ---------(R2)
--          eth0                    eth0    eth1                    eth0
--          10.0.1.2/24      10.0.1.1/24    10.0.2.1/24      10.0.2.2/24
--          fd00:0:0:1::2  fd00:0:0:1::1    fd00:0:0:2::1  fd00:0:0:2::2
--
--   1500 bytes: 10.0.1.1 says that the next link carries 1300
--
--   1300 bytes: R2 answers
--
--   on the link linux--R1:
--    linux                                   R1                                     R2
--      |------------------------- echo-request, 1500 bytes ------------------------->|
--      |<--- fragmentation needed, MTU 1300 --|                                      |
--      |------------------------- echo-request, 1300 bytes ------------------------->|
--      |<-------------------------- echo-reply, 1300 bytes --------------------------|
-- returns: list | a record for each datagram that was tried
--   bytes integer | its length
--   answered boolean | R2 has answered it
--   from address | who said that it is too long
--   mtu integer | of the next link, as that one said
-- see:   RFC 1191; tutorial/12_path_mtu; moonwire doc lab
-- categories: lab, safe, mtu
-- author: the moonwire authors
-- version: 1.0

local dgram, lab, ladder = require "dgram", require "lab", require "ladder"
local net = lab{"linux -- R1 -- R2", mtu = {["R1--R2"] = 1300}}
print(net)

-- linux asks R2 for an echo: as long as its own link allows, and not to be cut on the way. 28 bytes are headers. What the link
-- carries meanwhile is kept.
local tried = {}
local frames, to = net:sniff("linux--R1", {filter = "icmp", timeout = 0.2}), net.R2.address
net.linux:run(function()
  local s = assert(dgram.ping{to = to, df = "probe", timeout = 1})
  local size, answered = s:mtu(to), nil
  repeat
    s:send(("x"):rep(size - 28))
    answered = s:receive()
    if answered then
      tried[#tried + 1] = {bytes = size, answered = true}
      print(("\n%d bytes: R2 answers"):format(size))
    else
      local _, _, router, mtu = assert(s:error())
      print(("\n%d bytes: %s says that the next link carries %d"):format(size, tostring(router), mtu))
      tried[#tried + 1] = {bytes = size, answered = false, from = tostring(router), mtu = mtu}
      size = mtu
    end
  until answered
  s:close()
end)

local names, events = {}, {}
for _, name in ipairs(net:hosts()) do
  for _, interface in pairs(net[name].interfaces) do names[tostring(interface.address)] = name end
end
for p in frames do
  local label = ("%s, %d bytes"):format(p:text("icmp.type"), p.ip.len)
  if p.icmp.type == 3 then label = "fragmentation needed, MTU " .. p.icmp.nexthopmtu end
  events[#events + 1] = {from = names[p.ip.src], to = names[p.ip.dst], label = label}
end
print("\non the link linux--R1:\n" .. ladder.draw(events, {actors = {"linux", "R1", "R2"}}))
return tried

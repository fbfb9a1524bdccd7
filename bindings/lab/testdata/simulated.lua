-- a delay is exact, each way
local net = lab{"h1 -- h2", ipv6 = false, delay = 0.5}
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000"}) end)
net.h2:daemon(function() for data, meta in s:datagrams() do s:send(data, meta.peer) end end)
local c = net.h1:run(function() return dgram.udp{to = net.h2.address .. ":7000", timeout = 60} end)
c:send("first") -- which waits for ARP
(c:receive())  --> first
local start = clock.now()
c:send("there and back")
c:receive()
("%.3f"):format(clock.now() - start)  --> 1.000
---
-- a filter takes no time, and may take some
local net = lab{"h1 -- h2", ipv6 = false}
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 60}) end)
local c = net.h1:run(function() return dgram.udp{to = net.h2.address .. ":7000"} end)
c:send("first")
s:receive()
local slow = false
net:link("h1--h2"):impair{filter = function() if slow then task.sleep(3) end end}
local start = clock.now()
c:send("at once")
s:receive()
clock.now() - start < 0.0001  --> true
slow, start = true, clock.now()
c:send("later")
s:receive()
("%.3f"):format(clock.now() - start)  --> 3.000
---
-- the same seed, the same losses
local function lost(seed)
  local net = lab{"h1 -- h2", ipv6 = false, loss = 0.3, seed = seed}
  local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 5}) end)
  local c = net.h1:run(function() return dgram.udp{to = net.h2.address .. ":7000"} end)
  for i = 1, 100 do c:send(tostring(i)) task.sleep(0.01) end
  local got = {}
  while true do
    local data = s:receive()
    if not data then break end
    got[#got + 1] = data
  end
  net:close()
  return table.concat(got, " ")
end
local a, b, c = lost(1), lost(1), lost(2)
a == b, a == c, #a > 0  --> true, false, true
---
-- an hour passes at once
local net = lab{"h1 -- h2"}
local start = clock.now()
net.h1:run(task.sleep, 3600)
clock.now() - start  --> 3600
---
-- a loop of switches has a storm, which ends and is counted
local net = lab{"h1 -- sw1 -- sw2 -- sw3 -- sw1", "h2 -- sw3", ipv6 = false, loop = true}
net.h1:run(function() dgram.udp{to = net.h2.address .. ":9"}:send("x") end)
task.sleep(0.5)
local storms, dropped = 0, 0
for _, name in ipairs{"sw1", "sw2", "sw3"} do
  local st = net[name]:stats()
  storms, dropped = storms + st.storms, dropped + (st.drops.storm or 0)
end
storms > 0, dropped > 0  --> true, true
---
-- a filter that another one replaces answers for what it has, and ends
local net = lab{"h1 -- h2", ipv6 = false}
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 60}) end)
local c = net.h1:run(function() return dgram.udp{to = net.h2.address .. ":7000"} end)
c:send("first")
s:receive()
local l, asked = net:link("h1--h2"), 0
l:impair{from = "h1", filter = function() asked = asked + 1 task.sleep(1) end}
c:send("slow")
task.sleep(0.5)
l:impair{}
c:send("quick")
(s:receive())  --> quick
(s:receive())  --> slow
asked  --> 1
---
-- a script's own filter passes, changes and drops frames
local net = lab{"h1 -- h2", ipv6 = false}
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 5}) end)
local c = net.h1:run(function() return dgram.udp{to = net.h2.address .. ":7000"} end)
c:send("hello") -- which asks for the MAC address first
s:receive()
local senders = {}
net:link("h1--h2"):impair{filter = function(p, from)
  senders[from] = true
  if not p.udp then return end
  if p.raw.load == "drop" then return false, "for a test" end
  if p.raw.load == "change" then return p:set("raw.load", "chance"):set("udp.chksum", packet.auto) end
  if p.raw.load == "twice" then return {p, p:bytes()} end
end}
for _, text in ipairs{"first", "drop", "change", "twice"} do c:send(text) end
s:send("back", ({c:address()})[1])
local got = {}
for i = 1, 4 do got[i] = s:receive() end
table.concat(got, " "), senders.h1, senders.h2  --> first chance twice twice, true, true
net:link("h1--h2"):stats().h1.drops["for a test"]  --> 1
---
-- links go down and up, are cut and heal
local net = lab{"h1 -- h2", ipv6 = false}
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 3}) end)
local function arrives()
  net.h1:run(function() dgram.udp{to = net.h2.address .. ":7000"}:send("x") end)
  return s:receive() ~= nil
end
local l = net:link("h1--h2")
arrives()  --> true
arrives(l:partition()), l.carrier  --> false, true
arrives(l:heal())  --> true
arrives(l:down()), l.carrier  --> false, false
arrives(l:up()), l.carrier, tostring(l)  --> true, true, link h1--h2
---
-- the real world keeps real time
local net = lab{"h1 -- h2"}
local f, why, kind = net:forward("127.0.0.1:0", "h2:80")
f, why:match("keep real time, and this lab's is simulated"), kind  --> nil, keep real time, and this lab's is simulated, unsupported
local b
b, why, kind = net:bridge{link = "h1--h2"}
b, why:match("keep real time, and this lab's is simulated"), kind  --> nil, keep real time, and this lab's is simulated, unsupported
---
-- losses in bursts, on a link of a table
local net = lab{nodes = {h1 = {}, h2 = {}}, links = {{"h1", "h2", name = "cable"}}}
local s = net.h2:run(function() return assert(dgram.udp{address = "0.0.0.0:7000", timeout = 3}) end)
local function arrives()
  net.h1:run(function() dgram.udp{to = net.h2.address .. ":7000"}:send("x") end)
  return s:receive() ~= nil
end
arrives()  --> true
net:link("cable"):impair{burst = {p = 1, r = 0}}
arrives(), arrives()  --> true, false
net:link("cable"):impair{burst = {}}  --> error: field 'p': number expected

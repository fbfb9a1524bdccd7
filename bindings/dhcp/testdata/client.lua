-- the four messages, step by step
local net = lab.open("dual")
net.R1:run(fake.serve)
local c = net.linux:run(function() return assert(dhcp.client{}) end)
c.iface, c.state, c.mac == net.linux.interfaces.eth0.mac  --> eth0, init, true
local offer = assert(c:discover())
c.state  --> selecting
local lease = assert(c:request(offer))
c.state, lease.state, lease.address, lease.prefix, lease.mask, lease.router, lease.server  --> bound, bound, 10.0.1.100, 10.0.1.0/24, 255.255.255.0, 10.0.1.1, 10.0.1.1
lease.time, lease.t1, lease.t2, lease.expires - lease.obtained, table.concat(lease.dns, " "), lease.domain  --> 600, 300, 525, 600, 10.0.1.53 10.0.1.54, lab.test
lease.routes[1].destination, lease.routes[1].gateway, #lease.routes  --> 0.0.0.0/0, 10.0.1.1, 1
local x = c.exchange
#x, x[1].type, x[2].type, x[3].type, x[4].type, x[1].dir, x[2].dir  --> 4, discover, offer, request, ack, out, in
x[1].source, x[1].destination, x[1].destination_mac, x[2].source, x[3].label  --> 0.0.0.0:68, 255.255.255.255:67, ff:ff:ff:ff:ff:ff, 10.0.1.1:67, request 10.0.1.100
tostring(lease)  --> dhcp.lease 10.0.1.100/24 from 10.0.1.1 for 600 s, bound
lease.client == c, c.stats.sent, c.stats.received  --> true, 2, 2
---
-- all at once, and a client that nobody holds lasts as long as its lease
local net = lab.open("dual")
net.R1:run(fake.serve)
local lease = net.linux:run(function() return assert(dhcp.client{}:acquire()) end)
for i = 1, 5 do collectgarbage() task.sleep(0.01) end
assert(lease:renew())
lease.state, lease:rebind() == lease  --> bound, true
lease:release("gone"), lease.state, lease.client.state  --> true, released, init
select(2, lease:renew()), select(3, lease:renew())  --> dhcp.lease:renew: the lease of 10.0.1.100 is over: released, closed
---
-- offers of two servers, and the one that was not chosen
local net = lab{"linux, R1, R2 -- sw1", addresses = {["linux.eth0"] = false}}
net.R1:run(fake.serve)
net.R2:run(fake.serve, {server = "10.0.1.2", address = "10.0.1.200"})
local c = net.linux:run(function() return assert(dhcp.client{}) end)
local before = clock.now()
local offers = assert(c:discover{all = true, wait = 3})
#offers, clock.now() - before  --> 2, 3
c:request(offers[2]).address:match("^10%.0%.1%.%d00$") ~= nil  --> true
---
-- nobody answers
local net = lab.open("dual")
local c = net.linux:run(function() return assert(dhcp.client{tries = 2}) end)
local offer, why, kind = c:discover()
offer, why:match("^dhcp.client:discover: no offer on eth0 within 1[0-4][%d.]* s %(discover sent 2 times%)$") ~= nil, kind, c.state  --> nil, true, timeout, init
---
-- answers to somebody else
local net = lab.open("dual")
net.R1:run(fake.serve, {xid = 1})
local c = net.linux:run(function() return assert(dhcp.client{timeout = 3}) end)
local _, why, kind = c:discover()
why, kind  --> dhcp.client:discover: no offer on eth0 within 3 s (discover sent once; ignored: 1 wrong xid), timeout
c.stats.ignored["wrong xid"], c.exchange[2].ignored  --> 1, wrong xid
---
-- a refusal
local net = lab.open("dual")
net.R1:run(fake.serve, {nak = true})
local c = net.linux:run(function() return assert(dhcp.client{restarts = 0}) end)
local _, why, kind = c:acquire()
why, kind, c.state  --> dhcp.client:acquire: 10.0.1.1 refuses (nak): "as you wish", nak, init
---
-- a server that vanishes mid-way
local net = lab.open("dual")
net.R1:run(fake.serve, {silent = "request"})
local c = net.linux:run(function() return assert(dhcp.client{restarts = 0, timeout = 5}) end)
select(2, c:acquire())  --> dhcp.client:acquire: no answer of 10.0.1.1 to the request for 10.0.1.100 on eth0 within 5 s (request sent 2 times), timeout
---
-- another host has the address
local net = lab{"linux, h2, R1 -- sw1", addresses = {["linux.eth0"] = false, h2 = "10.0.1.100/24", R1 = "10.0.1.1/24"}}
net.R1:run(fake.serve)
local c = net.linux:run(function() return assert(dhcp.client{restarts = 0, arp_check = true}) end)
local _, why, kind = c:acquire()
why, kind  --> dhcp.client:acquire: 10.0.1.100 is in use by 02:00:00:00:00:02 (declined), conflict
local x = c.exchange
x[#x].type, x[#x].destination  --> decline, 255.255.255.255:67
---
-- the interface goes down
local net = lab.open("dual")
local c = net.linux:run(function() return assert(dhcp.client{}) end)
task.spawn(function() task.sleep(2) net.linux:shutdown("eth0") end)
select(2, c:discover())  --> dhcp.client:discover: eth0: the interface went down, down
select(2, c:discover())  --> dhcp.client:discover: send discover: eth0: the interface is down, down
---
-- an address from before
local net = lab.open("dual")
net.R1:run(fake.serve, {address = "10.0.1.150", times = 1})
local c = net.linux:run(function() return assert(dhcp.client{tries = 1}) end)
local lease = assert(c:reboot("10.0.1.150"))
lease.address, lease.confirmed, #c.exchange  --> 10.0.1.150, true, 2
local again = assert(c:reboot(lease))
again.address, again.confirmed, c.state  --> 10.0.1.150, false, bound
select(2, c:reboot("10.0.1.151")):match("no answer to the request for 10.0.1.151") ~= nil  --> true
---
-- parameters only
local net = lab.open("dual")
net.R1:run(fake.serve)
local c = net.linux:run(function() return assert(dhcp.client{}) end)
c:inform{address = "10.0.1.77"} ~= nil, c.exchange[1].source  --> true, 10.0.1.77:68
c:inform{address = "10.0.1.77", server = "10.0.1.1"} ~= nil, c.exchange[3].destination  --> true, 10.0.1.1:67
c:inform()  --> error: bad option 'address' to 'dhcp.client:inform' (the interface has no IPv4 address: name one)
---
-- a lease's life, after which there is none
local net = lab.open("dual")
net.R1:run(fake.serve, {times = 3, t1 = 200})
local lease = net.linux:run(function() return assert(dhcp.client{}:acquire()) end)
local start, seen = clock.now(), {}
for event in lease:life() do seen[#seen + 1] = ("%s %.0f"):format(event.name, clock.now() - start) end
seen[1], seen[2], seen[3], seen[4], seen[#seen], lease.state  --> bound 0, renewing 200, renewed 200, renewing 400, expired 800, expired
---
-- several clients on one interface, each with a MAC address of its own
local net = lab.open("dual")
net.R1:run(fake.serve)
net.linux:run(function()
  local all = {}
  for i = 1, 20 do
    all[i] = task.spawn(function()
      local c = assert(dhcp.client{mac = ("02:00:00:00:01:%02x"):format(i), host_name = "h" .. i})
      return assert(c:acquire())
    end)
  end
  for i = 1, 20 do
    local lease = all[i]:join()
    assert(lease.address == "10.0.1.100" and lease.client.mac == ("02:00:00:00:01:%02x"):format(i))
  end
end)
---
-- an interface that there isn't
local net = lab.open("dual")
select(2, net.linux:run(function() return dhcp.client{iface = "eth7"} end))  --> dhcp.client: eth7: no such interface (there are: lo, eth0, eth1), notfound
---
-- a misspelt option
dhcp.client{ifce = "eth0"}  --> error: bad option 'ifce' to 'dhcp.client' (did you mean 'iface'?
---
-- a misspelt option of DHCP
dhcp.client{request = {"ruter"}}  --> error: bad option 'request' to 'dhcp.client' (item 1: there is no option 'ruter' (did you mean 'router'?))
---
-- a value that an option can't have
dhcp.client{options = {router = true}}  --> error: bad option 'options' to 'dhcp.client' (router:
---
-- a group's MAC address
dhcp.client{mac = "01:00:00:00:00:01"}  --> error: bad option 'mac' to 'dhcp.client' (the MAC address of a host expected, got 01:00:00:00:00:01)
---
-- the interface gets what the lease says, and loses it with the lease
local net = lab{"linux -- sw1 -- R1", addresses = {["linux.eth0"] = false}, ipv6 = false}
net.R1:serve_dhcp{pool = "10.0.1.100-10.0.1.199", router = "10.0.1.1", dns = "10.0.1.1", options = {interface_mtu = 1400}}
local c = net.linux:run(function() return assert(dhcp.client{}) end)
local lease = assert(c:acquire())
lease.options.interface_mtu, lease.options.router[1]  --> 1400, 10.0.1.1
lease:apply() == lease  --> true
local function now()
  local e, routes = net.linux.interfaces.eth0, {}
  for _, r in ipairs(net.linux:routes()) do routes[#routes + 1] = r.via end
  return e.addresses[2], e.mtu, table.concat(routes, " ")
end
now()  --> 10.0.1.100/24, 1400, 10.0.1.1
net.linux:run(function() return assert(dgram.udp{to = "10.9.9.9:9"}:send("x")) end)  --> 1
assert(lease:renew())
lease:undo()  --> true
now()  --> nil, 1500, 
assert(lease:apply{mtu = false, routes = false})
now()  --> 10.0.1.100/24, 1500, 
lease:release()  --> true
now()  --> nil, 1500, 
select(2, lease:apply())  --> dhcp.lease:apply: the lease of 10.0.1.100 is over: released, closed
---
-- routes as clouds give them: the own network, a router that is told of twice, and one that is named before the way to it
local net = lab{"linux -- sw1 -- R1", addresses = {["linux.eth0"] = false}, ipv6 = false}
local mask
net.R1:serve_dhcp{pool = "10.0.1.100-10.0.1.199", on_message = function()
  return {options = {subnet_mask = mask, classless_routes = {"0.0.0.0/0 10.0.1.1", "10.0.1.1/32 0.0.0.0", "10.0.1.0/24 0.0.0.0",
    "192.0.2.0/24 10.0.1.1", "0.0.0.0/0 10.0.1.7"}}}
end}
local function routes(of)
  mask = of
  local lease = net.linux:run(function() return assert(assert(dhcp.client{}):acquire()) end)
  assert(lease:apply())
  local rows = {}
  for _, r in ipairs(net.linux:routes()) do
    if not r.to:find ":" then rows[#rows + 1] = r.to .. (r.via and " via " .. r.via or "") end
  end
  assert(lease:release())
  table.sort(rows)
  return table.concat(rows, ", ")
end
routes("255.255.255.255")  --> 0.0.0.0/0 via 10.0.1.1, 10.0.1.0/24, 10.0.1.1/32, 10.0.1.7/32, 192.0.2.0/24 via 10.0.1.1
routes("255.255.255.0")  --> 0.0.0.0/0 via 10.0.1.1, 10.0.1.0/24, 10.0.1.1/32, 192.0.2.0/24 via 10.0.1.1
---
-- what was applied goes when the lease expires, and a lease for another MAC address goes to the interface too
local net = lab{"linux -- sw1 -- R1", addresses = {["linux.eth0"] = false}, ipv6 = false}
net.R1:serve_dhcp{pool = "10.0.1.100-10.0.1.199", lease_time = 600}
local c = net.linux:run(function() return assert(dhcp.client{mac = "02:00:00:00:00:77"}) end)
local lease = assert(assert(c:acquire()):apply())
assert(lease:renew())
net.linux.interfaces.eth0.addresses[2] == lease.address .. "/24"  --> true
net:link("sw1--R1"):down()
for event in lease:life() do end
lease.state, net.linux.interfaces.eth0.addresses[2]  --> expired, nil
---
-- a lease lives in one task, and is released by another
local net = lab.open("dual")
net.R1:serve_dhcp{pool = "10.0.1.100-10.0.1.199", lease_time = 600}
local c = net.linux:run(function() return assert(dhcp.client{}) end)
local lease = assert(c:acquire())
local seen = {}
local t = task.spawn(function() for event in lease:life() do seen[#seen + 1] = event.name end end)
task.sleep(400)
lease:release()  --> true
t:join()
table.concat(seen, " ")  --> bound renewing renewed released
local names = {}
for _, e in ipairs(c.events) do names[#names + 1] = e.name end
table.concat(names, " ")  --> selecting offer requesting bound renewing bound renewed released
---
-- closing a client ends what waits on it
local net = lab.open("dual")
local c = net.linux:run(function() return assert(dhcp.client{}) end)
task.spawn(function() task.sleep(1) c:close() end)
select(3, c:discover())  --> closed
select(3, c:acquire())  --> closed
---
-- a ladder of what was exchanged
local net = lab.open("dual")
net.R1:serve_dhcp{pool = "10.0.1.100-10.0.1.199"}
local c = net.linux:run(function() return assert(dhcp.client{}) end)
assert(c:acquire())
local text = require "ladder".draw(c.exchange)
text:find("discover", 1, true) < text:find("offer 10.0.1.100", 1, true), text:find("ack 10.0.1.100", 1, true) ~= nil  --> true, true
require "tabulate"(c.exchange, {"dir", "type", "source"}):match("out +discover +0.0.0.0:68") ~= nil  --> true

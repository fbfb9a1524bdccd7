-- a discover is offered what nobody has, a request is acknowledged
local net = lab{"server -- sw1", "client -- sw1", ipv6 = false, networks = {sw1 = "10.0.0.0/24"}}
local s = net.server:serve_dhcp{pool = "10.0.0.100-10.0.0.101", router = "10.0.0.1", dns = {"10.0.0.53", "10.0.0.54"}, lease_time = 600}
net.client:run(function()
  local l = link.open("eth0", {promiscuous = true})
  local head = packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.ip{src = "0.0.0.0", dst = "255.255.255.255"} / packet.udp{sport = 68, dport = 67}
  local function ask(options)
    l:send(head / packet.dhcp{xid = 7, chaddr = "02:00:00:00:00:55", options = options})
    return l:expect("udp and dst port 68", 5)
  end
  local offer = ask{{"message-type", "discover"}, {"param_req_list", {3, 6}}, "end"}
  offer.eth.dst, offer.ip.src, offer.ip.dst, offer.dhcp.yiaddr  --> 02:00:00:00:00:55, 10.0.0.1, 10.0.0.100, 10.0.0.100
  s.leases[1].state  --> offered
  local ack = ask{{"message-type", "request"}, {"server_id", "10.0.0.1"}, {"requested_addr", "10.0.0.100"}, "end"}
  ack.dhcp.yiaddr, ack.dhcp.xid  --> 10.0.0.100, 7
  local row = s.leases[1]
  row.address, row.state, row.mac, row.left > 590  --> 10.0.0.100, bound, 02:00:00:00:00:55, true
end)
s.stats.received.discover, s.stats.sent.offer, s.stats.sent.ack  --> 1, 1, 1
---
-- options that are wrong raise at the line that has them
dhcp.server{poll = "10.0.0.1"}  --> error: bad option 'poll' to 'dhcp.server' (did you mean 'pool'?
---
local net = lab{"server -- sw1", "client -- sw1"}
net.server:serve_dhcp{pool = "10.0.0.9-10.0.0.1"}  --> error: bad option 'pool' to 'serve.dhcp' ("10.0.0.9-10.0.0.1" ends before it begins)
---
dhcp.server{options = {rooter = "10.0.0.1"}}  --> error: bad option 'options' entry 'rooter' to 'dhcp.server' (there is no option 'rooter' (did you mean 'router'?))
---
dhcp.server{subnets = {{subnet = "10.0.0.0/24", lease_time = 0.5}}}  --> error: bad option 'subnets' item 1: 'lease_time' to 'dhcp.server' (a second or more expected)
---
-- handlers: the own answer, silence, another message, changes
local net = lab{"client, server -- sw1", ipv6 = false, networks = {sw1 = "10.0.0.0/24"}, addresses = {["client.eth0"] = false}}
local seen, say = {}, nil
local s = net.server:run(function()
  return assert(dhcp.server{pool = "10.0.0.100-10.0.0.110", router = "10.0.0.2", on_message = function(msg, peer)
    seen[#seen + 1] = msg.type .. " " .. peer.mac .. " " .. tostring(peer.lease and peer.lease.state)
    return say and say(msg, peer)
  end})
end)
net.server:daemon(function() s:serve() end)
net.client:run(function()
  local c = assert(dhcp.client{mac = "02:00:00:00:00:77", tries = 1, timeout = 2, restarts = 0, arp_check = false})
  local lease = assert(c:acquire())
  lease.address, lease.router  --> 10.0.0.100, 10.0.0.2
  table.concat(seen, "; ")  --> discover 02:00:00:00:00:77 nil; request 02:00:00:00:00:77 offered
  say = function() return false end
  local offer, why, kind = c:discover()
  offer, kind, s.stats.dropped["the handler said nothing"]  --> nil, timeout, 1
  say = function(msg, peer)
    local own = peer:answer()
    own.options.router = "10.0.0.9"
    return nil
  end
  c:discover().options.router[1]  --> 10.0.0.9
  say = function() return {options = {domain_name = "scripted", router = false}, yiaddr = "10.0.0.200", delay = 1} end
  local before = clock.now()
  offer = assert(c:discover())
  offer.yiaddr, offer.options.domain_name, offer.options.router, math.floor(clock.now() - before)  --> 10.0.0.200, scripted, nil, 1
  say = function(msg) return msg.type == "request" and {nak = "go away"} or nil end
  select(2, c:acquire()):match('"go away"')  --> "go away"
  say = function(msg, peer)
    if msg.type ~= "discover" then return end
    return dhcp.message{type = "offer", op = 2, xid = msg.xid, chaddr = msg.chaddr, yiaddr = "10.0.0.150",
      options = {server_identifier = peer.server_id, lease_time = 60, subnet_mask = "255.255.255.0"}}
  end
  c:discover().yiaddr  --> 10.0.0.150
end)
---
-- an error in a handler is counted, and the server goes on
local net = lab{"client, server -- sw1", ipv6 = false, networks = {sw1 = "10.0.0.0/24"}, addresses = {["client.eth0"] = false}}
local s = net.server:serve_dhcp{on_discover = function() error("broken") end, on_request = function() return "what?" end}
local problems = {}
net.server:daemon(function() for e in s:events() do if e.kind == "problem" then problems[#problems + 1] = e.why end end end)
task.sleep(0)
net.client:run(function() assert(dhcp.client{tries = 1, arp_check = false}:acquire()) end)
s.stats.errors, problems[1]:match("broken"), problems[2]  --> 2, broken, the handler of request returned nil, false, a message or a table expected, got string
---
-- events tell a lease's life
local net = lab{"client, server -- sw1", ipv6 = false, networks = {sw1 = "10.0.0.0/24"}, addresses = {["client.eth0"] = false}}
local s = net.server:serve_dhcp{pool = "10.0.0.100", lease_time = 100}
local kinds = {}
local listener = task.spawn(function()
  for e in s:events{timeout = 200} do kinds[#kinds + 1] = e.kind .. " " .. tostring(e.address) end
end)
net.client:run(function()
  local c = assert(dhcp.client{mac = "02:00:00:00:00:77", arp_check = false})
  local lease = assert(c:acquire())
  lease:release()
  assert(c:acquire())
  c:close()
  local late = assert(dhcp.client{mac = "02:00:00:00:00:78", tries = 1, timeout = 1})
  late:discover()
end)
listener:join()
table.concat(kinds, "; ")  --> offered 10.0.0.100; acknowledged 10.0.0.100; released 10.0.0.100; offered 10.0.0.100; acknowledged 10.0.0.100; dropped nil; expired 10.0.0.100
s.leases[1].state, s.stats.dropped["no address left"]  --> expired, 1
---
-- classes by function, reservations by client identifier, several pools
local net = lab{"client, server -- sw1", ipv6 = false, networks = {sw1 = "10.0.0.0/24"}, addresses = {["client.eth0"] = false}}
local s = net.server:serve_dhcp{pool = {"10.0.0.100-10.0.0.101", "10.0.0.110"}, router = "10.0.0.2", domain = "all",
  classes = {
    {name = "phones", vendor_class = "phone*", pool = "10.0.0.200-10.0.0.209", domain = "phones", options = {router = false}},
    {name = "odd", match = function(msg, peer) return msg.chaddr:match(":99$") ~= nil end, domain = "odd"},
    {name = "makers", mac = "06:11", domain = "makers"},
  },
  reservations = {{client_id = "01:aa:bb", address = "10.0.0.50", options = {host_name = "fixed"}}}}
net.client:run(function()
  local function get(o)
    o.arp_check = false
    local c = assert(dhcp.client(o))
    local lease = assert(c:acquire())
    return ("%s %s %s"):format(lease.address, tostring(lease.router), tostring(lease.domain))
  end
  get{mac = "02:00:00:00:77:01"}  --> 10.0.0.100 10.0.0.2 all
  get{mac = "02:00:00:00:77:02", vendor_class = "phone 7"}  --> 10.0.0.200 nil phones
  get{mac = "02:00:00:00:00:99"}  --> 10.0.0.101 10.0.0.2 odd
  get{mac = "06:11:00:00:00:01"}  --> 10.0.0.110 10.0.0.2 makers
end)
#s.leases  --> 4
---
-- faults on purpose, for one client
local net = lab{"client, server -- sw1", ipv6 = false, networks = {sw1 = "10.0.0.0/24"}, addresses = {["client.eth0"] = false}}
local s = net.server:serve_dhcp{faults = {{mac = "02:00:00:00:77:01", wrong_xid = 1}, {mac = "02:00:00:00:77:02", silence = 1}, {mac = "*:03", delay = 1.5}}}
net.client:run(function()
  local function try(mac)
    local c = assert(dhcp.client{mac = mac, tries = 1, timeout = 3})
    local before = clock.now()
    local offer, why = c:discover()
    return offer and offer.yiaddr or why:match("ignored: 1 wrong xid") or why:match("no offer"), ("%.1f"):format(clock.now() - before)
  end
  (try("02:00:00:00:77:01"))  --> ignored: 1 wrong xid
  (try("02:00:00:00:77:02"))  --> no offer
  select(2, try("02:00:00:00:77:03"))  --> 1.5
  select(2, try("02:00:00:00:77:04"))  --> 0.0
end)
s.stats.dropped["silent on purpose"]  --> 1
---
-- serve ends at its time, after so many messages, or at close; one task serves at a time
local net = lab{"client, server -- sw1", ipv6 = false, networks = {sw1 = "10.0.0.0/24"}, addresses = {["client.eth0"] = false}}
local s = net.server:run(function() return assert(dhcp.server{}) end)
local before = clock.now()
net.server:run(function() return s:serve{timeout = 2.5} end), clock.now() - before  --> 0, 2.5
net.client:daemon(function() dhcp.client{arp_check = false}:acquire() end)
net.server:run(function() return s:serve{count = 2} end), s.leases[1].state  --> 2, bound
local other = net.server:spawn(function() return s:serve() end)
task.sleep(1)
select(2, pcall(s.serve, s)):match("another task serves already")  --> another task serves already
s:close()
other:join(), s:serve()  --> 0, 0
---
-- a second server on one host, an interface that isn't there, and one without an address
local net = lab{"client, server -- sw1", ipv6 = false, networks = {sw1 = "10.0.0.0/24"}, addresses = {["client.eth0"] = false}}
local s = net.server:serve_dhcp{}
local _, why, kind = net.server:serve_dhcp{}
why, kind  --> serve.dhcp: port 67 of eth0: another server has it, exists
_, why, kind = net.server:serve_dhcp{iface = "eth7"}
why, kind  --> serve.dhcp: no interface eth7 (there are: lo, eth0), notfound
_, why, kind = net.client:serve_dhcp{}
why, kind  --> serve.dhcp: no interface has an IPv4 address, which a server needs, notfound
_, why = net.server:serve_dhcp{pool = "10.9.9.1-10.9.9.9"}
why  --> serve.dhcp: eth0 has no address in the network of the pool 10.9.9.1-10.9.9.9: say subnet=
_, why = net.server:serve_dhcp{subnet = "10.0.0.0/24", pool = "10.9.9.1-10.9.9.9"}
why  --> serve.dhcp: the pool 10.9.9.1-10.9.9.9 is not inside of 10.0.0.0/24

-- a solicit is offered an address and a prefix, a request gets them, a release gives them back
local net = lab{"server, client -- sw1", networks = {sw1 = "2001:db8:1::/64"}}
local s = net.server:serve_dhcp6{pool = "2001:db8:1::100-2001:db8:1::1ff", delegate = {prefix = "2001:db8:f000::/40", length = 56},
  dns = "2001:db8:1::53", domain_search = {"example.org"}, lease_time = 600}
net.client:run(function()
  local u = assert(dgram.udp{family = "inet6", address = "[::]:546"})
  local function ask(kind, options)
    local m = dhcp6.message{type = kind, xid = 7, options = options}
    m.options.client_id = "00:03:00:01:02:00:00:00:00:55"
    assert(u:send(m:bytes(), "[ff02::1:2%eth0]:547"))
    return assert(dhcp6.decode(assert(u:receive{timeout = 1})))
  end
  local offer = ask("solicit", {ia_na = {iaid = 1}, ia_pd = {iaid = 2}, option_request = {"dns_servers", "domain_search"}})
  offer.type, offer.xid, offer.options.server_id == s.duid  --> advertise, 7, true
  offer.options.dns_servers[1], offer.options.domain_search[1]  --> 2001:db8:1::53, example.org
  local a = offer.options.ia_na[1].addresses[1]
  a.address, a.valid_lifetime, a.preferred_lifetime, offer.options.ia_na[1].t1  --> 2001:db8:1::100, 600, 375, 187
  s.leases[1].state  --> offered
  local reply = ask("request", {server_id = s.duid, ia_na = offer.options.ia_na, ia_pd = offer.options.ia_pd})
  reply.type, reply.options.ia_pd[1].prefixes[1].prefix  --> reply, 2001:db8:f000::/56
  local row = s.leases[2]
  row.prefix, row.address, row.state, row.client, row.left > 590  --> 2001:db8:f000::/56, nil, bound, duid 00:03:00:01:02:00:00:00:00:55 pd 2, true
  ask("release", {server_id = s.duid, ia_na = offer.options.ia_na}).status.code  --> Success
  s.leases[1].state  --> released
end)
s.stats.received.solicit, s.stats.sent.advertise, s.stats.sent.reply  --> 1, 1, 2
---
-- handlers: the own answer, silence, a message, a change, an error
local net = lab{"server, client -- sw1", networks = {sw1 = "2001:db8:1::/64"}}
local script = require "script"
local seen = {}
local s = net.server:serve_dhcp6{
  rapid_commit = true,
  on_solicit = function(msg, peer)
    seen[#seen + 1] = peer.duid .. " " .. msg.type .. " " .. peer.subnet
    if msg.xid == 1 then return nil end
    if msg.xid == 2 then return false end
    if msg.xid == 3 then return dhcp6.message{type = "reply", xid = 99} end
    if msg.xid == 4 then return {status = "NoAddrsAvail", delay = 0.5} end
    if msg.xid == 5 then return {address = "2001:db8:1::abcd", options = {sol_max_rt = 60}} end
    if msg.xid == 6 then peer:answer().options.preference = 7 return end
    if msg.xid == 7 then error("oh") end
    return 5
  end,
  on_message = function(msg) return {options = {inf_max_rt = 100}} end,
}
net.client:run(function()
  local clock = require "clock"
  local u = assert(dgram.udp{family = "inet6", address = "[::]:546"})
  local function ask(m)
    m.options.client_id = m.options.client_id or "00:03:00:01:02:00:00:00:00:55"
    assert(u:send(m:bytes(), "[ff02::1:2%eth0]:547"))
    local b, why, kind = u:receive{timeout = 1}
    return b and dhcp6.decode(b), kind
  end
  local function solicit(xid) return ask(dhcp6.message{type = "solicit", xid = xid, options = {ia_na = {iaid = 1}, client_id = "00:03:00:01:02:00:00:00:00:55"}}) end
  solicit(1).type  --> advertise
  select(2, solicit(2))  --> timeout
  solicit(3).xid  --> 99
  local before = clock.now()
  solicit(4).options.ia_na[1].status.code, clock.now() - before >= 0.5  --> NoAddrsAvail, true
  local m = solicit(5)
  m.options.ia_na[1].addresses[1].address, m.options.sol_max_rt  --> 2001:db8:1::abcd, 60
  solicit(6).options.preference  --> 7
  solicit(7).type, s.stats.errors  --> advertise, 1
  solicit(8).type, s.stats.errors  --> advertise, 2
  ask(dhcp6.message{type = "information_request", xid = 9}).options.inf_max_rt  --> 100
end)
seen[1]  --> 00:03:00:01:02:00:00:00:00:55 solicit 2001:db8:1::/64
s.stats.dropped["the handler said nothing"]  --> 1
---
-- classes, reservations, faults and events
local net = lab{"server, client -- sw1", networks = {sw1 = "2001:db8:1::/64"}}
local s = net.server:serve_dhcp6{
  pool = {"2001:db8:1::100-2001:db8:1::1ff"}, delegate = "2001:db8:f000::/40", duid = "00:02:00:00:00:09:ab",
  preference = 255, options = {ntp_server = {{{server = "2001:db8::123"}}}, sol_max_rt = 100},
  classes = {
    {name = "phone", vendor_class = "phone*", pool = "2001:db8:1::300-2001:db8:1::3ff", options = {sol_max_rt = 200}},
    {name = "odd", match = function(msg) return msg.xid % 2 == 1 end, options = {inf_max_rt = 300}},
  },
  reservations = {{duid = "00:03:00:01:02:00:00:00:00:77", address = "2001:db8:1::77", prefix = "2001:db8:7700::/48", lease_time = math.huge}},
  faults = {{duid = "00:03:00:01:02:00:00:00:00:66", silence = 1}},
}
local events = s:events{timeout = 5}
net.client:run(function()
  local u = assert(dgram.udp{family = "inet6", address = "[::]:546"})
  local function ask(last, xid, options)
    local m = dhcp6.message{type = "solicit", xid = xid, options = options}
    m.options.client_id = "00:03:00:01:02:00:00:00:00:" .. last
    assert(u:send(m:bytes(), "[ff02::1:2%eth0]:547"))
    local b, why, kind = u:receive{timeout = 1}
    return b and dhcp6.decode(b).options, kind
  end
  local o = ask("01", 2, {vendor_class = {enterprise = 9, data = {"phone 7"}}, ia_na = {iaid = 1}})
  o.ia_na[1].addresses[1].address, o.sol_max_rt, o.inf_max_rt, o.preference, o.server_id  --> 2001:db8:1::300, 200, nil, 255, 00:02:00:00:00:09:ab
  o = ask("02", 3, {ia_na = {iaid = 1}, ia_pd = {iaid = 1}})
  o.ia_na[1].addresses[1].address, o.sol_max_rt, o.inf_max_rt, o.ntp_server[1][1].server  --> 2001:db8:1::100, 100, 300, 2001:db8::123
  o.ia_pd[1].prefixes[1].prefix  --> 2001:db8:f000::/64
  o = ask("77", 4, {ia_na = {iaid = 1}, ia_pd = {iaid = 1}})
  o.ia_na[1].addresses[1].address, o.ia_pd[1].prefixes[1].prefix, o.ia_na[1].addresses[1].valid_lifetime  --> 2001:db8:1::77, 2001:db8:7700::/48, inf
  select(2, ask("66", 5, {ia_na = {iaid = 1}}))  --> timeout
end)
local list = {}
for e in events do list[#list + 1] = e.kind .. " " .. (e.address or e.prefix or e.why) end
table.concat(list, ", ")  --> advertised 2001:db8:1::300, advertised 2001:db8:1::100, advertised 2001:db8:f000::/64, advertised 2001:db8:1::77, advertised 2001:db8:7700::/48, dropped silent on purpose
---
-- a client behind two relay agents
local net = lab{"server, relay -- sw1", networks = {sw1 = "2001:db8:1::/64"}}
local via
local s = net.server:serve_dhcp6{pool = "2001:db8:1::100-2001:db8:1::1ff",
  subnets = {{subnet = "2001:db8:2::/64", pool = "2001:db8:2::100-2001:db8:2::1ff"}},
  on_message = function(msg, peer) via = #peer.relays .. " " .. peer.interface_id .. " " .. peer.remote_id .. " " .. peer.link .. " " .. peer.address end}
net.relay:run(function()
  local u = assert(dgram.udp{family = "inet6", address = "[::]:547"})
  local m = dhcp6.message{type = "solicit", xid = 7, options = {client_id = "00:03:00:01:02:00:00:00:00:55", ia_na = {iaid = 1}}}
  m = m:forward{link = "2001:db8:2::1", peer = "fe80::9", options = {interface_id = "eth7", remote_id = {enterprise = 9, id = "r"}}}
  m = m:forward{peer = "2001:db8:2::1"}
  assert(u:send(m:bytes(), "[ff02::1:2%eth0]:547"))
  local r = assert(dhcp6.decode(assert(u:receive{timeout = 1})))
  r.type, r.hops, r.peer, r:inner().options.interface_id, r:inner().peer  --> relay_reply, 1, 2001:db8:2::1, eth7, fe80::9
  r:innermost().options.ia_na[1].addresses[1].address  --> 2001:db8:2::100
end)
via  --> 2 eth7 r 2001:db8:2::1 fe80::9
---
-- options that are wrong raise at the line that has them
dhcp6.server{poll = "2001:db8::1"}  --> error: bad option 'poll' to 'dhcp6.server' (did you mean 'pool'?
---
local net = lab{"server -- sw1", "client -- sw1"}
net.server:serve_dhcp6{pool = "10.0.0.1-10.0.0.9"}  --> error: bad option 'pool' to 'serve.dhcp6' ("10.0.0.1-10.0.0.9" is no range of IPv6)
---
dhcp6.server{options = {dns_severs = "2001:db8::1"}}  --> error: bad option 'options' entry 'dns_severs' to 'dhcp6.server'
---
dhcp6.server{delegate = {prefix = "2001:db8::/40", length = 32}}  --> error: bad option 'delegate' to 'dhcp6.server' (2001:db8::/40 has no prefixes of 32 bits)
---
dhcp6.server{subnets = {{subnet = "2001:db8::/64", lease_time = 0.5}}}  --> error: bad option 'subnets' item 1: 'lease_time' to 'dhcp6.server' (a second or more expected)
---
-- a second server on the same port is refused
local net = lab{"server, client -- sw1"}
local s = net.server:run(function() return assert(dhcp6.server{}) end)
local t, why, kind = net.server:run(function() return dhcp6.server{} end)
t, kind  --> nil, exists
s:close()
---
-- our client against our server: a whole life, with a prefix, told to renew
local net = lab{"server, client -- sw1", networks = {sw1 = "2001:db8:1::/64"}, addresses = {["client.eth0"] = {}}}
local s = net.server:serve_dhcp6{pool = "2001:db8:1::100-2001:db8:1::1ff", delegate = "2001:db8:f000::/40", lease_time = 1000, reconfigure = true}
local seen = {}
net.client:run(function()
  local task = require "task"
  local c = assert(dhcp6.client{reconfigure = true})
  local lease = assert(c:acquire{prefixes = 1})
  lease.address, lease.prefix  --> 2001:db8:1::100, 2001:db8:f000::/64
  task.spawn(function() task.sleep(10) assert(s:reconfigure(c.duid, "rebind")) task.sleep(10) assert(lease:release()) end)
  for event in lease:life() do seen[#seen + 1] = event.name end
  task.sleep(1)
end)
table.concat(seen, " ")  --> bound reconfigure rebound released
s.leases[1].state, s.leases[2].state  --> released, released
s.stats.sent.reconfigure, s.stats.received.rebind  --> 1, 1
select(3, s:reconfigure("00:03:00:01:02:00:00:00:00:99"))  --> notfound

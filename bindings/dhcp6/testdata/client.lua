-- a client goes by steps
local net = lab{"server, client -- sw1", networks = {sw1 = "2001:db8:1::/64"}, addresses = {["client.eth0"] = {}}}
local s = net.server:serve_dhcp6{pool = "2001:db8:1::100-2001:db8:1::1ff", delegate = {prefix = "2001:db8:f000::/40", length = 56},
  dns = "2001:db8:1::53", domain_search = {"example.org"}, lease_time = 320, preferred_lifetime = 200}
net.client:run(function()
  local c = dhcp6.client{mac = "02:00:00:00:09:01"}
  c.iface, c.mac, c.address  --> eth0, 02:00:00:00:09:01, fe80::ff:fe00:901
  c.duid  --> 00:03:00:01:02:00:00:00:09:01
  local offer = assert(c:solicit())
  offer.type, offer.options.server_id == s.duid  --> advertise, true
  local lease = assert(c:request(offer))
  lease.address, lease.prefix, lease.dns[1], lease.domain, lease.state  --> 2001:db8:1::100, nil, 2001:db8:1::53, example.org, bound
  lease.t1, lease.t2, lease.time, lease.expires - lease.obtained, lease.renews - lease.obtained  --> 100, 160, 320, 320, 100
  lease.addresses[1].preferred, lease.addresses[1].valid, lease.addresses[1].temporary, lease.addresses[1].iaid  --> 200, 320, false, 2305
  lease.server, lease.server_id == s.duid, lease.client == c, lease.options.domain_search[1]  --> fe80::ff:fe00:1, true, true, example.org
  lease:renew() == lease  --> true
  lease:rebind().state  --> bound
  c:confirm(lease).state  --> bound
  lease:release()  --> true
  lease.state, lease.address, #lease.addresses  --> released, nil, 0
  lease:renew()  --> nil, "dhcp6.lease:renew: renew: nothing is left of the lease (it is released)", "closed"
  local out = {}
  for _, x in ipairs(c.exchange) do if x.dir == "out" then out[#out + 1] = x.type end end
  table.concat(out, " ")  --> solicit request renew rebind confirm release
  c.stats.sent, c.stats.received, next(c.stats.ignored)  --> 6, 6, nil
  c:close()
end)
s.stats.received.release  --> 1
---
-- all at once, with a prefix, and a life of renewals
local net = lab{"server, client -- sw1", networks = {sw1 = "2001:db8:1::/64"}, addresses = {["client.eth0"] = {}}}
local s = net.server:serve_dhcp6{pool = "2001:db8:1::100-2001:db8:1::1ff", delegate = {prefix = "2001:db8:f000::/40", length = 56}, lease_time = 320}
net.client:run(function()
  local c = dhcp6.client{}
  local lease = assert(c:acquire{addresses = 2, prefixes = 1, prefix = "::/56"})
  lease.address, lease.addresses[2].address, lease.prefix  --> 2001:db8:1::100, 2001:db8:1::101, 2001:db8:f000::/56
  local names = {}
  for event in lease:life() do
    names[#names + 1] = event.name
    if #names == 5 then s:close() end
  end
  table.concat(names, " ")  --> bound renewing renewed renewing renewed renewing rebinding ended ended expired
  lease.state  --> expired
  c:close()
end)
---
-- a life ends when another task gives the lease back
local net = lab{"server, client -- sw1", networks = {sw1 = "2001:db8:1::/64"}, addresses = {["client.eth0"] = {}}}
net.server:serve_dhcp6{lease_time = 320}
net.client:run(function()
  local task = require "task"
  local c = dhcp6.client{}
  local lease = assert(c:acquire())
  local releasing = task.spawn(function()
    task.sleep(30)
    assert(lease:release())
  end)
  local names = {}
  for event in lease:life() do names[#names + 1] = event.name end
  table.concat(names, " ")  --> bound released
  releasing:join()
  c:close()
end)
---
-- a lease keeps its client, though the script lets go of it
local net = lab{"server, client -- sw1", networks = {sw1 = "2001:db8:1::/64"}, addresses = {["client.eth0"] = {}}}
net.server:serve_dhcp6{lease_time = 320}
net.client:run(function()
  local lease = assert(dhcp6.client{}:acquire())
  for i = 1, 5 do collectgarbage() end
  assert(lease:renew()).state  --> bound
  lease.client:close()
end)
---
-- rapid commit, information, decline, all offers of two servers, hints
local net = lab{"first, second, client -- sw1", networks = {sw1 = "2001:db8:1::/64"}, addresses = {["client.eth0"] = {}}}
net.first:serve_dhcp6{pool = "2001:db8:1::100-2001:db8:1::1ff", rapid_commit = true, dns = "2001:db8:1::53"}
net.second:serve_dhcp6{pool = "2001:db8:1::200-2001:db8:1::2ff", preference = 7}
net.client:run(function()
  local c = dhcp6.client{fqdn = "client.example.org", vendor_class = {enterprise = 9, data = {"test"}}, options = {user_class = {"lab"}}}
  local offers = assert(c:solicit{all = true, wait = 2})
  #offers, offers[1].options.preference, offers[2].options.preference  --> 2, 7, nil
  local m = c.exchange[1].message
  m.options.client_fqdn.name, m.options.client_fqdn.flags, m.options.vendor_class[1].enterprise, m.options.user_class[1]  --> client.example.org, S, 9, lab
  table.concat(m.options.option_request, " ")  --> dns_servers domain_search client_fqdn sol_max_rt
  local lease = assert(c:acquire{rapid_commit = true})
  lease.message.options.rapid_commit, lease.address  --> true, 2001:db8:1::100
  lease:decline(lease.address)  --> true
  lease.state  --> declined
  local reply, refresh = assert(c:information())
  reply.type, refresh  --> reply, 86400
  c.exchange[#c.exchange - 1].message.options.client_fqdn  --> nil
  local wish = assert(c:acquire{address = "2001:db8:1::234"})
  wish.address  --> 2001:db8:1::234
  c:close()
end)
---
-- apply and undo
local net = lab{"server, client -- sw1", "client -- pc", networks = {sw1 = "2001:db8:1::/64"}, addresses = {["client.eth0"] = {}, ["client.eth1"] = {}}}
net.server:serve_dhcp6{pool = "2001:db8:1::100-2001:db8:1::1ff", delegate = {prefix = "2001:db8:f000::/40", length = 56}, dns = "2001:db8:1::53"}
net.client:run(function()
  local c = dhcp6.client{iface = "eth0"}
  local lease = assert(c:acquire{prefixes = 1})
  local function has(iface, address)
    for _, a in ipairs(net.client.interfaces[iface].addresses) do if a == address then return true end end
    return false
  end
  lease:apply{assign = {eth1 = 3}} == lease  --> true
  has("eth0", "2001:db8:1::100/128"), has("eth1", "2001:db8:f000:3::1/64")  --> true, true
  lease.assigned.eth1  --> 2001:db8:f000:3::1/64
  lease:undo()  --> true
  next(lease.assigned)  --> nil
  has("eth0", "2001:db8:1::100/128"), has("eth1", "2001:db8:f000:3::1/64")  --> false, false
  lease:apply{assign = {eth1 = 256}}  --> nil, "dhcp6.lease:apply: apply: 2001:db8:f000::/56 has no network number 256 of 64 bits", "refused"
  has("eth0", "2001:db8:1::100/128")  --> false
  lease:apply() == lease  --> true
  lease:release()  --> true
  has("eth0", "2001:db8:1::100/128")  --> false
  c:close()
end)
---
-- nobody answers, or answers what is of no use
local net = lab{"server, client -- sw1", networks = {sw1 = "2001:db8:1::/64"}, addresses = {["client.eth0"] = {}}}
net.client:run(function()
  local c = dhcp6.client{timeout = 5}
  local lease, why, kind = c:acquire()
  kind, why  --> timeout, dhcp6.client:acquire: no usable answer to solicit on eth0 within 5 s (sent 3 times)
  net.server:serve_dhcp6{faults = {wrong_xid = 1}}
  local lease, why, kind = c:acquire()
  kind, why:match("ignored: %d wrong transaction id")  ~= nil  --> timeout, true
  c.stats.ignored["wrong transaction id"] > 0  --> true
  net.client:shutdown("eth0")
  select(3, c:acquire())  --> down
  c:close()
end)
---
-- misuse is named
dhcp6.client{ifac="eth0"}  --> error: bad option 'ifac' to 'dhcp6.client' (did you mean 'iface'?
---
-- a group's MAC address is no client's
dhcp6.client{mac="01:00:00:00:00:01"}  --> error: bad option 'mac' to 'dhcp6.client' (the MAC address of a host expected, got 01:00:00:00:00:01)
---
-- an interface that isn't there
local net = lab{"client -- sw1"}
net.client:run(function()
  local c, why, kind = dhcp6.client{iface="eth7"}
  c, kind  --> nil, notfound
  assert(why:find("eth7", 1, true), why)
end)
---
-- nothing to ask for
local net = lab{"client -- sw1"}
net.client:run(function() dhcp6.client{}:solicit{addresses=0} end)  --> error: nothing to ask for

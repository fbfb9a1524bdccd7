-- a client goes by steps
local c = dhcp6.client{mac="02:00:00:00:09:01"}
c.iface, c.mac, c.address  --> eth0, 02:00:00:00:09:01, fe80::ff:fe00:901
c.duid  --> 00:03:00:01:02:00:00:00:09:01
local offer = assert(c:solicit())
offer.type  --> advertise
local lease = assert(c:request(offer))
lease.address, lease.prefix, lease.dns[1], lease.state  --> fd00:0:0:1::100, nil, fd00:0:0:1::1, bound
lease.t1, lease.t2, lease.time, lease.expires - lease.obtained  --> 100, 160, 300, 300
lease.addresses[1].preferred, lease.addresses[1].temporary, lease.addresses[1].iaid  --> 200, false, 2305
lease:renew()  --> true
lease:rebind()  --> true
c:confirm(lease)  --> true
lease:release()  --> true
lease.state, lease.address  --> released, nil
lease:renew()  --> nil, "dhcp6 renew: renew: nothing is left of the lease (it is released)", "closed"
local out = {}
for _, x in ipairs(c.exchange) do if x.dir == "out" then out[#out + 1] = x.type end end
table.concat(out, " ")  --> solicit request renew rebind confirm release
c.stats.sent, c.stats.received, c.stats.ignored  --> 6, 6, 0
c:close()
---
-- all at once, with a prefix, and a life
local c = dhcp6.client{mac="02:00:00:00:09:01"}
local lease = assert(c:acquire{addresses=2, prefixes=1, temporary=1})
lease.address, lease.prefix, #lease.addresses, lease.addresses[3].temporary  --> fd00:0:0:1::100, fd00:0:0:1000::/56, 3, true
local names = {}
for event in lease:life() do
  names[#names + 1] = event.name
  if #names == 5 then break end
end
table.concat(names, " ")  --> bound renewing renewed renewing renewed
c:close()
---
-- information alone
local c = dhcp6.client{mac="02:00:00:00:09:01"}
local reply, refresh = assert(c:information())
reply.options.dns_servers[1], refresh  --> fd00:0:0:1::1, 86400
c:close()
---
-- misuse is named
dhcp6.client{ifac="eth0"}  --> error: bad option 'ifac' to 'dhcp6.client' (did you mean 'iface'?
---
-- an interface that isn't there
local c, why, kind = dhcp6.client{iface="eth7"}
c, kind  --> nil, notfound
assert(why:find("eth7", 1, true), why)

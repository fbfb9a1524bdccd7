-- title: A prefix for a home
-- about: a home router asks its provider for an address and a prefix (DHCPv6 prefix delegation), cuts a network out of the prefix
--        for the link behind it, advertises itself there, and gives the hosts addresses of that network
-- needs: raw on IFACE to ::/0:547/udp; raw on IFACE to ff02::16/icmp; raw on LAN to ff02::1/icmp; listen [::]:547/udp;
--        configure
-- lab:   delegation on R2
-- arg:   lan string = eth1 | interface of the hosts behind the router
-- arg:   length integer 32..64 = 56 | of the prefix to ask for, in bits
-- arg:   network integer 0..65535 = 1 | which network of the prefix the link gets, from 0
-- arg:   seconds seconds 1.. = 10 | end when no host has asked for so long
-- shows:
--    client              server
--      |----- solicit ----->|
--      |<---- advertise ----|
--      |----- request ----->|
--      |<------ reply ------|
--
--   address       2001:db8:1::100
--   prefix        2001:db8:f000::/56
--   valid         7200 s
--   renew after   2250 s
--   name servers  2001:db8:1::53
--   provider      fe80::ff:fe00:1
--
--   eth1 is 2001:db8:f000:1::1/64
--   02:00:00:00:00:03 gets 2001:db8:f000:1::1000
-- returns: list | a record for each host that got an address
--   client string | its MAC address, or else its identifier
--   address address | that it got
--   network prefix | of the link, cut out of the delegated prefix
-- see:   RFC 8415 sections 6.3 and 18.2; RFC 7084; RFC 4861 section 4.2; moonwire doc dhcp6
-- categories: ipv6, dhcp
-- author: the moonwire authors
-- version: 1.0

local addr, dhcp6, ladder, link, packet = require "addr", require "dhcp6", require "ladder", require "link", require "packet"
local script, serve, tabulate, task = require "script", require "serve", require "tabulate", require "task"
local args = script.args()

-- From the provider: an address of the router's own, and a prefix for those behind it.
local c = assert(dhcp6.client{iface = script.iface()})
local lease, problem = c:acquire{prefixes = 1, prefix = "::/" .. args.length}
print(ladder.draw(c.exchange))
if not lease then script.nothing_found(problem) end
if not lease.prefix then script.nothing_found("the provider delegates no prefix") end
print("\n" .. tabulate{
  {"address", lease.address}, {"prefix", lease.prefix}, {"valid", ("%d s"):format(lease.time)}, {"renew after", ("%d s"):format(lease.t1)},
  {"name servers", table.concat(lease.dns, " ")}, {"provider", lease.server},
})

-- One network of the prefix is the link's; the router is host 1 of it.
assert(lease:apply{assign = {[args.lan] = args.network}})
local own = addr.prefix(lease.assigned[args.lan])
print(("\n%s is %s"):format(args.lan, tostring(own)))

-- Hosts hear that there is a router, and that addresses are to be asked for (M).
task.daemon(function()
  local l = assert(link.open(args.lan))
  local ra = packet.ipv6{dst = "ff02::1", hlim = 255} / packet.icmp6{type = "ra", M = 1, routerlifetime = 1800, options = {
    {"prefix", prefix = tostring(own:network()), prefixlen = 64, L = 1, A = 0, validlifetime = lease.time, preferredlifetime = lease.time},
  }}
  while true do
    assert(l:send(ra))
    task.sleep(3)
  end
end)
local server = assert(serve.dhcp6{iface = args.lan, dns = lease.dns})

-- In a lab the host is ours to start; elsewhere hosts ask by themselves.
local net = script.lab()
if net then
  task.daemon(function()
    net.pc:run(function() assert(dhcp6.client{}:acquire()):apply() end)
  end)
end
local hosts = {}
script.found(hosts)
script.countdown(args.seconds, "hosts that ask")
for event in server:events{timeout = args.seconds} do
  if event.kind == "replied" and event.address then
    print(("%s gets %s"):format(event.mac or event.client, event.address))
    hosts[#hosts + 1] = {client = event.mac or event.client, address = event.address, network = tostring(own:network()) .. "/" .. own.bits}
  end
end

server:close()
lease:release()
c:close()
if #hosts == 0 then script.nothing_found("no host asks for an address") end
return hosts

-- title: Rogue router watch
-- about: IPv6 hosts believe any router advertisement: list all that come, who sends them and what they promise, and name those of
--        routers that aren't known
-- needs: raw
-- lab:   lan on h1
-- arg:   known string = | MAC addresses of the routers that may advertise, parted by commas; when left out, all are listed
-- arg:   seconds seconds 0.1.. = 10 | how long to watch
-- arg:   ask boolean = true | ask routers to speak up (a router solicitation)
-- see:   RFC 4861 sections 4.1 and 4.2; RFC 6104; RFC 6105
-- categories: monitoring, safe, ipv6
-- author: the moonwire authors
-- version: 1.0

local link, mac, packet, script = require "link", require "mac", require "packet", require "script"
local args, known, rogues, seen = script.args(), {}, {}, {}
for word in (args.known or ""):gmatch("[^,%s]+") do known[mac.text(word)] = true end

local l = assert(link.open(script.iface(), {filter = "icmp6 and ip6[40] = 134"}))
if args.ask then
  assert(l:send(packet.eth{dst = mac.for_group("ff02::2")} / packet.ipv6{dst = "ff02::2", hlim = 255} / packet.icmp6{type = 133}))
end
for p, meta in l:sniff{timeout = args.seconds, direction = "in"} do
  local who, ra = p.eth.src, p.icmp6
  local rogue = next(known) ~= nil and not known[who]
  local promises = {("router for %d s"):format(ra.routerlifetime)}
  seen[who] = true
  if rogue then rogues[who] = true end
  print(("%7.1f s  %s %s (%s): %s%s"):format(meta.t, who, p.ipv6.src, mac.vendor(who) or "unknown maker", table.concat(promises, ", "),
    rogue and "  ROGUE" or ""))
end
l:close()
if not next(seen) then script.nothing_found("no router advertises") end
return rogues

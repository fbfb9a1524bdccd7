-- title: Rogue router watch
-- about: IPv6 hosts believe any router advertisement: list all that come, who sends them and what they promise, and name those of
--        routers that aren't known
-- needs: sniff on IFACE; raw on IFACE to ff02::2/icmp if ASK
-- lab:   lan on h1
-- arg:   known list of mac = | MAC addresses of the routers that may advertise; when left out, all are listed
-- arg:   seconds seconds 0.1.. = 10 | how long to watch
-- arg:   ask boolean = true | ask routers to speak up (a router solicitation)
-- shows: in its test
--       0.4 s  02:00:00:00:00:02 fe80::2 (unknown maker): default router for 1800 s, prefix 2001:db8:1::/64, MTU 1400
--       0.6 s  02:00:00:00:00:03 fe80::3 (unknown maker): no default router, prefix 2001:db8:bad::/64, MTU 1400  ROGUE
-- returns: list | a record for each advertisement
--   seconds seconds | since the watch began
--   mac mac | of who advertises
--   address address | the sender's
--   vendor string | who made its card, where that is known
--   lifetime seconds | how long it would be the default router; 0: not at all
--   promises list | what it advertises, in words
--   rogue boolean | it isn't among the known
-- see:   RFC 4861 sections 4.1 and 4.2; RFC 6104; RFC 6105
-- categories: monitoring, safe, ipv6
-- author: the moonwire authors
-- version: 1.0

local link, mac, packet, script = require "link", require "mac", require "packet", require "script"
local args, known, records = script.args(), {}, {}
for _, address in ipairs(args.known or {}) do known[address] = true end

-- What an option of an advertisement promises; others promise nothing that matters here.
local PROMISES = {
  prefix = function(o) return ("prefix %s/%d"):format(o.prefix, o.prefixlen) end,
  mtu = function(o) return "MTU " .. o.mtu end,
  rdnss = function(o) return "name server " .. table.concat(o.dns, " ") end,
}

local l = assert(link.open(script.iface(), {filter = "icmp6 and ip6[40] = 134"}))
if args.ask then
  assert(l:send(packet.eth{dst = mac.for_group("ff02::2")} / packet.ipv6{dst = "ff02::2", hlim = 255} / packet.icmp6{type = "rs"}))
end
script.found(records)
script.countdown(args.seconds, "listening")
for p, meta in l:sniff{timeout = args.seconds, direction = "in"} do
  local who, ra = p.eth.src, p.icmp6
  local rogue = next(known) ~= nil and not known[who]
  local promises = {ra.routerlifetime > 0 and ("default router for %d s"):format(ra.routerlifetime) or "no default router"}
  for _, option in ipairs(ra.options) do 
    promises[#promises + 1] = PROMISES[option.type] and PROMISES[option.type](option)
  end
  records[#records + 1] = {seconds = meta.t, mac = who, address = p.ipv6.src, vendor = mac.vendor(who), lifetime = ra.routerlifetime,
    promises = promises, rogue = rogue}
  print(("%7.1f s  %s %s (%s): %s%s"):format(meta.t, who, p.ipv6.src, mac.vendor(who) or "unknown maker", table.concat(promises, ", "),
    rogue and "  ROGUE" or ""))
end
l:close()
if #records == 0 then script.nothing_found("no router advertises") end
return records

-- title: Rogue DHCP server check
-- about: whoever answers first decides which router and which name server a host uses: ask a link for its DHCP servers, and name
--        those that should not answer, with what they would have hosts believe; then go on listening, if asked to
-- needs: raw on IFACE to 255.255.255.255:67/udp
-- lab:   rogue on linux
-- arg:   allow list of string = | servers that may answer: addresses or MAC addresses, ADDRESS=MAC for both; when left out, any may that is what it says
-- arg:   wait seconds 0.1..60 = 3 | how long to collect offers
-- arg:   listen seconds 0..31536000 = 0 | and then to listen for rogues, starvation, storms of refusals and conflicts
-- shows: with --allow 10.0.1.1 --listen 1
--   10.0.1.1         02:00:00:00:00:02 (unknown maker): router 10.0.1.1, name server 10.0.1.1
--   10.0.1.2         02:00:00:00:00:03 (unknown maker): router 10.0.1.66, name server 10.0.1.66  ROGUE: isn't allowed
-- returns: list | a record for each server that answered, then for each event that was heard
--   kind string | server, or the kind of event
--   server address | as the server calls itself
--   mac mac | source of its frames
--   vendor string | who made its card, where that is known
--   router address | that it would have hosts use
--   dns list | name servers that it would have hosts ask
--   rogue list | what is wrong with it; nothing where all is well
--   seconds seconds | of an event: since listening began
--   text string | of an event: what happened
-- see:   RFC 2131; RFC 7610; recipes/dhcp_discover_all; recipes/rogue_ra_watch
-- categories: monitoring, safe, dhcp
-- author: the moonwire authors
-- version: 1.0

local dhcp, mac, script = require "dhcp", require "mac", require "script"
local args, allow, records = script.args(), {}, {}
for _, word in ipairs(args.allow or {}) do
  local address, at = word:match("^(.-)=(.+)$")
  if at then allow[address] = at else allow[#allow + 1] = word end
end

script.found(records)
script.countdown(args.wait, "offers")
local found = assert(dhcp.rogues{allow = allow, wait = args.wait})
for _, server in ipairs(found.servers) do
  records[#records + 1] = {kind = "server", server = server.server, mac = server.mac, vendor = mac.vendor(server.mac), router = server.router,
    dns = server.dns, rogue = server.rogue}
  print(("%-15s  %s (%s): router %s, name server %s%s"):format(server.server, server.mac, mac.vendor(server.mac) or "unknown maker",
    server.router or "none", server.dns[1] or "none", server.rogue and "  ROGUE: " .. table.concat(server.rogue, "; ") or ""))
end

local alarms = #found
if args.listen > 0 then
  script.countdown(args.listen, "listening")
  for event in assert(dhcp.watch{allow = allow, timeout = args.listen, events = {"rogue", "starvation", "storm", "conflict", "lost"}}) do
    alarms = alarms + 1
    records[#records + 1] = {kind = event.kind, seconds = event.t, text = tostring(event)}
    print(("%7.1f s  %-10s  %s"):format(event.t, event.kind, tostring(event)))
  end
end
if alarms == 0 then
  script.nothing_found(("%d servers, %s"):format(#found.servers, args.allow and "all as they should be" or "each what it says; --allow tells which should be there"))
end
return records

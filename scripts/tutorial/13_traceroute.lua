-- title: Who is on the way?
-- about: each router takes one from a datagram's hop limit (TTL) and drops it at 0, with an ICMP error: so with TTL 1, 2, 3 …
--        one router after the other tells its address, and the host itself that nobody listens at that port
-- needs: net HOST/udp; net HOST/icmp; raw to HOST/icmp
-- arg:   host address = 10.0.13.2 | the far end
-- lab:   mtu1300 on linux
-- shows:
--   TTL 1: ICMP type 11 code 0, time to live exceeded in transit (from 10.0.11.2)
--   TTL 2: ICMP type 11 code 0, time to live exceeded in transit (from 10.0.12.2)
--   TTL 3: ICMP type 3 code 3, port unreachable (from 10.0.13.2)
--
--   by udp, UDP socket:
--    1  10.0.11.2  0.106 ms
--    2  10.0.12.2  0.057 ms
--    3  10.0.13.2  0.050 ms  port unreachable
--
--   by icmp, ping socket:
--    1  10.0.11.2  0.176 ms
--    2  10.0.12.2  0.075 ms
--    3  10.0.13.2  0.027 ms  reply
-- see:   RFC 792; RFC 1812 section 5.3.1; tutorial/12_path_mtu
-- categories: tutorial, routing

local dgram, script, traceroute = require "dgram", require "script", require "traceroute"
local host = script.args().host
local port = host:find(":", 1, true) and "[%s]:33434" or "%s:33434"

local s = assert(dgram.udp{to = port:format(host), timeout = 1})
for ttl = 1, 30 do
  s:send("who is there?", nil, {ttl = ttl})
  local kind, code, router, _, info = s:error{timeout = 1}
  if kind then
    print(("TTL %d: ICMP type %d code %d, %s"):format(ttl, kind, code, info.message:match(": (.*)")))
  else
    print(("TTL %d: silence"):format(ttl))
  end
  if tostring(router) == host then break end
end
s:close()

-- All at once takes one round trip instead of three. The replies don't come in order: each quotes the probe that it is about.
for _, proto in ipairs{"udp", "icmp"} do
  local path = assert(traceroute(host, {proto = proto, probes = 1}))
  print(("\nby %s, %s:\n%s"):format(proto, path.method, tostring(path)))
end

-- title: How long may a datagram be?
-- about: a datagram that no router may cut and that is too long for a link is dropped, and an ICMP error says how long it may be;
--        where no error comes, only trying helps
-- arg:   host string = 10.0.13.2 | the far end
-- lab:   mtu1300 on linux
-- shows:
--   1500 bytes: ICMP type 3 code 4 from 10.0.11.2: fragmentation needed and DF set, the MTU is 1300
--   1300 bytes: answered
--
--   by what routers say: 10.0.13.2: MTU 1300 (ptb)
--     hop  who        MTU so far
--     ---  ---------  ----------
--       1  10.0.11.2        1500
--       2  10.0.12.2        1300
--       3  10.0.13.2        1300
--
--   the search: 1500- 1280+ 1390- 1335- 1307- 1293+ 1300+ 1303- 1301-
--
--   by trying: 10.0.13.2: MTU 1300 (probe), black hole at 10.0.11.2
--     hop  who        MTU so far
--     ---  ---------  ----------
--       1  10.0.11.2        1500
--       2  10.0.12.2        1300
--       3  10.0.13.2        1300
-- see:   RFC 1191; RFC 8201; RFC 8899; tutorial/11_fragments; recipes/mtu_sweep
-- categories: tutorial, mtu

local dgram, pmtu, script, tabulate = require "dgram", require "pmtu", require "script", require "tabulate"
local host = script.args().host

-- By hand: an echo request with the bit DF set (don't fragment), as long as the first link allows. 28 bytes are headers.
local s = assert(dgram.ping{to = host, df = "probe", timeout = 1})
local size = s:mtu(host)
for try = 1, 3 do
  s:send(("x"):rep(size - 28))
  if s:receive() then
    print(size .. " bytes: answered")
    break
  end
  local kind, code, router, mtu, info = s:error()
  print(("%d bytes: ICMP type %d code %d from %s: %s"):format(size, kind, code, tostring(router), info.message:match(": (.-) %(")))
  size = mtu
end
s:close()

local function report(title, m)
  print(("\n%s: %s"):format(title, tostring(m)))
  local rows = {}
  for i, hop in ipairs(m.hops) do rows[i] = {hop.ttl, hop.from, hop.mtu} end
  print(tabulate(rows, {"hop", "who", "MTU so far"}, {indent = "  "}))
end

-- pmtu does that, and asks each hop: probes that die there (TTL 1, 2, 3 …) tell how long a datagram may be to get that far.
report("by what routers say", assert(pmtu(host)))

-- Some routers drop and say nothing, or a firewall eats the error: a black hole. Then a size has failed when three probes of
-- it got lost, and the sizes between the failed and the passed are halved until none is left. Here we just don't listen.
local m = assert(pmtu(host, {deaf = true, timeout = 0.2}))
local tried = {}
for _, step in ipairs(m.steps) do
  if not step.ttl then tried[#tried + 1] = step.size .. (step.result == "passed" and "+" or "-") end
end
print("\nthe search: " .. table.concat(tried, " "))
report("by trying", m)

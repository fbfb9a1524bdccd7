-- title: How long may a datagram be?
-- about: a datagram that no router may cut and that is too long for a link is dropped, and an ICMP error says how long it may be;
--        where no error comes, only trying helps
-- needs: net HOST/icmp; net HOST/udp; raw to HOST/icmp
-- arg:   host string = 10.0.13.2 | the far end
-- lab:   mtu1300 on linux
-- shows:
--   1500 bytes: ICMP type 3 code 4 from 10.0.11.2: the next hop's MTU is 1300
--   1300 bytes: answered
--
--   by what routers say:
--   10.0.13.2: MTU 1300 (ptb)
--    1   1500  10.0.11.2
--    2   1300  10.0.12.2
--    3   1300  10.0.13.2
--
--   by trying 1500- 1280+ 1390- 1335- 1307- 1293+ 1300+ 1303- 1301-:
--   10.0.13.2: MTU 1300 (probe), black hole at 10.0.11.2
--    1   1500  10.0.11.2
--    2   1300  10.0.12.2
--    3   1300  10.0.13.2
-- see:   RFC 1191; RFC 8201; RFC 8899; tutorial/11_fragments; recipes/mtu_sweep
-- categories: tutorial, mtu

local dgram, pmtu = require "dgram", require "pmtu"
local host = require "script".args().host

-- By hand: an echo request with the bit DF set (don't fragment), as long as the first link allows. 28 bytes are headers.
local s = assert(dgram.ping{to = host, df = "probe", timeout = 1})
local size = s:mtu(host)
repeat
  s:send(("x"):rep(size - 28))
  local answered = s:receive()
  if answered then
    print(size .. " bytes: answered\n")
  else
    local kind, code, router, mtu = assert(s:error())
    print(("%d bytes: ICMP type %d code %d from %s: the next hop's MTU is %d"):format(size, kind, code, tostring(router), mtu))
    size = mtu
  end
until answered
s:close()

-- pmtu does that, and asks each hop: probes that die there (TTL 1, 2, 3 …) tell how long a datagram may be to get that far.
print(("by what routers say:\n%s\n"):format(tostring(assert(pmtu(host)))))

-- Some routers drop and say nothing, or a firewall eats the error: a black hole. Then a size has failed when three probes of
-- it got lost, and the sizes between failed (-) and passed (+) are halved until none is left. Here we just don't listen.
local m, tried = assert(pmtu(host, {deaf = true, timeout = 0.2})), {}
for _, step in ipairs(m.steps) do
  if not step.ttl then tried[#tried + 1] = step.size .. (step.result == "passed" and "+" or "-") end
end
print(("by trying %s:\n%s"):format(table.concat(tried, " "), tostring(m)))

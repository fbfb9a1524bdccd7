-- a router that drops and says nothing is found by trying sizes
local expect = require "expect"
local pmtu = require "pmtu"
for _, host in ipairs{"10.0.13.2", "fd00:13::2"} do
  local m = assert(pmtu(host, {timeout = 0.1}))
  m.mtu, m.method, m.reached, #m.hops  --> 1304, probe, true, 3
  m.hops[1].mtu, m.hops[2].mtu, m.hops[3].mtu  --> 1500, 1304, 1304
  expect(m.blackhole):to_equal{ttl = 1, from = m.hops[1].from, mtu = 1304, next = m.hops[2].from}
  tostring(m):match("^[^\n]*") == host .. ": MTU 1304 (probe), black hole at " .. m.hops[1].from  --> true
  m.steps[1].size, m.steps[1].result  --> 1500, silence
end

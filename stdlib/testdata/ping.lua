-- The statistics are those of iputils' ping: duplicates count in the times, not among the received.
local expect = require "expect"
local queue = {
  {seq = 1, what = "reply", from = "h", rtt = 0.001, size = 56, ttl = 64},
  {seq = 1, what = "reply", from = "h", rtt = 0.003, size = 56, ttl = 64},
  {seq = 9, what = "reply", from = "h", rtt = 9, size = 56, ttl = 64}, -- nobody asked
  {seq = 2, what = "unreachable", text = "host unreachable", from = "r"},
  {seq = 3, what = "reply", from = "h", rtt = 0.002, size = 56, ttl = 64},
}
local prober = {host = "h", method = "fake", send = function() return true end, close = function() end}
function prober:receive(timeout)
  local first = table.remove(queue, 1)
  if first then return first end
  task.sleep(timeout)
  return nil, "nothing came", "timeout"
end
package.loaded.probe = {open = function() return prober end}
local p = require "ping" ("h", {count = 4, interval = 0, timeout = 0.5})
local seen = {}
for reply in p:replies() do seen[#seen + 1] = tostring(reply) end
expect(seen):to_equal{
  "seq 1: 56 bytes from h, ttl 64, 1.000 ms",
  "seq 1: 56 bytes from h, ttl 64, 3.000 ms (duplicate)",
  "seq 2: host unreachable from r",
  "seq 3: 56 bytes from h, ttl 64, 2.000 ms",
  "seq 4: no answer",
}
tostring(p)  --> 4 sent, 2 received, 2 lost, 1 duplicates, 1 errors, min/avg/max/mdev 1.000/2.000/3.000/0.816 ms
p.lost, p.avg  --> 2, 0.002
---
-- misuse
require "ping" ("127.0.0.1", {cuont = 1})  --> error: bad option 'cuont' to 'ping' (did you mean 'count'?
---
require "probe".open("127.0.0.1", {proto = "sctp"})  --> error: bad option 'proto' to 'probe.open' (icmp or udp or tcp expected, got sctp)

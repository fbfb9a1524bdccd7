-- Errors that quote too little to say which probe they are about: then one probe at a time goes out.
local expect = require "expect"
local function world(hops, settings)
  local answers, prober = {}, {host = "h3", proto = "udp", method = "fake", count = 0}
  function prober:send(seq, opts)
    self.count = self.count + 1
    local router = hops[opts.ttl] or hops[#hops]
    local last = opts.ttl >= #hops
    if settings.lost and settings.lost(seq) then return true end
    answers[#answers + 1] = {seq = not settings.brief and seq or nil, what = last and "unreachable" or "exceeded",
      text = last and "port unreachable" or "time exceeded", arrived = last, from = router, rtt = 0.001}
    return true
  end
  function prober:receive()
    local first = table.remove(answers, settings.reversed and #answers or 1)
    if first then return first end
    return nil, "nothing came", "timeout"
  end
  function prober:close() end
  return prober
end
local function find(settings, opts)
  local prober = world({"r1", "r2", "h3"}, settings)
  package.loaded.probe = {open = function() return prober end}
  package.loaded.traceroute = nil
  return assert(require "traceroute" ("h3", opts)), prober
end
for _, settings in ipairs{{}, {brief = true}, {reversed = true}} do
  local path = find(settings, {probes = 2, hops = 9})
  expect(tostring(path)):to_be(" 1  r1  1.000 ms 1.000 ms\n 2  r2  1.000 ms 1.000 ms\n 3  h3  1.000 ms 1.000 ms  port unreachable")
  expect(path.reached):to_be(true)
end
local path, prober = find({lost = function(seq) return seq == 3 or seq == 4 end}, {probes = 2, hops = 9})
tostring(path.hops[2]), path.hops[2].silent, path.hops[2].from  --> " 2  * *", 2, nil
prober.count <= 8  --> true
local path = find({lost = function(seq) return seq > 4 end}, {probes = 2, hops = 4})
path.reached, #path.hops, path.hops[4].text  --> false, 4, no answer
---
-- Each flow may take a way of its own: a hop that several routers answer for shows them all.
local expect = require "expect"
local flow = 0
package.loaded.probe = {open = function()
  flow = flow + 1
  local me, answers = flow, {}
  return {host = "h", proto = "udp", method = "fake",
    send = function(_, seq, opts)
      answers[#answers + 1] = {seq = seq, what = opts.ttl == 1 and "exceeded" or "unreachable", arrived = opts.ttl > 1, text = "t",
        from = opts.ttl == 1 and "r" .. me or "h", rtt = 0.002}
      return true
    end,
    receive = function() return table.remove(answers, 1), "nothing came", "timeout" end,
    close = function() end}
end}
local path = require "traceroute" ("h", {flows = 3, probes = 1})
tostring(path.hops[1])  --> " 1  r1  2.000 ms r2  2.000 ms r3  2.000 ms  t"
path.hops[1].answers[3].flow, #path.hops  --> 3, 2
---
-- misuse
require "traceroute" ("127.0.0.1", {port = 0})  --> error: bad option 'port' to 'traceroute' (whole number from 1 to 65535 expected, got 0)

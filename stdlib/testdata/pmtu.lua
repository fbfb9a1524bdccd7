-- Every kind of path: narrow links that say so, that don't, that lie or give no size, where of three probes two are lost.
local expect = require "expect"

-- A path is links from this machine on. Each has an mtu; a hole drops what is longer and says nothing; says is what its
-- router says instead of the mtu; the router behind a silent link lets probes die without a word, the one behind a link with words after so many.
local function world(links, unlucky)
  local prober = {host = "host", family = "inet", proto = "icmp", via = "socket", method = "fake", header = 28}
  local answers, tries = {}, {}
  local function answer(seq, size, what, from, mtu)
    local key = what .. from .. size
    tries[key] = (tries[key] or 0) + 1
    if unlucky and tries[key] % 3 ~= 0 then return end
    answers[#answers + 1] = {seq = seq, what = what, text = what, arrived = what == "reply", from = from, mtu = mtu, rtt = 0.01}
  end
  function prober:send(seq, opts)
    local size = opts.size or 32
    if size > links[1].mtu then return nil, "message too long", "unreachable", links[1].mtu end
    for i, link in ipairs(links) do
      if size > link.mtu then
        if not link.hole then answer(seq, size, "too big", "r" .. i - 1, link.says or link.mtu) end
        return true
      end
      if i == #links then answer(seq, size, "reply", "host")
      elseif i == opts.ttl then
        link.said = (link.said or 0) + 1
        if not link.silent and link.said <= (link.words or math.huge) then answer(seq, size, "exceeded", "r" .. i) end
        return true
      end
    end
    return true
  end
  function prober:receive()
    local first = table.remove(answers, 1)
    if first then return first end
    return nil, "nothing came", "timeout"
  end
  function prober:close() end
  return prober
end

local function measured(links, unlucky)
  local prober = world(links, unlucky)
  package.loaded.probe = {open = function() return prober end}
  package.loaded.pmtu, package.loaded.traceroute = nil, nil
  local m = assert(require "pmtu" ("host"))
  local hops = {}
  for i, hop in ipairs(m.hops) do hops[i] = hop.mtu or "?" end
  local hole = m.blackhole
  return {m.mtu, m.method, table.concat(hops, " "), hole and ("%s > %s %d"):format(hole.from or "here", hole.next, hole.mtu)}
end

for _, case in ipairs{
  {{{mtu = 1500}}, {1500, "probe", "1500"}},
  {{{mtu = 1500}, {mtu = 1500}}, {1500, "probe", "1500 1500"}},
  {{{mtu = 9000}, {mtu = 1500}, {mtu = 1300}, {mtu = 1400}}, {1300, "ptb", "9000 1500 1300 1300"}},
  {{{mtu = 1500}, {mtu = 1300, hole = true}, {mtu = 1500}}, {1300, "probe", "1500 1300 1300", "r1 > r2 1300"}},
  {{{mtu = 1500}, {mtu = 1499, hole = true}}, {1499, "probe", "1500 1499", "r1 > host 1499"}},
  {{{mtu = 1500}, {mtu = 600, hole = true}}, {600, "probe", "1500 600", "r1 > host 600"}},
  {{{mtu = 1500}, {mtu = 1400}, {mtu = 1300, hole = true}}, {1300, "probe", "1500 1400 1300", "r2 > host 1300"}},
  {{{mtu = 1500}, {mtu = 1400, hole = true}, {mtu = 1300}}, {1300, "probe", "1500 1400 1300", "r1 > r2 1400"}},
  {{{mtu = 1500}, {mtu = 1300, hole = true, silent = true}, {mtu = 1500}}, {1300, "probe", "1500 1300", "r1 > host 1300"}},
  {{{mtu = 1500}, {mtu = 1400, says = 0}, {mtu = 1500}}, {1400, "ptb", "1500 1400 1400"}},
  {{{mtu = 1500}, {mtu = 1300, says = 1400}, {mtu = 1500}}, {1300, "probe", "1500 1300 1300", "r1 > r2 1300"}},
  {{{mtu = 1500}, {mtu = 1300, says = 20}, {mtu = 1500}}, {1300, "probe", "1500 1300 1300", "r1 > r2 1300"}},
  {{{mtu = 1500}, {mtu = 1300, says = 65535}, {mtu = 1500}}, {1300, "probe", "1500 1300 1300", "r1 > r2 1300"}},
  {{{mtu = 576}}, {576, "probe", "576"}},
  {{{mtu = 65535}, {mtu = 68}}, {68, "ptb", "65535 68"}},
} do
  expect(measured(case[1])):to_equal(case[2])
  expect(measured(case[1], true)):to_equal(case[2])
end
expect(measured{{mtu = 1500, words = 3}, {mtu = 1300, hole = true}, {mtu = 1500}}):to_equal{1300, "probe", "? 1300 1300", "here > r2 1300"}
expect(measured{{mtu = 1500, words = 3}, {mtu = 1300}, {mtu = 1500}}):to_equal{1300, "ptb", "1500 1300 1300"}
---
-- misuse
require "pmtu" ("127.0.0.1", {tiemout = 1})  --> error: bad option 'tiemout' to 'pmtu' (did you mean 'timeout'?
---
-- the address comes first
require "pmtu" ()  --> error: bad argument #1 to 'pmtu' (string expected, got nil)

-- Without options a relay passes everything on, both ways, and knows its clients apart.
local expect = require "expect"
local lossy = require "lossy"
local socket = require "socket"
local task = require "task"
local server, one, other = socket.udp4(), socket.udp4(), socket.udp4()
server:setsockname("127.0.0.1", 0)
task.daemon(function()
  while true do
    local data, host, port = server:receivefrom()
    if not data then return end
    server:sendto("echo " .. data, host, port)
  end
end)
local host, port = server:getsockname()
local relay = assert(lossy.udp(host, port))
one:setpeername(relay.host, relay.port)
other:setpeername(relay.host, relay.port)
for i = 1, 20 do
  one:send("one " .. i)
  other:send("other " .. i)
  expect(one:receive()):to_be("echo one " .. i)
  expect(other:receive()):to_be("echo other " .. i)
end
expect(relay.counts):to_equal{received = 80, sent = 80, lost = 0, repeated = 0, reordered = 0}
relay:close()
relay:close()
---
-- What happens follows from the seed: two relays do the same, and the counts add up.
local expect = require "expect"
local lossy = require "lossy"
local socket = require "socket"
local task = require "task"
local function fates(seed)
  local server, client, list = socket.udp4(), socket.udp4(), {}
  server:setsockname("127.0.0.1", 0)
  local host, port = server:getsockname()
  local relay = assert(lossy.udp(host, port, {seed = seed, loss = 0.3, duplicate = 0.2, reorder = 0.2, hold = 0.5,
    watch = function(way, fate, data) list[#list + 1] = way .. " " .. fate .. " " .. data end}))
  client:setpeername(relay.host, relay.port)
  for i = 1, 100 do
    client:send(tostring(i))
    while relay.counts.received < i do task.sleep(0.0005) end
  end
  local c = relay.counts
  for _ = 1, 500 do
    if c.sent == c.received - c.lost + c.repeated then break end
    task.sleep(0.01)
  end
  relay:close()
  return list, c
end
local list, counts = fates(7)
expect(fates(7)):to_equal(list)
expect(fates(8)).never:to_equal(list)
expect(counts.sent):to_be(counts.received - counts.lost + counts.repeated)
expect(counts.lost):to_be_near(30, 15)
expect(counts.repeated):to_be_near(14, 12)
expect(counts.reordered):to_be_near(14, 12)
---
-- A reordered datagram comes behind the next one; a delay is waited for.
local clock = require "clock"
local expect = require "expect"
local lossy = require "lossy"
local socket = require "socket"
local function through(opts, ...)
  local server, client = socket.udp4(), socket.udp4()
  server:setsockname("127.0.0.1", 0)
  server:settimeout(60)
  local host, port = server:getsockname()
  local relay = assert(lossy.udp(host, port, opts))
  client:setpeername(relay.host, relay.port)
  local got = {}
  for _, data in ipairs{...} do client:send(data) end
  for i = 1, select("#", ...) do got[i] = server:receive() end
  relay:close()
  return got
end
expect(through({reorder = 1, hold = 1}, "a", "b")):to_equal{"b", "a"}
local start = clock.monotonic()
expect(through({delay = 0.05}, "a", "b")):to_equal{"a", "b"}
expect(clock.monotonic() - start >= 0.05):to_be(true)
expect(through({duplicate = 1}, "a", "a")):to_equal{"a", "a"}
---
-- A port nobody listens on answers with an ICMP error, which the relay outlives.
local expect = require "expect"
local lossy = require "lossy"
local socket = require "socket"
local server, client = socket.udp4(), socket.udp4()
server:setsockname("127.0.0.1", 0)
local host, port = server:getsockname()
server:close()
local relay = assert(lossy.udp(host, port))
client:setpeername(relay.host, relay.port)
client:settimeout(0.05)
client:send("anyone?")
expect(client:receive()):to_be(nil)
server = socket.udp4()
assert(server:setsockname(host, port))
server:settimeout(60)
client:send("now?")
expect(server:receive()):to_be("now?")
---
-- The relay for connections loses nothing: a lost piece, and all behind it, comes late.
local clock = require "clock"
local expect = require "expect"
local lossy = require "lossy"
local socket = require "socket"
local task = require "task"
local listener = assert(socket.bind("127.0.0.1", 0))
local host, port = listener:getsockname()
local relay = assert(lossy.tcp(host, port, {loss = 1, again = 0.05}))
local client = assert(socket.connect(relay.host, relay.port))
local server = assert(listener:accept())
local start = clock.monotonic()
client:send("hello\n")
expect(server:receive()):to_be("hello")
expect(clock.monotonic() - start >= 0.05):to_be(true)
expect(relay.counts.lost >= 1):to_be(true)
server:send("and back\n")
expect(client:receive()):to_be("and back")
local big = ("0123456789"):rep(30000)
task.spawn(function()
  client:send(big)
  client:shutdown("send")
end)
expect(server:receive("*a")):to_be(big)
server:close()
expect(client:receive()):to_fail()
---
-- Misuse.
local expect = require "expect"
local lossy = require "lossy"
expect(function() lossy.udp("127.0.0.1") end):to_raise("bad argument #2 to 'lossy.udp' (number expected, got nil)")
expect(function() lossy.udp("127.0.0.1", 1, {los = 1}) end):to_raise("did you mean 'loss'?")
expect(function() lossy.tcp("127.0.0.1", 1, {jitter = 1}) end):to_raise("bad option 'jitter' to 'lossy.tcp'")

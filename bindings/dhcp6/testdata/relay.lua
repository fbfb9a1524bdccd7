-- a relay agent wraps a message, shows it to a handler, and unwraps the answer
local net = lab{"h1 -- R1 -- h2"}
local seen = {}
local heard, server
for _, a in ipairs(net.h2.interfaces.eth0.addresses) do server = a:match("^fd[^/]+") or server end
assert(server, "h2 has a global address")
net.h1:spawn(function()
  local s = dgram.udp{address = "[::]:546", timeout = 3}
  task.sleep(0.1)
  s:send("\11\0\0\1", "[ff02::1:2%eth0]:547")
  heard = s:receive()
end)
net.h2:spawn(function()
  local s = dgram.udp{address = "[::]:547", timeout = 3}
  local data, meta = s:receive()
  assert(data:byte(1) == 12, "a relay-forward")
  -- the same headers, and a reply (7) in the place of the question
  s:send("\13" .. data:sub(2, 34) .. data:sub(35, 42) .. "\0\9\0\4\7\0\0\1", meta.peer)
end)
net.R1:run(function()
  local r = assert(dhcp6.relay{iface = "eth0", server = server,
    on_request = function(msg, from) seen[#seen + 1] = msg.type .. " " .. from:match("fe80") end,
    on_reply = function(msg) seen[#seen + 1] = msg.type end})
  local n = r:serve{count = 2, timeout = 3}
  local why = {}
  for k, v in pairs(r.stats.drops) do why[#why + 1] = k end
  assert(n == 2, n .. " came; " .. r.stats.requests .. " went, dropped: " .. table.concat(why, ", "))
  assert(r.stats.requests == 1 and r.stats.replies == 1)
  assert(not next(r.stats.drops))
end)
task.sleep(0.1)
assert(heard == "\7\0\0\1", heard)
assert(table.concat(seen, ", ") == "information_request fe80, relay_reply", table.concat(seen, ", "))
---
-- a handler drops, and misuse is named
local net = lab{"h1 -- R1"}
net.R1:run(function()
  local r = assert(dhcp6.relay{iface = "eth0", server = "2001:db8::1", on_request = function() return false end})
  net.h1:spawn(function() dgram.udp{address = "[::]:546"}:send("\11\0\0\1", "[ff02::1:2%eth0]:547") end)
  r:serve{count = 1, timeout = 3}
  assert(r.stats.drops.script == 1 and r.stats.requests == 0)
  assert(r:close() and r:close())
  local none, message, kind = dhcp6.relay{iface = "eth7", server = "2001:db8::1"}
  assert(none == nil and message:find("no interface 'eth7'", 1, true) and kind == "notfound", message)
  dhcp6.relay{iface = "eth0", server = "somewhere"} --> error: server: ip or ip:port expected, got 'somewhere'
end)

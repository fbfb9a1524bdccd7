-- tries: to reach this machine and its neighbours by every spelling of their addresses
-- grants: net 192.0.2.1:80/tcp; net 192.0.2.1:53/udp
-- says: not allowed|not supported|not known|no such name|setsockopt failed|address expected|expected, got
local socket, dgram, ping = require "socket", require "dgram", require "ping"
local traceroute, pmtu, snmp = require "traceroute", require "pmtu", require "snmp"
local tcp, udp = A.tcp, A.udp
for _, host in ipairs{"127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1",
  "0177.0.0.1", "017700000001", "127.0.0.1.", "localhost.", "LOCALHOST", "127.8.8.8", "10.0.0.1", "10.0.0.2", "fd00::1", "fd00::2", "fe80::1%eth0", "::ffff:10.0.0.2",
  "167772162", "0xa000002", "10.2", "64:ff9b::7f00:1", "2002:7f00:1::", "255.255.255.255", "224.0.0.1", "ff02::1%eth0", "10.0.0.255", "192.0.2.1"} do
  try("socket.connect " .. host, socket.connect, host, tcp)
  try("tcp:connect " .. host, function() return socket.tcp():connect(host, tcp) end)
  for _, family in ipairs{"udp4", "udp6", "udp"} do
    try(family .. ":sendto " .. host, function() return socket[family]():sendto("breach", host, udp) end)
    try(family .. ":setpeername " .. host, function() return socket[family]():setpeername(host, udp) end)
  end
  local bracketed = host:find(":", 1, true) and "[" .. host .. "]" or host
  try("dgram " .. host, function() return dgram.udp{}:send("breach", bracketed .. ":" .. udp) end)
  try("dgram to " .. host, function() return dgram.udp{to = bracketed .. ":" .. udp} end)
  try("dgram.ping " .. host, function()
    local s, problem = dgram.ping{to = host}
    if not s then return s, problem end
    return s:send("breach")
  end)
  try("snmp " .. host, function() return assert(snmp.open{host = host, port = udp, timeout = 0.1, retries = 0}):get("sysName.0") end)
end
try("by a loop of broadcasts", function()
  local s = socket.udp4()
  s:setoption("broadcast", true)
  return s:sendto("breach", "10.0.0.255", udp)
end)
try("by a group", function()
  local s = socket.udp4()
  assert(s:setoption("ip-add-membership", {multiaddr = "224.0.0.9", interface = "*"}))
  return s:sendto("breach", "224.0.0.9", udp)
end)
try("another port", socket.connect, "192.0.2.1", 81)
try("another protocol", function() return socket.udp():sendto("breach", "192.0.2.1", 80) end)
try("traceroute", traceroute, "10.0.0.2", {hops = 1, timeout = 0.1})
try("pmtu", pmtu, "10.0.0.2", {timeout = 0.1})
try("ping by frames", ping, "10.0.0.2", {via = "frames", timeout = 0.1})

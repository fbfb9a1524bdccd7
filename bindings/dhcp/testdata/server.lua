-- a server gives the upper half of its network
local net = lab{"server -- sw1", "client -- sw1"}
local s = net.server:run(function() return assert(dhcp.server{router = "10.0.0.1"}) end)
net.server:daemon(function() s:serve() end)
net.client:run(function()
  local l = link.open("eth0")
  local p = packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.ip{src = "0.0.0.0", dst = "255.255.255.255"} / packet.udp{sport = 68, dport = 67}
    / packet.dhcp{op = 1, xid = 7, chaddr = "02:00:00:00:00:55", options = {{"message-type", "discover"}, "end"}}
  l:send(p)
  local r = l:expect("udp and dst port 68", 5)
  print(r:show())
end)
print(tabulate(s.leases))
for k, v in pairs(s.stats.received) do print(k, v) end
for k, v in pairs(s.stats.dropped) do print(k, v) end

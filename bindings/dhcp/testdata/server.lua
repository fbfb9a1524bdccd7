-- a discover is offered what nobody has, a request is acknowledged
local net = lab{"server -- sw1", "client -- sw1", ipv6 = false, networks = {sw1 = "10.0.0.0/24"}}
local s = net.server:serve_dhcp{pool = "10.0.0.100-10.0.0.101", router = "10.0.0.1", dns = {"10.0.0.53", "10.0.0.54"}, lease_time = 600}
net.client:run(function()
  local l = link.open("eth0", {promiscuous = true})
  local head = packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.ip{src = "0.0.0.0", dst = "255.255.255.255"} / packet.udp{sport = 68, dport = 67}
  local function ask(options)
    l:send(head / packet.dhcp{xid = 7, chaddr = "02:00:00:00:00:55", options = options})
    return l:expect("udp and dst port 68", 5)
  end
  local offer = ask{{"message-type", "discover"}, {"param_req_list", {3, 6}}, "end"}
  offer.eth.dst, offer.ip.src, offer.ip.dst, offer.dhcp.yiaddr  --> 02:00:00:00:00:55, 10.0.0.1, 10.0.0.100, 10.0.0.100
  s.leases[1].state  --> offered
  local ack = ask{{"message-type", "request"}, {"server_id", "10.0.0.1"}, {"requested_addr", "10.0.0.100"}, "end"}
  ack.dhcp.yiaddr, ack.dhcp.xid  --> 10.0.0.100, 7
  local row = s.leases[1]
  row.address, row.state, row.mac, row.left > 590  --> 10.0.0.100, bound, 02:00:00:00:00:55, true
end)
s.stats.received.discover, s.stats.sent.offer, s.stats.sent.ack  --> 1, 1, 1
---
-- options that are wrong raise at the line that has them
dhcp.server{poll = "10.0.0.1"}  --> error: bad option 'poll' to 'dhcp.server' (did you mean 'pool'?
---
local net = lab{"server -- sw1", "client -- sw1"}
net.server:serve_dhcp{pool = "10.0.0.9-10.0.0.1"}  --> error: bad option 'pool' to 'serve.dhcp' ("10.0.0.9-10.0.0.1" ends before it begins)
---
dhcp.server{options = {rooter = "10.0.0.1"}}  --> error: bad option 'options' entry 'rooter' to 'dhcp.server' (there is no option 'rooter' (did you mean 'router'?))
---
dhcp.server{subnets = {{subnet = "10.0.0.0/24", lease_time = 0.5}}}  --> error: bad option 'subnets' item 1: 'lease_time' to 'dhcp.server' (a second or more expected)

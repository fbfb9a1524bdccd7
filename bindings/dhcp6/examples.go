package dhcp6

// clientExample is an example of a client c beside a server of others' choice, at 2001:db8:1::1 in a lab.
func clientExample(expr, value string) string {
	return `local net = require "lab" {"server, client -- sw1", networks={sw1="2001:db8:1::/64"}, addresses={["client.eth0"]={}}}
net.server:serve_dhcp6{pool="2001:db8:1::100-2001:db8:1::1ff", delegate="2001:db8:f000::/40", preference=255, dns="2001:db8:1::1"}
local c = net.client:run(function() return assert(dhcp6.client{mac="02:00:00:00:09:01", detect=false}) end)
` + expr + " --> " + value
}

-- title: a home behind a provider, IPv6 alone
-- about: R1, the provider, gives addresses of 2001:db8:1::/64 and prefixes of 2001:db8:f000::/40 by DHCPv6 to R2, a home router
--        that knows nothing yet, with pc behind it

return {"R1 -- R2 -- pc", ipv4 = false, networks = {["R1--R2"] = "2001:db8:1::/64"},
  addresses = {["R2.eth0"] = false, ["R2.eth1"] = false, ["pc.eth0"] = false},
  nodes = {R1 = {services = {dhcp6 = {pool = "2001:db8:1::100-2001:db8:1::1ff", delegate = {prefix = "2001:db8:f000::/40", length = 56},
    dns = "2001:db8:1::53", domain_search = "home.example", lease_time = 7200}}}},
}

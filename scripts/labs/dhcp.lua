-- title: a host with two interfaces, and a DHCP server
-- about: eth0 of linux has no address and gets one of R1's DHCP server, eth1 is 10.0.2.2 on the network of R2

return {"linux -- sw1 -- R1", "linux -- R2", addresses = {["linux.eth0"] = false}, nodes = {R1 = {services = {dhcp = {
  pool = "10.0.1.100-10.0.1.199", router = "10.0.1.1", dns = "10.0.1.1", domain = "lab.example", lease_time = 3600,
}}}}}

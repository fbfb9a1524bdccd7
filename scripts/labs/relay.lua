-- title: a host, a relay agent, and a DHCP server behind it
-- about: eth0 of linux has no address; R1 carries its questions to R2, which gives out addresses of 10.0.1.0/24

return {"linux -- R1 -- R2", addresses = {["linux.eth0"] = false}, nodes = {
  R1 = {services = {dhcp_relay = {iface = "eth0", server = "10.0.2.2", circuit_id = "eth0"}}},
  R2 = {services = {dhcp = {iface = "eth0", subnet = "10.0.1.0/24", pool = "10.0.1.100-10.0.1.199", router = "10.0.1.1", lease_time = 3600}}},
}}

-- title: a host with two interfaces
-- about: eth0 of linux has no address and waits for DHCP from R1, eth1 is 10.0.2.2 on the network of R2

return {"linux -- sw1 -- R1", "linux -- R2", addresses = {["linux.eth0"] = false}}

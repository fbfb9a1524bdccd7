-- title: two hosts with two routers between, and a narrow link in the middle
-- about: the link between the routers carries 1300 bytes, the others 1500. In each network the left node is 1 and the right
--        node 2: linux is 10.0.11.1 and server 10.0.13.2

return {
  "linux -- R1 -- R2 -- server",
  mtu = {["R1--R2"] = 1300},
  addresses = {
    linux = {"10.0.11.1/24", "fd00:11::1/64"},
    ["R1.eth0"] = {"10.0.11.2/24", "fd00:11::2/64"}, ["R1.eth1"] = {"10.0.12.1/24", "fd00:12::1/64"},
    ["R2.eth0"] = {"10.0.12.2/24", "fd00:12::2/64"}, ["R2.eth1"] = {"10.0.13.1/24", "fd00:13::1/64"},
    server = {"10.0.13.2/24", "fd00:13::2/64"},
  },
}

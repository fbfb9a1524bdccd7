-- title: a host and two routers, with a narrow link behind the first
-- about: datagrams of 1500 bytes get to R1; the link from there to R2 carries 1300. R2 is 10.0.2.2

return {"linux -- R1 -- R2", mtu = {["R1--R2"] = 1300}}

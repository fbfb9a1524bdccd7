-- title: two hosts and a router, IPv6 alone
-- about: h1 is fd00:0:0:1::2 and h2 is fd00:0:0:2::2

return {"h1 -- R1 -- h2", ipv4 = false}

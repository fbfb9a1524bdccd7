-- title: three hosts on a switch
-- about: h1, h2 and h3 are 10.0.0.1, 10.0.0.2 and 10.0.0.3

return {"h1, h2, h3 -- sw1", networks = {sw1 = {"10.0.0.0/24", "fd00::/64"}}}

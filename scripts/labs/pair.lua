-- title: two hosts and a wire
-- about: h1 is 10.0.0.1 and h2 is 10.0.0.2

return {"h1 -- h2", networks = {["h1--h2"] = {"10.0.0.0/24", "fd00::/64"}}}

-- title: two hosts and a bad wire
-- about: one frame of ten is lost each way, and each takes 20 ms, give or take 5

return {"h1 -- h2", networks = {["h1--h2"] = {"10.0.0.0/24", "fd00::/64"}}, loss = 0.1, delay = 0.02, jitter = 0.005}

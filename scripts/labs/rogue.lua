-- title: two DHCP servers, one of which nobody asked for
-- about: eth0 of linux has no address; R1 gives addresses of 10.0.1.0/24 out, and so does evil, which would like to be the router

local function server(pool, router)
  return {services = {dhcp = {pool = pool, router = router, dns = router, lease_time = 3600}}}
end
return {"linux, R1, evil -- sw1", addresses = {["linux.eth0"] = false}, nodes = {
  R1 = server("10.0.1.100-10.0.1.199", "10.0.1.1"), evil = server("10.0.1.200-10.0.1.250", "10.0.1.66"),
}}

-- RFC 1812 section 5.3.3: a router whose neighbour doesn't answer says so
local s = dgram.udp{to = "10.0.3.77:9", timeout = 8}
s:send("x")
print(s:receive())
told(s)
---
-- RFC 4443 section 3.1: the same by IPv6
local s = dgram.udp{to = "[fd00:3::77]:9", timeout = 8}
s:send("x")
print(s:receive())
told(s)
---
-- RFC 1122 section 3.3.2.4: an own neighbour that doesn't answer
local s = dgram.udp{to = "10.0.1.77:9", timeout = 8}
s:send("x")
print(s:receive())
told(s)

-- RFC 1122 section 4.2.3.9: an unreachable host ends a connection that is being made
local c = socket.tcp4()
c:settimeout(8)
print(c:connect("10.0.3.77", 9))
---
-- RFC 1122 section 2.3.2.1: a neighbour that doesn't answer ARP is unreachable
local c = socket.tcp4()
c:settimeout(8)
print(c:connect("10.0.1.77", 9))
---
-- connect(2): silence ends with the timeout
local c = socket.tcp4()
c:settimeout(0.2)
print(c:connect("10.0.1.78", 9))
---
-- connect(2): without a route nobody is asked
print(client:del_route("0.0.0.0/0", "10.0.1.254", "eth0"))
print(socket.connect("10.0.3.1", 9))
print(socket.connect("10.0.1.2", 9))
print(client:add_route("0.0.0.0/0", "10.0.1.254", "eth0"))
print(socket.connect("10.0.3.1", 9))

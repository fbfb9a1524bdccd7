-- RFC 768: datagrams keep their boundaries, empty ones too
local s = server:run(dgram.udp, {address = "10.0.3.1:3001", timeout = 5})
local c = dgram.udp{to = "10.0.3.1:3001"}
for _, n in ipairs{3, 0, 1, 1200} do print(c:send(("x"):rep(n))) end
for i = 1, 4 do print(#(s:receive())) end
---
-- recv(2): a datagram that is longer than the buffer is cut
local s = server:run(dgram.udp, {address = "10.0.3.1:3002", timeout = 5})
local c = dgram.udp{to = "10.0.3.1:3002"}
c:send("0123456789")
c:send("next")
local data, meta = s:receive{size = 4}
print(data, meta.truncated, meta.size)
print((s:receive()))
---
-- ip(7): what comes with a datagram
local s = server:run(dgram.udp, {address = "0.0.0.0:3003", timeout = 5})
local c = dgram.udp{address = "10.0.1.1:3103", to = "10.0.3.1:3003", tos = 0x28}
c:send("x")
local data, meta = s:receive()
print(data, meta.peer, meta.to, meta.ttl, meta.tos, meta.interface)
c:send("x", nil, {ttl = 9, tos = 4})
data, meta = s:receive()
print(data, meta.peer, meta.to, meta.ttl, meta.tos, meta.interface)
---
-- ipv6(7): what comes with a datagram
local s = server:run(dgram.udp, {address = "[::]:3003", timeout = 5})
local c = dgram.udp{address = "[fd00:1::1]:3103", to = "[fd00:3::1]:3003", tos = 0x28}
c:send("x")
local data, meta = s:receive()
print(data, meta.peer, meta.to, meta.ttl, meta.tos, meta.interface)
c:send("x", nil, {ttl = 9, tos = 4})
data, meta = s:receive()
print(data, meta.peer, meta.to, meta.ttl, meta.tos, meta.interface)
---
-- RFC 1122 section 4.1.3.3: a connected socket learns that nobody listens
local c = dgram.udp{to = "10.0.3.1:3004", timeout = 5}
print(c:send("x"))
print(c:receive())
print(c:send("y"))
print(c:receive())
c = dgram.udp{to = "[fd00:3::1]:3004", timeout = 5}
print(c:send("x"))
print(c:receive())
---
-- LuaSocket: a connected socket's next call is refused
local c = socket.udp4()
c:setpeername("10.0.3.1", 3004)
c:settimeout(5)
print(c:send("x"))
print(c:receive())
print(c:send("y"))
---
-- udp(7): a socket that isn't connected and doesn't ask hears of no errors
local c = socket.udp4()
c:settimeout(0.2)
print(c:sendto("x", "10.0.3.1", 3004))
print(c:receive())
---
-- udp(7): a connected socket hears its far end only
local c = dgram.udp{address = "10.0.1.1:3005", to = "10.0.3.1:3006", timeout = 0.2}
peer:run(function() dgram.udp{}:send("stranger", "10.0.1.1:3005") end)
server:run(function()
  dgram.udp{address = "10.0.3.1:3007"}:send("other port", "10.0.1.1:3005")
  print(c:receive())
  dgram.udp{address = "10.0.3.1:3006"}:send("far end", "10.0.1.1:3005")
end)
print((c:receive{timeout = 5}))
---
-- connect(2): a socket that is free again hears everybody
local c = dgram.udp{address = "10.0.1.1:3008", to = "10.0.3.1:3009", timeout = 5}
print(c:peer())
print(c:connect())
print(c:peer())
peer:run(function() dgram.udp{}:send("anybody", "10.0.1.1:3008") end)
print((c:receive()))
---
-- connect(2): the source address that the routes choose
for _, to in ipairs{"10.0.3.1:9", "10.0.1.2:9", "127.0.0.1:9", "10.0.1.1:9", "[fd00:3::1]:9", "[::1]:9", "0.0.0.0:9"} do
  local c = dgram.udp{to = to}
  local a = c:address()
  print(to, (a:gsub(":%d+$", "")), c:peer())
end
---
-- bind(2): an address in use, or of somebody else
local s = dgram.udp{address = "10.0.1.1:3010"}
print(select(2, dgram.udp{address = "10.0.1.1:3010"}))
print(select(2, dgram.udp{address = "0.0.0.0:3010"}))
print(dgram.udp{address = "127.0.0.1:3010"} ~= nil)
print(select(2, dgram.udp{address = "10.0.1.2:3010"}))
print(select(2, dgram.udp{address = "[fd00:1::2]:3010"}))
print(dgram.udp{address = "10.0.1.255:3011"} ~= nil)
print(dgram.udp{address = "224.0.0.251:3011"} ~= nil)
---
-- socket(7), SO_REUSEADDR: of two with one address the last one hears
local a = dgram.udp{address = "10.0.1.1:3012", reuse = true, timeout = 0.2}
local b = dgram.udp{address = "10.0.1.1:3012", reuse = true, timeout = 5}
peer:run(function() dgram.udp{}:send("who?", "10.0.1.1:3012") end)
print((b:receive()))
print(a:receive())
---
-- udp(7): the closest address hears
local any = dgram.udp{address = "0.0.0.0:3013", reuse = true, timeout = 0.2}
local own = dgram.udp{address = "10.0.1.1:3013", reuse = true, timeout = 5}
local far = dgram.udp{address = "10.0.1.1:3013", to = "10.0.1.2:3113", reuse = true, timeout = 5}
peer:run(function()
  dgram.udp{address = "10.0.1.2:3113"}:send("connected", "10.0.1.1:3013")
  dgram.udp{}:send("bound", "10.0.1.1:3013")
end)
print((far:receive()))
print((own:receive()))
print(any:receive())
dgram.udp{}:send("loopback", "127.0.0.1:3013")
print((any:receive()))
---
-- RFC 6056: ephemeral ports of datagrams
local seen, inside = {}, true
for i = 1, 20 do
  local s = dgram.udp{address = "10.0.1.1:0"}
  local port = tonumber(s:address():match(":(%d+)$"))
  inside = inside and port >= 32768 and port <= 60999
  if seen[port] then print("twice") end
  seen[port] = s
end
print("32768 to 60999", inside)
---
-- udp(7): the longest datagram
local s = peer:run(dgram.udp, {address = "10.0.1.2:3014", timeout = 5})
local c = dgram.udp{to = "10.0.1.2:3014", df = "dont"}
print(c:send(("x"):rep(65507)))
print(#s:receive())
print(c:send(("x"):rep(65508)))
c = dgram.udp{to = "[fd00:1::2]:3014", df = "dont"}
s = peer:run(dgram.udp, {address = "[fd00:1::2]:3014", timeout = 1})
print(c:send(("x"):rep(65527)))
print(#(s:receive() or ""))
print(c:send(("x"):rep(65528)))
---
-- RFC 919: broadcasts need a permission
local c = dgram.udp{}
print(c:send("x", "10.0.1.255:3015"))
print(c:send("x", "255.255.255.255:3015"))
local a = dgram.udp{to = "10.0.1.2:3015"}
print(a:connect("10.0.1.255:3015"))
---
-- RFC 919: a broadcast reaches everybody on the link, the sender too
local s = peer:run(dgram.udp, {address = "0.0.0.0:3016", timeout = 5})
local r = r1:run(dgram.udp, {address = "0.0.0.0:3016", timeout = 5})
local own = dgram.udp{address = "0.0.0.0:3016", timeout = 5}
local far = server:run(dgram.udp, {address = "0.0.0.0:3016", timeout = 0.2})
local c = dgram.udp{broadcast = true}
for _, to in ipairs{"10.0.1.255:3016", "255.255.255.255:3016"} do
  print(c:send("x", to))
  for _, one in ipairs{s, r, own} do
    local data, meta = one:receive()
    print(data, meta and meta.to, meta and meta.peer:match("^[%d.]+"), meta and meta.ttl)
  end
end
print(far:receive())
---
-- RFC 2644: routers don't forward directed broadcasts
local s = server:run(dgram.udp, {address = "0.0.0.0:3017", timeout = 0.3})
local c = dgram.udp{broadcast = true}
print(c:send("x", "10.0.3.255:3017"))
print(s:receive())
---
-- RFC 919: who is bound to its own address hears no broadcast
local own = peer:run(dgram.udp, {address = "10.0.1.2:3018", reuse = true, timeout = 0.2})
local any = peer:run(dgram.udp, {address = "10.0.1.255:3018", reuse = true, timeout = 5})
dgram.udp{broadcast = true}:send("x", "10.0.1.255:3018")
print((any:receive()))
print(own:receive())
---
-- ip(7): the source of one datagram
local s = server:run(dgram.udp, {address = "10.0.3.1:3019", timeout = 5})
print(client:add_address("eth0", "10.0.1.9/24"))
local c = dgram.udp{address = "0.0.0.0:3119"}
print(c:send("x", "10.0.3.1:3019", {source = "10.0.1.9"}))
print(select(2, s:receive()).peer)
print(c:send("x", "10.0.3.1:3019"))
print(select(2, s:receive()).peer)
print(c:send("x", "10.0.3.1:3019", {source = "10.0.1.2"}))
print(client:del_address("eth0", "10.0.1.9/24"))
print(c:send("x", "10.0.3.1:3019", {source = "10.0.1.9"}))
---
-- send(2): without a route nothing is sent
print(client:del_route("0.0.0.0/0", "10.0.1.254", "eth0"))
print(dgram.udp{}:send("x", "10.0.3.1:9"))
print(dgram.udp{}:send("x", "10.0.1.2:9"))
print(client:add_route("0.0.0.0/0", "10.0.1.254", "eth0"))
print(dgram.udp{}:send("x", "10.0.3.1:9"))
---
-- send(2): a socket without a far end needs an address
print(dgram.udp{}:send("x"))
---
-- RFC 768: port 0 is no destination
print(dgram.udp{}:send("x", "10.0.3.1:0"))
---
-- RFC 1122 section 4.1.3.4: datagrams with a wrong checksum are dropped, those without one are taken
local s = peer:run(dgram.udp, {address = "10.0.1.2:3020", timeout = 0.3})
local eth, ip, udp = packet.eth, packet.ip, packet.udp
local l = assert(link.open("eth0"))
l:send(ip{dst = "10.0.1.2"} / udp{sport = 1, dport = 3020, chksum = 1} / "wrong")
print(s:receive())
l:send(ip{dst = "10.0.1.2"} / udp{sport = 1, dport = 3020, chksum = 0} / "none")
print((s:receive()))
l:send(ip{dst = "10.0.1.2"} / udp{sport = 1, dport = 3020} / "right")
print((s:receive()))
---
-- RFC 8200 section 8.1: IPv6 datagrams need a checksum
local s = peer:run(dgram.udp, {address = "[fd00:1::2]:3020", timeout = 0.3})
local ipv6, udp = packet.ipv6, packet.udp
local l = assert(link.open("eth0"))
l:send(ipv6{dst = "fd00:1::2"} / udp{sport = 1, dport = 3020, chksum = 0} / "none")
print(s:receive())
l:send(ipv6{dst = "fd00:1::2"} / udp{sport = 1, dport = 3020} / "right")
print((s:receive()))
---
-- RFC 768: a length that the packet doesn't have
local s = peer:run(dgram.udp, {address = "10.0.1.2:3021", timeout = 0.2})
local ip, udp = packet.ip, packet.udp
local l = assert(link.open("eth0"))
for _, len in ipairs{7, 0, 14} do
  l:send(ip{dst = "10.0.1.2"} / udp{sport = 1, dport = 3021, len = len, chksum = 0} / "hello")
  print(len, s:receive())
end
l:send(ip{dst = "10.0.1.2"} / udp{sport = 1, dport = 3021, len = 10, chksum = 0} / "hello")
print((s:receive()))
---
-- udp(7): datagrams wait until they are read
local s = server:run(dgram.udp, {address = "10.0.3.1:3022", timeout = 5})
local c = dgram.udp{to = "10.0.3.1:3022"}
for i = 1, 50 do c:send("datagram " .. i) end
local n = 0
for data in s:datagrams{count = 50, timeout = 1} do
  n = n + 1
  if data ~= "datagram " .. n then print("out of order") end
end
print(n)
---
-- recv(2): a timeout
local s = dgram.udp{address = "10.0.1.1:3023", timeout = 0.1}
print(s:receive())
print(s:close())
print(s:receive())
print(s:send("x", "10.0.1.2:9"))
---
-- socket(7), SO_BINDTODEVICE: another interface's datagrams aren't heard
local s = client:run(dgram.udp, {address = "0.0.0.0:3024", device = "lo", timeout = 0.2})
peer:run(function() dgram.udp{}:send("x", "10.0.1.1:3024") end)
print(s:receive())
dgram.udp{}:send("own", "127.0.0.1:3024")
print((s:receive()))
print(select(2, dgram.udp{address = "0.0.0.0:0", device = "eth9"}))

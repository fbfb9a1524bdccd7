-- a metatable's __index that was changed is asked, and again after the old one is back
local ip, udp = packet.ip, packet.udp
local p = ip{ttl=3} / udp{dport=7}
p.ip.ttl --> 3
local meta, old = debug.getmetatable(p), debug.getmetatable(p).__index
meta.__index = function(_, key) return "my " .. key end
p.ip, p.bytes --> my ip, my bytes
rawset(meta, "__index", old)
p.ip.ttl, #p:bytes() --> 3, 28
---
-- a layer's __index and __newindex that were changed are asked
local p = packet.ip{ttl=3}
local layer = p.ip
layer.ttl = 4
layer.ttl --> 4
local meta = debug.getmetatable(layer)
local get, set = meta.__index, meta.__newindex
local seen
meta.__newindex = function(_, key, value) seen = key .. value end
layer.ttl = 5
seen, layer.ttl --> ttl5, 4
meta.__index = {ttl="mine"}
layer.ttl --> mine
meta.__index, meta.__newindex = get, set
layer.ttl = 6
layer.ttl --> 6
meta.__newindex = nil
select("#", pcall(function() layer.ttl = 7 end)), (pcall(function() layer.ttl = 7 end)) --> 2, false
meta.__newindex = set
---
-- another metatable of the same value is asked
local p = packet.ip{ttl=3}
p.ip.ttl --> 3
debug.setmetatable(p, {__index = function() return "other" end})
p.ip --> other
---
-- a class's metatable on another value is no shortcut
local p = packet.ip{ttl=3}
local layer = p.ip
layer.ttl --> 3
local proxy = newproxy()
debug.setmetatable(proxy, debug.getmetatable(layer))
(pcall(function() return proxy.ttl end)) --> false
---
-- a call hook sees the metamethods
local p = packet.ip{ttl=3}
local n = p.ip.ttl
local calls = 0
debug.sethook(function() calls = calls + 1 end, "c")
n = p.ip.ttl
debug.sethook()
calls >= 3 --> true
---
-- a name that was asked for means what it means now
local function define(port)
  return packet.protocol("mine", {"v", bits=8, default=port-7000}, {bind={udp={dport=port}}})
end
local one = define(7001)
local p = packet.udp{} / one{}
p.mine.v, p.mine.v --> 1, 1
local two = define(7002)
local q = packet.udp{} / two{}
q.mine.v, q.mine.v --> 2, 2
(packet.udp{} / one{}).mine --> nil
---
-- layers asked for by several names, and those that a packet lacks
local p = packet.eth{} / packet.ip{ttl=3} / packet.udp{}
for _ = 1, 2 do
  assert(p.ip == p.IP and p.ip == p.ipv4 and p.tcp == nil and p.udp.len == nil and p.eth.type == nil)
  assert(p:build().ip.proto == 17 and p:build().eth.type == 0x800)
end
local q = packet.decode(p:bytes())
for _ = 1, 2 do
  assert(q.ip == q.IP and q.tcp == nil and q.ip.ttl == 3 and q.ip.proto == 17 and q.ip.len == 28 and q.udp["udp.dstport"] == 53)
end
---
-- numbers too large for a number stay what they are
local p = packet.decode("\35" .. ("\255"):rep(47), "ntp")
type(p.ntp.ref) --> userdata
---
-- a value that does not fit raises as ever
local p = packet.ip{}
p.ip.ttl = 255
p.ip.ttl = 256 --> error: ip.ttl: 0 to 255 expected, got 256

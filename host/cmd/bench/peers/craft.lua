-- Prints how many packets a second are built, each way.
local packet, clock = require "packet", require "clock"
local eth, ip, udp = packet.eth, packet.ip, packet.udp
local payload = ("x"):rep(18)

local function rate(name, packets, work)
  work(packets / 10)
  local start = clock.now()
  work(packets)
  print(("%s %.0f"):format(name, packets / (clock.now() - start)))
end

local function stacked()
  return eth{src="02:00:00:00:00:01", dst="02:00:00:00:00:02"} / ip{src="10.0.0.1", dst="10.0.0.2", ttl=3} / udp{sport=1000, dport=33434} / payload
end

rate("stacked", 100000, function(n)
  for _ = 1, n do stacked():bytes() end
end)

local p = stacked()
rate("set", 500000, function(n)
  for i = 1, n do
    p.ip.id = i % 65536
    p.udp.sport = i % 65536
    p:bytes()
  end
end)

local template = p:template{["ip.id"]=packet.counter(), ["udp.sport"]=packet.range(1024, 65535)}
rate("template", 10000000, function(n)
  for _ = 1, n / 1000 do template:bytes(1000) end
end)

local frame = p:bytes()
rate("decoded", 500000, function(n)
  for _ = 1, n do
    local q = packet.decode(frame)
    local _ = q.ip.ttl, q.udp.dport
  end
end)

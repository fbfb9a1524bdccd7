-- Runs on the client of client -- r1 == r2 -- server, with an MTU of 1300 between the routers.
local dgram = require "dgram"

local function ping(host)
  local p = assert(dgram.ping{to = host, timeout = 60})
  for i = 1, 2 do
    local seq = p:send("payload " .. i)
    local data, meta = assert(p:receive())
    print("ping", meta.peer, seq == meta.seq, data, meta.ttl)
  end
  p:close()
end

local function traceroute(host, to)
  local s = assert(dgram.udp{timeout = 60})
  for ttl = 1, 9 do
    s:send("probe", to, {ttl = ttl})
    local kind, code, offender, _, info = assert(s:error{timeout = 60})
    print("hop", ttl, offender, kind, code, info.message)
    if offender == host then break end
  end
  s:close()
end

local function pathmtu(host, to)
  local s = assert(dgram.udp{to = to, df = "do", timeout = 60})
  print("mtu of", host, s:mtu(host))
  s:send(("x"):rep(1400))
  print("receive", s:receive())
  local kind, code, offender, mtu, info = s:error()
  print("error", kind, code, offender, mtu, info.to, #info.payload > 0)
  print("mtu of", host, s:mtu(host))
  print("send", s:send(("x"):rep(1400)))
  print("send whole fragments", s:send(("x"):rep(1400), nil, {df = "dont"}))
  s:close()
end

ping "10.0.13.2"
ping "fd00:13::2"
traceroute("10.0.13.2", "10.0.13.2:33434")
traceroute("fd00:13::2", "[fd00:13::2]:33434")
pathmtu("10.0.13.2", "10.0.13.2:33434")
pathmtu("fd00:13::2", "[fd00:13::2]:33434")

local p = assert(dgram.ping{to = "10.0.13.2", timeout = 60})
p:send("too far", nil, {ttl = 2, seq = 77})
print("ping", p:receive())
print("ping", select(5, p:error()).seq)

local s = assert(dgram.ip{proto = 253, to = "10.0.13.2", timeout = 60})
s:send "experiment"
print("proto 253", s:receive())
print("peers", dgram.ping{to = "10.0.13.2"}:peer(), dgram.ip{proto = 253, to = "fd00:13::2"}:peer())

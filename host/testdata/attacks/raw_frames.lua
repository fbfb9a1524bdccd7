-- tries: to send frames that lie about where they go and where they come from
-- grants: raw on eth0 to 10.0.0.2:53/udp
-- says: not allowed|no way to|with a destination expected
local link, packet, task, dgram = require "link", require "packet", require "task", require "dgram"
local eth, ip, ipv6, udp, tcp, arp = packet.eth, packet.ip, packet.ipv6, packet.udp, packet.tcp, packet.arp
local l = assert(link.open("eth0"))
local to = eth{src = l:interface().mac, dst = "02:00:00:00:00:02"}
local own = {src = "10.0.0.1", dst = "10.0.0.2"}
assert(l:send(to / ip(own) / udp{sport = 1, dport = 53} / "granted"))

local function inner(dst) return ip{src = "10.0.0.1", dst = dst or "10.9.9.9"} / udp{sport = 1, dport = 53} / "breach" end
local function raw(p, at, bytes)
  local b = p:bytes()
  return b:sub(1, at) .. bytes .. b:sub(at + #bytes + 1)
end
local granted = to / ip(own) / udp{sport = 1, dport = 53} / "breach"
for what, p in pairs{
  ["another host"] = to / ip{src = "10.0.0.1", dst = "10.0.0.3"} / udp{dport = 53} / "breach",
  ["another port"] = to / ip(own) / udp{dport = 54} / "breach",
  ["another protocol"] = to / ip(own) / tcp{dport = 53} / "breach",
  ["a group"] = to / ip{src = "10.0.0.1", dst = "224.0.0.1"} / udp{dport = 53} / "breach",
  ["everybody"] = to / ip{src = "10.0.0.1", dst = "255.255.255.255"} / udp{dport = 53} / "breach",
  ["another source"] = to / ip{src = "10.0.0.7", dst = "10.0.0.2"} / udp{dport = 53} / "breach",
  ["the victim's source"] = to / ip{src = "10.0.0.2", dst = "10.0.0.2"} / udp{dport = 53} / "breach",
  ["another hardware address"] = eth{src = "02:00:00:00:00:07", dst = "02:00:00:00:00:02"} / ip(own) / udp{dport = 53} / "breach",
  ["IPv6"] = to / ipv6{src = "fd00::1", dst = "fd00::2"} / udp{dport = 53} / "breach",
  ["mapped"] = to / ipv6{src = "::ffff:10.0.0.1", dst = "::ffff:10.0.0.2"} / udp{dport = 53} / "breach",
  ["another's ARP"] = to / arp{op = "is-at", hwsrc = "02:00:00:00:00:01", psrc = "10.0.0.9", hwdst = "02:00:00:00:00:02", pdst = "10.0.0.2"} / "breach",
  ["ARP with another's card"] = to / arp{op = "is-at", hwsrc = "02:00:00:00:00:07", psrc = "10.0.0.1", hwdst = "02:00:00:00:00:02", pdst = "10.0.0.2"} / "breach",
  ["ARP for another"] = to / arp{op = "who-has", hwsrc = "02:00:00:00:00:01", psrc = "10.0.0.1", pdst = "10.0.0.3"} / "breach",
  ["VLAN"] = to / packet.dot1q{vlan = 5} / ip{src = "10.0.0.1", dst = "10.0.0.3"} / udp{dport = 53} / "breach",
  ["VLANs in VLANs"] = to / packet.dot1ad{vlan = 1} / packet.dot1q{vlan = 5} / packet.dot1q{vlan = 6} / ip{src = "10.0.0.1", dst = "10.0.0.3"} / udp{dport = 53} / "breach",
  ["a packet in the packet"] = to / ip{src = "10.0.0.1", dst = "10.0.0.2", proto = 4} / inner():bytes(),
  ["GRE"] = to / ip{src = "10.0.0.1", dst = "10.0.0.2", proto = 47} / ("\0\0\8\0" .. inner():bytes()),
  ["VXLAN on the granted port's host"] = to / ip(own) / udp{sport = 1, dport = 4789} / ("\8\0\0\0\0\0\1\0" .. (eth{dst = "02:00:00:00:00:02"} / inner()):bytes()),
  ["no IP at all"] = eth{src = "02:00:00:00:00:01", dst = "02:00:00:00:00:02", type = 0x88b5} / "breach",
  ["LLDP"] = eth{src = "02:00:00:00:00:01", dst = "01:80:c2:00:00:0e", type = 0x88cc} / "breach",
  ["802.3"] = eth{src = "02:00:00:00:00:01", dst = "02:00:00:00:00:02", type = 60} / ("\170\170\3\0\0\0\8\0" .. inner():bytes()),
  ["a later fragment of another protocol"] = to / ip{src = "10.0.0.1", dst = "10.0.0.2", proto = 6, frag = 1} / "breach",
  ["a first fragment without ports"] = to / ip{src = "10.0.0.1", dst = "10.0.0.2", proto = 17, flags = "MF"} / "br" / "",
  ["header of 4 words"] = raw(granted, 14, "\68"),
  ["header of 15 words"] = raw(granted, 14, "\79"),
  ["version 5"] = raw(granted, 14, "\85"),
  ["IPv6 that says IPv4"] = raw(granted, 12, "\134\221"),
  ["too short"] = granted:bytes():sub(1, 20) .. "breach",
  ["cut before its ports"] = granted:bytes():sub(1, 34),
  ["a total length of nothing but the header"] = raw(to / ip{src = "10.0.0.1", dst = "10.0.0.3"} / udp{dport = 53} / "breach", 16, "\0\20"),
  ["a source route"] = to / ip{src = "10.0.0.1", dst = "10.0.0.2", options = "\131\7\4\10\0\0\3\0"} / udp{sport = 1, dport = 53} / "breach",
  ["a strict source route"] = to / ip{src = "10.0.0.1", dst = "10.0.0.2", options = "\137\7\4\10\0\0\3\0"} / udp{sport = 1, dport = 53} / "breach",
} do
  try("send " .. what, l.send, l, p)
  try("send with others " .. what, function() return l:send{granted:bytes():gsub("breach", "granted") and p, p} end)
  try("link.send " .. what, link.send, p)
end
try("exchange", l.exchange, l, to / ip{src = "10.0.0.1", dst = {"10.0.0.3", "10.0.0.4"}} / udp{dport = 53} / "breach", {timeout = 0.1})
try("exchange among granted ones", l.exchange, l, to / ip(own) / udp{sport = 1, dport = {54, 55}} / "breach", {timeout = 0.1})
try("another link", link.open, "lo")
try("every link", link.open, "any")
try("a raw socket", function() return assert(dgram.ip{proto = 253, to = "10.0.0.2"}):send("breach") end)
try("a raw socket of udp", function()
  local s = assert(dgram.ip{proto = 17, to = "10.0.0.3"})
  return s:send("\0\1\0\53\0\14\0\0breach")
end)
try("an echo request", function() return require "ping"("10.0.0.2", {via = "frames", count = 1, timeout = 0.1}):run().received > 0 or nil, "not allowed" end)

-- tries: to hide other destinations and other senders in frames to granted addresses, of every protocol
-- grants: raw on eth0 to 10.0.0.2; raw on eth0 to fd00::2
-- says: not allowed
local link, packet, dgram = require "link", require "packet", require "dgram"
local eth, ip, ipv6, udp, arp = packet.eth, packet.ip, packet.ipv6, packet.udp, packet.arp
local l = assert(link.open("eth0"))
local own = l:interface().mac
local to = eth{src = own, dst = "02:00:00:00:00:02"}
assert(l:send(to / ip{src = "10.0.0.1", dst = "10.0.0.2"} / udp{sport = 1, dport = 9} / "granted"))

local function hex(text) return (text:gsub("%s", ""):gsub("%x%x", function(b) return string.char(tonumber(b, 16)) end)) end
local mac = hex("020000000002" .. own:gsub(":", ""))
local far = (ip{src = "10.0.0.1", dst = "10.9.9.9"} / udp{sport = 1, dport = 53} / "breach"):bytes()
local far6 = (ipv6{src = "fd00::1", dst = "2001:db8::9"} / udp{sport = 1, dport = 53} / "breach"):bytes()
local function ip4(proto, body) return (to / ip{src = "10.0.0.1", dst = "10.0.0.2", proto = proto} / body):bytes() end
local own6, peer6, alien6 = hex "fd000000000000000000000000000001", hex "fd000000000000000000000000000002", hex "20010db8000000000000000000000009"
local function six(next, body, src, dst)
  return mac .. "\134\221\96\0\0\0" .. string.char(math.floor(#body / 256), #body % 256, next, 64) .. (src or own6) .. (dst or peer6) .. body
end
local function tunnel(port, body) return ip4(17, hex "d431" .. string.char(math.floor(port / 256), port % 256, 0, 0, 0, 0) .. body) end
local ether = mac .. "\8\0" .. far
for what, frame in pairs{
  mpls = mac .. hex "8847 00064140" .. far, pppoe = mac .. hex "8864 11000001 0040 0021" .. far, ["802.1ah"] = mac .. hex "88e7 00000001" .. ether,
  ["VLAN of IPv6"] = mac .. hex "8100 0005 86dd" .. far6, ["VLAN, odd type"] = mac .. hex "9100 0005 0800" .. far, ["tag without end"] = mac .. hex "8100 0005 8100",
  ipip = ip4(4, far), sit = ip4(41, far6), ["IPv6 in IPv6"] = six(41, far6), ["IP in IPv6"] = six(4, far), ["GRE of Ethernet"] = ip4(47, hex "0000 6558" .. ether),
  ["GRE with checksum and key"] = ip4(47, hex "a000 0800 00000000 00000001" .. far), ["GRE, version 1"] = ip4(47, hex "2001 880b 0000 0000" .. far), etherip = ip4(97, hex "3000" .. ether),
  ["Ethernet in IPv6"] = six(143, ether), ["AH"] = ip4(51, hex "04010000 00000001 00000001" .. far), ["L2TP"] = ip4(115, hex "00000001" .. ether), ["MPLS in IP"] = ip4(137, hex "00064140" .. far),
  ["minimal"] = ip4(55, hex "11000000 0a090909 00000000 breach"), ["compressed"] = ip4(108, hex "04000001" .. far), ["PIM"] = ip4(103, hex "2100defd 00000000" .. far),
  vxlan = tunnel(4789, hex "08000000 00000100" .. ether), ["VXLAN of old"] = tunnel(8472, hex "08000000 00000100" .. ether), geneve = tunnel(6081, hex "0000 6558 00000100" .. ether),
  ["Geneve of IP"] = tunnel(6081, hex "0100 0800 00000100 00000000" .. far), gtp = tunnel(2152, hex "30ff0020 00000001" .. far), ["GTP, extended"] = tunnel(2152, hex "34ff0028 00000001 00000085 01100000" .. far),
  ["deep"] = ip4(4, (ip{src = "10.0.0.1", dst = "10.0.0.2", proto = 4} / (ip{src = "10.0.0.1", dst = "10.0.0.2", proto = 4} / far):bytes()):bytes()),
  ["routing header"] = six(43, hex "11020001 00000000" .. alien6 .. hex "00010035 000e0000" .. "breach"), ["segments"] = six(43, hex "11020400 00000000" .. alien6 .. hex "00010035 000e0000" .. "breach"),
  ["home address"] = six(60, hex "11020102 0000c910" .. alien6 .. hex "00010035 000e0000" .. "breach"), ["cut extension"] = six(0, hex "11ff0000 00000000" .. "breach"),
  ["behind many extensions"] = six(0, (hex "00000100 00000000"):rep(20) .. hex "2b000100 00000000 11020001 00000000" .. alien6 .. "breach"),
  ["a jumbo"] = mac .. hex "86dd 60000000 0000 00 40" .. own6 .. peer6 .. hex "2900c204 00000040" .. far6, ["a length that lies"] = mac .. hex "86dd 60000000 0001 29 40" .. own6 .. alien6 .. "breach",
  ["6to4"] = six(17, hex "00010035 000e0000" .. "breach", nil, hex "20020a090909" .. ("\0"):rep(10)), ["NAT64"] = six(17, hex "00010035 000e0000" .. "breach", nil, hex "0064ff9b0000000000000000 0a090909"),
  ["mapped"] = six(17, hex "00010035 000e0000" .. "breach", nil, hex "00000000000000000000ffff 0a000002"), ["another's source"] = six(17, hex "00010035 000e0000" .. "breach", alien6),
  ["all nodes"] = six(17, hex "00010035 000e0000" .. "breach", nil, hex "ff020000000000000000000000000001"),
  ["a redirect of the router's"] = (to / ip{src = "10.0.0.254", dst = "10.0.0.2", proto = 1} / (hex "05010000 0a000001" .. far)):bytes(),
  ["a redirect of IPv6's router"] = six(58, hex "89000000 00000000" .. own6 .. alien6 .. "breach", hex "fe8000000000000000000000000000fe"),
  ["a router's advertisement"] = six(58, hex "86000000 40000708 00000000 00000000" .. "breach", hex "fe8000000000000000000000000000fe"),
  ["a neighbour's advertisement"] = six(58, hex "88000000 60000000" .. peer6 .. "breach"), ["a solicitation in a fragment"] = six(44, hex "3a000000 00000001 87000000 00000000" .. alien6 .. "breach"),
  ["a gratuitous lie"] = (eth{src = own, dst = "ff:ff:ff:ff:ff:ff"} / arp{op = "is-at", hwsrc = own, psrc = "10.0.0.254", pdst = "10.0.0.254"} / "breach"):bytes(),
  ["a lie to the victim"] = (to / arp{op = "is-at", hwsrc = own, psrc = "10.0.0.254", hwdst = "02:00:00:00:00:02", pdst = "10.0.0.2"} / "breach"):bytes(),
  ["RARP"] = mac .. hex "8035 0001080006040003" .. ("\0"):rep(20) .. "breach", ["802.2 IP"] = mac .. hex "0040 060603" .. far, ["SNAP"] = mac .. hex "0040 aaaa03000000 0800" .. far,
  ["SNAP of another"] = mac .. hex "0040 aaaa03 00000c 0800" .. far, ["spanning tree"] = hex "0180c2000000" .. mac:sub(7) .. hex "0026 424203" .. "breach", ["LACP"] = hex "0180c2000002" .. mac:sub(7) .. hex "8809 01" .. "breach",
  ["IPX"] = mac .. hex "8137" .. "breach", ["pause"] = hex "0180c2000001" .. mac:sub(7) .. hex "8808 0001 ffff" .. "breach",
} do
  try("send " .. what, l.send, l, frame)
end
for _, proto in ipairs{4, 41, 47, 97, 103} do
  try("an ip socket of protocol " .. proto, function() return assert(dgram.ip{proto = proto, to = "10.0.0.2"}):send(proto == 103 and hex "2100defd 00000000" .. far or proto == 47 and hex "00000800" .. far or proto == 97 and hex "3000" .. ether or proto == 41 and far6 or far) end)
end
try("by another link", function() return assert(dgram.ip{proto = 253}):send("breach", "10.0.0.2", {interface = "lo"}) end)
try("bound to another link", dgram.ip, {proto = 253, device = "lo"})
try("elsewhere", function() return assert(dgram.ip{proto = 253}):send("breach", "10.0.0.3") end)
try("to this machine", function() return assert(dgram.ip{proto = 253}):send("breach", "127.0.0.1") end)
try("a packet of one's own", function() return assert(dgram.ip{proto = 255, to = "10.0.0.2"}):send(far) end)
try("a packet of one's own by another's way", function()
  return assert(dgram.ip{proto = 255}):send((ip{src = "10.0.0.1", dst = "10.0.0.2"} / udp{sport = 1, dport = 9} / "breach"):bytes(), "10.0.0.3")
end)

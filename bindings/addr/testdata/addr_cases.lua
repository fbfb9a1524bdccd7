-- Prints what module addr says of many addresses and prefixes; addr_cases.py prints what Python's ipaddress says.
local addr = require "addr"

local addresses = {
  "0.0.0.0", "0.0.0.1", "10.0.0.0", "10.255.255.255", "11.0.0.0", "100.63.255.255", "100.64.0.0", "127.0.0.1", "169.254.0.1",
  "172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0", "192.0.2.7", "192.168.1.1", "198.51.100.1", "203.0.113.9", "223.255.255.255",
  "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.254", "255.255.255.255", "8.8.8.8",
  "::", "::1", "::2", "1::", "2001:db8::1", "2001:db8:0:0:1::1", "2001:0db8:0000:0000:0001:0000:0000:0000", "fe80::1", "febf::1", "fec0::1", "fc00::1",
  "fdff::1", "ff02::1", "ff05::2", "2606:4700:4700::1111", "::ffff:1.2.3.4", "::ffff:10.0.0.1", "64:ff9b::1.2.3.4", "2002:c000:204::1", "1:2:3:4:5:6:7:8",
  "1:0:0:2:0:0:0:3", "0:0:1:0:0:0:0:0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff::",
}
for _, text in ipairs(addresses) do
  local a = assert(addr(text))
  print(text, a, a.version, a:expand(), a:reverse(), bytes.hex(a:bytes()))
  print(a:is_multicast(), a:is_loopback(), a:is_unspecified(), a:is_link_local(), a:is_private() and a:kind() ~= "link-local")
  print(a:next() or "none", a:prev() or "none", a:add(1000000) or "none")
end

for _, text in ipairs{"", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4/8", "a.b.c.d", "1..2.3", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
  "::1::", "12345::", "g::", "1:2:3:4:5:6:7:8::", "::1.2.3", "::1.2.3.256", "1:2:3:4:5:6:1.2.3.4", "::ffff:1.2.3.4", "1::1.2.3.4", "0x1.2.3.4", "1.2.3.-4", "+1.2.3.4"} do
  print(text, addr.valid(text))
end

for _, text in ipairs{
  "0.0.0.0/0", "10.0.0.0/8", "10.1.2.0/23", "10.1.2.128/25", "192.168.1.0/30", "192.168.1.4/31", "192.168.1.1/32", "128.0.0.0/1",
  "::/0", "2001:db8::/32", "2001:db8::/127", "2001:db8::1/128", "fe80::/10", "2001:db8:8000::/33", "2001:db8::/126",
} do
  local p = assert(addr.prefix(text))
  print(p, p:network(), p:last(), p:netmask(), p:wildcard(), ("%.0f"):format(p:size()))
  local hosts, n = {}, 0
  for a in p:hosts() do
    n = n + 1
    if n > 5 then break end
    hosts[n] = tostring(a)
  end
  print(table.concat(hosts, " "))
  if p.bits < 120 and p.bits > 0 then
    local subnets = {}
    for s in p:subnets(math.min(p.bits + 2, p.version == 4 and 32 or 128)) do subnets[#subnets + 1] = tostring(s) end
    print(table.concat(subnets, " "))
    print(p:supernet(p.bits - 1))
  end
  for _, other in ipairs{"10.1.2.3", "10.1.3.255", "192.168.1.1", "2001:db8::1", "2001:db8:8000::", "::"} do print(p:contains(other)) end
  for _, other in ipairs{"10.0.0.0/9", "10.0.0.0/7", "0.0.0.0/0", "2001:db8::/33", "::/0"} do
    local q = addr.prefix(other)
    print(p:contains(q), p:overlaps(q))
  end
end

for _, pair in ipairs{{"10.0.0.1", "10.0.0.6"}, {"0.0.0.0", "255.255.255.255"}, {"0.0.0.1", "255.255.255.254"}, {"10.0.0.255", "10.0.1.0"},
  {"2001:db8::1", "2001:db8::ff"}, {"::", "::"}, {"::ffff", "1::"}} do
  local list = {}
  for i, p in ipairs(addr.span(pair[1], pair[2])) do list[i] = tostring(p) end
  print(table.concat(list, " "))
end

local list = {}
for i, text in ipairs(addresses) do list[i] = addr(text) end
table.sort(list)
for _, a in ipairs(list) do print(a) end

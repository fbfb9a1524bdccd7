-- Bytes and packets are decoded, and written again as they were.
local dhcp, packet = require "dhcp", require "packet"
local raw = ("\0"):rep(300)
assert(dhcp.decode(raw):bytes() == raw)
local m, message, kind = dhcp.decode("short")
assert(not m and kind == "malformed", message)
local p = packet.udp{sport=68, dport=67} / packet.dhcp{xid=5, options={{"message-type", "discover"}, {"end"}}}
assert(dhcp.decode(p):bytes() == p:bytes():sub(9))
---
-- Fields have the names of the RFC.
local dhcp = require "dhcp"
local m = dhcp.message{type="discover", chaddr="02:00:00:00:00:01", secs=3, broadcast=true, ciaddr="10.0.0.9"}
assert(m.op == 1 and m.htype == 1 and m.hlen == 6 and m.hops == 0 and m.secs == 3 and m.flags == 0x8000 and m.broadcast)
assert(m.ciaddr == "10.0.0.9" and m.yiaddr == "0.0.0.0" and m.chaddr == "02:00:00:00:00:01" and m.type == "discover" and m.cookie)
assert(m.xid >= 0 and m.xid < 2^32)
m.type, m.yiaddr, m.sname, m.file, m.giaddr = "Offer", "10.0.0.5", "boot", "x.efi", nil
m.broadcast = false
local n = dhcp.decode(m:bytes())
assert(n.type == "offer" and n.yiaddr == "10.0.0.5" and n.sname == "boot" and n.file == "x.efi" and n.giaddr == "0.0.0.0" and n.flags == 0)
assert(tostring(n) == ("dhcp offer xid 0x%08x 02:00:00:00:00:01 ciaddr 10.0.0.9 yiaddr 10.0.0.5"):format(m.xid), tostring(n))
---
-- Options are read and set by name, by alias, and by number.
local dhcp = require "dhcp"
local m = dhcp.message{type="ack", options={router="10.0.0.1", dns={"10.0.0.53", "10.0.0.54"}, ["lease-time"]=3600, [224]="raw"}}
assert(m.options.router[1] == "10.0.0.1" and #m.options.router == 1)
assert(m.options.domain_name_server[2] == "10.0.0.54" and m[6][2] == "10.0.0.54" and m.options[6][1] == "10.0.0.53")
assert(m.options.lease_time == 3600 and m.options.ip_address_lease_time == 3600 and m.options["dhcp.option.ip_address_lease_time"] == 3600)
assert(m[224] == "raw" and m.options.host_name == nil and m[12] == nil)
m.options.router = {"10.0.0.2", "10.0.0.3"}
m[51] = nil
m[12] = "pc"
m.options.rapid_commit = true
assert(m.options.router[2] == "10.0.0.3" and m.options.lease_time == nil and m.options.host_name == "pc" and m.options.rapid_commit)
m.options.rapid_commit = false
assert(m[80] == nil)
m.options.subnet_mask = 24
assert(m.options.subnet_mask == "255.255.255.0")
---
-- The list keeps the order of the wire, duplicates and pads.
local dhcp = require "dhcp"
local m = dhcp.message{xid=1, options={{"host_name", "a"}, {"pad"}, {"message_type", "discover"}, {"host_name", "b"}, {224, "\1\2"}, {"router", data="\1\2\3"}}}
local codes = {}
for i, o in ipairs(m.list) do codes[i] = o.code end
assert(table.concat(codes, " ") == "12 0 53 12 224 3 255", table.concat(codes, " "))
local n = dhcp.decode(m:bytes())
assert(n.list[1].name == "host_name" and n.list[1].value == "a" and n.list[1].offset == 240 and n.list[1].area == "options")
assert(n.list[2].name == "pad" and n.list[2].offset == 243 and n.list[6].data == "\1\2\3" and n.list[6].problem)
assert(n.options.host_name == "ab", "options of one code are one (RFC 3396)")
assert(n.problems[1] == "at byte 254: router: [1]: an IPv4 address is 4 bytes, not 3", n.problems[1])
assert(n.options.router == "\1\2\3", "what can't be read is bytes")
-- A list goes into a message again, as rows and as a view.
assert(dhcp.message{xid=1, options=n.list}:bytes() == m:bytes())
assert(dhcp.message{xid=1, options=n.options}:bytes() == m:bytes())
-- A row whose value was changed is written anew.
local list = n.list
list[1].value, list[5].value = "other", "\3"
local o = dhcp.message{xid=1, options=list}
assert(o.list[1].value == "other" and o.list[5].value == "\3" and o.list[6].data == "\1\2\3")
list[6].value = "10.0.0.1"
assert(dhcp.message{xid=1, options=list}.options.router[1] == "10.0.0.1")
---
-- Options in file and sname (option 52), read and written.
local dhcp = require "dhcp"
local m = dhcp.message{type="offer", xid=1, options={{"option_overload", "both"}, {"router", "10.0.0.1", area="file"}, {"end", area="file"}, {"host_name", "pc", area="sname"}, {"end", area="sname"}}}
local b = m:bytes()
assert(b:sub(109, 115) == "\3\4\10\0\0\1\255" and b:sub(45, 49) == "\12\2pc\255")
local n = dhcp.decode(b)
assert(n.options.router[1] == "10.0.0.1" and n.options.host_name == "pc" and n.file == "" and n.sname == "" and #n.problems == 0)
assert(n.list[4].area == "file" and n.list[4].offset == 108)
-- On demand: what has no room goes there.
local long = dhcp.message{type="ack", xid=1, options={root_path=("r"):rep(120), domain_name=("d"):rep(60), host_name="pc"}}
assert(#long:bytes() > 400)
local short = long:bytes{max=260}
assert(#short == 300 or #short <= 300)
local s = dhcp.decode(short)
assert(s.options.option_overload == "both" and s.options.root_path == ("r"):rep(120) and s.options.domain_name == ("d"):rep(60) and s.options.host_name == "pc")
assert(#s.problems == 0, s.problems[1])
local none, why, kind = dhcp.message{type="ack", options={root_path=("r"):rep(200)}}:bytes{max=300}
assert(none == nil and kind == "malformed" and why:find("^the message has %d+ bytes, and room for 300$"), why)
---
-- Long options are split and joined (RFC 3396).
local dhcp = require "dhcp"
local routes = {}
for i = 1, 100 do routes[i] = {destination="10." .. i .. ".0.0/16", router="10.0.0.1"} end
local m = dhcp.decode(dhcp.message{type="ack", options={classless_routes=routes}}:bytes())
assert(#m.options.classless_routes == 100 and m.options.classless_routes[100].destination == "10.100.0.0/16")
assert(#m.list == 5 and #m.problems == 0)
---
-- BOOTP without a cookie, and messages that are cut short.
local dhcp = require "dhcp"
local m = dhcp.decode(("\1"):rep(236))
assert(not m.cookie and m.type == "bootp" and #m.list == 0 and #m:bytes() == 236)
local cut = dhcp.decode(("\1"):rep(100))
assert(cut.problems[1] == "at byte 100: the message ends after 100 of 236 bytes of its fixed fields", cut.problems[1])
assert(cut:bytes() == ("\1"):rep(100))
local b = dhcp.message{cookie=false, xid=1}
assert(not b.cookie and #b:bytes() == 300 and #b.list == 0)
local open = dhcp.message{complete=false, type="discover", xid=1}
assert(#open:bytes() == 243)
assert(dhcp.decode(open:bytes()).problems[1] == "at byte 243: options has no end option")
local trailed = dhcp.message{complete=false, type="discover", xid=1, options={{"end"}}, trailer="junk"}
assert(dhcp.decode(trailed:bytes()).trailer == "junk")
local half = dhcp.decode(dhcp.message{complete=false, xid=1, options={{"host_name", "pc"}}}:bytes():sub(1, -2))
assert(half.options.host_name == "p" and half.problems[1]:find("option 12 has 2 bytes by its length", 1, true))
---
-- lua() gives the source of the same bytes.
local dhcp = require "dhcp"
local function again(m)
  local source = m:lua()
  local n = assert(loadstring("local dhcp = ... return " .. source))(dhcp)
  assert(n:bytes() == m:bytes(), source)
  return source
end
local s = again(dhcp.message{type="discover", xid=1})
assert(s == [[dhcp.message{type="discover", xid=0x1}]], s)
s = again(dhcp.message{xid=1, options={{"pad"}, {"host_name", "a"}, {"host_name", "b"}, {"message_type", "ack"}, {"router", data="\1"}}})
again(dhcp.message{cookie=false, xid=1})
again(dhcp.message{complete=false, xid=1})
again(dhcp.message{complete=false, cookie=true, xid=1})
again(dhcp.message{type="offer", xid=1, hlen=16, htype=32, op=1, hops=3, secs=9, flags=1, sname="a\0b", file="f"})
again(dhcp.message{type="offer", xid=1, chaddr="01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10"})
again(dhcp.message{type="ack", xid=1, options={root_path=("x"):rep(300), authentication={protocol=1, algorithm=1, replay=5}}})
again(dhcp.message{type="ack", xid=1, options={{"option_overload", "file"}, {"router", "10.0.0.1", area="file"}, {"end", area="file"}}})
again(dhcp.message{xid=1, options={{"relay_agent_information", {{"remote_id", "b"}, {"circuit_id", "a"}, {200, "x"}}}}})
again(dhcp.message{xid=1, options={relay_agent_information={circuit_id="a", ["200"]="x"}}})
again(dhcp.decode(("\1"):rep(100)))
again(dhcp.decode(("\1"):rep(250)))
---
-- Misuse is told at the caller's line.
local dhcp = require "dhcp"
local m = dhcp.message{type="discover", xid=1}
local function fails(f, want)
  local ok, message = pcall(f)
  assert(not ok and message:find(want, 1, true), tostring(message))
end
fails(function() return m.optoins end, "dhcp.message has no field 'optoins': did you mean 'options'?")
fails(function() return m.options.routre end, "dhcp.message: there is no option 'routre' (did you mean 'router'?)")
fails(function() m.options.router = "10.0.0" end, [[dhcp.message: router: IPv4 address expected, got "10.0.0"]])
fails(function() m.options.lease_time = -1 end, [[lease_time: integer of 0 to 4294967295 or "infinite" expected, got -1]])
fails(function() m.options[300] = 1 end, "name or code of an option expected, got 300")
fails(function() m.options.host_name = print end, [[host_name: ]])
fails(function() m.xid = 2^32 end, "dhcp.message: xid: integer of 0 to 4294967295 expected, got 4.294967296e+09")
fails(function() m.yiaddr = "::1" end, [[dhcp.message: yiaddr: IPv4 address expected, got "::1"]])
fails(function() m.file = ("x"):rep(129) end, "dhcp.message: file: at most 128 bytes expected, got 129")
fails(function() m.list = {} end, "dhcp.message: list can only be read")
fails(function() m.type = "discoverer" end, "dhcp.message: type: no message has the type 'discoverer' (did you mean 'discover'?)")
fails(function() dhcp.message{typ="discover"} end, "bad option 'typ' to 'dhcp.message' (did you mean 'type'?)")
fails(function() dhcp.message{router="10.0.0.1"} end, "bad option 'router' to 'dhcp.message' (write options={router=…})")
fails(function() dhcp.message{options={{"router"}}} end, "router: IPv4 address expected, got true")
fails(function() dhcp.message{options={{"router", "10.0.0.1", area="flie"}}} end, "area: options, file or sname expected, got flie")
fails(function() m:add("router", "10.0.0.1", 9) end, "position: number of 1 to 3 expected, got 9")
fails(function() dhcp.decode(5) end, "bad argument #1 to 'dhcp.decode' (string or packet with a dhcp layer expected, got number)")
---
-- Vendor options, each in its form.
local dhcp = require "dhcp"
local m = dhcp.decode(dhcp.message{type="ack", options={
  vendor_class="PXEClient:Arch:00007",
  vendor_specific={{code=6, data="\8"}, {code=10, data="boot"}},
  vendor_identifying_class={{enterprise=9, classes={"a", "b"}}},
  vendor_identifying_information={{enterprise=3561, options={{code=1, data="x"}}}},
  client_fqdn={name="pc.example.org", flags="SE"},
  client_identifier={iaid=7, duid="00:03:00:01:02:00:00:00:00:01"},
  user_class={"lab", "x"},
  domain_search={"a.example", "b.example"},
  relay_agent_information={circuit_id="eth0", remote_id="\0\6ab", link_selection="10.1.0.0", server_identifier_override="10.0.0.1"},
}}:bytes()).options
assert(m.vendor_class == "PXEClient:Arch:00007" and m.vendor_specific[2].data == "boot")
assert(m.vendor_identifying_class[1].classes[2] == "b" and m.vendor_identifying_information[1].options[1].code == 1)
assert(m.client_fqdn.name == "pc.example.org" and m.client_fqdn.flags == "SE" and not m.client_fqdn.partial)
assert(m.client_identifier.iaid == 7 and m.client_identifier.duid == "00:03:00:01:02:00:00:00:00:01" and m.client_identifier.type == 255)
assert(m.user_class[1] == "lab" and m.domain_search[2] == "b.example")
assert(m.relay_agent_information.circuit_id == "eth0" and m.relay_agent_information.link_selection == "10.1.0.0")
---
-- lua() gives the source of the same bytes for messages of any content.
local dhcp = require "dhcp"
local seed = 7
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end
local function text(n)
  local t = {}
  for i = 1, n do t[i] = string.char(random(256)) end
  return table.concat(t)
end
local codes = {0, 1, 3, 12, 33, 43, 51, 53, 55, 57, 60, 61, 77, 80, 81, 82, 90, 93, 97, 119, 120, 121, 124, 125, 158, 212, 224}
for i = 1, 300 do
  local parts = {text(236), "\99\130\83\99"}
  for j = 1, random(8) do
    local code = codes[random(#codes) + 1]
    local data = text(random(3) == 0 and 4 or random(12))
    parts[#parts + 1] = code == 0 and "\0" or string.char(code, #data) .. data
  end
  if random(4) > 0 then parts[#parts + 1] = "\255" end
  if random(3) == 0 then parts[#parts + 1] = ("\0"):rep(random(60)) end
  if random(9) == 0 then parts[#parts + 1] = text(5) end
  local m = dhcp.decode(table.concat(parts))
  local n = assert(loadstring("local dhcp = ... return " .. m:lua()))(dhcp)
  assert(n:bytes() == m:bytes(), m:lua())
end
---
-- Vendors' blocks and RADIUS attributes keep what they are not made for.
local dhcp = require "dhcp"
local m = dhcp.message{type="discover", options={vendor_identifying_class={{enterprise=9, data="abc"}, {enterprise=10, classes={"x"}}},
  relay_agent_information={radius_attributes={{type=1, value="user"}}}}}
local o = dhcp.decode(m:bytes()).options
assert(o.vendor_identifying_class[1].data == "abc" and o.vendor_identifying_class[2].classes[1] == "x")
assert(o.relay_agent_information.radius_attributes[1].value == "user")
---
-- Messages of other implementations, as they were captured: what they say, and who they are.
local dhcp = require "dhcp"
local function capture(xid, options)
  local head = "\1\1\6\0" .. xid .. ("\0"):rep(20) .. "\2\0\0\0\0\1" .. ("\0"):rep(202)
  local raw = head .. (options:gsub("%x%x", function(h) return string.char(tonumber(h, 16)) end))
  raw = raw .. ("\0"):rep(300 - #raw)
  local m = dhcp.decode(raw)
  assert(m:bytes() == raw and #m.problems == 0 and m.type == "discover" and m.chaddr == "02:00:00:00:00:01", m.problems[1])
  local n = assert(loadstring("local dhcp = ... return " .. m:lua()))(dhcp)
  assert(n:bytes() == raw, m:lua())
  return m, m:fingerprint()
end
-- udhcpc 1.35
local m, f = capture("\25\104\194\100", "638253633501013902024037070103060c0f1c2a3c0c756468637020312e33352e303d0701020000000001ff")
assert(tostring(m) == "dhcp discover xid 0x1968c264 02:00:00:00:00:01", tostring(m))
assert(m.options.client_identifier.mac == m.chaddr and m.options.max_message_size == 576)
assert(f.text == "53,57,55,60,61;1,3,6,12,15,28,42;udhcp 1.35.0" and f.max_message_size == 576, f.text)
-- dhclient 4.4.3
m, f = capture("\166\221\28\77", "638253633501010c02766d370d011c02030f06770c2c2f1a792aff")
assert(m.options.host_name == "vm" and m.options.parameter_request_list[2] == "broadcast_address")
assert(f.text == "53,12,55;1,28,2,3,15,6,119,12,44,47,26,121,42;" and f.host_name == "vm", f.text)
-- dhcpcd 9.4.1
m, f = capture("\33\85\79\146", "63825363350101370e017903060c0f1a1c2133363a3b77390205c03d13ff0000000100010001329650430200000000145000910101ff")
assert(m.options.client_identifier.iaid == 1 and m.options.client_identifier.duid == "00:01:00:01:32:96:50:43:02:00:00:00:00:14")
assert(m.options.rapid_commit and m.options.forcerenew_nonce_capable[1] == 1)
assert(f.text == "53,55,57,61,80,145;1,121,3,6,12,15,26,28,33,51,54,58,59,119;", f.text)

-- options by name and by code, both ways
local m = dhcp6.message{type="request", xid=0x123456, options={server_id="00:03:00:01:02:00:00:00:00:02", [1]="000300010200000000 01"}}  --> error: DUID in hexadecimal
---
-- a message by name
local m = dhcp6.message{type="REQUEST", xid=0x123456, options={server_id="00:03:00:01:02:00:00:00:00:02", [1]="00030001020000000001"}}
m.type, m.xid, m.list[1].name, m[1], m.options.client_id --> request, 1193046, client_id, 00:03:00:01:02:00:00:00:00:01, 00:03:00:01:02:00:00:00:00:01
m.options.dns_servers = {"2001:db8::1", "2001:db8::2"}
m.options["DNS-Servers"][2], m[23][1], #m.options --> 2001:db8::2, 2001:db8::1, 3
m[23] = nil
m.options.dns_servers, #m.options --> nil, 2
m.options.elapsed_time = 1.25
m.options.elapsed_time, m.list[3].data --> 1.25, "\0\125"
m.list[3].offset --> 4 + 14 + 14
---
-- identity associations
local m = dhcp6.message{type="reply", options={
  {"ia_na", {iaid=7, t1=10, t2=20, addresses={{address="2001:db8::5", preferred_lifetime=30, valid_lifetime=math.huge}}}},
  {"ia_na", {iaid=8, status={code="NoAddrsAvail", message="none left"}}},
  {"ia_pd", {iaid=9, prefixes={{prefix="2001:db8:1::/56", valid_lifetime=40}}}},
  {"ia_ta", {iaid=10}},
}}
local ia = m.options.ia_na
#ia, ia[1].iaid, ia[1].t2, ia[1].addresses[1].address, ia[1].addresses[1].valid_lifetime --> 2, 7, 20, 2001:db8::5, inf
ia[2].status.code, ia[2].status.message, #ia[2].addresses --> NoAddrsAvail, none left, 0
m.options.ia_pd[1].prefixes[1].prefix, m.options.ia_ta[1].iaid --> 2001:db8:1::/56, 10
local n = dhcp6.decode(m:bytes())
n:lua() == m:lua(), n:bytes() == m:bytes() --> true, true
#n.problems --> 0
---
-- the source makes the same message again
local u = require "u64"
local m = dhcp6.message{type=250, xid=5, options={{"dns_servers", data="\1\2"}, {4711, "x"}, {"s46_cont_mape", {options={s46_br="2001:db8::9"}}},
  {"authentication", {protocol="reconfigure_key", algorithm=1, replay_detection=u(7)}}, {"4rd", {options={}}}}}
local n = assert(loadstring("local dhcp6, u64 = ... return " .. m:lua()))(dhcp6, u)
n:bytes() == m:bytes(), n.type --> true, type 250
---
-- what can't be read is kept, and told
local m = dhcp6.decode("\1\0\0\7\0\23\0\3abc\0\14\0\0\0\3\0\9\0\1")
#m.problems, m.problems[1], m.problems[2] --> 2, byte 15: ia_na is cut: 9 bytes announced, 2 left, byte 4: dns_servers: addresses: cut short
m.options.dns_servers, m.options.rapid_commit --> abc, true
m:bytes() --> "\1\0\0\7\0\23\0\3abc\0\14\0\0\0\3\0\9\0\1"
dhcp6.decode("\1\0") --> nil, a message of DHCPv6 has at least 4 bytes (these are 2), malformed
---
-- relay chains
local m = dhcp6.message{type="solicit", xid=1}
local one = m:forward{link="2001:db8::1", peer="fe80::5", options={interface_id="eth0"}}
local two = one:forward{peer="2001:db8::1"}
two.hops, two.link, two:inner().options.interface_id, two:innermost().xid --> 1, ::, eth0, 1
tostring(two) --> dhcp6 relay_forward hops 1 link :: peer 2001:db8::1 relay_message / relay_forward hops 0 link 2001:db8::1 peer fe80::5 interface_id relay_message / solicit xid 0x000001
local r = dhcp6.message{type="relay_reply", peer="fe80::5", inner=dhcp6.message{type="reply", xid=1}}
r:innermost().type, r.xid --> reply, nil
m:inner() --> nil, a solicit without a relay message, notfound
---
-- a misspelt option
dhcp6.message{type="solicit"}.options.dns_severs = "2001:db8::1"  --> error: did you mean 'dns_servers'?
---
-- a misspelt field of an option
dhcp6.message{type="solicit"}.options.ia_na = {iad=1}  --> error: did you mean 'iaid'?
---
-- a misspelt field of a message
local x = dhcp6.message{type="solicit"}.optons  --> error: did you mean 'options'?
---
-- a misspelt type
dhcp6.message{type="solicite"}  --> error: did you mean 'solicit'?
---
-- a value of another kind
dhcp6.message{type="solicit", options={dns_servers="10.0.0.1"}}  --> error: dns_servers: IPv6 address expected, got "10.0.0.1"
---
-- identifiers of every type, made and parsed
local uuid = "00112233-4455-6677-8899-aabbccddeeff"
for _, o in ipairs{{type = "llt", mac = "02:00:00:00:00:01", time = 946684800 + 5, hardware = 6}, {type = "ll", mac = "02:00:00:00:00:01"},
  {type = "en", enterprise = 4491, id = "\1\2"}, {type = "uuid", uuid = uuid}} do
  local p = dhcp6.parse_duid(dhcp6.duid(o))
  for k, v in pairs(o) do assert(p[k] == v, k .. " " .. tostring(p[k])) end
end
dhcp6.duid{type = "llt", mac = "02:00:00:00:00:01", time = 946684805}  --> 00:01:00:01:00:00:00:05:02:00:00:00:00:01
dhcp6.parse_duid("00:09:ab").type, dhcp6.parse_duid("00:09:ab").id  --> "unknown", "\171"
dhcp6.parse_duid("0003").type  --> unknown
---
dhcp6.duid{type = "uuid", uuid = "0011"}  --> error: 32 hexadecimal digits expected
---
dhcp6.duid{}  --> error: hardware address expected for type ll

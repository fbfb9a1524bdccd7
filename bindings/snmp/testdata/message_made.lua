-- A message is read field by field, under the names that show prints.
local hex = "302902010104067075626c6963a01c02041b2c3d4e020100020100300e300c06082b060102010105000500"
local bytes = hex:gsub("%x%x", function(d) return string.char(tonumber(d, 16)) end)
local m = snmp.decode(bytes)
assert(tostring(m) == "snmp v2c get sysName.0", tostring(m))
assert(m.version == "2c" and m.community == "public" and m.type == "get" and m.request_id == 0x1b2c3d4e)
assert(m.error_status == "noError" and m.error_index == 0 and m.non_repeaters == nil and m.message_id == nil)
assert(#m.vars == 1 and m.vars[1].oid == "1.3.6.1.2.1.1.5.0" and m.vars[1].type == "Null" and m.vars[1].value == nil)
assert(#m.problems == 0 and m:bytes() == bytes)
assert(m:show() == [[
snmp             v2c get sysName.0
  version        2c (1)
  community      "public"
  pdu            get (0)
    id           455884110
    error        noError (0)
    error_index  0
    vars         1
      sysName.0  Null
]], m:show())
---
-- Fields are set, and what they decide of changes with them.
local m = snmp.message{vars={"sysName.0"}}
m.type = "bulk"
m.non_repeaters, m.max_repetitions = 300, 70000
m.community = ("c"):rep(200)
local n = snmp.decode(m:bytes())
assert(n.type == "bulk" and n.non_repeaters == 300 and n.max_repetitions == 70000 and n.error_status == nil and #n.community == 200)
n.type = "response"
n.error_status, n.error_index = "genErr", 1000
assert(snmp.decode(n:bytes()).error_status == "genErr" and snmp.decode(n:bytes()).error_index == 1000)
n.error_status = 4711
assert(snmp.decode(n:bytes()).error_status == 4711)
n.version = "3"
assert(n.community == nil and n.max_size == 65507 and n.flags == "")
n.version = "1"
assert(n.flags == nil)
---
-- Every type of value goes out and comes back.
local values = {
  {"1.3.6.1.4.1.1", -5, "Integer"}, {"1.3.6.1.4.1.2", "a\0b", "OctetString"}, {"1.3.6.1.4.1.3"},
  {"1.3.6.1.4.1.4", "1.3.6.1.4.1.9.4294967295", "ObjectIdentifier"}, {"1.3.6.1.4.1.5", "10.0.0.1", "IpAddress"},
  {"1.3.6.1.4.1.6", 4294967295, "Counter32"}, {"1.3.6.1.4.1.7", 7, "Gauge32"}, {"1.3.6.1.4.1.8", 8, "TimeTicks"},
  {"1.3.6.1.4.1.9", "\1\2", "Opaque"}, {"1.3.6.1.4.1.10", "18446744073709551615", "Counter64"},
  {"1.3.6.1.4.1.11", false, "noSuchObject"}, {"1.3.6.1.4.1.12", false, "NoSuchInstance"}, {"1.3.6.1.4.1.13", false, "EndOfMibView"},
  {"1.3.6.1.4.1.14", 1.5, "OpaqueFloat"}, {"1.3.6.1.4.1.15", -2.25, "OpaqueDouble"}, {"1.3.6.1.4.1.16", "\1\2\3", 0x45},
  {"1.3.6.1.4.1.17", "abcdef", 4}, {"1.3.6.1.4.1.18", "\255\255\255\255", 0x41},
}
local m = snmp.decode(snmp.message{type="response", vars=values}:bytes())
local texts = {}
for i, v in ipairs(m.vars) do texts[i] = v.type .. " " .. v.text end
local want = {"Integer -5", "OctetString 61 00 62", "Null NULL", "ObjectIdentifier", "IpAddress 10.0.0.1", "Counter32 4294967295", "Gauge32 7",
  "TimeTicks 0:00:00.08", "Opaque 01 02", "Counter64 18446744073709551615", "NoSuchObject noSuchObject", "NoSuchInstance noSuchInstance",
  "EndOfMibView endOfMibView", "OpaqueFloat 1.500000", "OpaqueDouble -2.250000", "0x45 01 02 03", "OctetString abcdef", "Counter32 4294967295"}
for i, w in ipairs(want) do assert(texts[i]:sub(1, #w) == w, texts[i]) end
assert(#m.problems == 2 and m.problems[1].what:find("unknown type 0x45", 1, true) and m.problems[2].what:find("negative", 1, true))
assert(loadstring("return " .. m:lua())():bytes() == m:bytes(), m:lua())
---
-- A bent message is read as far as it goes, and written as it came.
local bent = "\48\128\2\1\1\4\1p\162\15\2\1\5\2\1\0\2\1\0\48\4\48\2\6\0\0\0"
local m = snmp.decode(bent)
assert(m.type == "response" and m.request_id == 5 and #m.vars == 0 and #m.problems >= 2)
assert(m.problems[1].what:find("message has an indefinite length", 1, true) and m.problems[1].offset == 0)
assert(m:bytes() == bent and m:copy():bytes() == bent)
assert(loadstring("return " .. m:lua())():bytes() == bent)
m.request_id = 6
assert(m:bytes() ~= bent and snmp.decode(m:bytes()).request_id == 6)
---
-- What is no message is refused, what is misuse raises.
local m, why, kind = snmp.decode("\48\3\2\1\9")
assert(m == nil and kind == "malformed" and why == "unknown version: 9", why)
local function raises(want, f, ...)
  local ok, why = pcall(f, ...)
  assert(not ok and tostring(why):find(want, 1, true), tostring(why))
end
raises("bad argument #1 to 'snmp.decode' (string or packet with an snmp layer expected, got nil)", snmp.decode, nil)
raises("did you mean 'MD5'", snmp.decode, "", {user="u", auth="MD6"})
raises("bad option 'auth' to 'snmp.decode'", snmp.decode, "", {auth="MD5"})
for want, fields in pairs{
  ["bad option 'comunity' to 'snmp.message' (did you mean 'community'?)"] = {comunity="x"},
  ["bad option 'problems' to 'snmp.message'"] = {problems={}},
  ["snmp.message: type: get, next, bulk, set, response, trapv1, trapv2, inform or report expected, got 'gett'"] = {type="gett"},
  ["snmp.message: version: 1, 2c or 3 expected, got '4'"] = {version=4},
  ["snmp.message: message_id: only a message of version 3 has it"] = {message_id=1},
  ["snmp.message: flags: auth, priv and reportable joined by + expected, got 'aut'"] = {version=3, flags="aut"},
  ["snmp.message: engine: hexadecimal digits expected, got string"] = {version=3, engine="xyz"},
  ["snmp.message: community: string expected, got number"] = {community=5},
  ["snmp.message: enterprise: only a trapv1 has it"] = {enterprise="1.3"},
  ["snmp.message: agent: IPv4 address expected, got '::1'"] = {type="trapv1", agent="::1"},
  ["snmp.message: uptime: seconds from 0 to 42949672 expected, got -1"] = {type="trapv1", uptime=-1},
  ["snmp.message: request_id: number of -2147483648 to 2147483647 expected, got 2147483648"] = {request_id=2^31},
  ["snmp.message: request_id: number of -2147483648 to 2147483647 expected, got string"] = {request_id="x"},
  ["snmp.message: error_status: no such status: 'nope'"] = {error_status="nope"},
  ["snmp.message: vars: list of names or of {name, value} expected, got string"] = {vars="sysName.0"},
  ["snmp.message: vars: item 1: "] = {vars={{"sysNam.0"}}},
  ["no type 'OctetStrin' (did you mean 'OctetString'?)"] = {vars={{"1.3", 5, "OctetStrin"}}},
  ["tag of one byte expected, got 31"] = {vars={{"1.3", "x", 0x1f}}},
  ["bytes expected beside a tag, got nil"] = {vars={{"1.3", nil, 4}}},
} do raises(want, snmp.message, fields) end
raises("snmp.message has no field 'nme'", function() snmp.message{}.nme = 1 end)
raises("snmp.message: field 'problems' can only be read", function() snmp.message{}.problems = 1 end)
raises("snmp.message has no field 'comunity': did you mean 'community'?", function() return snmp.message{}.comunity end)
raises("only a message of version 3 with a PDU can be sealed", function() snmp.message{}:seal{user="u"} end)
raises("needs option 'user'", function() snmp.message{version=3}:seal{} end)
---
-- Version 3: a user's message is plain to its user, cipher text to others.
local ann = {user="ann", auth="SHA256", auth_password="auth12345", priv="AES", priv_password="priv12345"}
local engine = "80000009045232"
local m = snmp.message{version="3", engine=engine, boots=3, engine_time=99,
  context_engine=engine, context="ctx", type="get", request_id=7, vars={"sysName.0"}}
assert(m.flags == "reportable" and m.encrypted == nil)
local sealed = m:seal(ann)
assert(m.flags == "reportable" and m.encrypted == nil and m.user == "")
local closed = snmp.decode(sealed)
assert(closed.type == nil and #closed.vars == 0 and closed.flags == "auth+priv+reportable" and closed.level == "authPriv" and #closed.digest == 24)
assert(closed.user == "ann" and #closed.salt == 8 and #closed.encrypted > 40 and tostring(closed) == "snmp v3 encrypted")
assert(loadstring("return " .. closed:lua())():bytes() == sealed)
local open = snmp.decode(sealed, {users={{name="bob"}, ann}})
assert(open.type == "get" and open.request_id == 7 and open.context == "ctx" and open.vars[1].name == "sysName.0" and open:bytes() == sealed)
local shown = open:show()
assert(shown:find("encryptedPDU", 1, true) and shown:find("sysName%.0%s+Null"), shown)
local unsigned = {user="ann", auth="SHA256", auth_password="auth12345"}
assert(snmp.decode(sealed, unsigned).refused and not snmp.decode(sealed, unsigned).type)
---
-- A decrypted message that is changed goes out as its cipher text still: seal encrypts anew.
local ann = {user="ann", auth="SHA", auth_password="auth12345", priv="DES", priv_password="priv12345"}
local m = snmp.message{version=3, engine="80000009045232", vars={"sysName.0"}}
local open = snmp.decode(m:seal(ann), ann)
open.vars = {"sysDescr.0"}
assert(snmp.decode(open:bytes(), ann).vars[1].name == "sysName.0")
assert(snmp.decode(open:seal(ann), ann).vars[1].name == "sysDescr.0")
---
-- A packet and a message are two views of the same bytes.
local m = snmp.message{request_id=9, community="c", vars={{"sysName.0", "R2"}}}
local p = packet.ip{dst="10.0.0.1"} / packet.udp{dport=161} / m:packet()
assert(p.snmp.community == "c" and p.snmp.varbindlist[1].value == "R2")
assert(snmp.decode(p).request_id == 9 and snmp.decode(p):bytes() == m:bytes())
---
-- A trap of version 1 has its own fields.
local m = snmp.message{version="1", type="trapv1", enterprise="enterprises.9.9", agent="10.0.0.9", generic="linkDown", specific=3, uptime=42949672.95}
local n = snmp.decode(m:bytes())
assert(n.enterprise:find("9$") and n.agent == "10.0.0.9" and n.generic == 2 and n.specific == 3)
assert(n.uptime == 42949672.95 and n.request_id == nil and n.error_status == nil)
assert(loadstring("return " .. n:lua())():bytes() == m:bytes())
n.generic = 77
assert(snmp.decode(n:bytes()).generic == 77)
---
-- what only some messages of version 3 have is said so
local other = snmp.message{version = "3", model = 2, security_parameters = "abc"}
local ok, why = pcall(function() other.engine = "8000" end)
assert(not ok and why:find("engine: only a message of version 3 with model 3 has it", 1, true), why)
assert(other:show():find("msgFlags%s+reportable %(0x04%)"))
other.flags = ""
assert(other:show():find("msgFlags%s+none %(0x00%)"))

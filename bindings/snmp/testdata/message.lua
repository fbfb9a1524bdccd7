-- Messages of version 3 are opened with a user's passwords, and shown in clear beside the cipher text.
local who = {user="alice", auth="SHA256", auth_password="authentic", priv="AES256C", priv_password="private!"}
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2"}, users={who}})
local s = assert(snmp.open{host=a.address, user=who.user, auth=who.auth, auth_password=who.auth_password, priv=who.priv, priv_password=who.priv_password, timeout=5})
assert(s:get("sysName.0").value == "R2")
local x = s.exchange
assert(#x == 4)
local ask, report, get, response = x[1].message, x[2].message, x[3].message, x[4].message
assert(ask.engine == "" and ask.user == "" and ask.level == "noAuthNoPriv" and ask.flags == "reportable" and ask.type == "get" and #ask.vars == 0)
assert(report.type == "report" and report.vars[1].name == "usmStatsUnknownEngineIDs.0" and report.vars[1].value == 1)
assert(report.engine == s.engine.id and report.boots == 1 and report.engine_time <= 5)
assert(get.level == "authPriv" and get.user == "alice" and #get.digest == 24 and #get.salt == 8 and get.type == "get" and get.vars[1].name == "sysName.0")
assert(response.type == "response" and response.vars[1].value == "R2" and response.request_id == get.request_id and response.message_id == get.message_id)
assert(not response:bytes():find("R2", 1, true) and response.encrypted and response:show():find('sysName.0 *OctetString: R2'))
assert(x[1].label == "get (discovery)" and x[2].label == "report usmStatsUnknownEngineIDs.0" and x[4].label == "response sysName.0, encrypted")
assert(x[1].from == "manager" and x[2].dir == "in" and x[2].source == a.address and x[1].destination == a.address)

local bytes = x[4].bytes
local closed = snmp.decode(bytes)
assert(closed.encrypted and not closed.type and #closed.vars == 0 and not closed.refused and closed.context == nil)
local opened = snmp.decode(bytes, who)
assert(opened.vars[1].value == "R2" and opened.context_engine == s.engine.id and opened.context == "")
assert(snmp.decode(bytes, {users={{name="bob"}, who}}).vars[1].value == "R2")
assert(snmp.decode(bytes, {users={{name="bob"}}}).refused == "no user 'alice' was given")
local wrong = {}
for k, v in pairs(who) do wrong[k] = v end
wrong.auth_password = "wrong password"
local m = snmp.decode(bytes, wrong)
assert(m.refused:find("password or digest is wrong") and not m.type and m:show():find("not opened: "))
wrong.auth_password, wrong.priv_password = who.auth_password, "wrong password"
assert(snmp.decode(bytes, wrong).refused:find("could not be decrypted"))
assert(tostring(snmp.decode(bytes)) == "snmp v3 encrypted" and tostring(opened) == "snmp v3 response sysName.0, encrypted")
---
-- Versions 1 and 2c.
local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2"}})
local s = assert(snmp.open{host=a.address, timeout=5})
s:getbulk{"sysName", max_repetitions=3}
local m = s.exchange[1].message
assert(m.version == "2c" and m.community == "public" and m.type == "bulk" and m.non_repeaters == 0 and m.max_repetitions == 3)
assert(m.error_status == nil and m.user == nil and m.level == nil and m.vars[1].type == "Null")
local r = s.exchange[2].message
assert(r.error_status == "noError" and r.error_index == 0 and r.non_repeaters == nil and #r.problems == 0)
---
-- Who asks for a field that there is not hears of the nearest.
local _ = snmp.decode("\48\3\2\1\1").typ --> error: did you mean 'type'?
---
-- Options of a user need the user.
snmp.decode("", {auth="SHA"}) --> error: bad option 'auth' to 'snmp.decode' (needs option 'user')
---
snmp.decode(5) --> error: bad argument #1 to 'snmp.decode'
---
-- What is no message.
local m, message, kind = snmp.decode("")
assert(not m and kind == "malformed", kind)

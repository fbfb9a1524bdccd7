package snmp_test

import (
	"encoding/hex"
	"testing"

	"moonwire/bindings/bytes"
	"moonwire/bindings/packet"
	"moonwire/bindings/snmp"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

// FuzzDecode reads whatever comes, as a message of users of each level, and reads all of its fields.
func FuzzDecode(f *testing.F) {
	f.Add("0&\x02\x01\x01\x04\x06public\xa0\x19\x02\x01*\x02\x01\x00\x02\x01\x000\x0e0\x0c\x06\x08+\x06\x01\x02\x01\x01\x05\x00\x05\x00")
	for _, u := range []*usm.User{
		{Name: "open"},
		{Name: "signed", Auth: usm.MD5, AuthPassword: "authentic"},
		{Name: "strong", Auth: usm.SHA, AuthPassword: "authentic", Priv: usm.AES, PrivPassword: "private!"},
		{Name: "old", Auth: usm.MD5, AuthPassword: "authentic", Priv: usm.DES, PrivPassword: "private!"},
	} {
		f.Add(sealed(f, u))
	}
	hosttest.Fuzz(f, `
local users = {
  {name="open"}, {name="signed", auth="MD5", auth_password="authentic"},
  {name="strong", auth="SHA", auth_password="authentic", priv="AES", priv_password="private!"},
  {name="old", auth="MD5", auth_password="authentic", priv="DES", priv_password="private!"},
}
local fields = {"version", "community", "type", "request_id", "error_status", "error_index", "non_repeaters", "max_repetitions", "vars", "enterprise",
  "agent", "generic", "specific", "uptime", "message_id", "max_size", "flags", "level", "engine", "boots", "engine_time", "user", "digest", "salt",
  "encrypted", "context_engine", "context", "refused", "problems"}
local input = ...
local m, message, kind = snmp.decode(input, {users=users})
if not m then
  assert(kind == "malformed" and message ~= "")
else
  for _, field in ipairs(fields) do local _ = m[field] end
  for _, v in ipairs(m.vars) do assert(v.name and v.oid and v.type and v.text and tostring(v)) end
  assert(#m:show() > 0 and tostring(m) ~= "" and m:bytes() == input)
  assert(m:packet():bytes() == input)
end`, snmp.Module(), bytes.Module(), packet.Module(), u64.Module())
}

// sealed is a question of a user.
func sealed(f *testing.F, u *usm.User) string {
	engine := usm.NewEngineID("fuzz")
	k, err := u.Localize(engine)
	if err != nil {
		f.Fatal(err)
	}
	b, err := usm.Seal(&message.Message{Version: message.V3, PDU: &message.PDU{Type: message.Get, Vars: message.Ask(oid.MustParse("1.3.6.1.2.1.1.5.0"))},
		V3: &message.Secure{Model: message.ModelUSM, Flags: u.Level().Flags(), Security: message.Security{EngineID: engine, User: u.Name}}}, k, 1)
	if err != nil {
		f.Fatal(err)
	}
	return string(b)
}

// FuzzMessage decodes any bytes: a message or an error, and what is written again is what was read.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		"302902010104067075626c6963a01c02041b2c3d4e020100020100300e300c06082b060102010105000500",
		"303e020103301102041b2c3d4e020300ffe304010402010304103" + "00e0400020100020100040004000400" + "3014040004" + "00a00e02041b2c3d4d0201000201003000",
		"3080020101040170a217020105020100020100300c300a06032b06014603ffffff0000",
		"3026020100040170a41e06062b060104010940040a000009020106020107430400ffffff3003300106",
		"3027020101040170a21f020105020100020100301430120603" + "2b060144" + "0b9f7908c000000000000000",
	} {
		b, err := hex.DecodeString(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	hosttest.Fuzz(f, `
		local data = ...
		local m, why, kind = snmp.decode(data)
		if not m then assert(kind == "malformed" and why ~= "", why) return end
		assert(m:bytes() == data, "writing changed the bytes")
		assert(m:copy():bytes() == data)
		assert(loadstring("return " .. m:lua())():bytes() == data, m:lua())
		assert(#tostring(m) > 0 and #m:show() > 0 and #m:rows() > 1)
		for _, p in ipairs(m.problems) do assert(p.offset >= 0 and p.what ~= "") end
		for _, v in ipairs(m.vars) do
			local _ = v.name, v.oid, v.type, v.value, v.text, v.raw, v.exception, v.index, tostring(v)
		end
		local _ = m.error_status, m.request_id, m.agent, m.flags, m.enterprise, m.generic
		assert(m:packet():bytes() == data)
		try(function() m.request_id = 5 m.vars = {"sysName.0"} assert(snmp.decode(m:bytes()).vars[1].name == "sysName.0" or m.encrypted) end)`, append(modules(), snmp.Module())...)
}

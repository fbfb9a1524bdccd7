package snmp_test

import (
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

package snmp

import (
	"context"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

const messageExample = `local m = snmp.message{request_id=7, vars={"sysName.0", {"sysUpTime.0", 99}}}
`

func messageMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "bytes", Why: "called per message", Run: messageBytes, Source: "RFC 3417 section 8",
			Doc: "Write the message as it goes into a UDP datagram: what was decoded and not changed as it came, all else in the shortest form. " +
				"What is encrypted goes out as it is: seal encrypts anew.",
			Results: []decl.Param{{Name: "bytes", Type: "string", Doc: "the same that were decoded, when nothing was changed"}},
			Example: messageExample + `snmp.decode(m:bytes()).request_id --> 7`},
		decl.Raw{Name: "seal", Why: "takes the options of a user", Run: sealMessage, Source: "RFC 3414 section 3.1",
			Doc: "Write a message of version 3 as a user sends it: encrypted when the user has a privacy protocol, and signed. The authoritative " +
				"engine's id, boots and time are those of the message.",
			Options: decl.OptionParams(sealOptions{}), Results: []decl.Param{{Name: "bytes", Type: "string", Doc: "for a UDP datagram; the message itself stays as it is"}},
			Example: `local ann = {user="ann", auth="SHA256", auth_password="auth12345", priv_password="priv12345"}
local sealed = snmp.message{version="3", engine="80000009045232", vars={"sysName.0"}}:seal(ann)
snmp.decode(sealed).type, snmp.decode(sealed, ann).vars[1].name --> nil, sysName.0
ann.auth_password = "wrong-password"
snmp.decode(sealed, ann).refused:match("authentication password") --> authentication password`},
		decl.Raw{Name: "copy", Why: "called per message", Doc: "Return a message of its own with the same content.",
			Run: func(L *lua.LState) int {
				m := theMessage(L, "copy")
				L.Push(pushMessage(L, m.Clone(), m.closed))
				return 1
			},
			Results: []decl.Param{{Name: "message", Type: "snmp.message", Doc: "a new one"}},
			Example: messageExample + "local n = m:copy()\nn.request_id = 8\nm.request_id --> 7"},
		decl.Raw{Name: "packet", Why: "called per message", Doc: "The message as a packet with an snmp layer over the same bytes.",
			Run: func(L *lua.LState) int {
				return packets.PushDecoded(L, encodedMessage(L, theMessage(L, "packet"), "packet"), "snmp")
			},
			Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "a new one"}},
			Example: messageExample + `m:packet().snmp.varbindlist[1].oid --> 1.3.6.1.2.1.1.5.0`},
		decl.Raw{Name: "show", Why: "called per message", Doc: "Show the fields, one a line. Behind what is encrypted stands what it says, if it was opened.",
			Results: []decl.Param{{Name: "text", Type: "string", Doc: "the lines"}},
			Example: messageExample + `m:show():match("sysUpTime[^\n]*") --> sysUpTime.0  TimeTicks: 0:00:00.99`,
			Run: func(L *lua.LState) int {
				L.Push(lua.LString(theMessage(L, "show").show()))
				return 1
			}},
		decl.Raw{Name: "rows", Why: "called per message", Run: messageRows,
			Doc: "What show prints as a table, for tabulate and for those who print it in their own way.",
			Results: []decl.Param{{Name: "rows", Type: "table[]", Doc: "a row for each line", Fields: []decl.Param{
				{Name: "depth", Type: "integer", Doc: "0 for the message; a field within another has one more"},
				{Name: "name", Type: "string", Doc: "name of the field, or of a variable"},
				{Name: "text", Type: "string", Doc: "its value for people"}}}},
			Example: messageExample + `local r = m:rows()
r[2].depth, r[2].name, r[2].text --> 1, version, 2c (1)`},
		decl.Raw{Name: "lua", Why: "writes a view of the message", Run: messageLua,
			Doc:     "Write the Lua expression that makes the message again, byte by byte.",
			Results: []decl.Param{{Name: "text", Type: "string", Doc: "as described"}},
			Example: messageExample + `m:lua() == [[snmp.message{version="2c", community="public", type="get", request_id=7, error_status="noError", error_index=0, vars={{"1.3.6.1.2.1.1.5.0"}, {"1.3.6.1.2.1.1.3.0", 99, "TimeTicks"}}}]] --> true`},
	}
}

// encodedMessage is the message's bytes, or raises.
func encodedMessage(L *lua.LState, m *wireMessage, method string) []byte {
	b, err := m.Encode()
	if err != nil {
		decl.Raisef(L, "snmp.message:%s: %s", method, err)
	}
	return b
}

func messageBytes(L *lua.LState) int {
	L.Push(lua.LString(encodedMessage(L, theMessage(L, "bytes"), "bytes")))
	return 1
}

// sealOptions say who sends a message.
type sealOptions struct{ security }

// sealMessage is message:seal{user=, …}.
func sealMessage(L *lua.LState) int {
	const name = "snmp.message:seal"
	m := theMessage(L, "seal")
	var o sealOptions
	decl.Options(L, name, 2, &o)
	u, err := o.user()
	switch {
	case err == nil && u == nil:
		err = decl.Misuse("needs option 'user'")
	case err == nil && (m.V3 == nil || m.PDU == nil):
		err = decl.Misuse("only a message of version 3 with a PDU can be sealed")
	}
	if err != nil {
		return misused(L, name, err)
	}
	ctx := decl.HostOf(L).Context()
	b, err := seal(ctx, m.Clone(), u)
	if err != nil {
		decl.Raisef(L, "%s: %s", name, err)
	}
	L.Push(lua.LString(b))
	return 1
}

// seal signs and encrypts a message as far as the user can.
func seal(ctx context.Context, m *message.Message, u *usm.User) ([]byte, error) {
	k, err := u.Localize(m.V3.Security.EngineID)
	if err != nil {
		return nil, err
	}
	m.Whole, m.V3.Other = nil, nil
	m.V3.Security.User = u.Name
	m.V3.Flags = m.V3.Flags&message.Reportable | u.Level().Flags()
	return usm.Seal(m, k, network.Rand(ctx).Uint64())
}

func messageRows(L *lua.LState) int {
	m := theMessage(L, "rows")
	lines := m.Lines(m.spell)
	t := L.CreateTable(len(lines), 0)
	for i, l := range lines {
		row := L.CreateTable(0, 3)
		row.RawSetString("depth", lua.LNumber(l.Depth))
		row.RawSetString("name", lua.LString(l.Name))
		row.RawSetString("text", lua.LString(l.Text))
		t.RawSetInt(i+1, row)
	}
	L.Push(t)
	return 1
}

package snmp

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// decodeOptions are snmp.decode's.
type decodeOptions struct {
	Users []aUser `lua:"users?" doc:"users of version 3, with whose passwords messages are checked and decrypted"`
	security
}

const decodeName = "snmp.decode"

func decodeFunction() decl.Function {
	return decl.Raw{Name: "decode", Why: "called per message", Run: decode, Fails: []string{decl.Malformed}, Source: "RFC 1157, RFC 3416, RFC 3412 section 6",
		Doc: "Read a message of any version. What is wrong with it stands in its problems; only what does not begin as a message is none. With a " +
			"user or users, one of version 3 is checked and decrypted; when that fails, refused tells why, and the rest is there.",
		Params:  []decl.Param{{Name: "bytes", Type: "string|packet", Doc: "the payload of a datagram, or a packet that has it"}},
		Options: decl.OptionParams(decodeOptions{}),
		Results: []decl.Param{{Name: "message", Type: "snmp.message", Doc: "as it was on the wire"}},
		Example: `local m = snmp.decode(bytes.unhex "302602010104067075626c6963a01902012a020100020100300e300c06082b060102010105000500")
m.version, m.community, m.type, m.request_id, m.vars[1].name --> 2c, public, get, 42, sysName.0
select(3, snmp.decode("no message")) --> malformed`}
}

// decode is snmp.decode(bytes[, {…}]).
func decode(L *lua.LState) int {
	b, ok := packets.Payload(L.Get(1), "snmp")
	if !ok {
		decl.RaiseArg(L, 1, decodeName, decl.Expected(L, 1, "string or packet with an snmp layer"))
	}
	known := decodeUsers(L)
	m, err := message.Decode(b)
	if err != nil {
		return decl.Fail(L, decl.Refuse(decl.Malformed, err))
	}
	L.Push(pushMessage(L, m, openWith(m, known)))
	return 1
}

// decodeUsers are the users of the options; misuse raises.
func decodeUsers(L *lua.LState) *usm.Users {
	var o decodeOptions
	decl.Options(L, decodeName, 2, &o)
	list := o.Users
	if o.User != nil {
		list = append(list, aUser{security: o.security})
	} else if option := o.firstGiven(); option != "" {
		decl.Raisef(L, "bad option '%s' to '%s' (needs option 'user')", option, decodeName)
	}
	known, err := usersOf(list)
	if err != nil {
		decl.Raisef(L, "bad options to '%s' (%s)", decodeName, err)
	}
	return known
}

// openWith opens a message of version 3 with the keys of its user, and says why it could not: "" when it is open.
func openWith(m *message.Message, known *usm.Users) string {
	if m.V3 == nil || m.V3.Flags&message.Auth == 0 || known == nil || len(known.Names()) == 0 {
		return ""
	}
	u := known.Named(m.V3.Security.User)
	if u == nil {
		return "no user '" + m.V3.Security.User + "' was given"
	}
	k, err := u.Localize(m.V3.Security.EngineID)
	if err == nil {
		err = usm.Open(m, k)
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

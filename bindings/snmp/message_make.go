package snmp

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/snmp/message"
)

func makeMessageFunction() decl.Function {
	return decl.Raw{Name: "message", Why: "variables have names and values of many types", Run: makeMessage,
		Source: "RFC 1157 section 4, RFC 3416 section 3, RFC 3412 section 6",
		Doc: "Make a message. What isn't given is as in a usual question: version 2c, community public, type get, ids by chance. In version 3 it " +
			"is plain; its method seal signs and encrypts.",
		Options: makeMessageOptions(),
		Results: []decl.Param{{Name: "message", Type: "snmp.message", Doc: "to look at, change or send"}},
		Example: `snmp.message{vars={"sysName.0"}} --> snmp v2c get sysName.0
snmp.message{type="response", request_id=7, vars={{"sysName.0", "R2"}, {"ifInOctets.1", 5}, {"1.3.6.1.4.1.9.1", "10.0.0.1", "IpAddress"}}}.vars[2].type --> Counter32
snmp.message{version="1", type="trapv1", enterprise="1.3.6.1.4.1.9", agent="10.0.0.1", generic="linkDown"}.generic --> 2`}
}

// makeMessageOptions are what snmp.message takes: the fields that can be set.
func makeMessageOptions() []decl.Param {
	var params []decl.Param
	for _, f := range messageFields {
		if f.set != nil {
			params = append(params, decl.Param{Name: f.name, Type: f.typ, Doc: f.doc, Optional: true})
		}
	}
	return params
}

// makeMessage is snmp.message{…}.
func makeMessage(L *lua.LState) int {
	const name = "snmp.message"
	t, ok := L.Get(1).(*lua.LTable)
	if !ok {
		decl.RaiseArg(L, 1, name, decl.Expected(L, 1, "table"))
	}
	checkMessageFields(L, t)
	m := &wireMessage{Message: &message.Message{Version: message.V2c, Community: []byte("public"), PDU: new(message.PDU)}, tree: treeOf(L)}
	chance := network.Rand(decl.HostOf(L).Context())
	m.PDU.RequestID = int32(chance.Uint32() >> 1)
	msgID := int32(chance.Uint32() >> 1)
	for _, f := range messageFields {
		if v := t.RawGetString(f.name); v != lua.LNil {
			setMessageField(L, m, f.name, v)
		}
		if f.name == "version" && m.V3 != nil {
			m.V3.ID, m.Community = msgID, nil
		}
	}
	if m.V3 != nil && t.RawGetString("flags") == lua.LNil && m.PDU.Type.Confirmed() {
		m.V3.Flags = message.Reportable
	}
	L.Push(decl.NewUserData(L, m))
	return 1
}

// checkMessageFields raises for an entry that snmp.message doesn't know.
func checkMessageFields(L *lua.LState, t *lua.LTable) {
	decl.Each(t, func(k, _ lua.LValue) {
		name := k.String()
		if f := messageFieldsByName[name]; f != nil && f.set != nil {
			return
		}
		var known []string
		for _, p := range makeMessageOptions() {
			known = append(known, p.Name)
		}
		if near := decl.Nearest(name, known); near != "" {
			decl.Raisef(L, "bad option '%s' to 'snmp.message' (did you mean '%s'?)", name, near)
		}
		decl.Raisef(L, "bad option '%s' to 'snmp.message'", name)
	})
}

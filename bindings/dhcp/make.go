package dhcp

import (
	"fmt"
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
	"moonwire/host/network"
)

func makeFunction() decl.Function {
	return decl.Raw{Name: "message", Why: "options have names and values of many types", Run: makeMessage, Source: "RFC 2131 section 2, RFC 2132",
		Doc: "Make a message. Its type is its first option; options are a table by name or code, which come in the order of their codes, or a " +
			"list of {name, value} in its own order, which may have duplicates, {\"pad\"} and {\"end\"}. An end, and zeros up to 300 bytes " +
			"(RFC 1542 section 2.1), are added where they lack.",
		Options: makeOptions(),
		Results: []decl.Param{{Name: "message", Type: "dhcp.message", Doc: "to send, change or look at"}},
		Example: `local m = dhcp.message{type="discover", xid=7, chaddr="02:00:00:00:00:01", options={host_name="pc", parameter_request_list={"router", 6}}}
m.type, m.options.host_name, m[55][2], #m:bytes() --> discover, pc, domain_name_server, 300
dhcp.message{xid=7, options={{"pad"}, {"message_type", "inform"}, {224, "raw"}}}:bytes():byte(241, 244) --> 0, 53, 1, 8`}
}

// makeOptions are what dhcp.message takes.
func makeOptions() (params []decl.Param) {
	for _, f := range fields {
		p := decl.Param{Name: f.name, Type: f.typ, Doc: f.doc, Optional: true}
		switch f.name {
		case "list", "problems":
			continue
		case "options":
			p.Type, p.Doc = "table", "by name or code, or a list of {name, value}, {name, data=bytes} and {name}; area=\"file\" or \"sname\" puts one there (option 52)"
		case "xid":
			p.Doc += "; else one by chance"
		}
		params = append(params, p)
	}
	return append(params, decl.Param{Name: "complete", Type: "boolean", Default: "true", Optional: true,
		Doc: "false: no end and no zeros are added"})
}

// makeMessage is dhcp.message{…}.
func makeMessage(L *lua.LState) int {
	t, ok := L.Get(1).(*lua.LTable)
	if !ok {
		decl.RaiseArg(L, 1, "dhcp.message", decl.Expected(L, 1, "table"))
	}
	checkEntries(L, t)
	complete := t.RawGetString("complete") != lua.LFalse
	m := blank(L, t, complete)
	for _, f := range fields {
		v := t.RawGetString(f.name)
		if v == lua.LNil || f.name == "type" {
			continue
		}
		if f.name == "options" {
			addOptions(L, m, v)
			continue
		}
		setField(L, m, f.name, v)
	}
	if i := m.Last(); complete && m.Cookie && (i == len(m.Options) || m.Options[i].In != dhcp4.Options) {
		m.Insert(i, dhcp4.Option{Code: option.End})
	}
	return pushMessage(L, m)
}

// blank is a message before its fields are set.
func blank(L *lua.LState, t *lua.LTable, complete bool) *dhcp4.Message {
	none := netip.IPv4Unspecified()
	m := &dhcp4.Message{Op: dhcp4.BootRequest, HType: 1, HLen: 6, CIAddr: none, YIAddr: none, SIAddr: none, GIAddr: none}
	if v := t.RawGetString("type"); v != lua.LNil {
		kind, err := typeOf(v)
		if err != nil {
			decl.Raisef(L, "dhcp.message: type: %s", err)
		}
		*m = *dhcp4.New(kind, 0, nil)
		m.HLen, m.Options = 6, m.Options[:1:1]
	}
	if m.Least = 0; complete {
		m.Least, m.Cookie = dhcp4.LeastSize, true
	}
	if t.RawGetString("xid") == lua.LNil {
		m.XID = network.Rand(decl.HostOf(L).Context()).Uint32()
	}
	return m
}

// checkEntries raises for an entry that dhcp.message doesn't know.
func checkEntries(L *lua.LState, t *lua.LTable) {
	decl.Each(t, func(k, _ lua.LValue) {
		name := k.String()
		if f := fieldsByName[name]; name == "complete" || f != nil && (f.set != nil || name == "options") {
			return
		}
		known := []string{}
		for _, p := range makeOptions() {
			known = append(known, p.Name)
		}
		if d := option.ByName(name); d != nil {
			decl.Raisef(L, "bad option '%s' to 'dhcp.message' (write options={%s=…})", name, d.Name)
		}
		if near := decl.Nearest(name, known); near != "" {
			decl.Raisef(L, "bad option '%s' to 'dhcp.message' (did you mean '%s'?)", name, near)
		}
		decl.Raisef(L, "bad option '%s' to 'dhcp.message'", name)
	})
}

// typeOf is a type of messages from its name or number.
func typeOf(v lua.LValue) (dhcp4.Type, error) {
	if s, ok := v.(lua.LString); ok {
		if t, ok := dhcp4.ParseType(string(s)); ok {
			return t, nil
		}
		if near := decl.Nearest(string(s), option.MessageTypes[:]); near != "" {
			return 0, fmt.Errorf("no message has the type '%s' (did you mean '%s'?)", s, near)
		}
	}
	b, err := option.Encode(option.KindOf(option.MessageType), valueOf(v))
	if err != nil {
		return 0, err
	}
	return dhcp4.Type(b[0]), nil
}

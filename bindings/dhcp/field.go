package dhcp

import (
	"net"
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// A field is what message.name reads and sets.
type field struct {
	name, typ, doc string
	get            func(L *lua.LState, m *dhcp4.Message) lua.LValue
	set            func(m *dhcp4.Message, v lua.LValue) error // nil: it can only be read
}

// fields are those of a message. dhcp.message sets them in this order: hlen after chaddr, which sets it too.
var fields = []field{
	typeField(),
	number("op", "1: from a client, 2: from a server", func(m *dhcp4.Message) *uint8 { return &m.Op }),
	number("htype", "kind of hardware address; 1: Ethernet", func(m *dhcp4.Message) *uint8 { return &m.HType }),
	chaddrField(),
	number("hlen", "bytes of the hardware address", func(m *dhcp4.Message) *uint8 { return &m.HLen }),
	number("hops", "relay agents passed", func(m *dhcp4.Message) *uint8 { return &m.Hops }),
	number("xid", "transaction, the same in question and answer", func(m *dhcp4.Message) *uint32 { return &m.XID }),
	number("secs", "seconds since the client began", func(m *dhcp4.Message) *uint16 { return &m.Secs }),
	number("flags", "all 16 of them", func(m *dhcp4.Message) *uint16 { return &m.Flags }),
	broadcastField(),
	address("ciaddr", "address that the client has", func(m *dhcp4.Message) *netip.Addr { return &m.CIAddr }),
	address("yiaddr", "address that the client gets", func(m *dhcp4.Message) *netip.Addr { return &m.YIAddr }),
	address("siaddr", "server to boot from", func(m *dhcp4.Message) *netip.Addr { return &m.SIAddr }),
	address("giaddr", "relay agent", func(m *dhcp4.Message) *netip.Addr { return &m.GIAddr }),
	text(dhcp4.SName, 64, "server's name; empty when the field holds options", func(m *dhcp4.Message) *[]byte { return &m.SName }),
	text(dhcp4.File, 128, "file to boot; empty when the field holds options", func(m *dhcp4.Message) *[]byte { return &m.File }),
	cookieField(),
	trailerField(),
	optionsField(),
	{"list", "table[]", "all options in the order of the wire, as {code, name, value, text, data, area, offset}; text is the value for people, offset counts from 0, problem says what is wrong", listOf, nil},
	{"problems", "string[]", "what could not be read, where and why", problemsOf, nil},
}

// fieldsByName are the fields by name.
var fieldsByName = func() map[string]*field {
	names := make(map[string]*field, len(fields))
	for i := range fields {
		names[fields[i].name] = &fields[i]
	}
	return names
}()

// fieldParams documents the fields.
func fieldParams() []decl.Param {
	params := make([]decl.Param, len(fields))
	for i, f := range fields {
		params[i] = decl.Param{Name: f.name, Type: f.typ, Doc: f.doc}
	}
	return params
}

// number is a field that is an unsigned integer.
func number[T uint8 | uint16 | uint32](name, doc string, at func(*dhcp4.Message) *T) field {
	kind := map[uint64]option.Kind{0xff: option.Uint8, 0xffff: option.Uint16, 0xffffffff: option.Uint32}[uint64(^T(0))]
	return field{name, "integer", doc,
		func(_ *lua.LState, m *dhcp4.Message) lua.LValue { return lua.LNumber(*at(m)) },
		func(m *dhcp4.Message, v lua.LValue) error {
			b, err := option.Encode(kind, valueOf(v))
			if err != nil {
				return err
			}
			n := T(0)
			for _, c := range b {
				n = T(uint64(n)<<8) | T(c)
			}
			*at(m) = n
			return nil
		}}
}

// address is a field that is an IPv4 address. nil is none.
func address(name, doc string, at func(*dhcp4.Message) *netip.Addr) field {
	return field{name, "string", doc,
		func(_ *lua.LState, m *dhcp4.Message) lua.LValue {
			if a := at(m); a.IsValid() {
				return lua.LString(a.String())
			}
			return lua.LString("0.0.0.0")
		},
		func(m *dhcp4.Message, v lua.LValue) error {
			if v == lua.LNil {
				*at(m) = netip.IPv4Unspecified()
				return nil
			}
			b, err := option.Encode(option.IPv4, valueOf(v))
			if err == nil {
				*at(m) = netip.AddrFrom4([4]byte(b))
			}
			return err
		}}
}

// text is sname or file.
func text(in dhcp4.Area, size int, doc string, at func(*dhcp4.Message) *[]byte) field {
	kind := option.Counted(1, option.Bytes)
	return field{in.String(), "string", doc,
		func(_ *lua.LState, m *dhcp4.Message) lua.LValue { return lua.LString(m.TextOf(in)) },
		func(m *dhcp4.Message, v lua.LValue) error {
			b, err := option.Encode(kind, valueOf(v))
			if err == nil && len(b)-1 > size {
				err = tooLong(size, len(b)-1)
			}
			if err == nil {
				*at(m) = b[1:]
			}
			return err
		}}
}

// valueOf is a Lua value as Go has it.
func valueOf(v lua.LValue) any {
	value, ok := packets.ToGo(v)
	if !ok {
		return noValue(decl.TypeName(v))
	}
	return value
}

// A noValue is what no field and no option holds: a function, say.
type noValue string

func typeField() field {
	return field{"type", "string", "kind of message, as discover or force_renew; bootp when it has no option 53. Setting it leaves op as it is",
		func(_ *lua.LState, m *dhcp4.Message) lua.LValue { return lua.LString(m.Type().String()) },
		func(m *dhcp4.Message, v lua.LValue) error {
			t, err := typeOf(v)
			if err == nil {
				m.SetType(t)
			}
			return err
		}}
}

func chaddrField() field {
	return field{"chaddr", "string", "client's hardware address, as many bytes as hlen says; setting it sets hlen",
		func(_ *lua.LState, m *dhcp4.Message) lua.LValue { return lua.LString(m.MAC().String()) },
		func(m *dhcp4.Message, v lua.LValue) error {
			b, err := option.Encode(option.MAC, valueOf(v))
			if err == nil && len(b) > len(m.CHAddr) {
				err = tooLong(len(m.CHAddr), len(b))
			}
			if err == nil {
				m.SetMAC(net.HardwareAddr(b))
			}
			return err
		}}
}

func broadcastField() field {
	return field{"broadcast", "boolean", "the flag that asks for answers by broadcast",
		func(_ *lua.LState, m *dhcp4.Message) lua.LValue { return lua.LBool(m.Broadcast()) },
		func(m *dhcp4.Message, v lua.LValue) error {
			b, err := option.Encode(option.Bool, valueOf(v))
			if err == nil {
				m.SetBroadcast(b[0] == 1)
			}
			return err
		}}
}

func cookieField() field {
	return field{"cookie", "boolean", "false: BOOTP without options",
		func(_ *lua.LState, m *dhcp4.Message) lua.LValue { return lua.LBool(m.Cookie) },
		func(m *dhcp4.Message, v lua.LValue) error {
			b, err := option.Encode(option.Bool, valueOf(v))
			if err == nil {
				if m.Cookie = b[0] == 1; !m.Cookie {
					m.Options = nil
				}
			}
			return err
		}}
}

func trailerField() field {
	return field{"trailer", "string", "bytes behind the end option; of a message without a cookie, all behind file",
		func(_ *lua.LState, m *dhcp4.Message) lua.LValue { return lua.LString(m.Trailer) },
		func(m *dhcp4.Message, v lua.LValue) error {
			b, err := option.Encode(option.Bytes, valueOf(v))
			if err == nil {
				m.Trailer = b
			}
			return err
		}}
}

// messageIndex is message.name for what is no method.
func messageIndex(L *lua.LState, self any, name string) (lua.LValue, bool) {
	f := fieldsByName[name]
	if f == nil {
		decl.RaiseUnknown(L, "dhcp.message", name, messageNames())
	}
	return f.get(L, self.(*dhcp4.Message)), true
}

// messageNames are all that message.name knows.
func messageNames() []string {
	names := []string{}
	for _, f := range fields {
		names = append(names, f.name)
	}
	for _, f := range messageMethods() {
		names = append(names, f.Record().Name)
	}
	return names
}

// messageNth is message[code].
func messageNth(L *lua.LState, self any, code int) (lua.LValue, bool) {
	return optionNth(L, (*options)(self.(*dhcp4.Message)), code)
}

// messageNewIndex is message.name = v and message[code] = v.
func messageNewIndex(L *lua.LState) int {
	m := L.Get(1).(*lua.LUserData).Value.(*dhcp4.Message)
	if name, ok := L.Get(2).(lua.LString); ok {
		setField(L, m, string(name), L.Get(3))
		return 0
	}
	setOption(L, m, L.Get(2), L.Get(3))
	return 0
}

// setField sets a field, or raises.
func setField(L *lua.LState, m *dhcp4.Message, name string, v lua.LValue) {
	f := fieldsByName[name]
	switch {
	case f == nil:
		decl.RaiseUnknown(L, "dhcp.message", name, messageNames())
	case f.set == nil:
		decl.Raisef(L, "dhcp.message: %s can only be read", name)
	}
	if err := f.set(m, v); err != nil {
		decl.Raisef(L, "dhcp.message: %s: %s", name, err)
	}
}

package dhcp4

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"strings"

	"moonwire/host/dhcp/option"
	"moonwire/host/packet"
)

// Source is the Lua expression that makes the message again, byte by byte: of its fields and options where those say all,
// else of its bytes.
func (m *Message) Source() (string, error) {
	b, err := m.Encode()
	if err != nil {
		return "", err
	}
	if !m.sayable() {
		return "dhcp.decode(" + packet.Quote(string(b)) + ")", nil
	}
	parts, options := []string{"complete=false"}, m.Options
	if m.usual(b) {
		parts, options = nil, options[:len(options)-1]
		if len(options) > 0 && options[0].Code == option.MessageType && m.Type() != 0 {
			parts, options = []string{"type=" + source(typeValue(m.Type()))}, options[1:]
		}
	}
	parts = append(parts, m.fieldSources(parts)...)
	if len(options) > 0 {
		list := make([]string, len(options))
		for i := range options {
			list[i] = options[i].source()
		}
		parts = append(parts, "options={"+strings.Join(list, ", ")+"}")
	} else if m.Cookie && strings.HasPrefix(parts[0], "complete") {
		parts = append(parts, "cookie=true")
	}
	if !m.usual(b) {
		if n := len(b) - m.unfilled(); n > 0 {
			parts = append(parts, "trailer="+packet.Quote(string(b[len(b)-n:])))
		}
	}
	return "dhcp.message{" + strings.Join(parts, ", ") + "}", nil
}

// typeValue is the type's name, or its number.
func typeValue(t Type) packet.Value {
	if int(t) <= len(option.MessageTypes) {
		return t.String()
	}
	return uint64(t)
}

// sayable says whether fields and options are all that there is.
func (m *Message) sayable() bool {
	if m.short > 0 {
		return false
	}
	for i := range m.Options {
		o := &m.Options[i]
		if o.Missing > 0 {
			return false
		}
	}
	return empty(m.tails[File]) && empty(m.tails[SName])
}

// usual says whether the message is what dhcp.message makes without being told: a cookie, one end, and zeros up to 300 bytes.
func (m *Message) usual(b []byte) bool {
	n := m.unfilled()
	if !m.Cookie || len(m.Options) == 0 || len(b) != max(n, LeastSize) || !empty(b[n:]) {
		return false
	}
	last := len(m.Options) - 1
	for i := range m.Options {
		if o := &m.Options[i]; o.In != Options || (o.Code == option.End) != (i == last) {
			return false
		}
	}
	return last > 0 || m.Options[0].Code == option.End
}

// addressField is one of the four addresses with its name.
type addressField struct {
	name string
	addr netip.Addr
}

func (m *Message) addresses() []addressField {
	return []addressField{{"ciaddr", m.CIAddr}, {"yiaddr", m.YIAddr}, {"siaddr", m.SIAddr}, {"giaddr", m.GIAddr}}
}

// fieldSources are the fields that differ from what dhcp.message takes when it is not told.
func (m *Message) fieldSources(told []string) (parts []string) {
	say := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	op := BootRequest
	if len(told) > 0 && strings.HasPrefix(told[0], "type") {
		op = m.Type().op()
	}
	if m.Op != op {
		say("op=%d", m.Op)
	}
	if m.HType != 1 {
		say("htype=%d", m.HType)
	}
	hardware, size := m.hardware(), 6
	if !empty(m.CHAddr[:]) {
		say("chaddr=%q", hardware)
		size = (len(hardware) + 1) / 3
	}
	if int(m.HLen) != size {
		say("hlen=%d", m.HLen)
	}
	if m.Hops != 0 {
		say("hops=%d", m.Hops)
	}
	say("xid=%#x", m.XID)
	if m.Secs != 0 {
		say("secs=%d", m.Secs)
	}
	if m.Flags != 0 {
		say("flags=%#x", m.Flags)
	}
	for _, a := range m.addresses() {
		if a.addr.IsValid() && !a.addr.IsUnspecified() {
			say("%s=%q", a.name, a.addr)
		}
	}
	for _, in := range []Area{SName, File} {
		text := m.SName
		if in == File {
			text = m.File
		}
		if text = bytes.TrimRight(text, "\x00"); len(text) > 0 && !m.has(in) {
			say("%s=%s", in, packet.Quote(string(text)))
		}
	}
	return parts
}

// hardware is chaddr as text: the bytes that hlen counts, all sixteen when there are others.
func (m *Message) hardware() string {
	n := int(m.HLen)
	if n > len(m.CHAddr) || !empty(m.CHAddr[n:]) {
		n = len(m.CHAddr)
	}
	return net.HardwareAddr(m.CHAddr[:n]).String()
}

// source is the entry that makes the option again: of its value, where that gives the same bytes.
func (o *Option) source() string {
	var name packet.Value = uint64(o.Code)
	if d := option.ByCode(o.Code); d != nil {
		name = d.Name
	}
	s := "{" + source(name)
	switch v, again := o.written(); {
	case o.Code == option.Pad || o.Code == option.End || again && v == true:
	case again:
		s += ", " + source(v)
	default:
		s += ", data=" + packet.Quote(string(o.Data))
	}
	if o.In != Options {
		s += ", area=" + packet.Quote(o.In.String())
	}
	return s + "}"
}

// written is the option's value, and whether it is written as the option's data when it comes from Lua.
func (o *Option) written() (packet.Value, bool) {
	v, err := o.Value()
	if err != nil {
		return v, false
	}
	data, err := option.Encode(option.KindOf(o.Code), asLua(v))
	return v, err == nil && bytes.Equal(data, o.Data)
}

// asLua is a value as it comes back from Lua: tables have no order, addresses are text, and numbers are
// exact up to 2^53.
func asLua(v packet.Value) packet.Value {
	switch v := v.(type) {
	case netip.Addr:
		return v.String()
	case packet.U64:
		return float64(v)
	case []packet.Value:
		list := make([]packet.Value, len(v))
		for i, e := range v {
			list[i] = asLua(e)
		}
		return list
	case packet.Record:
		rec, seen := packet.Record{}, map[string]bool{}
		for _, e := range v {
			if !seen[e.Name] {
				rec = append(rec, packet.Entry{Name: e.Name, Value: asLua(e.Value)})
			}
			seen[e.Name] = true
		}
		return rec
	}
	return v
}

// source is a value as Lua writes it.
func source(v packet.Value) string {
	switch v := v.(type) {
	case []packet.Value:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = source(e)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case packet.Record:
		parts := make([]string, len(v))
		for i, e := range v {
			name := e.Name
			if name[0] >= '0' && name[0] <= '9' {
				name = "[" + packet.Quote(name) + "]"
			}
			parts[i] = name + "=" + source(e.Value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return packet.TextOf(v)
}

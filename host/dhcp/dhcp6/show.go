package dhcp6

import (
	"fmt"
	"math"
	"strings"

	"moonwire/host/packet"
)

// String is the message in one line, with those inside.
func (m *Message) String() string {
	s := "dhcp6 "
	for range maxHops {
		s += m.head()
		for _, o := range m.Options {
			s += " " + NameOf(o.Code)
		}
		inner, err := m.Inner()
		if err != nil || !m.Type.Relay() {
			break
		}
		s, m = s+" / ", inner
	}
	return s
}

// maxHops is the most relay agents that a message passes (RFC 8415 section 7.6).
const maxHops = 8

// head is what stands before the options.
func (m *Message) head() string {
	if m.Type.Relay() {
		return fmt.Sprintf("%s hops %d link %s peer %s", m.Type, m.Hops, orNone(m.Link), orNone(m.Peer))
	}
	return fmt.Sprintf("%s xid 0x%06x", m.Type, m.XID)
}

func orNone(a interface {
	IsValid() bool
	String() string
}) string {
	if a.IsValid() {
		return a.String()
	}
	return "::"
}

// Show is the message in lines: one for each option, those inside others and messages of others indented, and the problems.
func (m *Message) Show() string {
	var s strings.Builder
	m.show(&s, "", 0)
	return s.String()
}

func (m *Message) show(s *strings.Builder, indent string, depth int) {
	fmt.Fprintf(s, "%s%s\n", indent, m.head())
	m.Options.show(s, indent+"  ", depth)
	for _, p := range m.Check() {
		fmt.Fprintf(s, "%s  not read: %s\n", indent, p)
	}
}

func (list Options) show(s *strings.Builder, indent string, depth int) {
	for _, o := range list {
		fmt.Fprintf(s, "%s%s (%d)", indent, NameOf(o.Code), o.Code)
		if o.Code == RelayMessage && depth < maxHops {
			if inner, err := Decode(o.Data); err == nil {
				s.WriteString("\n")
				inner.show(s, indent+"  ", depth+1)
				continue
			}
		}
		if text := o.own(); text != "" {
			s.WriteString("  " + text)
		}
		s.WriteString("\n")
		o.Options.show(s, indent+"  ", depth)
	}
}

// own is what the option says itself, without those inside.
func (o Option) own() string {
	r := RowOf(o.Code)
	if r == nil || !r.holds() {
		v, _ := o.Value()
		return textOf(v)
	}
	alone := Row{Code: o.Code, Name: r.Name, Fields: r.Fields[:len(r.Fields)-1]}
	v, err := alone.value(Option{Code: o.Code, Data: o.Data})
	if err != nil {
		return textOf(string(o.Bytes()))
	}
	return textOf(v)
}

// textOf is a value for people: the fields of a table without its braces, nothing for true.
func textOf(v packet.Value) string {
	switch v := v.(type) {
	case bool:
		return ""
	case packet.Record:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = e.Name + "=" + source(e.Value)
		}
		return strings.Join(parts, " ")
	}
	return source(v)
}

// Source is the Lua expression that makes the message again.
func (m *Message) Source() string {
	parts := []string{"type=" + source(m.typeValue())}
	if m.Type.Relay() {
		parts = append(parts, fmt.Sprintf("hops=%d", m.Hops), `link="`+orNone(m.Link)+`"`, `peer="`+orNone(m.Peer)+`"`)
	} else {
		parts = append(parts, fmt.Sprintf("xid=%#x", m.XID))
	}
	list := []string{}
	for _, o := range m.Options {
		list = append(list, o.source())
	}
	if len(list) > 0 {
		parts = append(parts, "options={"+strings.Join(list, ", ")+"}")
	}
	if len(m.Rest) > 0 {
		parts = append(parts, "rest="+source(string(m.Rest)))
	}
	return "dhcp6.message{" + strings.Join(parts, ", ") + "}"
}

func (m *Message) typeValue() packet.Value {
	if name := Types.name(uint64(m.Type)); name != "" {
		return name
	}
	return uint64(m.Type)
}

// source is the pair that makes the option again: of its value, where that gives the same bytes.
func (o Option) source() string {
	var name packet.Value = uint64(o.Code)
	if r := RowOf(o.Code); r != nil {
		name = r.Name
	}
	v, err := o.Value()
	if again, bad := NewOption(o.Code, v); err != nil || bad != nil || string(again.Bytes()) != string(o.Bytes()) {
		return "{" + source(name) + ", data=" + source(string(o.Bytes())) + "}"
	}
	if v == true {
		return "{" + source(name) + "}"
	}
	return "{" + source(name) + ", " + source(v) + "}"
}

// source is a value as Lua writes it.
func source(v packet.Value) string {
	switch v := v.(type) {
	case float64:
		if math.IsInf(v, 1) {
			return "math.huge"
		}
	case packet.U64:
		return fmt.Sprintf(`u64("%d")`, uint64(v))
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
			if !identifier(name) {
				name = "[" + packet.Quote(name) + "]"
			}
			parts[i] = name + "=" + source(e.Value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return packet.TextOf(v)
}

// identifier says whether Lua takes a key without brackets; names of options begin with a letter or, one, with a digit.
func identifier(s string) bool {
	for i, c := range []byte(s) {
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

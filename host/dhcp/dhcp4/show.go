package dhcp4

import (
	"fmt"
	"strings"

	"moonwire/host/dhcp/option"
	"moonwire/host/packet"
)

// String is the message in one line.
func (m *Message) String() string {
	s := fmt.Sprintf("dhcp %s xid %#08x %s", m.Type(), m.XID, m.MAC())
	for _, a := range m.addresses() {
		if a.addr.IsValid() && !a.addr.IsUnspecified() {
			s += " " + a.name + " " + a.addr.String()
		}
	}
	return s
}

// TextOf is sname or file as text: up to its first zero, and none when it holds options.
func (m *Message) TextOf(in Area) string {
	b := m.File
	if in == SName {
		b = m.SName
	}
	if m.has(in) {
		return ""
	}
	text, _, _ := strings.Cut(string(b), "\x00")
	return text
}

// Show is the message in lines: its fields, each option with its place, and the problems.
func (m *Message) Show() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s op %d htype %d hlen %d hops %d xid %#08x secs %d flags %#04x\n", m.Type(), m.Op, m.HType, m.HLen, m.Hops, m.XID, m.Secs, m.Flags)
	for _, a := range m.addresses() {
		fmt.Fprintf(&s, "  %-8s %s\n", a.name, a.addr)
	}
	fmt.Fprintf(&s, "  %-8s %s\n", "chaddr", m.hardware())
	for _, in := range []Area{SName, File} {
		if text := m.TextOf(in); text != "" {
			fmt.Fprintf(&s, "  %-8s %s\n", in, packet.TextOf(text))
		}
	}
	for i := range m.Options {
		m.showOption(&s, &m.Options[i])
	}
	if !m.Cookie {
		s.WriteString("  no cookie: no options\n")
	}
	if n := len(m.Trailer); n > 0 {
		fmt.Fprintf(&s, "  %d bytes behind the end\n", n)
	}
	for _, p := range m.Check() {
		fmt.Fprintf(&s, "  problem %s\n", p)
	}
	return s.String()
}

func (m *Message) showOption(s *strings.Builder, o *Option) {
	place := ""
	if o.In != Options {
		place = " in " + o.In.String()
	}
	if o.Code == option.Pad || o.Code == option.End {
		fmt.Fprintf(s, "  %3d %s%s\n", o.Code, option.NameOf(o.Code), place)
		return
	}
	fmt.Fprintf(s, "  %3d %-26s %s%s\n", o.Code, option.NameOf(o.Code), o.Text(), place)
}

// Text is the option's value for people; "" where it has none.
func (o *Option) Text() string {
	if o.Code == option.Pad || o.Code == option.End {
		return ""
	}
	v, _ := o.Value()
	return plain(v)
}

// plain is a value for people: a list without its braces, a table's fields without theirs.
func plain(v packet.Value) string {
	switch v := v.(type) {
	case []packet.Value:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = plain(e)
		}
		return strings.Join(parts, ", ")
	case packet.Record:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = e.Name + "=" + source(e.Value)
		}
		return strings.Join(parts, " ")
	case string:
		if printable(v) {
			return v
		}
	case bool, uint64, int64:
		return fmt.Sprint(v)
	case fmt.Stringer:
		return v.String()
	}
	return source(v)
}

func printable(s string) bool {
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

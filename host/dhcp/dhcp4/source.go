package dhcp4

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"

	"moonwire/host/dhcp/option"
	"moonwire/host/packet"
)

// Source is the Lua expression that makes the message again, byte by byte: of its fields and options where those say all,
// else of its bytes.
func (m *Message) Source() (string, error) {
	b, err := m.Encode()
	switch {
	case err != nil:
		return "", err
	case !m.sayable():
		return "dhcp.decode(" + packet.Quote(string(b)) + ")", nil
	case m.usual(b):
		return m.usualSource(), nil
	}
	return m.exactSource(b), nil
}

// usualSource is of a message that dhcp.message completes.
func (m *Message) usualSource() string {
	var kind []string
	op, options := BootRequest, m.Options[:len(m.Options)-1]
	if len(options) > 0 && options[0].Code == option.MessageType && m.Type() != 0 {
		kind = []string{"type=" + source(typeValue(m.Type()))}
		op, options = m.Type().op(), options[1:]
	}
	return call(slices.Concat(kind, m.fieldSources(op), optionSources(options)))
}

// exactSource is of a message that says all, its end included.
func (m *Message) exactSource(b []byte) string {
	parts := slices.Concat([]string{"complete=false"}, m.fieldSources(BootRequest), optionSources(m.Options))
	if m.Cookie && len(m.Options) == 0 {
		parts = append(parts, "cookie=true")
	}
	if rest := b[m.unfilled():]; len(rest) > 0 {
		parts = append(parts, "trailer="+packet.Quote(string(rest)))
	}
	return call(parts)
}

func call(entries []string) string { return "dhcp.message{" + strings.Join(entries, ", ") + "}" }

// optionSources is the entry that lists options, when there are some.
func optionSources(options []Option) []string {
	if len(options) == 0 {
		return nil
	}
	list := make([]string, len(options))
	for i := range options {
		list[i] = options[i].source()
	}
	return []string{"options={" + strings.Join(list, ", ") + "}"}
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

// fieldSources are the fields that differ from what dhcp.message takes when it is not told; op is what it takes then.
func (m *Message) fieldSources(op uint8) (parts []string) {
	say := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
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

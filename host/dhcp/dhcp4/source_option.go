package dhcp4

import (
	"bytes"
	"net/netip"
	"strings"

	"moonwire/host/dhcp/option"
	"moonwire/host/packet"
)

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

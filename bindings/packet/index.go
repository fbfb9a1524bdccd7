package packet

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
)

// self is the packet that a method is called on.
func self(L *lua.LState, method string) *packet.Packet {
	p, ok := packets.Is(L.Get(1))
	if !ok {
		decl.Raisef(L, "calling '%s' on bad self (%s)", method, decl.Expected(L, 1, "packet"))
	}
	return p
}

// index is p.key for what is no method: a layer, or a field of the first layer that has one of that name.
func index(L *lua.LState, self any, key string) (lua.LValue, bool) {
	p := self.(*packet.Packet)
	if pr, err := p.Registry().Lookup(key); err == nil {
		s := scriptOf(L, p)
		s.Ask(key, pr)
		if i := p.Find(pr, 1); i >= 0 {
			h := handedOf(s, p, i)
			h.name = key
			return &h.ud, true
		}
		return lua.LNil, false
	}
	c, f := anyField(L, p, key)
	if f == nil {
		return lua.LNil, false
	}
	return fieldValue(L, c, f), true
}

// nth is p[n], the nth layer.
func nth(L *lua.LState, self any, n int) (lua.LValue, bool) {
	p := self.(*packet.Packet)
	if n < 1 || n > p.Len() {
		return lua.LNil, false
	}
	return viewOf(L, p, n-1), true
}

// newindex is p.key = value, for a field of the first layer that has it.
func newindex(L *lua.LState) int {
	p := L.Get(1).(*lua.LUserData).Value.(*packet.Packet)
	key, ok := L.Get(2).(lua.LString)
	if !ok {
		decl.Raise(L, "fields have names")
	}
	c, f := anyField(L, p, string(key))
	if f == nil {
		decl.Raisef(L, "no layer of this packet (%s) has a field named '%s'", strings.Join(names(p), ", "), key)
	}
	assign(L, c, f, L.Get(3))
	return 0
}

// anyField finds a field by name in the layers, the outermost first; nil when only other protocols have it. What no
// protocol has raises.
func anyField(L *lua.LState, p *packet.Packet, name string) (packet.Context, *packet.Field) {
	for i := range p.Len() {
		c := p.Layer(i)
		if f, err := c.Field(name); err == nil && c.Has(f.Name) {
			return c, f
		}
	}
	known := p.Registry().Names()
	for _, pr := range p.Registry().Protocols() {
		if _, err := pr.Field(name); err == nil {
			return packet.Context{}, nil
		}
		known = append(known, pr.FieldNames()...)
	}
	packets.Raise(L, &packet.UnknownName{What: "layer or field", Name: name, Known: known})
	return packet.Context{}, nil
}

// names are the packet's layers.
func names(p *packet.Packet) []string {
	all := make([]string, p.Len())
	for i := range all {
		all[i] = p.Layer(i).Protocol().Name
	}
	return all
}

// path finds what "ip.ttl" or "ip#2.ttl" names in a packet; f is nil when the packet has no such layer.
func path(L *lua.LState, p *packet.Packet, text string) (c packet.Context, f *packet.Field) {
	layer, name, ok := strings.Cut(text, ".")
	if !ok {
		decl.Raisef(L, "'%s' is no path to a field: layer.field expected, as ip.ttl or ip#2.ttl", text)
	}
	layer, count, many := strings.Cut(layer, "#")
	nth := 1
	if n, err := strconv.Atoi(count); many {
		if err != nil || n < 1 {
			decl.Raisef(L, "'%s': a number from 1 expected after #", text)
		}
		nth = n
	}
	pr, err := p.Registry().Lookup(layer)
	if err == nil {
		f, err = pr.Field(name)
		if full, e := pr.Field(text); err != nil && e == nil {
			f, err = full, nil // tshark's name of it, as ip.hdr_len
		}
	}
	if err != nil {
		packets.Raise(L, err)
	}
	i := p.Find(pr, nth)
	if i < 0 {
		return c, nil
	}
	if own, err := p.Layer(i).Field(f.Name); err == nil {
		f = own
	}
	return p.Layer(i), f
}

package link

import (
	"errors"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/filter"
	"moonwire/host/packet"
	"moonwire/host/packet/answer"
)

// A pattern chooses received packets.
type pattern func(f frame, p *packet.Packet) bool

// patternArg is argument n: a packet of which the set fields count, or a filter expression.
func (l *Link) patternArg(L *lua.LState, name string, n int) pattern {
	v := L.Get(n)
	if p, ok := packets.Is(v); ok {
		pt := answer.NewPattern(p.Copy())
		return func(_ frame, p *packet.Packet) bool {
			ok, _ := pt.Fits(p)
			return ok
		}
	}
	expression, ok := v.(lua.LString)
	if !ok {
		decl.RaiseArg(L, n-1, name, "packet or filter expression expected, got "+decl.TypeName(v))
	}
	o := filter.Options{LinkType: linkTypes[l.iface.LinkType], Netmask: netmask(l.iface), Names: filter.Names{Host: lookup(decl.HostOf(L).Context())}}
	program, err := filter.Compile(string(expression), o)
	var bad *filter.Error
	if errors.As(err, &bad) {
		decl.RaiseArg(L, n-1, name, filterFault(bad))
	}
	if err != nil {
		decl.RaiseFailure(L, err)
	}
	return func(f frame, _ *packet.Packet) bool { return program.Match(f.data, int(f.meta.len)) }
}

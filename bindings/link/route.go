package link

import (
	"context"
	"fmt"
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/packet"
)

// destinations are the fields that say where a packet goes, by layer.
var destinations = map[string]string{"ip": "dst", "ipv6": "dst", "arp": "pdst"}

// destination is where a packet goes by its first layer that says so.
func destination(p *packet.Packet) (netip.Addr, bool) {
	for c, ok := p.First(); ok; c, ok = c.Next() {
		if name := destinations[c.Protocol().Name]; name != "" {
			field, err := c.Field(name)
			if err != nil {
				return netip.Addr{}, false
			}
			return netip.AddrFromSlice(bytesOf(c, field))
		}
	}
	return netip.Addr{}, false
}

// deepest is how many lists within each other are looked into: one may contain itself.
const deepest = 8

// aim is the first destination in what is to be sent.
func aim(v lua.LValue) (netip.Addr, bool) { return aimWithin(v, deepest) }

func aimWithin(v lua.LValue, depth int) (netip.Addr, bool) {
	switch v := v.(type) {
	case *lua.LTable:
		for i := 1; i <= v.Len() && depth > 0; i++ {
			if a, ok := aimWithin(v.RawGetInt(i), depth-1); ok {
				return a, true
			}
		}
	case *lua.LUserData:
		switch p := v.Value.(type) {
		case *packet.Packet:
			return destination(p)
		case *packet.Family:
			return destination(p.Base())
		case *packet.Template:
			return destination(p.Packet())
		}
	}
	return netip.Addr{}, false
}

// byRoute opens a link for argument 1, on the interface by which it leaves for its first destination.
func byRoute(L *lua.LState, name string) (*Link, error) {
	dst, ok := aim(L.Get(1))
	if !ok {
		return nil, decl.BadArg("packets", "packet with a destination expected, got %s", decl.TypeName(L.Get(1)))
	}
	var l *Link
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		hop, err := network.From(ctx).NextHop(ctx, dst, "")
		if err != nil {
			return fmt.Errorf("no way to %s: %w", dst, err)
		}
		l, err = openLink(ctx, hop.Interface, openOptions{}, true)
		return err
	})
	return l, err
}

// sendByRoute is link.send(packets, opts).
func sendByRoute(L *lua.LState) int {
	const name = "link.send"
	l, err := byRoute(L, name)
	if err != nil {
		return fail(L, name, err)
	}
	defer l.Close()
	return l.send(L, name, L.Get(1), 2)
}

// exchangeByRoute is link.exchange(packets, opts).
func exchangeByRoute(L *lua.LState) int {
	const name = "link.exchange"
	l, err := byRoute(L, name)
	if err != nil {
		return fail(L, name, err)
	}
	defer l.Close()
	return l.exchangeArgs(L, name, L.Get(1), 2)
}

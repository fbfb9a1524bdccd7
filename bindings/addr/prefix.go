package addr

import (
	"context"
	"fmt"
	"math"
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

type prefixArgs struct {
	Self Prefix `lua:"self"`
}

type insideArgs struct {
	Self  Prefix     `lua:"self"`
	Inner lua.LValue `lua:"inner" type:"string|address|prefix" doc:"address or prefix"`
}

type otherArgs struct {
	Self  Prefix       `lua:"self"`
	Other netip.Prefix `lua:"other" type:"string|prefix" doc:"prefix"`
}

type nthArgs struct {
	Self Prefix  `lua:"self"`
	N    float64 `lua:"n" doc:"0 is the network's own address; negative counts from the end"`
}

type lengthArgs struct {
	Self Prefix `lua:"self"`
	Bits int    `lua:"bits" range:"0..128" doc:"length of the prefix"`
}

func prefixMethods() []decl.Function {
	return []decl.Function{
		part("network", "Its first address.", `addr.prefix("10.1.2.3/24"):network() --> 10.1.2.0`,
			func(p netip.Prefix) netip.Addr { return p.Masked().Addr() }),
		part("broadcast", "The address of all its hosts: the last one of an IPv4 prefix; nil for IPv6 and for /31 and /32.",
			`addr.prefix("10.1.2.3/24"):broadcast() --> 10.1.2.255`, broadcast),
		part("last", "Its last address.", `addr.prefix("2001:db8::/126"):last() --> 2001:db8::3`, last),
		part("netmask", "Its mask.", `addr.prefix("10.0.0.0/20"):netmask() --> 255.255.240.0`,
			func(p netip.Prefix) netip.Addr { return mask(p, false) }),
		part("wildcard", "The mask's complement, as access lists write it.", `addr.prefix("10.0.0.0/20"):wildcard() --> 0.0.15.255`,
			func(p netip.Prefix) netip.Addr { return mask(p, true) }),
		decl.Fn[prefixArgs, Prefix]{Name: "masked", Doc: "The prefix without bits past its length.",
			Example: `addr.prefix("10.1.2.3/24"):masked() --> 10.1.2.0/24`,
			Run: func(_ context.Context, a prefixArgs) (Prefix, error) {
				return Prefix(netip.Prefix(a.Self).Masked()), nil
			}},
		decl.Fn[prefixArgs, float64]{Name: "size", Doc: "How many addresses it holds; exact up to 2^53, and every power of two is.",
			Example: `addr.prefix("10.0.0.0/24"):size() --> 256`, Run: size},
		decl.Fn[insideArgs, bool]{Name: "contains", Run: contains, Doc: "Is that address or prefix within this one?",
			Example: "addr.prefix(\"10.0.0.0/8\"):contains(\"10.1.2.3\") --> true\naddr.prefix(\"10.0.0.0/8\"):contains(\"10.1.0.0/16\") --> true"},
		decl.Fn[otherArgs, bool]{Name: "overlaps", Doc: "Do they share an address?",
			Example: `addr.prefix("10.0.0.0/8"):overlaps("10.1.0.0/16") --> true`,
			Run: func(_ context.Context, a otherArgs) (bool, error) {
				return netip.Prefix(a.Self).Overlaps(a.Other), nil
			}},
		decl.Fn[nthArgs, Address]{Name: "nth", Run: nth, Fails: []string{decl.NotFound}, Doc: "An address by its place.",
			Example: `addr.prefix("10.0.0.0/24"):nth(1) --> 10.0.0.1`},
		decl.Fn[lengthArgs, Prefix]{Name: "supernet", Run: supernet, Doc: "The shorter prefix that holds it.",
			Example: `addr.prefix("10.1.2.0/24"):supernet(16) --> 10.1.0.0/16`},
		hosts(), addresses(), subnets(),
	}
}

// part declares a method that answers one address.
func part(name, doc, example string, f func(netip.Prefix) netip.Addr) decl.Function {
	return decl.Fn[prefixArgs, Address]{Name: name, Doc: doc, Example: example,
		Run: func(_ context.Context, a prefixArgs) (Address, error) { return Address(f(netip.Prefix(a.Self))), nil }}
}

func broadcast(p netip.Prefix) netip.Addr {
	if !p.Addr().Is4() || p.Bits() > 30 {
		return netip.Addr{}
	}
	return last(p)
}

func size(_ context.Context, a prefixArgs) (float64, error) {
	p := netip.Prefix(a.Self)
	return math.Ldexp(1, p.Addr().BitLen()-p.Bits()), nil
}

func contains(_ context.Context, a insideArgs) (bool, error) {
	outer := netip.Prefix(a.Self)
	switch v := a.Inner.(type) {
	case *lua.LUserData:
		switch inner := v.Value.(type) {
		case Address:
			return outer.Contains(netip.Addr(inner).WithZone("")), nil
		case Prefix:
			return holds(outer, netip.Prefix(inner)), nil
		}
	case lua.LString:
		if ip, err := netip.ParseAddr(string(v)); err == nil {
			return outer.Contains(ip.WithZone("")), nil
		}
		if p, err := parsePrefix(string(v)); err == nil {
			return holds(outer, p), nil
		}
		return false, decl.BadArg("inner", "address or prefix expected, got '%s'", string(v))
	}
	return false, decl.BadArg("inner", "address or prefix expected, got %s", decl.TypeName(a.Inner))
}

func holds(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

func nth(_ context.Context, a nthArgs) (Address, error) {
	p := netip.Prefix(a.Self)
	start := p.Masked().Addr()
	if a.N < 0 {
		start, a.N = last(p), a.N+1
	}
	b, err := moved(start, a.N)
	if err == nil && !p.Contains(b) {
		err = decl.Refuse(decl.NotFound, fmt.Errorf("%s has no such address", p))
	}
	return Address(b), err
}

func supernet(_ context.Context, a lengthArgs) (Prefix, error) {
	p := netip.Prefix(a.Self)
	if a.Bits > p.Bits() {
		return Prefix{}, decl.BadArg("bits", "at most %d expected, got %d", p.Bits(), a.Bits)
	}
	return Prefix(netip.PrefixFrom(p.Addr(), a.Bits).Masked()), nil
}

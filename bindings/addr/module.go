package addr

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"reflect"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "addr".
func Module() *decl.Module {
	return &decl.Module{
		Name: "addr",
		Doc: "IPv4 and IPv6 addresses and prefixes as values: compared with < and ==, moved with + and -, written by tostring. Functions " +
			"of other modules take them wherever they take addresses as text.",
		Source: "RFC 4291, RFC 4632, RFC 6890",
		Call: decl.Fn[parseArgs, Address]{Run: parse, Fails: []string{decl.Malformed}, Doc: "Read an address: 10.0.0.1, 2001:db8::1, fe80::1%eth0.",
			Example: `addr("10.0.0.255") + 1 --> 10.0.1.0`},
		Funcs: []decl.Function{
			decl.Fn[prefixTextArgs, Prefix]{Name: "prefix", Run: makePrefix, Fails: []string{decl.Malformed},
				Doc:     "Read a prefix: 10.0.0.0/8, 2001:db8::/32, 10.0.0.0/255.0.0.0, or an address and a length. An address alone is a prefix of one.",
				Example: "addr.prefix(\"10.0.0.1/255.255.255.0\") --> 10.0.0.1/24\naddr.prefix(\"2001:db8::\", 32) --> 2001:db8::/32"},
			decl.Fn[bytesArgs, Address]{Name: "from_bytes", Run: fromBytes, Doc: "The address of four or sixteen bytes.",
				Example: `addr.from_bytes("\10\0\0\1") --> 10.0.0.1`},
			decl.Fn[numberArgs, Address]{Name: "from_number", Doc: "The IPv4 address of a number.", Example: `addr.from_number(167772161) --> 10.0.0.1`,
				Run: func(_ context.Context, a numberArgs) (Address, error) { return Address(fromNumber(a.N)), nil }},
			decl.Fn[euiArgs, Address]{Name: "eui64", Run: eui64, Source: "RFC 4291 appendix A",
				Doc: "The address that a host with that MAC address makes for itself in a /64.", Example: `addr.eui64("fe80::/64", "02:00:5e:10:00:01") --> fe80::5eff:fe10:1`},
			decl.Fn[spanArgs, []Prefix]{Name: "span", Run: spanOf, Doc: "The fewest prefixes that hold the addresses from first to last and no others.",
				Example: "local list = addr.span(\"10.0.0.1\", \"10.0.0.6\")\nlist[1], list[2], list[3], list[4] --> 10.0.0.1/32, 10.0.0.2/31, 10.0.0.4/31, 10.0.0.6/32"},
			decl.Fn[textArgs, bool]{Name: "valid", Doc: "Is the text an address?", Example: `addr.valid("10.0.0.256") --> false`,
				Run: func(_ context.Context, a textArgs) (bool, error) {
					_, err := netip.ParseAddr(a.Text)
					return err == nil, nil
				}},
		},
		Classes: []*decl.Class{
			{Name: "address", Doc: "An IPv4 or IPv6 address.", Type: reflect.TypeFor[Address](), Methods: addressMethods(), Meta: addressMeta,
				Hint: "write a < addr(text)", Plain: decl.PlainText,
				Operators: []string{"add(number): address", "sub(number): address", "sub(address): number", "concat(string|number|address): string"},
				Index:     addressField, Fields: []decl.Param{
					{Name: "version", Type: "integer", Doc: "4 or 6"},
					{Name: "zone", Type: "string", Doc: "name of an interface (RFC 4007); empty when it has none"},
				}},
			{Name: "prefix", Doc: "An address and how many of its bits name the network.", Type: reflect.TypeFor[Prefix](), Methods: prefixMethods(),
				Meta: prefixMeta, Plain: decl.PlainText, Operators: []string{"concat(string|number|prefix): string"}, Index: prefixField, Fields: []decl.Param{
					{Name: "version", Type: "integer", Doc: "4 or 6"},
					{Name: "bits", Type: "integer", Doc: "length of the prefix"},
					{Name: "address", Type: "address", Doc: "as it was written, bits past the length included"},
				}},
		},
	}
}

// addressField serves address.version and address.zone.
func addressField(_ *lua.LState, v any, key string) (lua.LValue, bool) {
	a := netip.Addr(v.(Address))
	switch key {
	case "version":
		return version(a), true
	case "zone":
		return lua.LString(a.Zone()), true
	}
	return nil, false
}

// prefixField serves prefix.version, prefix.bits and prefix.address.
func prefixField(L *lua.LState, v any, key string) (lua.LValue, bool) {
	p := netip.Prefix(v.(Prefix))
	switch key {
	case "version":
		return version(p.Addr()), true
	case "bits":
		return lua.LNumber(p.Bits()), true
	case "address":
		return decl.NewUserData(L, Address(p.Addr())), true
	}
	return nil, false
}

func version(a netip.Addr) lua.LValue {
	if a.Is4() {
		return lua.LNumber(4)
	}
	return lua.LNumber(6)
}

type textArgs struct {
	Text string `lua:"text" doc:"any text"`
}

type parseArgs struct {
	Text lua.LValue `lua:"text" type:"string|address" doc:"an address"`
}

func parse(_ context.Context, a parseArgs) (Address, error) {
	switch v := a.Text.(type) {
	case *lua.LUserData:
		if ip, ok := v.Value.(Address); ok {
			return ip, nil
		}
	case lua.LString:
		ip, err := netip.ParseAddr(string(v))
		if err != nil {
			return Address{}, decl.Refuse(decl.Malformed, fmt.Errorf("addr: '%s' is no IP address", string(v)))
		}
		return Address(ip), nil
	}
	return Address{}, decl.BadArg("text", "string expected, got %s", decl.TypeName(a.Text))
}

type prefixTextArgs struct {
	Text lua.LValue `lua:"text" type:"string|address|prefix" doc:"a prefix, or an address"`
	Bits *int       `lua:"bits?" range:"0..128" doc:"length, when text is an address"`
}

func makePrefix(_ context.Context, a prefixTextArgs) (Prefix, error) {
	text, ok := a.Text.(lua.LString)
	if ud, isValue := a.Text.(*lua.LUserData); isValue {
		if v, known := ud.Value.(fmt.Stringer); known {
			text, ok = lua.LString(v.String()), true
		}
	}
	if !ok {
		return Prefix{}, decl.BadArg("text", "string expected, got %s", decl.TypeName(a.Text))
	}
	if a.Bits != nil {
		text = lua.LString(fmt.Sprintf("%s/%d", string(text), *a.Bits))
	}
	p, err := parsePrefix(string(text))
	if err != nil {
		return Prefix{}, decl.Refuse(decl.Malformed, fmt.Errorf("addr.prefix: '%s' is no prefix", string(text)))
	}
	return Prefix(p), nil
}

// parsePrefix reads address/length, address/mask, or an address alone.
func parsePrefix(text string) (netip.Prefix, error) {
	left, right, ok := strings.Cut(text, "/")
	ip, err := netip.ParseAddr(left)
	switch {
	case err != nil:
		return netip.Prefix{}, err
	case !ok:
		return netip.PrefixFrom(ip.WithZone(""), ip.BitLen()), nil
	case strings.ContainsAny(right, ".:"):
		m, err := netip.ParseAddr(right)
		for bits := 0; err == nil && bits <= ip.BitLen(); bits++ {
			if p := netip.PrefixFrom(ip, bits); mask(p, false) == m {
				return p, nil
			}
		}
		return netip.Prefix{}, fmt.Errorf("'%s' is no mask", right)
	}
	return netip.ParsePrefix(text)
}

type bytesArgs struct {
	Bytes []byte `lua:"bytes" doc:"four or sixteen, as on the wire"`
}

func fromBytes(_ context.Context, a bytesArgs) (Address, error) {
	ip, ok := netip.AddrFromSlice(a.Bytes)
	if !ok {
		return Address{}, decl.BadArg("bytes", "4 or 16 bytes expected, got %d", len(a.Bytes))
	}
	return Address(ip), nil
}

type numberArgs struct {
	N uint32 `lua:"n" doc:"0 to 2^32-1"`
}

type euiArgs struct {
	Prefix netip.Prefix     `lua:"prefix" type:"string|prefix" doc:"of 64 bits or fewer"`
	MAC    net.HardwareAddr `lua:"mac" doc:"in any notation"`
}

func eui64(_ context.Context, a euiArgs) (Address, error) {
	if a.Prefix.Addr().Is4() || a.Prefix.Bits() > 64 {
		return Address{}, decl.BadArg("prefix", "IPv6 prefix of at most 64 bits expected, got %s", a.Prefix)
	}
	return Address(EUI64(a.Prefix, a.MAC)), nil
}

type spanArgs struct {
	First netip.Addr `lua:"first" type:"string|address" doc:"an address"`
	Last  netip.Addr `lua:"last" type:"string|address" doc:"of the same version, not before first"`
}

func spanOf(_ context.Context, a spanArgs) ([]Prefix, error) {
	if a.First.Is4() != a.Last.Is4() || a.Last.Less(a.First) {
		return nil, decl.BadArg("last", "an address not before %s expected, got %s", a.First, a.Last)
	}
	var list []Prefix
	for _, p := range span(a.First.WithZone(""), a.Last.WithZone("")) {
		list = append(list, Prefix(p))
	}
	return list, nil
}

package addr

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"net"
	"net/netip"
	"strings"

	"moonwire/host/decl"
)

type addressArgs struct {
	Self Address `lua:"self"`
}

type moveArgs struct {
	Self Address `lua:"self"`
	N    float64 `lua:"n" doc:"how many; negative moves down"`
}

type bitsArgs struct {
	Self Address `lua:"self"`
	Bits int     `lua:"bits" range:"0..128" doc:"length of the prefix"`
}

type zoneArgs struct {
	Self Address `lua:"self"`
	Zone string  `lua:"zone" doc:"name of an interface; empty for none"`
}

// moved is a moved by a whole number.
func moved(a netip.Addr, n float64) (netip.Addr, error) {
	if n != math.Trunc(n) || math.Abs(n) > 1<<53 {
		return netip.Addr{}, decl.BadArg("n", "whole number up to 2^53 expected, got %s", decl.FormatNumber(n))
	}
	if b, ok := add(a, number{0, uint64(math.Abs(n))}, n < 0); ok {
		return b, nil
	}
	return netip.Addr{}, decl.Refuse(decl.NotFound, fmt.Errorf("no address %s from %s", decl.FormatNumber(n), a))
}

func addressMethods() []decl.Function {
	return []decl.Function{
		decl.Fn[moveArgs, Address]{Name: "add", Fails: []string{decl.NotFound}, Doc: "The address n further.",
			Example: `addr("10.0.0.255"):add(1) --> 10.0.1.0`,
			Run: func(_ context.Context, a moveArgs) (Address, error) {
				b, err := moved(netip.Addr(a.Self), a.N)
				return Address(b), err
			}},
		step("next", "The address after this one.", `addr("10.0.0.1"):next() --> 10.0.0.2`, 1),
		step("prev", "The address before this one.", `addr("10.0.0.1"):prev() --> 10.0.0.0`, -1),
		decl.Fn[addressArgs, []byte]{Name: "bytes", Doc: "Its four or sixteen bytes, as on the wire.",
			Example: `addr("10.0.0.1"):bytes() == "\10\0\0\1" --> true`,
			Run:     func(_ context.Context, a addressArgs) ([]byte, error) { return netip.Addr(a.Self).AsSlice(), nil }},
		decl.Fn[addressArgs, uint32]{Name: "number", Doc: "An IPv4 address as a number.",
			Example: `addr("10.0.0.1"):number() --> 167772161`, Run: asNumber},
		decl.Fn[addressArgs, string]{Name: "kind", Run: kind, Source: "RFC 6890, IANA's special-purpose registries",
			Doc:     "What sort of address it is: unspecified, loopback, link-local, multicast, broadcast, private (RFC 1918, RFC 4193), shared (RFC 6598), documentation, reserved or global.",
			Example: `addr("192.168.1.1"):kind() --> "private"`},
		question("is_private", "Is it for private networks (RFC 1918, RFC 4193)?", `addr("10.1.2.3"):is_private() --> true`, netip.Addr.IsPrivate),
		question("is_loopback", "Is it this host's own?", `addr("127.0.0.1"):is_loopback() --> true`, netip.Addr.IsLoopback),
		question("is_multicast", "Does it name a group?", `addr("ff02::1"):is_multicast() --> true`, netip.Addr.IsMulticast),
		question("is_link_local", "Does it hold on one link only (RFC 3927, RFC 4291)?", `addr("fe80::1"):is_link_local() --> true`, linkLocal),
		question("is_unspecified", "Is it 0.0.0.0 or ::?", `addr("::"):is_unspecified() --> true`, netip.Addr.IsUnspecified),
		question("is_global", "Is it routed in the Internet?", `addr("1.1.1.1"):is_global() --> true`,
			func(a netip.Addr) bool { return kindOf(a) == "global" }),
		question("is_v4_mapped", "Is it an IPv4 address in IPv6 form (RFC 4291 section 2.5.5.2)?",
			`addr("::ffff:10.0.0.1"):is_v4_mapped() --> true`, netip.Addr.Is4In6),
		change("unmap", "The IPv4 address inside a mapped one; any other as it is.", `addr("::ffff:10.0.0.1"):unmap() --> 10.0.0.1`, netip.Addr.Unmap),
		change("map", "An IPv4 address in IPv6 form; an IPv6 address as it is.", `addr("10.0.0.1"):map() --> ::ffff:10.0.0.1`,
			func(a netip.Addr) netip.Addr { return netip.AddrFrom16(a.As16()).WithZone(a.Zone()) }),
		decl.Fn[zoneArgs, Address]{Name: "with_zone", Doc: "An IPv6 address on that interface (RFC 4007).",
			Example: `addr("fe80::1"):with_zone("eth0") --> fe80::1%eth0`, Run: withZone},
		decl.Fn[addressArgs, string]{Name: "reverse", Run: reverse, Source: "RFC 1035 section 3.5, RFC 3596 section 2.5",
			Doc: "The name under which DNS keeps its host's name.", Example: `addr("10.0.0.1"):reverse() --> "1.0.0.10.in-addr.arpa"`},
		decl.Fn[addressArgs, string]{Name: "expand", Doc: "Its text with every digit.",
			Example: `addr("2001:db8::1"):expand() --> "2001:0db8:0000:0000:0000:0000:0000:0001"`,
			Run: func(_ context.Context, a addressArgs) (string, error) {
				return netip.Addr(a.Self).StringExpanded(), nil
			}},
		decl.Fn[bitsArgs, Prefix]{Name: "prefix", Doc: "The prefix of that length that holds it.",
			Example: `addr("10.1.2.3"):prefix(8) --> 10.0.0.0/8`, Run: prefixOf},
		decl.Fn[addressArgs, net.HardwareAddr]{Name: "mac", Run: hardware, Source: "RFC 4291 appendix A",
			Doc:     "The MAC address from which an IPv6 address was made; nil when it wasn't.",
			Example: `addr("fe80::200:5eff:fe10:1"):mac() --> "00:00:5e:10:00:01"`},
	}
}

func step(name, doc, example string, n float64) decl.Function {
	return decl.Fn[addressArgs, Address]{Name: name, Doc: doc, Example: example, Fails: []string{decl.NotFound},
		Run: func(_ context.Context, a addressArgs) (Address, error) {
			b, err := moved(netip.Addr(a.Self), n)
			return Address(b), err
		}}
}

func question(name, doc, example string, f func(netip.Addr) bool) decl.Function {
	return decl.Fn[addressArgs, bool]{Name: name, Doc: doc, Example: example,
		Run: func(_ context.Context, a addressArgs) (bool, error) { return f(netip.Addr(a.Self)), nil }}
}

func change(name, doc, example string, f func(netip.Addr) netip.Addr) decl.Function {
	return decl.Fn[addressArgs, Address]{Name: name, Doc: doc, Example: example,
		Run: func(_ context.Context, a addressArgs) (Address, error) { return Address(f(netip.Addr(a.Self))), nil }}
}

func asNumber(_ context.Context, a addressArgs) (uint32, error) {
	if !netip.Addr(a.Self).Is4() {
		return 0, decl.Misuse("an IPv6 address is no number of Lua's: use bytes")
	}
	return uint32(numberOf(netip.Addr(a.Self)).lo), nil
}

func withZone(_ context.Context, a zoneArgs) (Address, error) {
	if netip.Addr(a.Self).Is4() {
		return Address{}, decl.Misuse("an IPv4 address has no zone")
	}
	return Address(netip.Addr(a.Self).WithZone(a.Zone)), nil
}

func prefixOf(_ context.Context, a bitsArgs) (Prefix, error) {
	p, err := netip.Addr(a.Self).WithZone("").Prefix(a.Bits)
	if err != nil {
		return Prefix{}, decl.BadArg("bits", "0 to 32 expected, got %d", a.Bits)
	}
	return Prefix(p), nil
}

// reverse is the name in in-addr.arpa or ip6.arpa.
func reverse(_ context.Context, a addressArgs) (string, error) {
	b := netip.Addr(a.Self).AsSlice()
	var labels []string
	for i := len(b) - 1; i >= 0; i-- {
		if len(b) == 4 {
			labels = append(labels, fmt.Sprint(b[i]))
		} else {
			digits := hex.EncodeToString(b[i : i+1])
			labels = append(labels, digits[1:], digits[:1])
		}
	}
	suffix := ".ip6.arpa"
	if len(b) == 4 {
		suffix = ".in-addr.arpa"
	}
	return strings.Join(labels, ".") + suffix, nil
}

// hardware undoes EUI64.
func hardware(_ context.Context, a addressArgs) (net.HardwareAddr, error) {
	b := netip.Addr(a.Self).As16()
	if netip.Addr(a.Self).Is4() || b[11] != 0xff || b[12] != 0xfe {
		return nil, nil
	}
	return net.HardwareAddr{b[8] ^ 2, b[9], b[10], b[13], b[14], b[15]}, nil
}

// EUI64 is the address in p that a host with MAC address m makes for itself (RFC 4291 appendix A).
func EUI64(p netip.Prefix, m net.HardwareAddr) netip.Addr {
	b := p.Masked().Addr().As16()
	id := []byte(m)
	if len(m) == 6 {
		id = []byte{m[0], m[1], m[2], 0xff, 0xfe, m[3], m[4], m[5]}
	}
	copy(b[8:], id)
	b[8] ^= 2
	return netip.AddrFrom16(b)
}

func fromNumber(n uint32) netip.Addr {
	return netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, n)))
}

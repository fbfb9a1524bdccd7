package client4

import (
	"net/netip"

	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// A Route is a network behind a router; a gateway of 0.0.0.0 says that it is on the link itself.
type Route struct {
	Dst     netip.Prefix
	Gateway netip.Addr
}

// routersOf are option 3's.
func routersOf(m *dhcp4.Message) []netip.Addr { return m.Addrs(option.Router) }

// RoutesOf are the routes that a message gives: its classless ones, and only without them the default route by its first
// router (RFC 3442).
func RoutesOf(m *dhcp4.Message) []Route {
	for _, code := range []uint8{option.ClasslessRoutes, option.MicrosoftRoutes} {
		if b, ok := m.Get(code); ok {
			if list, ok := classless(b); ok {
				return list
			}
		}
	}
	if routers := routersOf(m); len(routers) > 0 {
		return []Route{{netip.PrefixFrom(none, 0), routers[0]}}
	}
	return nil
}

// classless reads option 121: the width of a prefix, as many of its bytes as that needs, and the router.
func classless(b []byte) (list []Route, ok bool) {
	for len(b) > 0 {
		bits := int(b[0])
		n := (bits + 7) / 8
		if bits > 32 || len(b) < 1+n+4 {
			return nil, false
		}
		var dst [4]byte
		copy(dst[:], b[1:1+n])
		list = append(list, Route{netip.PrefixFrom(netip.AddrFrom4(dst), bits).Masked(), netip.AddrFrom4([4]byte(b[1+n:]))})
		b = b[1+n+4:]
	}
	return list, true
}

package watch

import (
	"encoding/hex"
	"fmt"
	"net"
	"net/netip"
	"strings"
)

// Allow is who may answer clients. The zero value allows everybody.
type Allow struct {
	addresses map[netip.Addr]string // with the MAC that it must have; "" any
	macs      map[string]bool
	ids       map[string]bool // DUIDs as text
}

// Add allows a server: by its address, MAC address, or DUID in hexadecimal digits with or without colons between them.
func (a *Allow) Add(server string) error {
	if addr, err := netip.ParseAddr(server); err == nil {
		a.pair(addr.WithZone(""), nil)
		return nil
	}
	digits, err := hex.DecodeString(strings.NewReplacer(":", "", "-", "", ".", "").Replace(server))
	switch {
	case err == nil && len(digits) == 6:
		put(&a.macs, string(digits))
	case err == nil && len(digits) > 6 && len(digits) <= 130: // RFC 8415 section 11.1
		put(&a.ids, id(digits))
	default:
		return fmt.Errorf("address, MAC address or DUID expected, got '%s'", server)
	}
	return nil
}

// Pair allows a server's address at one MAC address only.
func (a *Allow) Pair(addr netip.Addr, mac net.HardwareAddr) { a.pair(addr, mac) }

func (a *Allow) pair(addr netip.Addr, mac net.HardwareAddr) {
	if a.addresses == nil {
		a.addresses = map[netip.Addr]string{}
	}
	a.addresses[addr] = string(mac)
}

func put(set *map[string]bool, key string) {
	if *set == nil {
		*set = map[string]bool{}
	}
	(*set)[key] = true
}

// all says that everybody is allowed.
func (a *Allow) all() bool { return len(a.addresses)+len(a.macs)+len(a.ids) == 0 }

// judge says why who answers isn't allowed, "" when it is; sure says that its MAC address is allowed, so that nothing else
// about it is suspicious.
func (a *Allow) judge(n *notice) (sure bool, why string) {
	if a.all() {
		return false, ""
	}
	if a.macs[string(n.SrcMAC)] {
		return true, ""
	}
	for _, addr := range [...]netip.Addr{n.address, n.Src.Addr().WithZone("")} {
		mac, known := a.addresses[addr]
		switch {
		case !known || addr != n.address && n.address.IsValid():
		case mac == "" || len(n.SrcMAC) == 0:
			return false, ""
		case mac == string(n.SrcMAC):
			return true, ""
		default:
			return true, fmt.Sprintf("%s is allowed at %s only", addr, net.HardwareAddr(mac))
		}
	}
	if a.ids[n.server] {
		return false, ""
	}
	return false, "isn't allowed"
}

// silent says that nothing is wrong with a server that a client names, as far as the name tells.
func (a *Allow) silent(n *notice) bool {
	if len(a.addresses)+len(a.ids) == 0 || len(a.macs) > 0 {
		return true // the name says nothing of its MAC address
	}
	if n.address.IsValid() {
		_, ok := a.addresses[n.address]
		return ok
	}
	return len(a.ids) == 0 || a.ids[n.server]
}

package socket

import (
	"context"
	"net/netip"
	"strconv"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// hints are what a name is resolved for (RFC 3493 section 6.1).
type hints struct {
	host, service string
	family        string // "unspec", "inet" or "inet6"
	socktype      string // "stream" or "dgram"
	passive       bool   // for bind: host "*" is every address
	numeric       bool   // host and service must be numbers
}

// resolve finds the addresses of a host and service, best first.
func resolve(L *lua.LState, h hints) (ends []endpoint, err error) {
	err = decl.HostOf(L).Block(L, func(ctx context.Context) error {
		port, _ := strconv.Atoi(h.service)
		host := h.host
		if h.passive && host == "*" {
			host = "0.0.0.0"
		}
		found, err := network.From(ctx).LookupHost(ctx, host, network.AFUnspec)
		for _, a := range found.Addrs {
			e := endpoint{"inet", netip.AddrPortFrom(a, uint16(port))}
			if a.Is6() {
				e.family = "inet6"
			}
			ends = append(ends, e)
		}
		return err
	})
	return ends, err
}

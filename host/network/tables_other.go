//go:build !linux

package network

import (
	"context"
	"net"
	"net/netip"
)

// OpenLink would open an interface for whole frames.
func (k *kernel) OpenLink(context.Context, string, *LinkOpts) (LinkConn, error) {
	return nil, unsupported("whole frames on an interface")
}

// linkTypes tells how the frames of an interface begin.
func linkTypes() (func(net.Interface) string, error) {
	return func(i net.Interface) string {
		switch {
		case i.Flags&net.FlagLoopback != 0:
			return "null"
		case len(i.HardwareAddr) == 6:
			return "ethernet"
		}
		return "ip"
	}, nil
}

// Routes needs Linux's netlink.
func (k *kernel) Routes() ([]Route, error) { return nil, unsupported("the routing table") }

// Neighbors needs Linux's netlink.
func (k *kernel) Neighbors() ([]Neighbor, error) { return nil, unsupported("the neighbour table") }

// NextHop needs Linux's netlink.
func (k *kernel) NextHop(context.Context, netip.Addr, string) (NextHop, error) {
	return NextHop{}, unsupported("the way to an address")
}

// Resolve needs Linux's netlink.
func (k *kernel) Resolve(context.Context, string, netip.Addr) (net.HardwareAddr, error) {
	return nil, unsupported("asking for a neighbour's address")
}

// GuardPort needs Linux's socket filters.
func (k *kernel) GuardPort(context.Context, string, netip.AddrPort) (Guard, error) {
	return nil, unsupported("guarding a port")
}

// Config changes nothing here.
func (k *kernel) Config() Configurator { return nil }

// Caps has what every system has.
func (k *kernel) Caps() Caps { return Caps{} }

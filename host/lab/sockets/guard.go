package sockets

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/ports"

	"moonwire/host/lab/node"
	"moonwire/host/network"
)

// guard is a port on which the node is deaf.
type guard struct {
	world    *world
	reserved ports.Reservation
	stop     func()
	once     sync.Once
	addr     netip.AddrPort
}

// GuardPort keeps the stack silent on a port.
func (w *world) GuardPort(_ context.Context, family string, local netip.AddrPort) (network.Guard, error) {
	number, ok := map[string]tcpip.TransportProtocolNumber{"tcp": header.TCPProtocolNumber, "udp": header.UDPProtocolNumber}[family]
	fail := func(err error) (network.Guard, error) {
		return nil, &net.OpError{Op: "guard", Net: family, Addr: net.TCPAddrFromAddrPort(local), Err: err}
	}
	if !ok {
		return fail(net.UnknownNetworkError(family))
	}
	if !local.Addr().IsValid() {
		return fail(syscall.EAFNOSUPPORT)
	}
	version := versionOf(local.Addr().Unmap())
	g := &guard{world: w, reserved: ports.Reservation{Networks: []tcpip.NetworkProtocolNumber{version}, Transport: number,
		Addr: toStack(local.Addr()), Port: local.Port()}}
	port, err := w.stack.ReservePort(w.stack.SecureRNG(), g.reserved, nil)
	if err != nil {
		return fail(errno(err))
	}
	g.reserved.Port = port
	g.addr = netip.AddrPortFrom(local.Addr(), port)
	g.stop = w.node.Guard(node.Guarded{Net: version, Proto: number, Addr: g.reserved.Addr, Port: port})
	w.adopt(g)
	return g, nil
}

// Addr is the address and port.
func (g *guard) Addr() netip.AddrPort { return g.addr }

// Close gives the port back.
func (g *guard) Close() error {
	g.once.Do(func() {
		g.world.forget(g)
		g.stop()
		g.world.stack.ReleasePort(g.reserved)
	})
	return nil
}

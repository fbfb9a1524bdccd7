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
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/network"
)

// guard is a port that something deaf owns: the stack finds an owner for what comes, and nobody answers.
type guard struct {
	world    *world
	at       stack.TransportEndpointID
	reserved ports.Reservation
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
	g.at = stack.TransportEndpointID{LocalAddress: g.reserved.Addr, LocalPort: port}
	g.addr = netip.AddrPortFrom(local.Addr(), port)
	if err := w.stack.RegisterTransportEndpoint(g.reserved.Networks, number, g.at, g, ports.Flags{}, 0); err != nil {
		w.stack.ReleasePort(g.reserved)
		return fail(errno(err))
	}
	w.adopt(g)
	return g, nil
}

// Addr is the address and port.
func (g *guard) Addr() netip.AddrPort { return g.addr }

// Close gives the port back.
func (g *guard) Close() error {
	g.once.Do(func() {
		g.world.forget(g)
		g.world.stack.UnregisterTransportEndpoint(g.reserved.Networks, g.reserved.Transport, g.at, g, ports.Flags{}, 0)
		g.world.stack.ReleasePort(g.reserved)
	})
	return nil
}

// HandlePacket drops what comes.
func (g *guard) HandlePacket(stack.TransportEndpointID, *stack.PacketBuffer) {}

// HandleError drops errors.
func (g *guard) HandleError(stack.TransportError, *stack.PacketBuffer) {}

// Abort gives the port back when the stack ends.
func (g *guard) Abort() { g.Close() }

// Wait has nothing to wait for.
func (g *guard) Wait() {}

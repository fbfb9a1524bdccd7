package sockets

import (
	"context"

	"moonwire/host/network"
)

// Dial opens a stream to addr, whose host may be a name.
func (w *world) Dial(ctx context.Context, family, addr string, o *network.SockOpts) (network.Conn, error) {
	return network.DialIn(ctx, w, family, addr, o)
}

// Listen opens a socket that accepts streams.
func (w *world) Listen(ctx context.Context, family, addr string, o *network.SockOpts) (network.Listener, error) {
	return network.ListenIn(ctx, w, family, addr, o)
}

// ListenPacket opens a datagram socket bound to addr, unbound when addr is "".
func (w *world) ListenPacket(ctx context.Context, family, addr string, o *network.SockOpts) (network.PacketConn, error) {
	return network.ListenPacketIn(ctx, w, family, addr, o)
}

package sockets

import (
	"context"
	"errors"
	"fmt"
	"net"

	"moonwire/host/network"
	"moonwire/host/permit"
)

// Sockets with paths for addresses are of this machine's file system, which a lab has no part in: as in a network
// namespace, they reach every program here. The task's policy decides about them; under simulated time they are refused.

func (w *world) unixStream(ctx context.Context, o *network.SockOpts) (network.Stream, error) {
	if err := w.mayUnix("unix"); err != nil {
		return nil, err
	}
	return permit.Outside(ctx).Stream(ctx, "unix", o)
}

func (w *world) unixPacket(ctx context.Context, o *network.SockOpts) (network.PacketConn, error) {
	if err := w.mayUnix("unixgram"); err != nil {
		return nil, err
	}
	return permit.Outside(ctx).Packet(ctx, "unixgram", o)
}

func (w *world) mayUnix(family string) error {
	if !w.clock.Virtual() {
		return nil
	}
	err := fmt.Errorf("unix sockets are this machine's, which keeps real time (leave out --virtual-time): %w", errors.ErrUnsupported)
	return &net.OpError{Op: "socket", Net: family, Err: err}
}

package network

import (
	"context"
	"errors"
)

var errNoSockets = errors.New("not built yet")

func (k *kernel) Stream(context.Context, string, *SockOpts) (Stream, error) { return nil, errNoSockets }
func (k *kernel) Packet(context.Context, string, *SockOpts) (PacketConn, error) {
	return nil, errNoSockets
}
func (k *kernel) Dial(context.Context, string, string, *SockOpts) (Conn, error) {
	return nil, errNoSockets
}
func (k *kernel) Listen(context.Context, string, string, *SockOpts) (Listener, error) {
	return nil, errNoSockets
}
func (k *kernel) ListenPacket(context.Context, string, string, *SockOpts) (PacketConn, error) {
	return nil, errNoSockets
}
func selectKernel(context.Context, []Wait) (bool, error) { return false, nil }

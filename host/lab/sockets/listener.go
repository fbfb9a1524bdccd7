package sockets

import (
	"context"
	"net"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/network"
)

// listener accepts connections.
type listener struct{ *tcp }

func (l *listener) Addr() net.Addr            { return l.LocalAddr() }
func (l *listener) Accept() (net.Conn, error) { return l.AcceptConn() }
func (l *listener) RemoteAddr() net.Addr      { return nil }

// AcceptConn waits for the next connection.
func (l *listener) AcceptConn() (network.Conn, error) {
	var (
		ep    tcpip.Endpoint
		queue *waiter.Queue
	)
	err := l.until(context.Background(), waiter.ReadableEvents, &l.rd, func() error {
		on, _, err := l.use()
		if err != nil {
			return err
		}
		var terr tcpip.Error
		ep, queue, terr = on.Accept(nil)
		return errno(terr)
	})
	if err != nil {
		return nil, l.fail("accept", err)
	}
	t := &tcp{socket: socket{world: l.world, name: l.name, queue: queue}, ep: ep, version: l.version, connects: true}
	t.ready = t.look
	ep.SocketOptions().SetDelayOption(true)
	l.options.each(func(name string, value any) error {
		if name != "reuseaddr" && name != "reuseport" && name != "ipv6-v6only" {
			t.apply(ep, name, value)
		}
		t.options.set(name, value)
		return nil
	})
	t.keepAddrs()
	l.world.adopt(t)
	return &conn{t}, nil
}

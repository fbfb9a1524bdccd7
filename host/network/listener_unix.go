//go:build unix

package network

import (
	"net"

	"golang.org/x/sys/unix"
)

// listener accepts connections.
type listener struct{ *socket }

func (l *listener) Addr() net.Addr            { return l.LocalAddr() }
func (l *listener) Accept() (net.Conn, error) { return l.AcceptConn() }
func (l *listener) RemoteAddr() net.Addr      { return nil }

// AcceptConn waits for the next connection.
func (l *listener) AcceptConn() (Conn, error) {
	d, err := l.use()
	if err != nil {
		return nil, l.fail("accept", err)
	}
	var (
		fd   int
		peer unix.Sockaddr
	)
	l.waits.enter()
	rerr := d.raw.Read(func(on uintptr) bool {
		for {
			fd, peer, err = acceptSocket(int(on))
			switch err {
			case unix.EAGAIN:
				return false
			case unix.EINTR, unix.ECONNABORTED: // gone before we came
				continue
			}
			return true
		}
	})
	l.waits.leave(d.file)
	if rerr != nil {
		err = rerr
	}
	if err != nil {
		return nil, l.fail("accept", err)
	}
	c := &socket{k: l.k, name: l.name, typ: l.typ}
	if d, err = newDescriptor(fd, d.domain); err != nil {
		return nil, l.fail("accept", err)
	}
	c.desc.Store(d)
	if a := c.toAddr(peer); a != nil {
		c.remote.Store(&a)
	}
	l.k.adopt(c)
	return &conn{c}, nil
}

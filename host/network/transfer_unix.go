//go:build unix

package network

import (
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// A transfer is one datagram on its way through a system call. Transfers are used again and again, with the functions
// that the poller calls: those would be allocated for each datagram otherwise.
type transfer struct {
	p   *packetConn
	b   []byte
	oob []byte        // of a sent one
	to  unix.Sockaddr // likewise; nil is the connected far end

	n   int
	m   Meta
	err error

	receive, take, send func(fd uintptr) bool
	try                 func(fd uintptr)
}

var transfers = sync.Pool{New: func() any {
	t := new(transfer)
	t.try = func(fd uintptr) { t.n, t.m, t.err = t.p.receive(int(fd), t.b) }
	t.receive = func(fd uintptr) bool {
		t.try(fd)
		return t.err != os.ErrDeadlineExceeded
	}
	t.take = func(fd uintptr) bool {
		t.b, t.m, t.err = taken(func(b []byte) (int, Meta, error) { return t.p.receive(int(fd), b) })
		return t.err != os.ErrDeadlineExceeded
	}
	t.send = func(fd uintptr) bool {
		t.n, t.err = t.p.transmit(int(fd), t.b, t.oob, t.to)
		return t.err != os.ErrDeadlineExceeded
	}
	return t
}}

func newTransfer(p *packetConn, b []byte) *transfer {
	t := transfers.Get().(*transfer)
	t.p, t.b = p, b
	return t
}

// end gives the transfer back. What the poller says wins: the call itself may not have been made.
func (t *transfer) end(err error) (int, Meta, error) {
	n, m := t.n, t.m
	if err == nil {
		err = t.err
	}
	t.p, t.b, t.oob, t.to, t.n, t.m, t.err = nil, nil, nil, nil, 0, Meta{}, nil
	transfers.Put(t)
	return n, m, err
}

// transmit sends once. A call without control messages costs less.
func (p *packetConn) transmit(fd int, b, oob []byte, to unix.Sockaddr) (int, error) {
	for {
		var err error
		n := len(b)
		if oob != nil {
			n, err = unix.SendmsgN(fd, b, oob, to, 0)
		} else {
			err = unix.Sendto(fd, b, 0, to)
		}
		switch err {
		case nil:
			return n, nil
		case unix.EINTR:
		case unix.EAGAIN:
			return 0, os.ErrDeadlineExceeded
		default:
			return 0, err
		}
	}
}

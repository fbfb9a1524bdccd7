package sockets

import (
	"context"
	"net/netip"
	"sync"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/network"
)

// failures are what went wrong with datagrams that were sent: the error queue, and the error that ends the next call.
type failures struct {
	mu      sync.Mutex
	queue   []network.PacketError
	pending error
}

// maxFailures bounds the queue.
const maxFailures = 256

func (f *failures) some() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.pending != nil || len(f.queue) > 0
}

// take is the pending error, which is none then.
func (f *failures) take() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.pending
	f.pending = nil
	return err
}

// add queues an entry; that of a router or the far host is pending, too.
func (f *failures) add(e network.PacketError) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.queue) < maxFailures {
		f.queue = append(f.queue, e)
	}
	if e.Origin != "local" {
		f.pending = e.Errno
	}
}

// set makes an error pending that has no entry.
func (f *failures) set(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pending = err
}

// next takes an entry. A pending error that has none is an entry of its own.
func (f *failures) next() (network.PacketError, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.queue) == 0 {
		err := f.pending
		f.pending = nil
		return network.PacketError{Errno: err, Origin: "local"}, err != nil
	}
	e := f.queue[0]
	f.queue = f.queue[1:]
	switch {
	case len(f.queue) > 0 && f.queue[0].Origin != "local":
		f.pending = f.queue[0].Errno
	case e.Origin != "local":
		f.pending = nil
	}
	return e, true
}

// tooLong queues what the socket itself refused.
func (f *failures) tooLong(d *datagram, to tcpip.FullAddress, version tcpip.NetworkProtocolNumber, mtu int) {
	if d.opts.Errors {
		f.add(network.PacketError{Errno: syscall.EMSGSIZE, Origin: "local", MTU: mtu,
			Dst: netip.AddrPortFrom(fromStack(to.Addr, version), to.Port)})
		d.queue.Notify(waiter.EventErr)
	}
}

// ReadError waits for the next entry of the error queue.
func (d *datagram) ReadError(ctx context.Context) (e network.PacketError, err error) {
	err = d.until(ctx, waiter.EventErr, nil, func() error {
		if _, err := d.settled(); err != nil {
			return err
		}
		var some bool
		if e, some = d.failures.next(); some {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		return errWait
	})
	if err != nil {
		return network.PacketError{}, d.fail("read", err)
	}
	return e, nil
}

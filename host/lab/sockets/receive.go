package sockets

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/network"
)

// arrival is a datagram that nobody read yet.
type arrival struct {
	data     []byte
	from     tcpip.FullAddress
	to       tcpip.Address
	ttl, tos uint8
	time     time.Time
}

// inbox is a queue of arrivals with a limit.
type inbox struct {
	mu    sync.Mutex
	list  []arrival
	first int // of list
	size  int // bytes
}

// overhead is the memory that a datagram takes beside its bytes.
const overhead = 256

// put appends an arrival, unless limit bytes are there already.
func (q *inbox) put(a arrival, limit int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.size >= limit {
		return false
	}
	if q.first > 0 && len(q.list) == cap(q.list) {
		n := copy(q.list, q.list[q.first:])
		clear(q.list[n:])
		q.list, q.first = q.list[:n], 0
	}
	q.list = append(q.list, a)
	q.size += len(a.data) + overhead
	return true
}

// get takes the oldest.
func (q *inbox) get() (arrival, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.first == len(q.list) {
		return arrival{}, false
	}
	a := q.list[q.first]
	q.list[q.first] = arrival{}
	q.first++
	q.size -= len(a.data) + overhead
	if q.first == len(q.list) {
		q.list, q.first = q.list[:0], 0
	}
	return a, true
}

func (q *inbox) empty() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.first == len(q.list)
}

func (q *inbox) clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list, q.first, q.size = nil, 0, 0
}

// take queues what arrived; false when there is no room.
func (d *datagram) take(pkt *stack.PacketBuffer, data []byte, from tcpip.FullAddress) bool {
	if d.closed.Load() {
		return false
	}
	a := arrival{data: data, from: from, to: pkt.Network().DestinationAddress()}
	if d.opts.Metadata {
		a.ttl, a.tos = limits(pkt)
		a.time = d.world.clock.Now()
	}
	if !d.inbox.put(a, d.options.get("recv-buffer-size", datagrams).(int)) {
		return false
	}
	d.queue.Notify(waiter.ReadableEvents)
	return true
}

// limits are the hop limit and the type of service in a packet's header.
func limits(pkt *stack.PacketBuffer) (ttl, tos uint8) {
	tos, _ = pkt.Network().TOS()
	h := pkt.NetworkHeader().Slice()
	if pkt.NetworkProtocolNumber == ip4 {
		return h[8], tos
	}
	return h[7], tos
}

// ReadFrom receives the next datagram.
func (d *datagram) ReadFrom(b []byte) (int, net.Addr, error) {
	n, m, err := d.ReadMsg(b)
	return n, m.Peer, err
}

// ReadMsg waits for a datagram.
func (d *datagram) ReadMsg(b []byte) (n int, m network.Meta, err error) {
	err = d.until(context.Background(), waiter.ReadableEvents, &d.rd, func() (err error) {
		n, m, err = d.receive(b)
		return err
	})
	if err != nil {
		return 0, network.Meta{}, d.fail("read", err)
	}
	return n, m, nil
}

// TryRead takes a datagram that is there: os.ErrDeadlineExceeded when there is none.
func (d *datagram) TryRead(b []byte) (int, network.Meta, error) {
	n, m, err := d.receive(b)
	switch {
	case err == errWait:
		return 0, network.Meta{}, err
	case err != nil:
		return 0, network.Meta{}, d.fail("read", err)
	}
	return n, m, nil
}

// receive takes a datagram, or an error that an earlier one earned.
func (d *datagram) receive(b []byte) (int, network.Meta, error) {
	version, err := d.settled()
	if err != nil {
		return 0, network.Meta{}, err
	}
	if err := d.failures.take(); err != nil {
		return 0, network.Meta{}, err
	}
	a, some := d.inbox.get()
	if !some {
		return 0, network.Meta{}, errWait
	}
	n := copy(b, a.data)
	m := network.Meta{Peer: d.flavor.addr(d.world, a.from, version), Len: len(a.data), Truncated: n < len(a.data)}
	if d.opts.Metadata {
		m.Local, m.Interface = d.destination(a.to, version), int(a.from.NIC)
		m.TTL, m.TOS, m.Time = int(a.ttl), int(a.tos), a.time
	}
	return n, m, nil
}

// destination is where a datagram was sent to.
func (d *datagram) destination(to tcpip.Address, version tcpip.NetworkProtocolNumber) netip.Addr {
	a := fromStack(to, version)
	if a.Is4In6() {
		return a.Unmap() // Linux tells it in IPv4's own control message
	}
	return a
}

package sockets

import (
	"sync/atomic"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/lab/node"
)

// way is the route that a socket's last datagram took: most take the same one, and finding it costs more than sending.
type way struct {
	to    tcpip.FullAddress
	from  tcpip.Address
	nic   tcpip.NICID
	age   uint64 // the world's, when it was found
	route *stack.Route
}

// ages counts what may change routes.
type ages struct{ n atomic.Uint64 }

// follow makes every change of the node's configuration count.
func (a *ages) follow(n *node.Node) { n.Watch(func(node.Event) { a.n.Add(1) }) }

// route finds the way to an address, that of last time if nothing has changed. d.mu is held.
func (d *datagram) route(to tcpip.FullAddress, version tcpip.NetworkProtocolNumber, from tcpip.Address, nic tcpip.NICID) (*stack.Route, error) {
	age := d.world.ages.n.Load()
	if w := &d.way; w.route != nil {
		if w.age == age && w.to == to && w.from == from && w.nic == nic {
			w.route.Acquire()
			return w.route, nil
		}
		d.forgetWay()
	}
	r, err := d.findRoute(to, version, from, nic)
	if err == nil {
		r.Acquire()
		d.way = way{to, from, nic, age, r}
	}
	return r, err
}

// forgetWay is for when an option or the socket's place changes. d.mu is held.
func (d *datagram) forgetWay() {
	if d.way.route != nil {
		d.way.route.Release()
		d.way = way{}
	}
}

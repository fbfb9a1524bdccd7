package sockets

import (
	"cmp"
	"context"
	"net"
	"syscall"

	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/waiter"

	"moonwire/host/lab/node"
	"moonwire/host/network"
)

// WriteTo sends one datagram; a nil addr sends it to the connected far end.
func (d *datagram) WriteTo(b []byte, a net.Addr) (int, error) {
	return d.WriteMsg(b, network.Meta{Peer: a})
}

// WriteMsg sends one datagram, to m.Peer or to the connected far end.
func (d *datagram) WriteMsg(b []byte, m network.Meta) (int, error) {
	err := d.until(context.Background(), waiter.WritableEvents, &d.wd, func() error { return d.send(b, m) })
	if err != nil {
		return 0, d.failAt("write", m.Peer, err)
	}
	return len(b), nil
}

// settled is the socket's version, or why it has none.
func (d *datagram) settled() (tcpip.NetworkProtocolNumber, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.closed.Load():
		return 0, net.ErrClosed
	case d.version == 0:
		return 0, syscall.EBADF
	}
	return d.version, nil
}

// send sends one datagram.
func (d *datagram) send(b []byte, m network.Meta) error {
	to, version, err := d.target(m.Peer)
	if err != nil {
		return err
	}
	if err := d.failures.take(); err != nil {
		return err
	}
	d.mu.Lock()
	if err := d.ensurePlace(version); err != nil {
		d.mu.Unlock()
		return err
	}
	port := d.place.at.LocalPort
	r, err := d.route(to, version, toStack(m.Local), tcpip.NICID(m.Interface))
	d.mu.Unlock()
	if err != nil {
		return err
	}
	defer r.Release()
	if err := d.room(context.Background(), d.world.node.Port(int(r.OutgoingNIC())), &d.wd); err != nil {
		return err
	}
	p, err := d.params(r, to, &m, len(b))
	if err != nil {
		return err
	}
	whole := make([]byte, d.flavor.header()+len(b))
	copy(whole[d.flavor.header():], b)
	if err := d.flavor.pack(whole, port, to, r); err != nil {
		return err
	}
	return d.write(r, p, whole, node.Policy(cmp.Or(m.DF, d.opts.DF, network.DFWant)))
}

// write gives a packet to IP.
func (d *datagram) write(r *stack.Route, p stack.NetworkHeaderParams, whole []byte, policy node.Policy) error {
	pkt := stack.NewPacketBuffer(stack.PacketBufferOptions{
		ReserveHeaderBytes: int(r.MaxHeaderLength()) + d.flavor.header(),
		Payload:            buffer.MakeWithData(whole[d.flavor.header():]),
	})
	defer pkt.DecRef()
	copy(pkt.TransportHeader().Push(d.flavor.header()), whole)
	pkt.TransportProtocolNumber, pkt.Owner = p.Protocol, policy
	err := r.WritePacket(p, pkt)
	if _, full := err.(*tcpip.ErrNoBufferSpace); full {
		return nil // lost on the way, as far as a sender may know
	}
	return errno(err)
}

// target is where a datagram goes to, and by which version of IP.
func (d *datagram) target(peer net.Addr) (tcpip.FullAddress, tcpip.NetworkProtocolNumber, error) {
	if peer == nil {
		version, err := d.settled()
		if err != nil {
			return tcpip.FullAddress{}, 0, err
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.place.far == nil {
			return tcpip.FullAddress{}, 0, syscall.EDESTADDRREQ
		}
		if d.place.far.Addr.Len() == header.IPv4AddressSize {
			version = ip4
		}
		return *d.place.far, version, nil
	}
	a, ok := addrPort(peer)
	if !ok {
		return tcpip.FullAddress{}, 0, syscall.EAFNOSUPPORT
	}
	if err := d.settle(versionOf(a.Addr())); err != nil {
		return tcpip.FullAddress{}, 0, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	f, err := d.world.full(a, d.version)
	if err != nil {
		return f, 0, err
	}
	if _, isUDP := d.flavor.(udp); isUDP && f.Port == 0 {
		return f, 0, syscall.EINVAL
	}
	return loopback(f, d.version, a.Addr()), d.versionFor(a.Addr()), nil
}

// findRoute finds the way to an address. A local address and an interface that are given are those to use. d.mu is held.
func (d *datagram) findRoute(to tcpip.FullAddress, version tcpip.NetworkProtocolNumber, from tcpip.Address, nic tcpip.NICID) (*stack.Route, error) {
	s := d.world.stack
	if version == ip4 && d.version == ip6 && d.options.get("ipv6-v6only", datagrams|over6).(bool) {
		return nil, syscall.ENETUNREACH
	}
	if from.Len() != 0 && s.CheckLocalAddress(0, version, from) == 0 {
		if version == ip4 {
			return nil, syscall.ENETUNREACH
		}
		return nil, syscall.EINVAL
	}
	if from.Len() == 0 && d.place.at.LocalAddress.Len() == to.Addr.Len() && d.isUnicast(d.place.at.LocalAddress, version) {
		from = d.place.at.LocalAddress
	}
	if from.Len() == 0 && header.IsV4LoopbackAddress(to.Addr) {
		from = localhost4
	}
	group := header.IsV4MulticastAddress(to.Addr) || header.IsV6MulticastAddress(to.Addr)
	for _, n := range []tcpip.NICID{to.NIC, d.deviceID(), d.place.on} {
		if nic == 0 {
			nic = n
		}
	}
	if group && nic == 0 && version == ip4 {
		if a := toStack(d.options.get("ip-multicast-if", datagrams).(netipAddr)); a.Len() != 0 {
			nic = s.CheckLocalAddress(0, ip4, a)
		}
	}
	r, err := s.FindRoute(nic, from, to.Addr, version, d.loops(version))
	switch {
	case err == nil && !d.options.get("broadcast", datagrams).(bool) && r.IsOutboundBroadcast():
		r.Release()
		return nil, syscall.EACCES
	case err == nil:
		return r, nil
	case header.IsV4LoopbackAddress(from) && !header.IsV4LoopbackAddress(to.Addr):
		return nil, syscall.EINVAL
	}
	if _, ok := err.(*tcpip.ErrHostUnreachable); ok {
		return nil, syscall.ENETUNREACH
	}
	return nil, errno(err)
}

func (d *datagram) deviceID() tcpip.NICID {
	id, _ := d.world.device(d.options.get("bindtodevice", datagrams).(string))
	return id
}

// isUnicast says that packets can come from an address.
func (d *datagram) isUnicast(a tcpip.Address, version tcpip.NetworkProtocolNumber) bool {
	return a != header.IPv4Broadcast && !header.IsV4MulticastAddress(a) && !header.IsV6MulticastAddress(a) &&
		!d.world.stack.IsSubnetBroadcast(0, version, a)
}

// loops says that this host hears what the socket sends to a group.
func (d *datagram) loops(version tcpip.NetworkProtocolNumber) bool {
	if version == ip6 {
		return d.options.get("ipv6-multicast-loop", datagrams|over6).(bool)
	}
	return d.options.get("ip-multicast-loop", datagrams).(bool)
}

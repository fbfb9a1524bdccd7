package sockets

import (
	"net"
	"net/netip"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/ports"
)

// Bind gives an unbound socket its local address.
func (d *datagram) Bind(a net.Addr) error {
	if err := d.bind(a); err != nil {
		return d.failAt("bind", a, err)
	}
	return nil
}

func (d *datagram) bind(a net.Addr) error {
	to, ok := addrPort(a)
	if !ok {
		return syscall.EAFNOSUPPORT
	}
	if err := d.settle(versionOf(to.Addr())); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	f, err := d.world.full(to, d.version)
	if err != nil {
		return err
	}
	if _, raw := d.flavor.(rawIP); !raw && d.place.there {
		return syscall.EINVAL
	}
	version := d.versionFor(to.Addr())
	if f.Addr.Len() != 0 && !d.mayBind(f, version) {
		return syscall.EADDRNOTAVAIL
	}
	d.leavePlace()
	d.place.bound, d.place.on = true, f.NIC
	d.place.at.LocalAddress, d.place.at.LocalPort = f.Addr, f.Port
	d.place.versions = d.hears(version, f.Addr)
	return d.takePlace()
}

// versionFor is the version of IP that packets to a have: an IPv6 socket sends to IPv4 addresses, too.
func (d *datagram) versionFor(a netip.Addr) tcpip.NetworkProtocolNumber {
	if a.Unmap().Is4() {
		return ip4
	}
	return d.version
}

// mayBind says whether an address is this host's, or all its neighbours'.
func (d *datagram) mayBind(f tcpip.FullAddress, version tcpip.NetworkProtocolNumber) bool {
	s := d.world.stack
	return f.Addr == header.IPv4Broadcast || header.IsV4MulticastAddress(f.Addr) || header.IsV6MulticastAddress(f.Addr) ||
		s.IsSubnetBroadcast(f.NIC, version, f.Addr) || s.CheckLocalAddress(f.NIC, version, f.Addr) != 0 ||
		header.IsV4LoopbackAddress(f.Addr)
}

// hears are the versions of IP that a socket bound to an address receives.
func (d *datagram) hears(version tcpip.NetworkProtocolNumber, at tcpip.Address) []tcpip.NetworkProtocolNumber {
	_, isUDP := d.flavor.(udp)
	if version == ip6 && at.Len() == 0 && isUDP && !d.options.get("ipv6-v6only", datagrams|over6).(bool) {
		return []tcpip.NetworkProtocolNumber{ip6, ip4}
	}
	return []tcpip.NetworkProtocolNumber{version}
}

// takePlace registers d where d.place says. d.mu is held.
func (d *datagram) takePlace() error {
	p := &d.place
	p.flags = ports.Flags{
		MostRecent:   d.options.get("reuseaddr", datagrams).(bool),
		LoadBalanced: d.options.get("reuseport", datagrams).(bool),
	}
	d.forgetWay()
	p.device, _ = d.world.device(d.options.get("bindtodevice", datagrams).(string))
	err := d.flavor.reserve(d, p)
	if err == nil {
		err = d.flavor.register(d, p)
	}
	if err != nil {
		d.leavePlace()
		return err
	}
	p.there = true
	return nil
}

// leavePlace undoes takePlace. d.mu is held.
func (d *datagram) leavePlace() {
	p := &d.place
	d.forgetWay()
	if p.there {
		d.flavor.unregister(d, p)
	}
	if p.reserved != nil {
		d.world.stack.ReleasePort(*p.reserved)
	}
	*p = place{}
}

// ensurePlace gives d a port where it has none yet. d.mu is held.
func (d *datagram) ensurePlace(version tcpip.NetworkProtocolNumber) error {
	if d.place.there {
		return nil
	}
	d.place.versions = d.hears(d.version, tcpip.Address{})
	if version != d.version {
		d.place.versions = d.hears(ip6, tcpip.Address{})
	}
	return d.takePlace()
}

// Connect fixes the far end; nil frees it again.
func (d *datagram) Connect(a net.Addr) error {
	var err error
	if a == nil {
		err = d.disconnect()
	} else {
		err = d.connect(a)
	}
	if err != nil {
		return d.failAt("connect", a, err)
	}
	return nil
}

func (d *datagram) connect(a net.Addr) error {
	to, ok := addrPort(a)
	if !ok {
		return syscall.EAFNOSUPPORT
	}
	if err := d.settle(versionOf(to.Addr())); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	f, err := d.world.full(to, d.version)
	if err != nil {
		return err
	}
	f = loopback(f, d.version, to.Addr())
	version := d.versionFor(to.Addr())
	r, err := d.route(f, version, tcpip.Address{}, 0)
	if err != nil {
		return err
	}
	defer r.Release()
	p := &d.place
	p.source = r.LocalAddress()
	if p.there {
		d.flavor.unregister(d, p)
		p.there = false
	} else {
		p.at.LocalAddress = p.source
		p.versions = []tcpip.NetworkProtocolNumber{version}
	}
	p.far = &f
	p.at.RemoteAddress, p.at.RemotePort = f.Addr, f.Port
	return d.takePlace()
}

// disconnect undoes connect. A port that nobody asked for is given back.
func (d *datagram) disconnect() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := &d.place
	if p.far == nil {
		return nil
	}
	if !p.bound {
		d.leavePlace()
		if _, raw := d.flavor.(rawIP); raw {
			return d.takePlace()
		}
		return nil
	}
	d.flavor.unregister(d, p)
	p.there, p.far = false, nil
	p.at.RemoteAddress, p.at.RemotePort = tcpip.Address{}, 0
	return d.takePlace()
}

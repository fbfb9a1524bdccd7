package sockets

import (
	"net/netip"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"

	"moonwire/host/network"
)

// SetOption sets one option.
func (d *datagram) SetOption(name string, value any) error {
	if err := d.setOption(name, value); err != nil {
		return d.fail("setsockopt", err)
	}
	return nil
}

func (d *datagram) setOption(name string, value any) error {
	version, err := d.settled()
	if err != nil {
		return err
	}
	v, err := accept(name, value, kindOf(datagrams, version))
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.forgetWay()
	switch name {
	case "ip-add-membership", "ipv6-add-membership":
		return d.join(v.(network.Membership))
	case "ip-drop-membership", "ipv6-drop-membership":
		return d.part(v.(network.Membership))
	case "ip-multicast-if":
		if a := toStack(v.(netip.Addr)); a.Len() != 0 && d.world.stack.CheckLocalAddress(0, ip4, a) == 0 {
			return syscall.EADDRNOTAVAIL
		}
	case "ipv6-v6only":
		if d.place.there {
			return syscall.EINVAL
		}
	case "bindtodevice":
		return d.setDevice(v.(string))
	}
	d.options.set(name, v)
	return nil
}

// setDevice ties the socket to an interface. d.mu is held.
func (d *datagram) setDevice(name string) error {
	id, err := d.world.device(name)
	if err != nil {
		return err
	}
	d.options.set("bindtodevice", name)
	if p := &d.place; p.there {
		d.flavor.unregister(d, p)
		p.there, p.device = false, id
		if err := d.flavor.register(d, p); err != nil {
			return err
		}
		p.there = true
	}
	return nil
}

// Option reads one option.
func (d *datagram) Option(name string) (any, error) {
	version, err := d.settled()
	k := kindOf(datagrams, version)
	if err == nil {
		err = readable(name, k)
	}
	switch {
	case err != nil:
		return nil, d.fail("getsockopt", err)
	case name == "error":
		return number(d.failures.take()), nil
	}
	return d.options.get(name, k), nil
}

// group is a multicast group on an interface.
type group struct {
	nic  tcpip.NICID
	addr tcpip.Address
}

// group finds the interface of a membership: by its number, by an address of it, or by the routes.
func (d *datagram) group(m network.Membership) (group, tcpip.NetworkProtocolNumber, error) {
	version := versionOf(m.Group.Unmap())
	g := group{tcpip.NICID(m.Index), toStack(m.Group)}
	s := d.world.stack
	switch {
	case g.nic != 0:
	case m.Interface.IsValid() && !m.Interface.IsUnspecified():
		g.nic = s.CheckLocalAddress(0, version, toStack(m.Interface))
	default:
		if r, err := s.FindRoute(0, tcpip.Address{}, g.addr, version, false); err == nil {
			g.nic = r.NICID()
			r.Release()
		}
	}
	if g.nic == 0 || !s.HasNIC(g.nic) {
		return g, version, syscall.ENODEV
	}
	return g, version, nil
}

// join enters a group. d.mu is held.
func (d *datagram) join(m network.Membership) error {
	g, version, err := d.group(m)
	if err != nil {
		return err
	}
	if _, member := d.groups[g]; member {
		return syscall.EADDRINUSE
	}
	if err := d.world.stack.JoinGroup(version, g.nic, g.addr); err != nil {
		return errno(err)
	}
	if d.groups == nil {
		d.groups = make(map[group]struct{})
	}
	d.groups[g] = struct{}{}
	return nil
}

// part leaves a group. d.mu is held.
func (d *datagram) part(m network.Membership) error {
	g, version, err := d.group(m)
	if err != nil {
		return err
	}
	if _, member := d.groups[g]; !member {
		return syscall.EADDRNOTAVAIL
	}
	delete(d.groups, g)
	return errno(d.world.stack.LeaveGroup(version, g.nic, g.addr))
}

// leaveGroups leaves all of them. d.mu is held.
func (d *datagram) leaveGroups() {
	for g := range d.groups {
		version := ip4
		if g.addr.Len() == 16 {
			version = ip6
		}
		d.world.stack.LeaveGroup(version, g.nic, g.addr)
	}
	d.groups = nil
}

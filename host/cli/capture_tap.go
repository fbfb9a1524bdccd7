package cli

import (
	"context"
	"errors"
	"fmt"
	"net"

	"moonwire/host/filter"
	"moonwire/host/network"
	"moonwire/host/pcap"
)

// anyInterface stands for all that are up.
const anyInterface = "any"

// A tap is one interface that is captured on.
type tap struct {
	link  network.LinkConn
	iface pcap.Interface
	lost  uint64 // frames that were counted as lost up to now
}

// interfaces are those of -i; without it the first that is up and no loopback, as tcpdump has it.
func (c *capture) interfaces(world network.Network) ([]network.Interface, error) {
	list, err := world.Interfaces()
	if err != nil {
		return nil, err
	}
	var chosen []network.Interface
	for _, name := range c.ifaces {
		found := false
		for _, i := range list {
			if i.Name == name || name == anyInterface && i.Flags&net.FlagUp != 0 {
				chosen, found = append(chosen, i), true
			}
		}
		if !found {
			return nil, hasInterface(world, name)
		}
	}
	if len(c.ifaces) > 0 {
		return chosen, nil
	}
	for _, loopback := range []net.Flags{0, net.FlagLoopback} {
		for _, i := range list {
			if i.Flags&net.FlagUp != 0 && i.Flags&net.FlagLoopback == loopback {
				return []network.Interface{i}, nil
			}
		}
	}
	return nil, errors.New("no interface is up")
}

// tap opens one interface.
func (c *capture) tap(ctx context.Context, world network.Network, i network.Interface) (*tap, error) {
	linkType, ok := pcap.LinkTypeNamed(i.LinkType)
	if !ok {
		return nil, fmt.Errorf("%s: frames of type %s can't be captured", i.Name, i.LinkType)
	}
	o := &network.LinkOpts{Promiscuous: !c.noPromisc, Snap: c.snap, Buffer: c.buffer}
	if c.expression != "" {
		p, err := c.compile(linkType, filter.Options{Live: true, Netmask: netmask(i)})
		if err != nil {
			return nil, err
		}
		o.Filter = p.Instructions()
	}
	link, err := world.OpenLink(ctx, i.Name, o)
	if err != nil {
		return nil, err
	}
	described := pcap.Interface{LinkType: linkType, Snap: c.snap, Name: i.Name, Addrs: i.Addrs, MAC: i.MAC, Filter: c.expression, FCS: -1,
		Resolution: pcap.Nanoseconds}
	return &tap{link: link, iface: described}, nil
}

// netmask is the mask of an interface's first IPv4 network.
func netmask(i network.Interface) uint32 {
	for _, a := range i.Addrs {
		if a.Addr().Is4() {
			return ^uint32(0) << (32 - a.Bits())
		}
	}
	return 0
}

// drops is how many frames were lost since the last call, when they are written down.
func (t *tap) drops(to *saver) uint64 {
	if to == nil {
		return 0
	}
	s := t.link.Stats()
	before := t.lost
	t.lost = s.KernelDrops + s.RingDrops
	return t.lost - before
}

// states are an interface's flags as words.
func states(i network.Interface) string {
	text := "Down"
	if i.Flags&net.FlagUp != 0 {
		text = "Up"
	}
	for _, f := range []struct {
		flag net.Flags
		name string
	}{{net.FlagRunning, "Running"}, {net.FlagLoopback, "Loopback"}, {net.FlagPointToPoint, "Point to point"}} {
		if i.Flags&f.flag != 0 {
			text += ", " + f.name
		}
	}
	return text
}

package sockets

import (
	"cmp"
	"net/netip"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"

	"moonwire/host/network"
)

type netipAddr = netip.Addr

// params is what the IP header of a datagram of n bytes says.
func (d *datagram) params(r *stack.Route, to tcpip.FullAddress, m *network.Meta, n int) (stack.NetworkHeaderParams, error) {
	p := stack.NetworkHeaderParams{Protocol: d.flavor.protocol(r.NetProto())}
	if m.TTL < 0 || m.TTL > 255 || m.TOS < 0 || m.TOS > 255 {
		return p, syscall.EINVAL
	}
	unicast, many, tos := "ip-ttl", "ip-multicast-ttl", "ip-tos"
	if r.NetProto() == ip6 {
		unicast, many, tos = "ipv6-unicast-hops", "ipv6-multicast-hops", "ipv6-tclass"
	}
	ttl := unicast
	if header.IsV4MulticastAddress(to.Addr) || header.IsV6MulticastAddress(to.Addr) {
		ttl = many
	}
	get := func(name string) int { return d.options.get(name, datagrams|over6).(int) }
	p.TTL = uint8(cmp.Or(m.TTL, get(ttl)))
	p.TOS = uint8(cmp.Or(m.TOS, get(tos)))
	var err error
	p.DF, err = d.fragments(r, to, cmp.Or(m.DF, d.opts.DF, network.DFWant), n)
	return p, err
}

// fragments decides whether a datagram may be fragmented on its way, and whether it is too long (ip(7),
// IP_MTU_DISCOVER).
func (d *datagram) fragments(r *stack.Route, to tcpip.FullAddress, policy network.DF, n int) (df bool, err error) {
	size := n + d.flavor.header() + header.IPv4MinimumSize
	longest := 65535
	if r.NetProto() == ip6 {
		size += header.IPv6MinimumSize - header.IPv4MinimumSize
		longest += header.IPv6MinimumSize
	}
	if size > longest {
		if n <= 65535 {
			d.failures.tooLong(d, to, r.NetProto(), d.world.pathMTU(r))
		}
		return false, syscall.EMSGSIZE
	}
	switch policy {
	case network.DFDont:
		return false, nil
	case network.DFWant:
		return size <= d.world.pathMTU(r), nil
	}
	mtu := d.world.pathMTU(r)
	if policy == network.DFProbe {
		mtu = d.world.linkMTU(r)
	}
	if size > mtu {
		d.failures.tooLong(d, to, r.NetProto(), mtu)
		return false, syscall.EMSGSIZE
	}
	return true, nil
}

// Package layers has the built-in protocols: a table of fields each, with the names of Scapy and the display names of
// tshark. All lists them; a new one is a file and a line there.
package layers

import (
	"slices"
	"sync"

	"moonwire/host/packet"
)

// a layerSet is what one file gives: tables and how they are joined to others.
type layerSet struct {
	protocols []*packet.Protocol
	bindings  []packet.Binding
}

// sets are all files, in the order in which `moonwire doc packet` lists their layers.
var sets = []func() layerSet{
	cooked, loopback, ethernet, vlan, llc, stp, arp, mpls, // link
	lldp, cdp, eapol, eap, pppoe, ppp, lcp, pap, // neighbours on a link
	ip4, ip6, ip6Extensions, icmp, icmpExtensions, icmp6, igmp, // network
	gre, vrrp, ospf, // in it, for routers
	udp, tcp, sctp, // transport
	vxlan, geneve, // tunnels over it
	dhcp, dhcpv6, dns, http, ntp, sflow, snmp, tftp, tls, // applications
	radius,
}

// Registry is the set of the built-in protocols. It is shared: Clone it before adding to it.
var Registry = sync.OnceValue(func() *packet.Registry {
	var all layerSet
	for _, set := range sets {
		s := set()
		all.protocols = slices.Concat(all.protocols, s.protocols)
		all.bindings = slices.Concat(all.bindings, s.bindings)
	}
	all.bindings = append(all.bindings, cookedBindings(all.bindings)...)
	r, err := packet.NewRegistry(all.protocols, all.bindings)
	if err != nil {
		panic(err) // a fault in a table: the tests of this package make the registry
	}
	return r
})

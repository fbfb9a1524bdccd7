// Package topology plans networks: a Spec is what somebody asks for, in a line of text or in detail; Build makes the
// Plan of it, in which every name, address, MTU and route is settled; Text and SVG draw it. It is data alone: package
// lab builds what a Plan says.
//
// # Text
//
// A line is a chain of nodes joined by "--". Where the chain has a list, each of it is joined with its neighbours:
//
//	linux -- R1 -- R2
//	h1, h2, h3 -- sw1 -- R1
//	h1..h200 -- sw1
//
// A node is what its name says: R1, r2, router and router_a are routers; sw1, s1, S1 and switch3 are switches; all others
// are hosts. NodeSpec.Kind says otherwise. Interfaces are eth0, eth1 … in the order of the links, ports of a switch p1,
// p2 …. The link between R1 and R2 is R1--R2 (R2--R1 finds it, too), a second one R1--R2#2.
//
// # Addresses
//
// A segment is a link, or all that switches join in one VLAN. The first segment is 10.0.1.0/24 and fd00:0:0:1::/64, the
// second 10.0.2.0/24 and fd00:0:0:2::/64, and so on; that of VLAN 20 is 10.0.20.0/24 and fd00:0:0:20::/64. Within one,
// routers come first, then hosts, both in the order in which they appear: 10.0.1.1 and fd00:0:0:1::1, 10.0.1.2 and
// fd00:0:0:1::2. IPv6 shows the digits of IPv4, so host 12 is ::12. Segment n is 10.n.0.0/16 when it has more than 254
// interfaces. Numbers that the Spec took are passed over.
//
// Node n has the MAC address 02:00:00:00:00:n on eth0, 02:00:00:01:00:n on eth1; switches don't count. Link-local
// addresses follow from it (EUI-64): fe80::ff:fe00:n.
//
// # Routes
//
// A host's default route leads to the first router of its first network that has one. A router has routes to all networks
// by the least hops; of equal ways it takes the one over the router whose name comes first. Routes of the Spec go before.
package topology

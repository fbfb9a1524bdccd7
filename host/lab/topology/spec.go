package topology

import "net/netip"

// A Spec is what somebody asks for. What it doesn't say is chosen.
//
// Several maps have a reference as their key: a node ("R1"), a link ("R1--R2"), an interface or a port ("R1.eth0",
// "sw1.p2"). The closest one counts: interface before link before node.
type Spec struct {
	Lines []string            // chains of nodes: "h1, h2 -- sw1 -- R1"
	Nodes map[string]NodeSpec // what is to be said of nodes, those that no line has included
	Links []LinkSpec          // beside those of Lines

	MTU      map[string]int            // by reference; "" is for all
	VLAN     map[string]VLAN           // by reference
	Mirror   map[string][]string       // port or link of it, to the references whose frames are copied there; "all"
	Networks map[string][]netip.Prefix // the prefixes of a link, of what a switch joins, or of "vlan 10"
	// Addresses and Routes say the same as those of NodeSpec, by the node; "h1.eth1" is an interface of one.
	Addresses map[string][]netip.Prefix
	Routes    map[string][]RouteSpec

	NoIPv4 bool
	NoIPv6 bool
	Static bool // routers have no routes but their own networks and those of NodeSpec
	Loop   bool // switches may be joined in a ring
}

// A NodeSpec says more of a node.
type NodeSpec struct {
	Kind Kind // "": as the name says
	// Addresses are those of interfaces ("eth0") or of the interface on a link ("R1--R2"); "" is eth0. An empty list is an
	// interface without addresses, as for DHCP. Else a family that has none here is chosen.
	Addresses map[string][]netip.Prefix
	MACs      map[string]string // by the same keys
	Routes    []RouteSpec
	Names     []string // beside its own
	DNS       string   // address or node; "": the lab's names need no server
	Services  []string // for the drawing: who builds the lab starts them
}

// A RouteSpec is a static route.
type RouteSpec struct {
	Dst string // prefix, address, or "default"
	Via string // a neighbour's address or name
}

// A LinkSpec is a link between two nodes.
type LinkSpec struct {
	A, B string
	Name string // "": A--B
}

// A VLAN says what a link to a switch carries (IEEE 802.1Q).
type VLAN struct {
	ID     int   // an access port of this VLAN; frames have no tag
	Trunk  []int // a trunk: these VLANs, with tags; a host or router has an interface for each (eth0.10)
	All    bool  // a trunk of all VLANs that the Spec mentions
	Native int   // of a trunk: the VLAN of frames without a tag; 0: none, between switches 1
}

package topology

import (
	"net"
	"net/netip"
	"slices"
	"strings"
)

// A Plan is a network in every detail. Nodes and links stand in the order in which the Spec has them.
type Plan struct {
	Nodes    []*Node
	Links    []*Link
	Segments []*Segment

	nodes map[string]*Node
	links map[string]*Link // by each name that finds it
}

// A Node is a host, a router or a switch.
type Node struct {
	Name       string
	Kind       Kind
	Interfaces []*Interface // of a host or router, without lo; one with a Parent follows it
	Ports      []*Port      // of a switch
	Routes     []Route      // beside those to its own networks, and sorted: the longest prefix first
	Names      []string     // all that find it: "R1", "R1.lab" and what the Spec gave
	DNS        netip.Addr   // who knows other names; invalid: nobody
	Services   []string

	place int // among all nodes
}

// An Interface is a card of a host or router, or a VLAN on one.
type Interface struct {
	Name   string // "eth0", "eth0.10"
	Link   *Link
	MAC    net.HardwareAddr
	MTU    int
	Addrs  []netip.Prefix // IPv4, then IPv6, the link-local one last
	VLAN   int            // tag of its frames; 0: none
	Parent string         // the card that it is on; "": it is one

	tagged []*Interface // those whose Parent it is
	idle   bool         // it is on no segment: only its VLANs are, or it is behind a mirror port
}

// A Port is one of a switch's.
type Port struct {
	Name   string // "p1"
	Link   *Link
	MTU    int
	VLAN   int      // of frames without a tag; 0: they are dropped
	Trunk  []int    // VLANs whose frames have a tag; nil: an access port
	Mirror []string // ports whose frames are copied here; then nothing else passes. nil: no mirror port
}

// A Link joins two nodes.
type Link struct {
	Name string // "R1--R2"
	Ends [2]End
}

// An End is where a link meets a node: at an interface of a host or router, or at a port of a switch.
type End struct {
	Node      *Node
	Interface string
	MTU       int

	card *Interface // of a host or router
	port *Port      // of a switch
}

// A Route is a row of a routing table.
type Route struct {
	Dst       netip.Prefix
	Via       netip.Addr
	Interface string
	Static    bool // from the Spec
}

// A Segment is a link, or all that switches join in one VLAN.
type Segment struct {
	Name    string       // of its first switch or its link; "sw1 vlan 10"
	VLAN    int          // 0 and 1: none
	V4, V6  netip.Prefix // invalid: it has none
	Members []Member     // routers first

	all      []netip.Prefix
	links    []*Link // that it is on
	switches []*Node
}

// A Member is an interface on a segment.
type Member struct {
	Node      *Node
	Interface *Interface
}

// Node finds a node.
func (p *Plan) Node(name string) (*Node, error) {
	if n := p.nodes[name]; n != nil {
		return n, nil
	}
	return nil, fault("node "+name, "there is no such node%s", meant(name, p.nodeNames()))
}

// Link finds a link by its name, in either direction.
func (p *Plan) Link(name string) (*Link, error) {
	if l := p.links[strings.ReplaceAll(name, " ", "")]; l != nil {
		return l, nil
	}
	return nil, fault("link "+name, "there is no such link%s", meant(name, p.linkNames()))
}

// Interface finds an interface of the node, nil when there is none.
func (n *Node) Interface(name string) *Interface {
	if i := slices.IndexFunc(n.Interfaces, func(i *Interface) bool { return i.Name == name }); i >= 0 {
		return n.Interfaces[i]
	}
	return nil
}

// Port finds a port of the switch, nil when there is none.
func (n *Node) Port(name string) *Port {
	if i := slices.IndexFunc(n.Ports, func(p *Port) bool { return p.Name == name }); i >= 0 {
		return n.Ports[i]
	}
	return nil
}

// Addr is the node's first address, which its name stands for; invalid when it has none.
func (n *Node) Addr() netip.Addr {
	for _, i := range n.Interfaces {
		for _, a := range i.Addrs {
			if !a.Addr().IsLinkLocalUnicast() {
				return a.Addr()
			}
		}
	}
	return netip.Addr{}
}

func (p *Plan) nodeNames() (names []string) {
	for _, n := range p.Nodes {
		names = append(names, n.Name)
	}
	return names
}

func (p *Plan) linkNames() (names []string) {
	for _, l := range p.Links {
		names = append(names, l.Name)
	}
	return names
}

package topology_test

import (
	"net/netip"
	"strings"
	"testing"

	"moonwire/host/lab/topology"
)

func addresses(of ...string) (list []netip.Prefix) {
	for _, a := range of {
		list = append(list, netip.MustParsePrefix(a))
	}
	return list
}

// with is a NodeSpec with addresses on eth0.
func with(of ...string) topology.NodeSpec {
	return topology.NodeSpec{Addresses: map[string][]netip.Prefix{"": addresses(of...)}}
}

// routes is a NodeSpec with static routes: destination, gateway …
func routes(of ...string) (n topology.NodeSpec) {
	for i := 0; i < len(of); i += 2 {
		n.Routes = append(n.Routes, topology.RouteSpec{Dst: of[i], Via: of[i+1]})
	}
	return n
}

// TestFaults holds what is refused, and that each error names the link or node and the rule.
func TestFaults(t *testing.T) {
	t.Parallel()
	type nodes = map[string]topology.NodeSpec
	type vlans = map[string]topology.VLAN
	type mtus = map[string]int
	for _, tt := range []struct {
		name string
		spec topology.Spec
		want string
	}{
		{"empty", topology.Spec{}, `the lab: it has no nodes (a line such as "linux -- R1 -- R2" makes some)`},
		{"empty line", topology.Spec{Lines: []string{""}},
			`line "": a node: its name is missing (a line is a chain of nodes: "h1, h2 -- sw1 -- R1")`},
		{"end missing", topology.Spec{Lines: []string{"h1 --"}},
			`line "h1 --": a node: its name is missing (a line is a chain of nodes: "h1, h2 -- sw1 -- R1")`},
		{"three dashes", topology.Spec{Lines: []string{"h1 --- h2"}},
			`line "h1 --- h2": node "- h2": a name begins with a letter and has letters, digits, _ and single -, 63 at most`},
		{"blank in name", topology.Spec{Lines: []string{"my host -- R1"}},
			`line "my host -- R1": node "my host": a name begins with a letter and has letters, digits, _ and single -, 63 at most`},
		{"range down", topology.Spec{Lines: []string{"h3..h1 -- sw1"}},
			`line "h3..h1 -- sw1": range h3..h1: it must go up, and have 65535 names at most`},
		{"too many", topology.Spec{Lines: []string{"a1..a40000 -- sw1", "b1..b40000 -- sw1"}},
			`node b25535: a lab has 65535 nodes at most`},
		{"too many links", topology.Spec{Lines: []string{"a1..a1000 -- b1..b1000"}},
			`link a66--b536: a lab has 65535 links at most`},
		{"case", topology.Spec{Lines: []string{"h1 -- R1", "r1 -- h2"}},
			`node r1: there is R1 already, and names that differ in case alone are one name in DNS`},
		{"bad kind", topology.Spec{Nodes: nodes{"a": {Kind: "hub"}}}, `node a: there is no kind "hub" (host, router or switch)`},
		{"self link", topology.Spec{Lines: []string{"R1 -- R1"}}, `link R1--R1: a link joins two nodes, and both ends are R1`},
		{"same link name", topology.Spec{Lines: []string{"a -- b"}, Links: []topology.LinkSpec{{A: "b", B: "a", Name: "a--b"}}},
			`link a--b: there are two links of this name`},
		{"ring", topology.Spec{Lines: []string{"h1 -- sw1 -- sw2 -- sw3 -- sw1"}},
			`link sw3--sw1: it closes a ring of switches, where frames to all go round for ever: they have no spanning tree (loop=true allows it)`},
		{"two cables", topology.Spec{Lines: []string{"sw1 -- sw2", "sw1 -- sw2"}, VLAN: vlans{"sw1--sw2": {ID: 7}, "sw1--sw2#2": {ID: 7}}},
			`link sw1--sw2#2: it closes a ring of switches in VLAN 7, where frames to all go round for ever: they have no spanning tree (loop=true allows it)`},
		{"MTU of nothing", topology.Spec{Lines: []string{"linux -- R1 -- R2"}, MTU: mtus{"R1--R3": 1300}},
			`mtu of R1--R3: there is no such node, link or interface (did you mean R1--R2?)`},
		{"MTU of no interface", topology.Spec{Lines: []string{"linux -- R1 -- R2"}, MTU: mtus{"R1.eth3": 1300}},
			`mtu of R1.eth3: there is no such node, link or interface (did you mean R1.eth0?)`},
		{"MTU too small", topology.Spec{Lines: []string{"R1 -- R2"}, MTU: mtus{"R1--R2": 67}},
			`link R1--R2: an MTU of 67 is below 68, the least that IPv4 allows (RFC 791)`},
		{"MTU too large", topology.Spec{Lines: []string{"R1 -- R2"}, MTU: mtus{"": 65536}},
			`link R1--R2: an MTU of 65536 is above 65535, the longest datagram (RFC 791)`},
		{"MTU and IPv6", topology.Spec{Lines: []string{"R1 -- R2"}, MTU: mtus{"R1--R2": 1279}, Nodes: nodes{"R1": with("2001:db8::1/64")}},
			`interface R1.eth0: its MTU of 1279 is below 1280, the least that IPv6 allows (RFC 8200 section 5), so it can't have 2001:db8::1`},
		{"VLAN out of range", topology.Spec{Lines: []string{"h1 -- sw1"}, VLAN: vlans{"h1": {ID: 4095}}},
			`VLAN of h1: 4095 is no VLAN: they go from 1 to 4094 (IEEE 802.1Q)`},
		{"VLAN negative", topology.Spec{Lines: []string{"h1 -- sw1"}, VLAN: vlans{"h1": {Trunk: []int{10, 0}}}},
			`VLAN of h1: 0 is no VLAN: they go from 1 to 4094 (IEEE 802.1Q)`},
		{"VLAN of a switch", topology.Spec{Lines: []string{"h1 -- sw1"}, VLAN: vlans{"sw1": {ID: 10}}},
			`switch sw1: a switch has many VLANs: say those of a link or a port ("sw1.p1")`},
		{"VLAN without switch", topology.Spec{Lines: []string{"h1 -- h2"}, VLAN: vlans{"h1--h2": {ID: 10}}},
			`link h1--h2: VLAN 10 needs a switch at an end: a list, {10}, is for frames with a tag`},
		{"access and trunk", topology.Spec{Lines: []string{"h1 -- sw1"}, VLAN: vlans{"h1": {ID: 10, Trunk: []int{20}}}},
			`VLAN of h1: it is one VLAN (an access port) or a trunk, not both`},
		{"VLANs without end", topology.Spec{Lines: []string{"a1..a1000 -- sw1"}, VLAN: vlans{"a1": {Trunk: upTo(4094)}}},
			`the lab: 4094 VLANs on 1000 links are too many`},
		{"routes without end", topology.Spec{Lines: []string{"R1..R2000 -- R0"}},
			`the lab: 2001 routers with routes to 2000 networks are too many (routes=false leaves them out)`},
		{"routers without end", topology.Spec{Lines: []string{"R1..R3000 -- sw1"}},
			`the lab: 3000 routers with routes to 1 networks are too many (routes=false leaves them out)`},
		{"mirror of nothing", topology.Spec{Lines: []string{"h1, ids -- sw1"}, Mirror: map[string][]string{"ids": {"h2"}}},
			`mirror of h2: switch sw1 has no port to it`},
		{"mirror of itself", topology.Spec{Lines: []string{"h1, ids -- sw1"}, Mirror: map[string][]string{"ids": {"ids"}}},
			`port sw1.p2: a mirror port needs others whose frames it shows (or "all")`},
		{"mirror at two", topology.Spec{Lines: []string{"sw1 -- ids -- sw2"}, Mirror: map[string][]string{"ids": {"all"}}},
			`mirror of ids: it means 2 ports of switches: name one, as sw1.p2`},
		{"same address", topology.Spec{Lines: []string{"h1, h2 -- sw1"}, Nodes: nodes{"h1": with("10.0.0.1/24"), "h2": with("10.0.0.1/24")}},
			`interface h2.eth0: interface h1.eth0 has the address 10.0.0.1 already`},
		{"address of the network", topology.Spec{Lines: []string{"h1 -- sw1"}, Nodes: nodes{"h1": with("10.0.0.0/24")}},
			`interface h1.eth0: 10.0.0.0 is the first or the last address of 10.0.0.0/24: they stand for the network and for a broadcast`},
		{"group address", topology.Spec{Lines: []string{"h1 -- sw1"}, Nodes: nodes{"h1": with("224.0.0.1/24")}},
			`interface h1.eth0: 224.0.0.1 can't be the address of an interface`},
		{"address of no interface", topology.Spec{Lines: []string{"h1 -- sw1"},
			Nodes: nodes{"h1": {Addresses: map[string][]netip.Prefix{"eth1": addresses("10.0.0.1/24")}}}},
			`node h1: addresses of "eth1": it has no such interface (did you mean eth0?)`},
		{"address of a link", topology.Spec{Lines: []string{"h1 -- h2"}, Addresses: map[string][]netip.Prefix{"h1--h2": addresses("10.0.0.1/24")}},
			`addresses of h1--h2: a link has none: name a node or an interface ("h1.eth0")`},
		{"address of nobody", topology.Spec{Lines: []string{"h1 -- h2"}, Addresses: map[string][]netip.Prefix{"h3": addresses("10.0.0.1/24")}},
			`addresses of h3: there is no such node, link or interface (did you mean h1?)`},
		{"addresses twice", topology.Spec{Lines: []string{"h1 -- h2"}, Addresses: map[string][]netip.Prefix{"h1": addresses("10.0.0.1/24")},
			Nodes: nodes{"h1": with("10.0.0.3/24")}}, `interface h1.eth0: its addresses are given twice`},
		{"routes of nobody", topology.Spec{Lines: []string{"h1 -- h2"}, Routes: map[string][]topology.RouteSpec{"h3": {}}},
			`routes of h3: there is no such node, link or interface (did you mean h1?)`},
		{"overlap", topology.Spec{Lines: []string{"a -- R1 -- b"}, Nodes: nodes{"a": with("10.0.0.1/8"), "b": with("10.0.0.2/24")}},
			`network R1--b: its prefix 10.0.0.0/24 overlaps 10.0.0.0/8 of a--R1, so no route could tell them apart`},
		{"network full", topology.Spec{Lines: []string{"h1..h3 -- sw1"}, Networks: map[string][]netip.Prefix{"sw1": addresses("10.0.0.0/30")}},
			`network sw1: 10.0.0.0/30 has no address left for interface h3.eth0`},
		{"network of nothing", topology.Spec{Lines: []string{"h1 -- sw1"}, Networks: map[string][]netip.Prefix{"sw2": addresses("10.0.0.0/30")}},
			`networks of sw2: there is no such node, link or interface (did you mean sw1?)`},
		{"network of which", topology.Spec{Lines: []string{"h1, h2 -- sw1"}, VLAN: vlans{"h1": {ID: 10}, "h2": {ID: 20}},
			Networks: map[string][]netip.Prefix{"sw1": addresses("10.0.0.0/24")}},
			`networks of sw1: it means 2 networks: name one of vlan 10, vlan 20`},
		{"two on one network", topology.Spec{Lines: []string{"h1 -- sw1", "h1 -- sw1"}},
			`link h1--sw1#2: h1 is on this network by eth0 already: two cards there would have one route (addresses={} leaves one without)`},
		{"same MAC", topology.Spec{Lines: []string{"h1 -- h2"}, Nodes: nodes{"h1": {MACs: map[string]string{"": "02:00:00:00:00:02"}}}},
			`interface h2.eth0: h1.eth0 has its MAC address 02:00:00:00:00:02, too`},
		{"bad MAC", topology.Spec{Lines: []string{"h1 -- h2"}, Nodes: nodes{"h1": {MACs: map[string]string{"": "02:00"}}}},
			`interface h1.eth0: "02:00" is no MAC address (02:00:00:00:00:01)`},
		{"group MAC", topology.Spec{Lines: []string{"h1 -- h2"}, Nodes: nodes{"h1": {MACs: map[string]string{"": "01:00:00:00:00:01"}}}},
			`interface h1.eth0: 01:00:00:00:00:01 is the address of a group, not of a card`},
		{"two gateways", topology.Spec{Lines: []string{"h1, R1, R2 -- sw1"}, Nodes: nodes{"h1": routes("default", "R1", "default", "R2")}},
			`host h1: it has two routes to default, by 10.0.1.1 and by 10.0.1.2: one counts`},
		{"gateway elsewhere", topology.Spec{Lines: []string{"h1 -- R1 -- R2"}, Nodes: nodes{"h1": routes("default", "R2")}},
			`route of h1 to default: its gateway R2 is on none of the networks of h1`},
		{"gateway unknown", topology.Spec{Lines: []string{"h1 -- R1 -- R2"}, Nodes: nodes{"h1": routes("10.0.0.0/8", "R3")}},
			`route of h1 to 10.0.0.0/8: its gateway "R3" is no address and no node (did you mean R1?)`},
		{"bad destination", topology.Spec{Lines: []string{"h1 -- R1"}, Nodes: nodes{"h1": routes("10.0.0/8", "R1")}},
			`route of h1 to 10.0.0/8: "10.0.0/8" is no prefix (10.0.0.0/8), address or "default"`},
		{"same name", topology.Spec{Lines: []string{"h1 -- h2"}, Nodes: nodes{"h1": {Names: []string{"H2"}}}},
			`node h2: its name h2 is one of h1, too`},
		{"no DNS server", topology.Spec{Lines: []string{"h1 -- ns1"}, Nodes: nodes{"h1": {DNS: "ns2"}}},
			`node h1: its DNS server "ns2" is no address and no node that has one (did you mean ns1?)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := topology.Build(tt.spec)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestUnknownNames(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{Lines: []string{"linux -- R1 -- R2"}})
	for _, tt := range []struct {
		err  func() error
		want string
	}{
		{func() error { _, err := p.Node("lunix"); return err }, "node lunix: there is no such node (did you mean linux?)"},
		{func() error { _, err := p.Node("x"); return err }, "node x: there is no such node"},
		{func() error { _, err := p.Link("R1-R2"); return err }, "link R1-R2: there is no such link (did you mean R1--R2?)"},
		{func() error { _, err := p.Link("R2 -- R1"); return err }, ""},
	} {
		if err := tt.err(); err == nil && tt.want != "" || err != nil && err.Error() != tt.want {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}

func upTo(n int) (list []int) {
	for i := range n {
		list = append(list, i+1)
	}
	return list
}

// FuzzBuild builds and draws what anybody may write: a Plan or an error comes of it.
func FuzzBuild(f *testing.F) {
	for _, line := range []string{"linux -- R1 -- R2", "h1..h9 -- sw1 -- R1", "R1 -- R1", "a--b--a", "sw1 -- sw2\nsw2 -- sw1", "h1..h99999999999", "--,,--"} {
		f.Add(line, "R1", 10, 1300, "10.0.1.0/24")
	}
	f.Fuzz(func(t *testing.T, line, where string, vlan, mtu int, prefix string) {
		s := topology.Spec{Lines: strings.Split(line, "\n"), MTU: map[string]int{where: mtu}, VLAN: map[string]topology.VLAN{where: {ID: vlan}}}
		if p, err := netip.ParsePrefix(prefix); err == nil {
			s.Networks = map[string][]netip.Prefix{where: {p}}
			s.Nodes = map[string]topology.NodeSpec{where: with(prefix)}
		}
		p, err := topology.Build(s)
		switch {
		case err != nil:
		case len(p.Nodes) == 0 || p.Text() == "":
			t.Error("a plan without nodes")
		case len(p.Links) < 100 && strings.Contains(p.SVG(), "NaN"):
			t.Error("a picture of nothing")
		}
	})
}

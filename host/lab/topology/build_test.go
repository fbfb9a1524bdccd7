package topology_test

import (
	"fmt"
	"strings"
	"testing"

	"moonwire/host/lab/topology"
)

// build plans a Spec that has no fault.
func build(t *testing.T, s topology.Spec) *topology.Plan {
	t.Helper()
	p, err := topology.Build(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// listing is a Plan as text, line by line.
func listing(p *topology.Plan) string {
	var b strings.Builder
	for _, n := range p.Nodes {
		fmt.Fprintln(&b, n.Kind, n.Name)
		for _, i := range n.Interfaces {
			fmt.Fprintf(&b, "  %s %s %s mtu %d", i.Name, i.Link.Name, i.MAC, i.MTU)
			for _, a := range i.Addrs {
				fmt.Fprint(&b, " ", a)
			}
			fmt.Fprintln(&b)
		}
		for _, p := range n.Ports {
			fmt.Fprintf(&b, "  %s %s mtu %d vlan %d trunk %v mirror %v\n", p.Name, p.Link.Name, p.MTU, p.VLAN, p.Trunk, p.Mirror)
		}
		for _, r := range n.Routes {
			fmt.Fprintf(&b, "  %s via %s on %s\n", r.Dst, r.Via, r.Interface)
		}
	}
	return b.String()
}

// compare compares a listing with what is wanted, which is indented by tabs.
func compare(t *testing.T, got, want string) {
	t.Helper()
	want = strings.ReplaceAll(strings.TrimPrefix(want, "\n"), "\t", "")
	if got != want {
		t.Errorf("got:\n%s\nwanted:\n%s", got, want)
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{Lines: []string{"linux -- R1 -- R2"}, MTU: map[string]int{"R2--R1": 1300}})
	compare(t, listing(p), `
		host linux
		  eth0 linux--R1 02:00:00:00:00:01 mtu 1500 10.0.1.2/24 fd00:0:0:1::2/64 fe80::ff:fe00:1/64
		  0.0.0.0/0 via 10.0.1.1 on eth0
		  ::/0 via fd00:0:0:1::1 on eth0
		router R1
		  eth0 linux--R1 02:00:00:00:00:02 mtu 1500 10.0.1.1/24 fd00:0:0:1::1/64 fe80::ff:fe00:2/64
		  eth1 R1--R2 02:00:00:01:00:02 mtu 1300 10.0.2.1/24 fd00:0:0:2::1/64 fe80::ff:fe01:2/64
		router R2
		  eth0 R1--R2 02:00:00:00:00:03 mtu 1300 10.0.2.2/24 fd00:0:0:2::2/64 fe80::ff:fe00:3/64
		  10.0.1.0/24 via 10.0.2.1 on eth0
		  fd00:0:0:1::/64 via fd00:0:0:2::1 on eth0
		`)
}

package topology_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"moonwire/host/lab/topology"
)

func TestVLANs(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{
		Lines: []string{"h1, h2 -- sw1 -- sw2 -- R1", "ids -- sw1"},
		VLAN: map[string]topology.VLAN{"h1": {ID: 10}, "h2": {ID: 20}, "R1": {Trunk: []int{20, 10}},
			"sw2.p1": {Trunk: []int{10, 20}, Native: 99}},
		Mirror: map[string][]string{"ids": {"h1", "sw2"}},
	})
	compare(t, listing(p), `
		host h1
		  eth0 h1--sw1 02:00:00:00:00:01 mtu 1500 10.0.10.2/24 fd00:0:0:10::2/64 fe80::ff:fe00:1/64
		  0.0.0.0/0 via 10.0.10.1 on eth0
		  ::/0 via fd00:0:0:10::1 on eth0
		host h2
		  eth0 h2--sw1 02:00:00:00:00:02 mtu 1500 10.0.20.2/24 fd00:0:0:20::2/64 fe80::ff:fe00:2/64
		  0.0.0.0/0 via 10.0.20.1 on eth0
		  ::/0 via fd00:0:0:20::1 on eth0
		switch sw1
		  p1 h1--sw1 mtu 1500 vlan 10 trunk [] mirror []
		  p2 h2--sw1 mtu 1500 vlan 20 trunk [] mirror []
		  p3 sw1--sw2 mtu 1500 vlan 1 trunk [10 20 99] mirror []
		  p4 ids--sw1 mtu 1500 vlan 0 trunk [] mirror [p1 p3]
		switch sw2
		  p1 sw1--sw2 mtu 1500 vlan 99 trunk [10 20] mirror []
		  p2 sw2--R1 mtu 1500 vlan 0 trunk [10 20] mirror []
		router R1
		  eth0 sw2--R1 02:00:00:00:00:03 mtu 1500
		  eth0.10 sw2--R1 02:00:00:00:00:03 mtu 1500 10.0.10.1/24 fd00:0:0:10::1/64 fe80::ff:fe00:3/64
		  eth0.20 sw2--R1 02:00:00:00:00:03 mtu 1500 10.0.20.1/24 fd00:0:0:20::1/64 fe80::ff:fe00:3/64
		host ids
		  eth0 ids--sw1 02:00:00:00:00:04 mtu 1500
		`)
}

// TestSmallMTU holds that an interface below 1280 has no IPv6, and that no IPv6 route leads over it.
func TestSmallMTU(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{Lines: []string{"h1 -- R1 -- R2 -- h2"}, MTU: map[string]int{"R1": 1400, "R1--R2": 600, "R2.eth1": 9000}})
	compare(t, listing(p), `
		host h1
		  eth0 h1--R1 02:00:00:00:00:01 mtu 1500 10.0.1.2/24 fd00:0:0:1::2/64 fe80::ff:fe00:1/64
		  0.0.0.0/0 via 10.0.1.1 on eth0
		  ::/0 via fd00:0:0:1::1 on eth0
		router R1
		  eth0 h1--R1 02:00:00:00:00:02 mtu 1400 10.0.1.1/24 fd00:0:0:1::1/64 fe80::ff:fe00:2/64
		  eth1 R1--R2 02:00:00:01:00:02 mtu 600 10.0.2.1/24
		  10.0.3.0/24 via 10.0.2.2 on eth1
		router R2
		  eth0 R1--R2 02:00:00:00:00:03 mtu 600 10.0.2.2/24
		  eth1 R2--h2 02:00:00:01:00:03 mtu 9000 10.0.3.1/24 fd00:0:0:3::1/64 fe80::ff:fe01:3/64
		  10.0.1.0/24 via 10.0.2.1 on eth0
		host h2
		  eth0 R2--h2 02:00:00:00:00:04 mtu 1500 10.0.3.2/24 fd00:0:0:3::2/64 fe80::ff:fe00:4/64
		  0.0.0.0/0 via 10.0.3.1 on eth0
		  ::/0 via fd00:0:0:3::1 on eth0
		`)
}

// TestWishes holds that what a Spec says goes before what is chosen.
func TestWishes(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{
		Lines: []string{"a, b, c -- core -- gw -- d"},
		Nodes: map[string]topology.NodeSpec{
			"core": {Kind: topology.Switch},
			"gw":   {Kind: topology.Router},
			"a":    with("192.168.7.1/24"),
			"b":    {Addresses: map[string][]netip.Prefix{"b--core": {}}, MACs: map[string]string{"eth0": "00:00:5e:00:53:01"}},
			"d":    routes("default", "10.0.2.1", "10.9.0.0/16", "gw", "fd00:9::9", "gw"),
		},
		Networks: map[string][]netip.Prefix{"gw--d": addresses("2001:db8:1::/64")},
	})
	compare(t, listing(p), `
		host a
		  eth0 a--core 02:00:00:00:00:01 mtu 1500 192.168.7.1/24 fd00:0:0:1::1/64 fe80::ff:fe00:1/64
		  0.0.0.0/0 via 192.168.7.2 on eth0
		  ::/0 via fd00:0:0:1::2 on eth0
		host b
		  eth0 b--core 00:00:5e:00:53:01 mtu 1500 fe80::200:5eff:fe00:5301/64
		host c
		  eth0 c--core 02:00:00:00:00:03 mtu 1500 192.168.7.3/24 fd00:0:0:1::3/64 fe80::ff:fe00:3/64
		  0.0.0.0/0 via 192.168.7.2 on eth0
		  ::/0 via fd00:0:0:1::2 on eth0
		switch core
		  p1 a--core mtu 1500 vlan 1 trunk [] mirror []
		  p2 b--core mtu 1500 vlan 1 trunk [] mirror []
		  p3 c--core mtu 1500 vlan 1 trunk [] mirror []
		  p4 core--gw mtu 1500 vlan 1 trunk [] mirror []
		router gw
		  eth0 core--gw 02:00:00:00:00:04 mtu 1500 192.168.7.2/24 fd00:0:0:1::2/64 fe80::ff:fe00:4/64
		  eth1 gw--d 02:00:00:01:00:04 mtu 1500 10.0.2.1/24 2001:db8:1::1/64 fe80::ff:fe01:4/64
		host d
		  eth0 gw--d 02:00:00:00:00:05 mtu 1500 10.0.2.2/24 2001:db8:1::2/64 fe80::ff:fe00:5/64
		  10.9.0.0/16 via 10.0.2.1 on eth0
		  0.0.0.0/0 via 10.0.2.1 on eth0
		  fd00:9::9/128 via 2001:db8:1::1 on eth0
		  ::/0 via 2001:db8:1::1 on eth0
		`)
}

// TestLarge holds the addresses of a segment that no /24 can hold.
func TestLarge(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{Lines: []string{"h1..h300 -- sw1 -- R1 -- h0"}})
	for name, want := range map[string]string{"R1": "[10.1.0.1/16 fd00:0:0:1::1/64 fe80::ff:fe00:12d/64]", "h1": "[10.1.0.2/16 fd00:0:0:1::2/64 fe80::ff:fe00:1/64]",
		"h299": "[10.1.1.44/16 fd00:0:0:1::300/64 fe80::ff:fe00:12b/64]", "h0": "[10.0.2.2/24 fd00:0:0:2::2/64 fe80::ff:fe00:12e/64]"} {
		n, err := p.Node(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(n.Interfaces[0].Addrs); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestRing holds that a ring of switches is built when asked for.
func TestRing(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{Lines: []string{"h1 -- sw1 -- sw2 -- sw3 -- sw1"}, Loop: true})
	if len(p.Links) != 4 || len(p.Segments) != 1 || p.Segments[0].Name != "sw1" {
		t.Errorf("%d links, %d segments", len(p.Links), len(p.Segments))
	}
}

// TestWays holds which of several ways a router takes: the one of least hops, else over the router whose name is first.
func TestWays(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{Lines: []string{"R1 -- Rb -- R4 -- h1", "R1 -- Ra -- R4", "R1 -- R2 -- R3 -- R4"}, NoIPv6: true,
		Nodes: map[string]topology.NodeSpec{"Rb": {Kind: topology.Router}, "Ra": {Kind: topology.Router}}})
	r1, _ := p.Node("R1")
	var got []string
	for _, r := range r1.Routes {
		got = append(got, fmt.Sprint(r.Dst, " ", r.Via))
	}
	// 10.0.1.0 to Rb, 10.0.4.0 to Ra, 10.0.6.0 to R2; 10.0.3.0 is that of h1, 10.0.8.0 between R3 and R4
	want := "10.0.2.0/24 10.0.1.2, 10.0.3.0/24 10.0.4.2, 10.0.5.0/24 10.0.4.2, 10.0.7.0/24 10.0.6.2, 10.0.8.0/24 10.0.6.2"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}

// TestTwoGateways holds a host between networks that don't know of each other: it has routes to both.
func TestTwoGateways(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{Lines: []string{"a -- R1 -- h1 -- R2 -- b"}, NoIPv6: true})
	compare(t, listing(p), `
		host a
		  eth0 a--R1 02:00:00:00:00:01 mtu 1500 10.0.1.2/24
		  0.0.0.0/0 via 10.0.1.1 on eth0
		router R1
		  eth0 a--R1 02:00:00:00:00:02 mtu 1500 10.0.1.1/24
		  eth1 R1--h1 02:00:00:01:00:02 mtu 1500 10.0.2.1/24
		host h1
		  eth0 R1--h1 02:00:00:00:00:03 mtu 1500 10.0.2.2/24
		  eth1 h1--R2 02:00:00:01:00:03 mtu 1500 10.0.3.2/24
		  10.0.4.0/24 via 10.0.3.1 on eth1
		  0.0.0.0/0 via 10.0.2.1 on eth0
		router R2
		  eth0 h1--R2 02:00:00:00:00:04 mtu 1500 10.0.3.1/24
		  eth1 R2--b 02:00:00:01:00:04 mtu 1500 10.0.4.1/24
		host b
		  eth0 R2--b 02:00:00:00:00:05 mtu 1500 10.0.4.2/24
		  0.0.0.0/0 via 10.0.4.1 on eth0
		`)
}

// TestAddressesByReference holds the short way to say addresses and routes.
func TestAddressesByReference(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{Lines: []string{"h1 -- sw1 -- R1"}, VLAN: map[string]topology.VLAN{"R1": {Trunk: []int{10}, Native: 1}}, NoIPv6: true,
		Addresses: map[string][]netip.Prefix{"h1": addresses("192.0.2.7/24"), "R1.eth0.10": addresses("10.9.0.1/30")},
		Routes:    map[string][]topology.RouteSpec{"h1": {{Dst: "198.51.100.0/24", Via: "192.0.2.9"}}}})
	compare(t, listing(p), `
		host h1
		  eth0 h1--sw1 02:00:00:00:00:01 mtu 1500 192.0.2.7/24
		  198.51.100.0/24 via 192.0.2.9 on eth0
		  0.0.0.0/0 via 192.0.2.1 on eth0
		switch sw1
		  p1 h1--sw1 mtu 1500 vlan 1 trunk [] mirror []
		  p2 sw1--R1 mtu 1500 vlan 1 trunk [10] mirror []
		router R1
		  eth0 sw1--R1 02:00:00:00:00:02 mtu 1500 192.0.2.1/24
		  eth0.10 sw1--R1 02:00:00:00:00:02 mtu 1500 10.9.0.1/30
		`)
}

func BenchmarkThousand(b *testing.B) {
	for name, s := range map[string]topology.Spec{
		"star":  {Lines: []string{"h1..h1000 -- sw1"}},
		"tree":  {Lines: []string{"R1..R20 -- R0", "h1..h1000 -- sw1 -- R1"}},
		"spoke": {Lines: []string{"h1..h1000 -- R1"}},
		"mtus":  {Lines: []string{"h1..h1000 -- R1"}, MTU: each(1000)},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := topology.Build(s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func each(n int) map[string]int {
	mtus := map[string]int{}
	for i := range n {
		mtus[fmt.Sprintf("h%d--R1", i+1)] = 1400
	}
	return mtus
}

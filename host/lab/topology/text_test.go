package topology_test

import (
	"fmt"
	"strings"
	"testing"

	"moonwire/host/lab/topology"
)

func TestText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		spec topology.Spec
		want string
	}{
		{"chain", topology.Spec{Lines: []string{"linux -- R1 -- R2"}, MTU: map[string]int{"R1--R2": 1300}}, `
			[linux]----------------------------(R1)--------- MTU 1300 ---------(R2)
			       eth0                    eth0    eth1                    eth0
			       10.0.1.2/24      10.0.1.1/24    10.0.2.1/24      10.0.2.2/24
			       fd00:0:0:1::2  fd00:0:0:1::1    fd00:0:0:2::1  fd00:0:0:2::2`},
		{"long chain", topology.Spec{Lines: []string{"a -- sw1 -- R1 -- R2 -- R3 -- b"}, NoIPv6: true, MTU: map[string]int{"R3.eth1": 9000}}, `
			[a]-------------<sw1>-------------(R1)------------------------(R2)------------------------(R3)
			   eth0       p1     p2       eth0    eth1                eth0    eth1                eth0
			   10.0.1.2/24         10.0.1.1/24    10.0.2.1/24  10.0.2.2/24    10.0.3.1/24  10.0.3.2/24

			(R3)------------------------[b]
			    eth1                eth0
			    10.0.4.1/24  10.0.4.2/24
			    MTU 9000        MTU 1500`},
		{"alone", topology.Spec{Nodes: map[string]topology.NodeSpec{"a": {}, "b": {}}}, `
			[a]

			[b]`},
		{"star with VLANs", topology.Spec{Lines: []string{"h1, h2, h3 -- sw1 -- R1", "h4, h5 -- R1"}, NoIPv6: true, MTU: map[string]int{"h4--R1": 9000},
			Nodes: map[string]topology.NodeSpec{"h3": {Services: []string{"http", "dns"}}},
			VLAN:  map[string]topology.VLAN{"h1": {ID: 10}, "h2": {ID: 20}, "R1--sw1": {Trunk: []int{10, 11, 12, 20}, Native: 1}}}, `
			<sw1>
			 +- p1 vlan 10 ------------------ eth0 [h1]  10.0.10.2/24
			 +- p2 vlan 20 ------------------ eth0 [h2]  10.0.20.2/24
			 +- p3 -------------------------- eth0 [h3: http, dns]  10.0.1.2/24
			 ` + "`" + `- p4 trunk 10-12,20 native 1 -- eth0 (R1)  10.0.1.1/24  eth0.10 10.0.10.1/24  eth0.11 10.0.11.1/24
			                                             eth0.12 10.0.12.1/24  eth0.20 10.0.20.1/24
			     +- eth1 10.0.2.1/24 -- MTU 9000 -- eth0 [h4]  10.0.2.2/24
			     ` + "`" + `- eth2 10.0.3.1/24 -- eth0 [h5]  10.0.3.2/24`},
		{"ring", topology.Spec{Lines: []string{"R1 -- R2 -- R3 -- R1"}, NoIPv6: true}, `
			(R1)
			 +- eth0 10.0.1.1/24 -- eth0 (R2)  10.0.1.2/24
			 |   ` + "`" + `- eth1 10.0.2.1/24 -- eth0 (R3) *  10.0.2.2/24
			 ` + "`" + `- eth1 10.0.3.1/24 -- eth1 (R3)  10.0.3.2/24
			 * is drawn in another place`},
		{"crowd", topology.Spec{Lines: []string{"h1..h50, ids -- sw1"}, Mirror: map[string][]string{"ids": {"all"}}, NoIPv6: true}, `
			<sw1>
			 +- p1 ------------------- eth0 [h1]  10.0.1.1/24
			 |  49 more
			 ` + "`" + `- p51 mirror of p1-50 -- eth0 [ids]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			compare(t, build(t, tt.spec).Text(), tt.want)
		})
	}
}

// TestTextIsBounded holds that deep and long drawings end.
func TestTextIsBounded(t *testing.T) {
	t.Parallel()
	lines := []string{"s1 -- s2"}
	for i := range 500 {
		lines = append(lines, fmt.Sprintf("s%d -- s%d", i+2, i+3), fmt.Sprintf("h%d -- s%d", i, i+2))
	}
	if got := build(t, topology.Spec{Lines: lines}).Text(); len(got) > 100_000 || !strings.Contains(got, "...") {
		t.Errorf("%d bytes", len(got))
	}
}

package topology_test

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"moonwire/host/lab/topology"
)

// TestSVG holds that a picture is well-formed, the same each time, and has every name, address and unusual MTU.
func TestSVG(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{
		Lines: []string{"h1..h4 -- sw1 -- sw2 -- R1 -- R2 -- web", "ids -- sw1", "n9 -- sw2", "x", "y -- z", "h4 -- R2", "R2 -- R3 -- R1", "R1 -- R2"},
		MTU:   map[string]int{"R1--R2": 1300, "R2.eth1": 9000}, Mirror: map[string][]string{"ids": {"all"}},
		VLAN:  map[string]topology.VLAN{"h1": {ID: 10}, "R1--sw2": {Trunk: []int{1, 10}}},
		Nodes: map[string]topology.NodeSpec{"web": {Services: []string{"http", "a<b"}}},
	})
	picture := p.SVG()
	if p.SVG() != picture {
		t.Error("two pictures of one plan differ")
	}
	var text strings.Builder
	for d := xml.NewDecoder(strings.NewReader(picture)); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if data, ok := token.(xml.CharData); ok {
			text.WriteString(string(data) + " ")
		}
	}
	want := []string{"MTU 1300", "MTU 9000", "MTU 1500", "http, a<b", "vlan 10", "trunk 10", "mirror of p1-5"}
	for _, n := range p.Nodes {
		want = append(want, n.Name)
		for _, i := range n.Interfaces {
			for _, a := range i.Addrs {
				if !a.Addr().IsLinkLocalUnicast() {
					want = append(want, a.Addr().String())
				}
			}
		}
	}
	for _, l := range p.Links {
		want = append(want, l.Name)
	}
	for _, w := range want {
		if !strings.Contains(text.String(), w) {
			t.Errorf("the picture lacks %q", w)
		}
	}
	for _, bad := range []string{"NaN", "Inf"} {
		if strings.Contains(picture, bad) {
			t.Errorf("the picture has %s in it", bad)
		}
	}
}

// TestLargeSVG holds that a picture of many nodes and long ways takes no long time.
func TestLargeSVG(t *testing.T) {
	t.Parallel()
	p := build(t, topology.Spec{Lines: []string{"h1..h500 -- sw1 -- R1 -- R2 -- R3 -- R4 -- h501..h1000", "h1 -- R4"}})
	start := time.Now()
	if n := len(p.SVG()); n < 1000*100 {
		t.Errorf("only %d bytes", n)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v", took)
	}
}

package route_test

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"moonwire/host/lab/node/route"
)

func any(*route.Hop) bool { return true }

func TestLookup(t *testing.T) {
	t.Parallel()
	var table route.Table
	for i, s := range []string{"0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3/32", "::/0", "fd00::/64"} {
		table.Add(route.Hop{Dst: netip.MustParsePrefix(s), Interface: i + 1})
	}
	table.Add(route.Hop{Dst: netip.MustParsePrefix("10.1.0.0/16"), Interface: 9, Metric: 5})
	for a, want := range map[string]int{
		"192.0.2.1": 1, "10.9.9.9": 2, "10.1.9.9": 3, "10.1.2.3": 4, "2001:db8::1": 5, "fd00::1": 6, "fd00:0:0:1::1": 5,
	} {
		if h, ok := table.Lookup(netip.MustParseAddr(a), any); !ok || h.Interface != want {
			t.Errorf("%s goes by %d, want %d", a, h.Interface, want)
		}
	}
	h, _ := table.Lookup(netip.MustParseAddr("10.1.9.9"), func(h *route.Hop) bool { return h.Interface != 3 })
	if h.Interface != 9 {
		t.Errorf("with the best one down it goes by %d", h.Interface)
	}
	if table.Add(route.Hop{Dst: netip.MustParsePrefix("10.0.0.0/8"), Interface: 2}) {
		t.Error("a route was added twice")
	}
	if n := table.Remove(func(h route.Hop) bool { return h.Dst.Bits() == 0 }); n != 2 {
		t.Errorf("%d removed", n)
	}
	if _, ok := table.Lookup(netip.MustParseAddr("192.0.2.1"), any); ok {
		t.Error("a removed route is used")
	}
}

// TestLookupIsTheLongest compares the table with a search through all routes.
func TestLookupIsTheLongest(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	address := func() netip.Addr {
		return netip.AddrFrom4([4]byte{10, byte(r.IntN(3)), byte(r.IntN(4)), byte(r.IntN(256))})
	}
	var table route.Table
	var all []netip.Prefix
	for range 300 {
		p := netip.PrefixFrom(address(), r.IntN(33)).Masked()
		table.Add(route.Hop{Dst: p, Interface: 1})
		all = append(all, p)
	}
	for range 3000 {
		a, best := address(), -1
		for _, p := range all {
			if p.Contains(a) {
				best = max(best, p.Bits())
			}
		}
		h, ok := table.Lookup(a, any)
		if ok != (best >= 0) || ok && h.Dst.Bits() != best {
			t.Fatalf("%v goes by %v, want /%d", a, h.Dst, best)
		}
	}
}

package pathmtu_test

import (
	"net/netip"
	"testing"
	"time"

	"moonwire/host/lab/node/pathmtu"
)

func TestLearn(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	v4, v6 := netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("fd00::1")
	for _, tt := range []struct {
		name  string
		dst   netip.Addr
		said  []int
		want  int // 0: nothing is known
		loose bool
	}{
		{"as said", v4, []int{1300}, 1300, false},
		{"the least of several", v4, []int{1300, 1200, 1400}, 1200, false},
		{"no more than the link", v4, []int{1500}, 0, false},
		{"below what is believed", v4, []int{100}, pathmtu.Least4, true},
		{"not said at all (RFC 1191 section 5)", v4, []int{0}, pathmtu.Least4, true},
		{"IPv6", v6, []int{1400}, 1400, false},
		{"IPv6 below its least", v6, []int{600}, pathmtu.Least6, false},
	} {
		var c pathmtu.Cache
		for _, mtu := range tt.said {
			c.Learn(tt.dst, mtu, 1500, now)
		}
		p, ok := c.Lookup(tt.dst, now.Add(pathmtu.Lifetime-1))
		if ok != (tt.want > 0) || p.MTU != tt.want || p.Loose != tt.loose {
			t.Errorf("%s: got %+v, %v", tt.name, p, ok)
		}
		if _, ok := c.Lookup(tt.dst, now.Add(pathmtu.Lifetime)); ok {
			t.Errorf("%s: believed for too long", tt.name)
		}
	}
}

// TestBound tells lies about many destinations.
func TestBound(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var c pathmtu.Cache
	for i := range 5000 {
		now = now.Add(time.Millisecond)
		c.Learn(netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}), 1300, 1500, now)
	}
	if n := len(c.All(now)); n != 4096 {
		t.Errorf("%d destinations are remembered", n)
	}
}

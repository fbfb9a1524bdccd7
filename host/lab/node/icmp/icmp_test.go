package icmp_test

import (
	"net/netip"
	"testing"
	"time"

	"moonwire/host/lab/node/icmp"
)

// TestLimiter spends what Linux lets a router say: six messages at once to a host and then one a second, fifty at once to
// all and then a thousand a second.
func TestLimiter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var l icmp.Limiter
	host := func(i int) netip.Addr { return netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}) }
	allowed := func(n int, dst func(int) netip.Addr) (count int) {
		for i := range n {
			if l.Allow(dst(i), time.Second, now) {
				count++
			}
		}
		return count
	}
	same := func(int) netip.Addr { return host(1) }
	for _, tt := range []struct {
		after time.Duration
		want  int
	}{{0, 6}, {0, 0}, {time.Second, 1}, {2500 * time.Millisecond, 2}, {500 * time.Millisecond, 1}, {time.Hour, 6}} {
		now = now.Add(tt.after)
		if got := allowed(20, same); got != tt.want {
			t.Errorf("%v later %d messages, want %d", tt.after, got, tt.want)
		}
	}
	l = icmp.Limiter{}
	if got := allowed(200, host); got != 50 {
		t.Errorf("%d messages at once to all", got)
	}
	now = now.Add(10 * time.Millisecond)
	if got := allowed(200, func(i int) netip.Addr { return host(i + 500) }); got != 10 {
		t.Errorf("%d messages after 10 ms", got)
	}
	if !l.Allow(host(1), icmp.Interval(icmp.FragmentationNeeded(1300), true, 24), now) || icmp.Interval(icmp.PacketTooBig(1300), false, 64) != 0 {
		t.Error("path-MTU discovery is limited")
	}
	if got := icmp.Interval(icmp.NoRoute6, false, 64); got != 250*time.Millisecond {
		t.Errorf("a host of a /64 may be told every %v", got)
	}
}

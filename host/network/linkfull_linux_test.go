package network_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/vishvananda/netlink"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// TestLinkFull sends faster than the interface may: frames wait, and none is lost.
func TestLinkFull(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	nettest.OneProcessor(t)
	const rate, count = 4 << 20, 1500 // bytes a second, frames
	for _, tt := range []struct {
		name  string
		limit uint32 // bytes that the queue holds
	}{{"queue", 3000}, {"socket memory", 16 << 20}} {
		for _, method := range []string{"mmsg", "write", "ring"} {
			t.Run(tt.name+" "+method, func(t *testing.T) {
				t.Parallel()
				p := nettest.NewPair(t)
				shape(t, p.Left, rate, tt.limit)
				a := openLink(t, p.Left, "right", &network.LinkOpts{Method: method})
				b := openLink(t, p.Right, "left", &network.LinkOpts{Filter: onlyType(testType), Promiscuous: true})
				long := make([]byte, 1400)
				n, err := a.WriteFrames(t.Context(), count, func(i int, slot []byte) int {
					if i%100 == 0 {
						a.Interrupt() // is none of a writer's business
					}
					copy(slot, long)
					copy(slot, numbered(i))
					return len(long)
				})
				if n != count || err != nil {
					t.Fatal(n, err)
				}
				for _, f := range arrived(t, p, b, count) {
					if !bytes.Equal(f.Data[:60], numbered(number(f))) {
						t.Fatalf("frame %d: % x", number(f), f.Data[:20])
					}
				}
				ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
				defer cancel()
				n, err = a.WriteFrames(ctx, 1<<30, func(i int, slot []byte) int { return len(slot) - 4 })
				if n == 0 || !errors.Is(err, context.DeadlineExceeded) {
					t.Error(n, err)
				}
			})
		}
	}
}

// shape lets a node's interface send so many bytes a second.
func shape(t *testing.T, n *nettest.Node, rate uint64, limit uint32) {
	t.Helper()
	err := n.Do(func() error {
		l, err := netlink.LinkByName("right")
		if err != nil {
			return err
		}
		return netlink.QdiscAdd(&netlink.Tbf{QdiscAttrs: netlink.QdiscAttrs{LinkIndex: l.Attrs().Index, Handle: netlink.MakeHandle(1, 0),
			Parent: netlink.HANDLE_ROOT}, Rate: rate, Limit: limit, Buffer: 20000})
	})
	if err != nil {
		t.Skip("no traffic shaping here: ", err)
	}
}

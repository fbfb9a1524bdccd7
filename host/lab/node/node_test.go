package node_test

import (
	"testing"
	"time"

	"moonwire/host/lab/node"
)

// TestPing has two hosts on one link ping each other, and each itself.
func TestPing(t *testing.T) {
	t.Parallel()
	w := realtime(t)
	a, pa := w.node(node.Options{Name: "a"}, "10.0.0.1/24 fd00::1/64")
	b, pb := w.node(node.Options{Name: "b"}, "10.0.0.2/24 fd00::2/64")
	w.join(pa[0], pb[0])
	for _, tt := range []struct {
		from *node.Node
		to   string
		v6   bool
	}{
		{a, "10.0.0.2", false}, {b, "10.0.0.1", false}, {a, "fd00::2", true}, {b, "fd00::1", true},
		{a, "10.0.0.1", false}, {a, "127.0.0.1", false}, {a, "127.0.0.2", false}, {a, "fd00::1", true}, {a, "::1", true},
	} {
		for _, n := range []int{0, 56, 4000} {
			if err := w.pinger(tt.from, tt.v6).ping(tt.to, n, time.Minute); err != nil {
				t.Errorf("ping %s to %s with %d bytes: %v", tt.from.Name(), tt.to, n, err)
			}
		}
	}
}

// TestSettleAfterClose holds that a wait which ends with its node doesn't wait for the node's goroutines for ever.
func TestSettleAfterClose(t *testing.T) {
	w := simulated(t)
	n, err := node.New(node.Options{Name: "h", Engine: w.engine, Clock: w.clock, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	n.Close()
	n.Settle()
}

package client6_test

import (
	"testing"

	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
)

// TestWhole goes through a lease's life by hand.
func TestWhole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.serve(t, "R1", plain)
	c := w.open(t, nil)
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1, Temporary: 1, Prefixes: 1})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"fd00::1:0:0:3:101/128", "fd00::1:0:0:4:101/128", "fd80:0:0:100::/56"} {
		if got := l.Terms().IAs[i].Bindings[0].Prefix.String(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"renew", func() error { return l.Renew(w.ctx) }},
		{"rebind", func() error { return l.Rebind(w.ctx) }},
		{"confirm", func() error { return c.Confirm(w.ctx, l) }},
		{"release", func() error { return l.Release(w.ctx) }},
		{"information", func() error { _, err := c.Information(w.ctx); return err }},
	} {
		if err := step.do(); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
	}
	var heard []dhcp6.Type
	for _, m := range s.heard {
		heard = append(heard, m.Type)
	}
	t.Log(heard)
}

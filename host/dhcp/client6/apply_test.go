package client6_test

import (
	"net/netip"
	"slices"
	"testing"

	"moonwire/host/dhcp/client6"
	"moonwire/host/network"
)

// has says whether an interface of a host has an address.
func has(n network.Network, iface, prefix string) bool {
	list, _ := n.Interfaces()
	for _, i := range list {
		if i.Name == iface && slices.Contains(i.Addrs, netip.MustParsePrefix(prefix)) {
			return true
		}
	}
	return false
}

// TestApply sets a lease's address and networks of its prefix, and takes them back: by hand, and when the lease ends.
func TestApply(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.serve(t, "R1", plain)
	c := w.open(t, func(o *client6.Options) { o.MAC = nil })
	use := client6.Use{Assign: []client6.Assignment{{Iface: "lo", Number: 255}}, DNS: []netip.Addr{netip.MustParseAddr("fd00:0:0:1::1")}}
	l, err := c.Acquire(w.ctx, client6.Want{Addresses: 1, Prefixes: 1})
	if err != nil {
		t.Fatal(err)
	}
	address, network := l.Terms().Addresses()[0].String()+"/128", ""
	for _, ia := range l.Terms().IAs {
		b := ia.Bindings[0].Prefix.Addr().As16()
		b[7], b[15] = 255, 1
		network = netip.PrefixFrom(netip.AddrFrom16(b), 64).String()
	}
	set := func() bool { return has(w.on("h1"), "eth0", address) && has(w.on("h1"), "lo", network) }
	for _, end := range []func() error{l.Undo, func() error { return l.Release(w.ctx) }} {
		if err := l.Apply(w.ctx, use); err != nil || !set() {
			t.Fatal(err, set())
		}
		if err := l.Renew(w.ctx); err != nil || !set() {
			t.Error(err, set())
		}
		if err := end(); err != nil || has(w.on("h1"), "eth0", address) || has(w.on("h1"), "lo", network) {
			t.Error(err, set())
		}
	}
	if err := l.Apply(w.ctx, use); kind(err) != "closed" {
		t.Error(err)
	}
	again, err := c.Acquire(w.ctx, client6.Want{Prefixes: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Apply(w.ctx, client6.Use{Assign: []client6.Assignment{{Iface: "lo", Number: 256}}}); kind(err) != "refused" {
		t.Error(err)
	}
}

package sockets_test

import (
	"net/netip"
	"strings"
	"testing"

	"moonwire/host/catalog"
	"moonwire/host/hosttest"
)

// What the lab doesn't know a host asks its DNS server.
func TestNameServer(t *testing.T) {
	t.Parallel()
	simul, _ := simulated(t)
	for _, w := range []*world{realtime(t), simul} {
		a, _ := w.pair()
		a.Network.(interface{ SetNameServers(...netip.AddrPort) }).SetNameServers(netip.MustParseAddrPort("127.0.0.1:53"))
		got := hosttest.RunIn(t, a, `
			local s = assert(require "serve".dns{port = 53, address = "127.0.0.1", zone = {["www.example"] = {"10.0.1.2", "fd00::2"}}})
			for _, a in ipairs(assert(socket.dns.getaddrinfo("www.example"))) do print(a.family, a.addr) end
			print(socket.dns.toip("none.example"))
			print(socket.dns.toip("localhost"))`, catalog.Modules()...)
		const want = "inet6\tfd00::2\ninet\t10.0.1.2\nnil\thost not found\n127.0.0.1\t"
		if len(got) < len(want) || got[:len(want)] != want {
			t.Errorf("got\n%s", got)
		}
	}
}

// A group's resolver counts until it is undone: servers of its own, and domains behind short names.
func TestSetResolver(t *testing.T) {
	t.Parallel()
	w, _ := simulated(t)
	a, _ := w.pair()
	lease := a.Network.Config().Group()
	if err := lease.SetResolver([]netip.Addr{netip.MustParseAddr("127.0.0.1")}, []string{"example"}); err != nil {
		t.Fatal(err)
	}
	const ask = `
		local s = assert(require "serve".dns{port = 53, address = "127.0.0.1", zone = {["www.example"] = {"10.0.1.2"}}})
		print(socket.dns.toip("www"))`
	if got := hosttest.RunIn(t, a, ask, catalog.Modules()...); !strings.HasPrefix(got, "10.0.1.2\t") {
		t.Errorf("got\n%s", got)
	}
	if err := lease.Undo(); err != nil {
		t.Error(err)
	}
	if got := hosttest.RunIn(t, a, ask, catalog.Modules()...); !strings.HasPrefix(got, "nil\thost not found") {
		t.Errorf("after undo got\n%s", got)
	}
}

package sockets_test

import (
	"bytes"
	"net"
	"net/netip"
	"testing"

	"moonwire/host/lab/node"
	"moonwire/host/lab/sockets"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// world is what the hosts of a test live in.
type world struct {
	testing.TB
	engine wire.Engine
	clock  network.Clock
}

// realtime is a world by the machine's clock.
func realtime(t testing.TB) *world {
	e := wire.NewRealtime()
	t.Cleanup(e.Close)
	return &world{t, e, network.ClockFrom(t.Context())}
}

// host is a node with its network.
type host struct {
	network.Network
	node  *node.Node
	ports []*wire.Port
}

// host makes a node with interfaces eth0, eth1 … that have the addresses of one string each.
func (w *world) host(name string, router bool, addrs ...string) *host {
	w.Helper()
	n, err := node.New(node.Options{Name: name, Engine: w.engine, Clock: w.clock, Router: router})
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(n.Close)
	h := &host{Network: sockets.New(n, nil), node: n}
	for i, list := range addrs {
		iface := node.Interface{Name: "eth" + string(rune('0'+i)), MAC: mac(name, i)}
		for _, a := range bytes.Fields([]byte(list)) {
			iface.Addrs = append(iface.Addrs, netip.MustParsePrefix(string(a)))
		}
		p := wire.NewPort(name + "." + iface.Name)
		if err := n.Plug(p, iface); err != nil {
			w.Fatal(err)
		}
		h.ports = append(h.ports, p)
	}
	return h
}

// mac is the address of a node's i-th interface.
func mac(name string, i int) net.HardwareAddr {
	m := net.HardwareAddr{2, 0, 0, 0, 0, byte(i)}
	copy(m[1:5], name)
	return m
}

// pair is two hosts on a link.
func (w *world) pair() (a, b *host) {
	w.Helper()
	a = w.host("a", false, "10.0.0.1/24 fd00::1/64")
	b = w.host("b", false, "10.0.0.2/24 fd00::2/64")
	wire.Connect(w.engine, "a--b", a.ports[0], b.ports[0], wire.LinkOptions{})
	return a, b
}

// path is two hosts with a router between.
func (w *world) path() (a, r, b *host) {
	w.Helper()
	a = w.host("a", false, "10.0.1.1/24 fd00:1::1/64")
	r = w.host("r", true, "10.0.1.254/24 fd00:1::ff/64", "10.0.2.254/24 fd00:2::ff/64")
	b = w.host("b", false, "10.0.2.1/24 fd00:2::1/64")
	wire.Connect(w.engine, "a--r", a.ports[0], r.ports[0], wire.LinkOptions{})
	wire.Connect(w.engine, "r--b", r.ports[1], b.ports[0], wire.LinkOptions{})
	for h, via := range map[*host][2]string{a: {"10.0.1.254", "fd00:1::ff"}, b: {"10.0.2.254", "fd00:2::ff"}} {
		for i, dst := range []string{"0.0.0.0/0", "::/0"} {
			if err := h.node.AddRoute(network.Route{Dst: netip.MustParsePrefix(dst), Gateway: netip.MustParseAddr(via[i])}); err != nil {
				w.Fatal(err)
			}
		}
	}
	return a, r, b
}

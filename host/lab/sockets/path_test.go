package sockets_test

import (
	"bytes"
	"context"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/bindings/dgram"
	"moonwire/bindings/link"
	"moonwire/bindings/packet"
	"moonwire/host/catalog"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
	"moonwire/host/lab/node"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/vm"
	"moonwire/stdlib"
)

// routers is nettest's Path in a lab: client -- r1 == r2 -- server, with an MTU of 1300 between the routers.
type routers struct{ client, r1, r2, server *host }

func (w *world) routers() routers {
	w.Helper()
	p := routers{w.bare("client", false), w.bare("r1", true), w.bare("r2", true), w.bare("server", false)}
	w.wire(p.client, p.r1, "11", 1500)
	w.wire(p.r1, p.r2, "12", 1300)
	w.wire(p.r2, p.server, "13", 1500)
	for _, r := range []struct {
		host     *host
		dst, via string
	}{
		{p.client, "0.0.0.0/0", "10.0.11.2"}, {p.client, "::/0", "fd00:11::2"},
		{p.r1, "10.0.13.0/24", "10.0.12.2"}, {p.r1, "fd00:13::/64", "fd00:12::2"},
		{p.r2, "10.0.11.0/24", "10.0.12.1"}, {p.r2, "fd00:11::/64", "fd00:12::1"},
		{p.server, "0.0.0.0/0", "10.0.13.1"}, {p.server, "::/0", "fd00:13::1"},
	} {
		if err := r.host.Config().AddRoute(network.Route{Dst: netip.MustParsePrefix(r.dst), Gateway: netip.MustParseAddr(r.via)}); err != nil {
			w.Fatal(err)
		}
	}
	for _, h := range []*host{p.r1, p.r2, p.server} {
		h.node.SetErrorLimit(false)
	}
	return p
}

// bare makes a host without interfaces.
func (w *world) bare(name string, router bool) *host { return w.host(name, router) }

// wire joins two hosts: the left one's interface is named right, the right one's left.
func (w *world) wire(left, right *host, subnet string, mtu int) {
	w.Helper()
	ends := [2]*wire.Port{}
	for i, end := range []struct {
		host  *host
		iface string
	}{{left, "right"}, {right, "left"}} {
		name, _ := end.host.Hostname()
		ends[i] = wire.NewPort(name + "." + end.iface)
		self := string(rune('1' + i))
		err := end.host.node.Plug(ends[i], node.Interface{Name: end.iface, MAC: mac(name, i), MTU: mtu, Addrs: []netip.Prefix{
			netip.MustParsePrefix("10.0." + subnet + "." + self + "/24"), netip.MustParsePrefix("fd00:" + subnet + "::" + self + "/64")}})
		if err != nil {
			w.Fatal(err)
		}
		ends[i].SetMTU(mtu + 4) // as veth, which has room for a VLAN tag
	}
	wire.Connect(w.engine, ends[0].Name()+"--"+ends[1].Name(), ends[0], ends[1], wire.LinkOptions{})
}

// TestPath runs ping, traceroute and path MTU discovery in Lua over two routers: the output is Linux's.
func TestPath(t *testing.T) {
	want, err := os.ReadFile(filepath.FromSlash("../../../bindings/dgram/testdata/path.txt"))
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.FromSlash("../../../bindings/dgram/testdata/path.lua"))
	if err != nil {
		t.Fatal(err)
	}
	simul, _ := simulated(t)
	for _, w := range []*world{realtime(t), simul} {
		var out bytes.Buffer
		rt, err := vm.New(vm.Options{Modules: []*decl.Module{dgram.Module()}, Lib: stdlib.FS, Network: w.routers().client, Files: network.OSFiles(),
			Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out})
		if err != nil {
			t.Fatal(err)
		}
		if err := rt.Run(context.Background(), "path.lua", string(source)); err != nil {
			t.Errorf("%v\n%s", err, out.String())
		}
		hosttest.SameLines(t, out.String(), string(want))
	}
}

// TestPathLua runs the modules that explore a network. Time is simulated: for a hop that is silent they don't wait as long as
// a busy machine may keep the lab from answering.
func TestPathLua(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"clear", "frames", "refused", "blackhole"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, _ := simulated(t)
			p := w.routers()
			if name == "blackhole" {
				if err := p.r1.Config().SetMTU("right", 1500); err != nil {
					t.Fatal(err)
				}
			}
			hosttest.RunFileIn(t, p.client, filepath.Join("..", "..", "..", "stdlib", "testdata", "path", name+".lua"), catalog.Modules()...)
		})
	}
}

// TestLinkLua exchanges frames with the stacks of a path, as it does with Linux's.
func TestLinkLua(t *testing.T) {
	t.Parallel()
	p := realtime(t).routers()
	l, err := p.server.Listen(t.Context(), "tcp", "10.0.13.2:80", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	hosttest.RunFileIn(t, p.client, filepath.FromSlash("../../../bindings/link/testdata/kernel.lua"), link.Module(), packet.Module())
}

// TestLANLua runs arp on one of three hosts on a switch.
func TestLANLua(t *testing.T) {
	t.Parallel()
	w, _ := simulated(t)
	sw := wire.NewSwitch(w.engine, "sw")
	var hosts []*host
	for i := range 3 {
		self := string(rune('1' + i))
		h := w.bare("h"+self, false)
		port := wire.NewPort("h" + self + ".eth0")
		err := h.node.Plug(port, node.Interface{Name: "eth0", MAC: net.HardwareAddr{2, 0, 0, 0, 0, byte(i + 1)},
			Addrs: []netip.Prefix{netip.MustParsePrefix("10.0.0." + self + "/24"), netip.MustParsePrefix("fd00::" + self + "/64")}})
		if err != nil {
			t.Fatal(err)
		}
		wire.Connect(w.engine, "sw--h"+self, port, sw.AddPort("sw."+self), wire.LinkOptions{})
		hosts = append(hosts, h)
	}
	hosttest.RunFileIn(t, hosts[0], filepath.FromSlash("../../../stdlib/testdata/lan/arp.lua"), catalog.Modules()...)
}

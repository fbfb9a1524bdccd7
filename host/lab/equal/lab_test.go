package equal

import (
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"

	"moonwire/host/lab/node"
	"moonwire/host/lab/sockets"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// inLab is the network made in this process.
func inLab(t *testing.T) world {
	t.Helper()
	e := wire.NewRealtime()
	t.Cleanup(e.Close)
	w, ports := make(world), make(map[string]*wire.Port)
	for _, s := range stations {
		n, err := node.New(node.Options{Name: s.name, Engine: e, Clock: network.Kernel().Clock(), Router: s.router})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(n.Close)
		w[s.name] = sockets.New(n, nil)
		t.Cleanup(func() { w[s.name].Close() })
		for _, c := range s.cards {
			p := wire.NewPort(s.name + "." + c.name)
			p.SetMTU(c.mtu)
			ports[p.Name()] = p
			if err := n.Plug(p, c.plugged(t)); err != nil {
				t.Fatal(err)
			}
		}
		for dst, via := range s.routes {
			if err := n.AddRoute(netip.MustParsePrefix(dst), netip.MustParseAddr(via), s.towards(via)); err != nil {
				t.Fatal(err)
			}
		}
	}
	sw := wire.NewSwitch(e, "sw")
	for _, name := range []string{"client.eth0", "peer.eth0", "r1.eth0"} {
		wire.Connect(e, name, ports[name], sw.AddPort("sw."+name), wire.LinkOptions{})
	}
	wire.Connect(e, "r1--r2", ports["r1.eth1"], ports["r2.eth0"], wire.LinkOptions{})
	wire.Connect(e, "r2--server", ports["r2.eth1"], ports["server.eth0"], wire.LinkOptions{})
	return w
}

// plugged is the card as a node has it.
func (c card) plugged(t *testing.T) node.Interface {
	t.Helper()
	mac, err := net.ParseMAC(c.mac)
	if err != nil {
		t.Fatal(err)
	}
	i := node.Interface{Name: c.name, MAC: mac, MTU: c.mtu}
	for _, a := range c.addrs {
		i.Addrs = append(i.Addrs, netip.MustParsePrefix(a))
	}
	return i
}

// towards is the interface that a gateway is reached by.
func (s station) towards(gateway string) string {
	for _, c := range s.cards {
		for _, a := range c.addrs {
			if p := netip.MustParsePrefix(a); p.Contains(netip.MustParseAddr(gateway)) {
				return c.name
			}
		}
	}
	return ""
}

// A difference is an experiment that prints something else in the lab, and is meant to.
type difference struct{ because, lab string }

// differences reads the list: paragraphs of the experiment's name, the reason after "because ", and what the lab prints.
func differences(t *testing.T, file string) map[string]difference {
	t.Helper()
	list := make(map[string]difference)
	for name, lines := range parseReport(t, file) {
		because, lab, _ := strings.Cut(lines, "\n")
		reason, ok := strings.CutPrefix(because, "because ")
		if !ok || reason == "" {
			t.Errorf("%s: %s: no reason", file, name)
		}
		list[name] = difference{reason, lab}
	}
	return list
}

// TestLab runs the experiments in a lab, and compares what they print with Linux.
func TestLab(t *testing.T) {
	const file, linux = "testdata/differences.txt", "testdata/linux.txt"
	lab := perform(t, inLab)
	if name := os.Getenv("MOONWIRE_REPORT"); name != "" {
		if err := os.WriteFile(name, []byte(report(lab)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, listed := parseReport(t, linux), differences(t, file)
	for name, got := range lab {
		d, differs := listed[name]
		delete(listed, name)
		switch {
		case !differs && got != want[name]:
			t.Errorf("%s: the lab prints\n%sLinux prints\n%s%s has no reason for that", name, got, want[name], file)
		case differs && got == want[name]:
			t.Errorf("%s: the lab prints what Linux prints; take it from %s", name, file)
		case differs && got != d.lab:
			t.Errorf("%s: the lab prints\n%s%s says\n%s", name, got, file, d.lab)
		}
	}
	for name := range listed {
		t.Errorf("%s has %q, which is no experiment", file, name)
	}
}

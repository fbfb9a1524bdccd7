package equal

import (
	"net/netip"
	"os"
	"strings"
	"testing"

	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/network/simtime"
)

// inLab is the network made in this process.
func inLab(t *testing.T) world {
	t.Helper()
	spec := topology.Spec{Lines: []string{"client, peer -- sw -- r1 -- r2 -- server"}, MTU: map[string]int{"r1--r2": 1300},
		Nodes: make(map[string]topology.NodeSpec)}
	for _, s := range stations {
		spec.Nodes[s.name] = s.spec()
	}
	plan, err := topology.Build(spec)
	if err != nil {
		t.Fatal(err)
	}
	clock := simtime.New(simtime.Epoch)
	t.Cleanup(clock.Close)
	l, err := lab.New(plan, lab.Options{Clock: clock, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	w := make(world)
	for _, s := range stations {
		h, err := l.Host(s.name)
		if err != nil {
			t.Fatal(err)
		}
		h.Node().SetErrorLimit(false)
		w[s.name] = h.Network()
	}
	return w
}

// spec is the station as a plan has it. The plan finds the routes.
func (s station) spec() topology.NodeSpec {
	n := topology.NodeSpec{Kind: topology.Host, Addresses: make(map[string][]netip.Prefix), MACs: make(map[string]string)}
	if s.router {
		n.Kind = topology.Router
	}
	for _, c := range s.cards {
		n.MACs[c.name] = c.mac
		for _, a := range c.addrs {
			n.Addresses[c.name] = append(n.Addresses[c.name], netip.MustParsePrefix(a))
		}
	}
	return n
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
	t.Parallel()
	const file, linux = "testdata/differences.txt", "testdata/linux.txt"
	printed := perform(t, inLab)
	if name := os.Getenv("MOONWIRE_REPORT"); name != "" {
		if err := os.WriteFile(name, []byte(report(printed)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, listed := parseReport(t, linux), differences(t, file)
	for name, got := range printed {
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

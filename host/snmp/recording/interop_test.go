//go:build interop

package recording_test

import (
	"compress/gzip"
	"context"
	"io"
	"math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/network"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/recording"
	"moonwire/host/snmp/snmptest"
)

// play plays a recording in an agent on loopback.
func play(t *testing.T, text string) string {
	t.Helper()
	r, err := recording.Read([]byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Error(p)
	}
	table, err := agent.NewTable(r.Vars())
	if err != nil {
		t.Fatal(err)
	}
	tree := agent.NewTree(table)
	tree.Mount(r.Mounts(network.Kernel().Clock(), rand.New(rand.NewPCG(1, 1)))...)
	a, err := agent.New(context.Background(), agent.Options{Addresses: []netip.Addr{netip.MustParseAddr("127.0.0.1")}, UDP: true,
		Trees: map[string]*agent.Tree{"": tree}, Communities: []agent.Community{{Name: "public", Rules: []agent.Rule{agent.Full}}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a.Addresses()[0].String()
}

func walk(t *testing.T, addr string, args ...string) string {
	t.Helper()
	return snmptest.Run(t, "snmpwalk", append(args, "-v2c", "-c", "public", "-r1", "-t5", "-Cc", addr, ".1")...)
}

// differ tells the first line in which two walks differ.
func differ(t *testing.T, what, a, b string) {
	t.Helper()
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(la), len(lb)) {
		if la[i] != lb[i] {
			t.Errorf("%s: line %d: %s\nwant %s", what, i+1, la[i], lb[i])
			return
		}
	}
	if len(la) != len(lb) {
		t.Errorf("%s: %d lines, want %d", what, len(la), len(lb))
	}
}

// samples are recordings that come with snmpsim.
func sample(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(filepath.Join("/usr/share/doc/snmpsim/examples/data", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	b, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestBesideSnmpsim walks recordings that are played here and by snmpsim.
func TestBesideSnmpsim(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"recorded/linksys-system.snmprec", "recorded/winxp-full-walk.snmprec.gz", "hp_perf2.snmprec.gz", "bgp.snmprec"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := sample(t, name)
			sim := snmptest.Snmpsim(t, map[string]string{"public.snmprec": text})
			differ(t, name, walk(t, play(t, text), "-On"), walk(t, sim.Addr, "-On"))
		})
	}
}

// TestRecordingOfSnmpd records snmpd in all ways, and plays that here and in snmpsim.
func TestRecordingOfSnmpd(t *testing.T) {
	t.Parallel()
	snmpd := snmptest.SnmpdOf(t, nil, "sysServices 72", "view some included .1.3.6.1.2.1.1", "view some included .1.3.6.1.2.1.4", "view some included .1.3.6.1.6.3.16", "view some included .1.3.6.1.2.1.88",
		"rocommunity some default -V some", "rocommunity6 some default -V some")
	args := []string{"-v2c", "-c", "some", snmpd.Addr, ".1.3.6.1"}
	for _, form := range []string{"-On", "-Oxn", "-OT", "-Oe", "-Ont"} {
		printed := snmptest.Run(t, "snmpwalk", append([]string{form}, args...)...)
		again := walk(t, play(t, printed), form)
		if form == "-Oxn" || form == "-OT" {
			continue // strings that are text are printed in hexadecimal there, and here too
		}
		differ(t, form, again, printed)
	}
	bulk := snmptest.Run(t, "snmpbulkwalk", append([]string{"-On"}, args...)...)
	differ(t, "snmpbulkwalk", walk(t, play(t, bulk), "-On"), bulk)

	r, err := recording.Read([]byte(bulk), nil)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, e := range r.Entries {
		text.WriteString(recording.Line(e.Var) + "\n")
	}
	sim := snmptest.Snmpsim(t, map[string]string{"public.snmprec": text.String()})
	differ(t, "snmpsim", walk(t, play(t, text.String()), "-On"), walk(t, sim.Addr, "-On"))
}

// TestSamples reads all recordings that come with snmpsim and walks them to their ends.
func TestSamples(t *testing.T) {
	t.Parallel()
	for name, least := range map[string]int{"public.snmprec.gz": 3800, "recorded/linux-full-walk.snmprec.gz": 3800, "cisco_16_switch.snmprec.gz": 51000,
		"foreignformats/linux.snmpwalk.gz": 3400, "foreignformats/winxp1.snmpwalk.gz": 2000} {
		r, err := recording.Read([]byte(sample(t, name)), nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(r.Problems) > 1 || len(r.Entries) < least {
			t.Errorf("%s: %d entries, %d problems, the first: %v", name, len(r.Entries), len(r.Problems), r.Problems[:min(3, len(r.Problems))])
		}
	}
}

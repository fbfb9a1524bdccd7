//go:build interop && unix

package names_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"moonwire/bindings/internal/names"
	"moonwire/host/mib"
	"moonwire/host/mib/facts"
	"moonwire/host/mib/smi"
	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/snmptest"
)

// recorded are instances below enterprises 99999, in order: what snmpsim plays, and the same value here.
var recorded = []struct {
	at, tag, text string
	value         message.Value
}{
	{"1.0", "4x", "5232", message.Text("R2")},
	{"2.0", "4x", "02000a0b0c0d", message.Text("\x02\x00\x0a\x0b\x0c\x0d")},
	{"3.0", "4x", "07c8051a0d1e0f00", message.Text("\x07\xc8\x05\x1a\x0d\x1e\x0f\x00")},
	{"4.0", "4x", "07c8051a0d1e0f002d0400", message.Text("\x07\xc8\x05\x1a\x0d\x1e\x0f\x00\x2d\x04\x00")},
	{"5.0", "2", "-215", message.Integer(-215)},
	{"6.0", "66", "1205", message.Gauge32(1205)},
	{"7.0", "66", "4080", message.Gauge32(4080)},
	{"8.0", "66", "420", message.Gauge32(420)},
	{"9.0", "4x", "5ac3bc72696368", message.Text("Zürich")},
	{"10.0", "4x", "0a00000100a1", message.Text("\x0a\x00\x00\x01\x00\xa1")},
	{"12.0", "4x", "0301020309", message.Text("\x03\x01\x02\x03\x09")},
	{"14.0", "2", "2", message.Integer(2)},
	{"15.0", "2", "1", message.Integer(1)},
	{"16.0", "4x", "8040", message.Text("\x80\x40")},
	{"17.0", "6", "1.3.6.1.2.1.1.5.0", message.OIDValue(oid.MustParse("1.3.6.1.2.1.1.5.0"))},
	{"18.0", "67", "17283456", message.TimeTicks(17283456)},
	{"19.0", "64", "192.0.2.7", message.Contents(0x40, []byte{192, 0, 2, 7})},
	{"20.0", "70", "18446744073709551615", message.Counter64(18446744073709551615)},
	{"21.0", "4x", "00ff10", message.Text("\x00\xff\x10")},
	{"22.0", "4x", "706c61696e", message.Text("plain")},
	{"23.0", "2", "-7", message.Integer(-7)},
	{"24.0", "66", "4294967295", message.Gauge32(4294967295)},
	{"25.0", "2", "9", message.Integer(9)},
	{"31.1.5.7.2.97.98.1.10.0.0.1", "2", "1", message.Integer(1)},
	{"31.1.5.7.4.97.34.32.98.2.10.0.0.2", "2", "2", message.Integer(2)},
	{"32.1.3.2.0.10.11.12.13.120.121", "2", "3", message.Integer(3)},
	{"33.1.1.2.0.10.11.12.13.120.121", "2", "4", message.Integer(4)},
	{"34.1.3.97.98.99.8.7.200.5.26.13.30.15.0", "2", "5", message.Integer(5)},
}

// snmpwalk reads the same MIB file and the same values: names, indices and texts are alike.
func TestTexts(t *testing.T) {
	t.Parallel()
	tree := mib.New(facts.Table())
	set, err := smi.Load(context.Background(), network.OSFiles(), []string{"testdata/VALUES-MIB.txt"}, smi.Options{Known: tree})
	if err != nil || len(set.Problems) > 0 {
		t.Fatal(err, set.Problems)
	}
	tree.Add(set.Modules...)
	var recording strings.Builder
	root := oid.MustParse("1.3.6.1.4.1.99999")
	for _, r := range recorded {
		fmt.Fprintf(&recording, "%s.%s|%s|%s\n", root, r.at, r.tag, r.text)
	}
	recording.WriteString("1.3.6.1.4.1.100000.0|2|0\n") // ends the walk
	sim, dir := snmptest.Snmpsim(t, map[string]string{"public.snmprec": recording.String()}), snmptest.MIBs(t)
	walk := func(flags string) []string {
		text := snmptest.Run(t, "snmpwalk", "-v2c", "-cpublic", "-t5", "-M", dir+":testdata", "-m", "VALUES-MIB:SNMPv2-MIB", flags, sim.Addr, root.String())
		lines := strings.Split(strings.TrimSpace(text), "\n")
		if len(lines) != len(recorded) {
			t.Fatalf("%d lines for %d values:\n%s", len(lines), len(recorded), text)
		}
		return lines
	}
	indexed, short := walk("-OXs"), walk("-OQUsb")
	for i, r := range recorded {
		o, err := oid.Parse(root.String() + "." + r.at)
		if err != nil {
			t.Fatal(err)
		}
		theirs, text, _ := strings.Cut(short[i], " = ")
		if got := tree.Name(o); got != theirs {
			t.Errorf("%s, snmpwalk says %s", got, theirs)
		}
		name, long, _ := strings.Cut(indexed[i], " = ")
		if got := tree.Indexed(o); bare(got) != bare(name) {
			t.Errorf("%s, snmpwalk says %s", got, name)
		}
		if _, words, bits := strings.Cut(long, "BITS: 80 40 "); bits {
			text = strings.ReplaceAll(numbered.ReplaceAllString(strings.TrimSpace(words), ""), " ", ", ")
		}
		if _, uptime, ticks := strings.Cut(long, ") "); ticks && strings.HasPrefix(long, "Timeticks") {
			text = uptime
		}
		ours := names.Text(tree, o, r.value)
		if bare(ours) != bare(text) {
			t.Errorf("%s is %q, snmpwalk says %q", theirs, ours, text)
		}
		back, _, err := tree.Resolve(tree.Indexed(o))
		if err != nil || !back.Equal(o) {
			t.Errorf("%s leads to %s, %v; want %s", tree.Indexed(o), back, err, o)
		}
	}
}

var (
	numbered = regexp.MustCompile(`\(\d+\)`)
	digit    = regexp.MustCompile(`\b[0-9a-f](:|\b)`)
	mac      = regexp.MustCompile(`\b[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}\b`)
)

// bare is text without net-snmp's quotes and words for types, and with two digits for each byte of a MAC address.
func bare(s string) string {
	s = mac.ReplaceAllStringFunc(s, func(m string) string { return digit.ReplaceAllString(m, "0$0") })
	return strings.TrimSpace(strings.NewReplacer("STRING: ", "", `"`, "", "'", "", `\`, "").Replace(s))
}

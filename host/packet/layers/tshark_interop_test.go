//go:build interop

package layers_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"moonwire/host/packet"
)

// TestTsharkReadsTheSame holds each field of what we build against tshark's reading: equal values, good checksums,
// nothing malformed.
func TestTsharkReadsTheSame(t *testing.T) {
	groups := map[string][]wireCase{} // cases that one run of tshark can read
	for _, c := range wireCases() {
		if c.wild {
			continue
		}
		key := fmt.Sprint(linkType(c.stack[0].layer), c.prefs)
		groups[key] = append(groups[key], c)
	}
	for _, cases := range groups {
		names := displayNames(t, cases)
		rows := tsharkRows(t, cases, names)
		for i, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				row := map[string][]string{}
				for k, name := range names {
					if text := rows[i][k]; text != "" {
						row[name] = strings.Split(text, ",")
					}
				}
				c.holdAgainst(t, row)
			})
		}
	}
}

// complaints are the columns that say what tshark thinks of a packet.
var complaints = []string{"_ws.malformed", "_ws.expert.severity", "_ws.expert.message", "ip.checksum.status", "udp.checksum.status",
	"tcp.checksum.status", "icmp.checksum.status", "icmpv6.checksum.status", "icmp.ext.checksum.status", "igmp.checksum.status"}

// displayNames lists what to ask tshark for: what the tables name, what the cases name, and its complaints.
func displayNames(t *testing.T, cases []wireCase) []string {
	names := slices.Clone(complaints)
	for _, c := range cases {
		p := c.build(t)
		for i := range p.Len() {
			for _, f := range p.Layer(i).Protocol().Fields {
				if f.Wireshark != "" {
					names = append(names, f.Wireshark)
				}
			}
		}
		for name := range c.shown {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// tsharkRows runs tshark over the cases: a row of the named columns for each.
func tsharkRows(t *testing.T, cases []wireCase, names []string) [][]string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "mw-cases.pcap")
	if err := os.WriteFile(file, pcapOf(t, cases), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"-r", file, "-T", "fields", "-E", "separator=/t", "-E", "occurrence=a", "-E", "aggregator=,", "-E", "quote=n",
		"-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "tcp.relative_sequence_numbers:FALSE",
		"-o", "tcp.analyze_sequence_numbers:FALSE", "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE"}
	for _, pref := range cases[0].prefs {
		if strings.Contains(pref, "==") {
			args = append(args, "-d", pref)
		} else {
			args = append(args, "-o", pref)
		}
	}
	for _, name := range names {
		args = append(args, "-e", name)
	}
	cmd := exec.Command("tshark", args...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("tshark (package tshark): %v\n%s", err, &complaint)
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(lines) != len(cases) {
		t.Fatalf("tshark read %d packets of %d", len(lines), len(cases))
	}
	rows := make([][]string, len(lines))
	for i, line := range lines {
		rows[i] = strings.Split(line, "\t")
	}
	return rows
}

// pcapOf is the built packets as a capture file, one a second.
func pcapOf(t *testing.T, cases []wireCase) []byte {
	le := binary.LittleEndian
	file := le.AppendUint32(nil, 0xa1b2c3d4)
	file = append(file, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	file = le.AppendUint32(le.AppendUint32(file, 262144), linkType(cases[0].stack[0].layer))
	for i, c := range cases {
		raw := c.build(t).Raw()
		file = le.AppendUint32(le.AppendUint32(file, uint32(i+1)), 0)
		file = le.AppendUint32(le.AppendUint32(file, uint32(len(raw))), uint32(len(raw)))
		file = append(file, raw...)
	}
	return file
}

// linkType is the capture file's number for packets that begin with a layer (tcpdump.org's LINKTYPE_ values).
func linkType(layer string) uint32 {
	switch layer {
	case "ip", "ipv6":
		return 101
	case "ppp":
		return 9
	}
	return 1
}

// holdAgainst compares the packet's fields with tshark's columns.
func (c wireCase) holdAgainst(t *testing.T, row map[string][]string) {
	t.Helper()
	for name, values := range row {
		bad := strings.HasSuffix(name, ".checksum.status") && slices.Contains(values, "0") ||
			name == "_ws.malformed" || name == "_ws.expert.severity" && slices.Contains(values, "8388608")
		if bad && !c.expert {
			t.Errorf("tshark complains: %s %v %v", name, values, row["_ws.expert.message"])
		}
	}
	for name, want := range c.shown {
		if got := strings.Join(row[name], ","); got != want {
			t.Errorf("%s: tshark shows %q, wanted %q", name, got, want)
		}
	}
	for name, values := range c.columns(t) {
		if slices.Contains(c.silent, name) || c.shown[name] != "" || row[name] == nil && zeros(values) {
			continue
		}
		if got := row[name]; !slices.EqualFunc(got, values, sameText) {
			t.Errorf("%s: tshark shows %q, we have %q", name, got, values)
		}
	}
}

// columns are the packet's fields that have a display name, by that name, in the order of the layers.
func (c wireCase) columns(t *testing.T) map[string][]string {
	p, columns := c.build(t), map[string][]string{}
	for i := range p.Len() {
		at := p.Layer(i)
		for k := range at.Protocol().Fields {
			f := &at.Protocol().Fields[k]
			v := at.Stored(f)
			if v == nil || f.Wireshark == "" {
				continue
			}
			text := fmt.Sprint(v)
			if _, fraction := v.(float64); fraction {
				// as it is
			} else if n, ok := at.Number(f); ok {
				text = strconv.FormatUint(n, 10)
			} else if list, ok := v.([]packet.Value); ok {
				text = packet.TextOf(list)
			}
			columns[f.Wireshark] = append(columns[f.Wireshark], text)
		}
	}
	return columns
}

// zeros says whether all values are nothing: tshark leaves out what says nothing.
func zeros(values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return strings.Trim(v, "0\x00:.{}") != "" })
}

// sameText says whether tshark's text means our value: numbers in any base, bytes in hexadecimal.
func sameText(shark, ours string) bool {
	if shark == ours || shark == hex.EncodeToString([]byte(ours)) {
		return true
	}
	a, err1 := strconv.ParseUint(shark, 0, 64)
	b, err2 := strconv.ParseUint(ours, 10, 64)
	x, err3 := strconv.ParseFloat(shark, 64)
	y, err4 := strconv.ParseFloat(ours, 64)
	return err1 == nil && err2 == nil && a == b || err3 == nil && err4 == nil && x == y
}

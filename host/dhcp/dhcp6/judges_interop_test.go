//go:build interop

package dhcp6_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/dhcp/dhcp6"
)

// capture writes messages as a file of IPv6 packets, one for each.
func capture(t *testing.T, messages []*dhcp6.Message) string {
	t.Helper()
	le, be := binary.LittleEndian, binary.BigEndian
	file := le.AppendUint32(nil, 0xa1b2c3d4)
	file = append(file, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	file = le.AppendUint32(le.AppendUint32(file, 262144), 101) // raw IP
	for i, m := range messages {
		b, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		udp := be.AppendUint16(be.AppendUint16(nil, 547), 547)
		udp = append(be.AppendUint16(udp, uint16(8+len(b))), 0x12, 0x34)
		udp = append(udp, b...)
		raw := be.AppendUint16([]byte{0x60, 0, 0, 0}, uint16(len(udp)))
		raw = append(raw, 17, 64)
		raw = append(raw, bytes.Repeat([]byte{0xfd}, 32)...)
		raw = append(raw, udp...)
		file = le.AppendUint32(le.AppendUint32(file, uint32(i+1)), 0)
		file = le.AppendUint32(le.AppendUint32(file, uint32(len(raw))), uint32(len(raw)))
		file = append(file, raw...)
	}
	path := filepath.Join(t.TempDir(), "messages.pcap")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func output(t *testing.T, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, &complaint)
	}
	return string(out)
}

// TestTshark holds what we write of every option against tshark's reading.
func TestTshark(t *testing.T) {
	messages := make([]*dhcp6.Message, len(samples))
	for i, s := range samples {
		typ := dhcp6.Request
		if s.name == "reconfigure_message" {
			typ = dhcp6.Reconfigure
		}
		messages[i] = dhcp6.New(typ, uint32(i+1), s.option(t))
	}
	file := capture(t, messages)
	if bad := output(t, "tshark", "-r", file, "-V", "-Y", "_ws.malformed or _ws.expert.severity >= 6291456"); bad != "" {
		t.Errorf("tshark complains of:\n%s", bad)
	}
	args := []string{"-r", file, "-T", "fields", "-E", "aggregator=;"}
	columns := map[string]int{}
	for _, s := range samples {
		for _, want := range s.tshark {
			name, _, _ := strings.Cut(want, "=")
			if _, known := columns[name]; !known {
				columns[name] = len(columns)
				args = append(args, "-e", name)
			}
		}
	}
	lines := strings.Split(strings.TrimSuffix(output(t, "tshark", args...), "\n"), "\n")
	if len(lines) != len(samples) {
		t.Fatalf("tshark read %d messages of %d", len(lines), len(samples))
	}
	for i, s := range samples {
		cells := strings.Split(lines[i], "\t")
		for _, want := range s.tshark {
			name, value, _ := strings.Cut(want, "=")
			got := cells[columns[name]]
			plain := func(s string) string { return strings.ReplaceAll(strings.TrimSuffix(s, "."), ":", "") }
			found := false
			for one := range strings.SplitSeq(got, ";") {
				found = found || plain(one) == plain(value)
			}
			if !found {
				t.Errorf("%s: tshark's %s is %q, want %q", s.name, name, got, value)
			}
		}
	}
}

// TestScapy holds what we write of every option against what Scapy makes of the same values.
func TestScapy(t *testing.T) {
	script := "from scapy.layers.dhcp6 import *\n"
	var asked []sample
	for _, s := range samples {
		if s.scapy != "" {
			asked = append(asked, s)
			script += "print(bytes(" + s.scapy + ").hex())\n"
		}
	}
	lines := strings.Fields(output(t, "/usr/bin/python3", "-c", script))
	if len(lines) != len(asked) {
		t.Fatalf("Scapy wrote %d options of %d", len(lines), len(asked))
	}
	for i, s := range asked {
		b, err := dhcp6.New(dhcp6.Solicit, 1, s.option(t)).Encode()
		if err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(b[4:]); got != lines[i] {
			t.Errorf("%s: we write %s, Scapy %s", s.name, got, lines[i])
		}
	}
}

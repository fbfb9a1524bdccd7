//go:build interop

package filter_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/bpf"
)

// capture writes frames to a capture file; a frame's time is its number.
func capture(t *testing.T, linkType uint32, frames []frame) string {
	t.Helper()
	var b bytes.Buffer
	put := func(v ...any) {
		for _, x := range v {
			binary.Write(&b, binary.LittleEndian, x)
		}
	}
	put(uint32(0xa1b2c3d4), uint16(2), uint16(4), uint64(0), uint32(262144), linkType)
	for i, f := range frames {
		put(uint32(i), uint32(0), uint32(len(f.data)), uint32(f.wireLen), f.data)
	}
	name := filepath.Join(t.TempDir(), fmt.Sprint("mw-filter-", linkType, ".pcap"))
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// tcpdumpProgram is tcpdump's program for an expression; ok is false when tcpdump refuses it.
func tcpdumpProgram(t *testing.T, file, expression string) (program []bpf.RawInstruction, reason string, ok bool) {
	t.Helper()
	var errors bytes.Buffer
	c := exec.CommandContext(t.Context(), "tcpdump", "-r", file, "-ddd", "--", expression)
	c.Stderr = &errors
	out, err := c.Output()
	if _, exited := err.(*exec.ExitError); exited {
		lines := strings.Split(strings.TrimSpace(errors.String()), "\n")
		return nil, lines[len(lines)-1], false
	} else if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n")[1:] {
		var n [4]uint64
		for i, f := range strings.Fields(line) {
			if n[i], err = strconv.ParseUint(f, 10, 32); err != nil {
				t.Fatal(err)
			}
		}
		program = append(program, bpf.RawInstruction{Op: uint16(n[0]), Jt: uint8(n[1]), Jf: uint8(n[2]), K: uint32(n[3])})
	}
	return program, "", true
}

// tcpdumpMatches are the numbers of the frames that tcpdump keeps.
func tcpdumpMatches(t *testing.T, file, expression string) map[int]bool {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "tcpdump", "-r", file, "-w", "-", "--", expression).Output()
	if err != nil {
		t.Fatalf("tcpdump -r ... %q: %v", expression, err)
	}
	matches := make(map[int]bool)
	for b := out[24:]; len(b) > 0; {
		matches[int(binary.LittleEndian.Uint32(b))] = true
		b = b[16+binary.LittleEndian.Uint32(b[8:]):]
	}
	return matches
}

//go:build interop

package bytes_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"moonwire/bindings/bytes"
	"moonwire/host/hosttest"
)

// TestInteropPack compares pack, unpack and packsize with string.pack of Lua 5.3.
func TestInteropPack(t *testing.T) {
	cases, err := os.ReadFile("testdata/pack_cases.lua")
	if err != nil {
		t.Fatal(err)
	}
	want, err := exec.Command("lua5.3", "-e", "assert(loadfile('testdata/pack_cases.lua'))(string)").Output()
	if err != nil {
		t.Fatalf("lua5.3: %v", err)
	}
	got := hosttest.Run(t, strings.Replace(string(cases), "local lib = ...", `local lib = require "bytes"`, 1), bytes.Module())
	hosttest.SameLines(t, got, string(want), wanted)
}

// wanted knows the differences that are meant: Lua 5.3 takes the end of the string for z's zero byte (5.4 doesn't
// either), and has integers past 2^53.
func wanted(got, _ string) bool {
	return strings.HasSuffix(got, "(unfinished string for format 'z')") ||
		strings.HasSuffix(got, "integer does not fit into a number (u64 holds what I reads)")
}

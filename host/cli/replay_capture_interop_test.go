//go:build interop && linux

package cli_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"moonwire/host/network/nettest"
)

// TestRecordCaptures has tshark read the captures in a record of a real interface: what the script's links sent and received,
// and all that passed.
func TestRecordCaptures(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	err := os.WriteFile(file("ask.lua"), []byte(`
local link, packet = require "link", require "packet"
local l = assert(link.open("eth0"))
local function ask(ip) return packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.arp{op = "who-has", psrc = "10.0.0.1", pdst = ip} end
local tagged = packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.dot1q{vlan = 7} / packet.arp{op = "who-has", psrc = "10.0.0.1", pdst = "10.0.0.77"}
l:send(tagged)
local r = l:exchange({ask "10.0.0.2", ask "10.0.0.9"}, {timeout = 5})
print(#r.answered, #r.unanswered)
l:close()
`), 0o666)
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs := main(t, "run", "--record", file("run.mw"), "--capture", file("all.pcapng"), "--iface", "eth0", "--netns", hosts[0].Path, file("ask.lua"))
	if code != 0 || out != "1\t1\n" {
		t.Fatalf("code %d\n%s%s", code, out, errs)
	}
	if err := os.Remove(file("all.pcapng")); err != nil {
		t.Fatal(err)
	}
	if code, again, errs := main(t, "replay", file("run.mw")); code != 0 || again != out {
		t.Errorf("replay: code %d\n%s%s", code, again, errs)
	}
	if code, _, errs := main(t, "replay", file("run.mw"), "--extract", file("out")); code != 0 {
		t.Fatal(errs)
	}
	links, all := tsharkFrames(t, file("out/captures/links.pcapng")), tsharkFrames(t, file("out/captures/all.pcapng"))
	want := map[string]int{"1 10.0.0.77 7": 1, "1 10.0.0.2 ": 1, "1 10.0.0.9 ": 1, "2 10.0.0.1 ": 1}
	if !maps.Equal(links, want) {
		t.Errorf("the links' frames: %v, want %v", links, want)
	}
	for frame, n := range links {
		if all[frame] < n {
			t.Errorf("%q is %d times among what the links sent and received, and %d times among all: %v", frame, n, all[frame], slices.Collect(maps.Keys(all)))
		}
	}
}

// tsharkFrames counts the ARP packets of a capture, by operation, target and VLAN. The capture must not be torn.
func tsharkFrames(t *testing.T, file string) map[string]int {
	t.Helper()
	cmd := exec.Command("tshark", "-r", file, "-Y", "arp", "-T", "fields", "-E", "separator=/s", "-e", "arp.opcode", "-e", "arp.dst.proto_ipv4", "-e", "vlan.id")
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil || strings.Contains(errs.String(), "cut short") {
		t.Fatalf("tshark: %v\n%s", err, &errs)
	}
	counts := map[string]int{}
	for line := range strings.Lines(string(out)) {
		counts[strings.TrimRight(line, "\n")]++
	}
	return counts
}

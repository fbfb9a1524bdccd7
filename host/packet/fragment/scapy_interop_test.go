//go:build interop

package fragment_test

import (
	"encoding/hex"
	"os/exec"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/fragment"
)

// TestScapyCutsTheSame compares with Scapy's fragment and fragment6, which take the payload's size and no options.
func TestScapyCutsTheSame(t *testing.T) {
	const script = `
import logging
logging.getLogger("scapy").setLevel(logging.CRITICAL)
from scapy.all import *
from scapy.layers.inet6 import *
data = bytes((i*7+(i>>8))&0xff for i in range(%DATA%))
ether = Ether(src="02:00:00:00:00:01",dst="02:00:00:00:00:02")
for f in %EXPR%: print(bytes(f).hex())
`
	for _, c := range []struct {
		name, data, expr string
		ours             func() ([]string, error)
	}{
		{"version 4", "3800", `fragment(ether/IP(src="10.0.0.1",dst="10.0.0.2",id=0xbeef)/ICMP(id=7)/data, fragsize=1280)`, func() ([]string, error) {
			return hexOf(fragment.Split(echo4(t, 3800, nil), fragment.Options{MTU: 1300}))
		}},
		{"version 6", "3800", `[ether/f for f in fragment6(IPv6(src="fd00::1",dst="fd00::2")/IPv6ExtHdrFragment(id=77)/ICMPv6EchoRequest(id=7,data=data), 1300)]`, func() ([]string, error) {
			return hexOf(fragment.Split(echo6(t, 3800), fragment.Options{MTU: 1300, ID: 77, HasID: true}))
		}},
	} {
		out, err := exec.Command("/usr/bin/python3", "-c", strings.NewReplacer("%DATA%", c.data, "%EXPR%", c.expr).Replace(script)).Output()
		if err != nil {
			t.Fatalf("scapy (package python3-scapy): %v", err)
		}
		want := strings.Fields(string(out))
		got, err := c.ours()
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("%s: %d fragments, scapy makes %d", c.name, len(got), len(want))
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s, fragment %d\nours  %s\nscapy %s", c.name, i, got[i][:min(len(got[i]), 160)], want[i][:min(len(want[i]), 160)])
			}
		}
	}
}

// hexOf is packets as hexadecimal digits.
func hexOf(pieces []*packet.Packet, err error) ([]string, error) {
	var all []string
	for _, p := range pieces {
		all = append(all, hex.EncodeToString(p.Raw()))
	}
	return all, err
}

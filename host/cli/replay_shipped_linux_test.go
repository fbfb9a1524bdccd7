package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/network/nettest"
)

// A recipe that may do what its header says, and no more, may do the same when it is played: what it was granted depends on
// the interface, which isn't there then.
func TestReplayShipped(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	file := filepath.Join(t.TempDir(), "run.mw")
	code, out, errs := main(t, "run", "--record", file, "--netns", hosts[0].Path, "--iface", "eth0", "arp_scan")
	if code != 0 || !strings.Contains(out, "10.0.0.2") {
		t.Fatalf("code %d\n%s%s", code, out, errs)
	}
	_ = hosts[0].Network.Config().SetUp("eth0", false)
	if code, again, errs := main(t, "replay", file); code != 0 || again != out {
		t.Errorf("replay: code %d\n%s%s", code, again, errs)
	}
}

package network_test

import (
	"net/netip"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// TestUpkeep renews addresses, leaves alone what others have done to them, and brings back those that ended while the process
// was stopped.
func TestUpkeep(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	prepareMachine(t)
	before := machine(t)
	n := network.Kernel()
	c := n.Config()
	for _, err := range []error{
		c.AddAddr("one", netip.MustParsePrefix("10.7.0.1/24")), c.AddAddr("one", netip.MustParsePrefix("fd07::1/64")),
		c.AddRoute(network.Route{Dst: netip.MustParsePrefix("10.77.0.0/16"), Gateway: netip.MustParseAddr("10.7.0.9"), Src: netip.MustParseAddr("10.7.0.1")}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	ip := func(words string) {
		if out, err := exec.Command("ip", strings.Fields(words)...).CombinedOutput(); err != nil {
			t.Fatalf("ip %s: %v\n%s", words, err, out)
		}
	}
	for _, a := range []string{"10.7.0.1/24", "fd07::1/64"} {
		ip("addr change " + a + " dev one valid_lft 30 preferred_lft 30")
		network.Renew(n, false)
		if got := validFor(t, a); got <= 30 || got > 60 {
			t.Errorf("%s lives %d s", a, got)
		}
	}

	ip("addr del 10.7.0.1/24 dev one")
	network.Renew(n, false)
	if text := machine(t); strings.Contains(text, "10.7.0.1") || strings.Contains(text, "10.77.0.0") {
		t.Error("what others took away is back:", text)
	}
	network.Renew(n, true)
	if text := machine(t); !strings.Contains(text, "10.7.0.1/24") || !strings.Contains(text, "10.77.0.0/16 via 10.7.0.9") {
		t.Error("after a stop it isn't back:", text)
	}

	ip("addr change fd07::1/64 dev one valid_lft forever preferred_lft forever")
	network.Renew(n, false)
	if err := n.Close(); err != nil {
		t.Error(err)
	}
	if got := validFor(t, "fd07::1/64"); got != 0 {
		t.Errorf("what others have made stay lives %d s", got)
	}
	ip("addr del fd07::1/64 dev one")
	if after := machine(t); after != before {
		t.Errorf("before\n%s\nafter\n%s", before, after)
	}
}

// validFor is how long an address stays; 0: for ever.
func validFor(t *testing.T, address string) int {
	t.Helper()
	for line := range strings.Lines(machine(t)) {
		if strings.Contains(line, " "+address+" ") {
			m := regexp.MustCompile(`valid_lft (\d*)`).FindStringSubmatch(line)
			seconds, _ := strconv.Atoi(m[1])
			return seconds
		}
	}
	t.Fatal("no address ", address)
	return 0
}

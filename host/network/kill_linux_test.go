package network_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vishvananda/netlink"

	"moonwire/host/network"
	"moonwire/host/network/journal"
	"moonwire/host/network/nettest"
)

// changing are changes of an interface named one and of the machine, each with what stands before it.
var changing = []func(network.Configurator) error{
	func(c network.Configurator) error { return c.SetMTU("one", 1400) },
	func(c network.Configurator) error { return c.AddAddr("one", netip.MustParsePrefix("10.7.0.1/24")) },
	func(c network.Configurator) error {
		return c.AddAddrFor("one", netip.MustParsePrefix("10.7.1.1/24"), network.Lifetime{Valid: time.Hour, Preferred: time.Hour})
	},
	func(c network.Configurator) error { return c.AddAddr("one", netip.MustParsePrefix("fd07::1/64")) },
	func(c network.Configurator) error {
		return c.AddAddrFor("one", netip.MustParsePrefix("10.8.0.1/24"), network.Lifetime{Valid: time.Hour}) // it has that
	},
	func(c network.Configurator) error {
		return c.AddRoute(network.Route{Dst: netip.MustParsePrefix("10.77.0.0/16"), Gateway: netip.MustParseAddr("10.8.0.9"), Interface: "one", Metric: 7})
	},
	func(c network.Configurator) error {
		return c.AddRoute(network.Route{Dst: netip.MustParsePrefix("fd77::/32"), Gateway: netip.MustParseAddr("fd08::9"), Interface: "one"})
	},
	func(c network.Configurator) error { return c.DelAddr("one", netip.MustParsePrefix("10.8.2.1/24")) },
	func(c network.Configurator) error {
		return c.DelRoute(network.Route{Dst: netip.MustParsePrefix("10.78.0.0/16"), Gateway: netip.MustParseAddr("10.8.0.9")})
	},
	func(c network.Configurator) error { return c.SetUp("two", true) },
	func(c network.Configurator) error { return c.SetForwarding(true) },
}

// TestChanging is the process that TestKilled kills: it makes its changes, and tells each.
func TestChanging(t *testing.T) {
	folder := os.Getenv("MOONWIRE_TEST_CHANGING")
	if folder == "" {
		return
	}
	network.Remember(journal.At([]string{folder}))
	c := network.Kernel().Config()
	for {
		for i, change := range changing {
			fmt.Printf("change %d\n", i)
			if err := change(c); err != nil {
				t.Fatal(i, err)
			}
		}
		fmt.Println("close")
		if err := network.Kernel().Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilled kills a process at any moment, and the next one leaves nothing of it.
func TestKilled(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	prepareMachine(t)
	folders := []string{filepath.Join(t.TempDir(), "journal")}
	before := machine(t)
	chance := rand.New(rand.NewPCG(7, 7))
	undone := 0
	for round := range 24 {
		// What one of them was about to do decides the moment, and a little time that it may get further in.
		moment := fmt.Sprintf("change %d", chance.IntN(len(changing)))
		if round%6 == 5 {
			moment = "close"
		}
		killChanging(t, folders[0], moment, time.Duration(chance.IntN(3000))*time.Microsecond)
		list, err := network.Recover(folders)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range list {
			if l.Err != nil {
				t.Errorf("round %d: %s: %v", round, l.What, l.Err)
			}
		}
		undone += len(list)
		// The kernel tells of a cable that was pulled out a little later.
		for end := time.Now().Add(time.Minute); machine(t) != before; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("round %d, killed at %s: before\n%s\nafter\n%s", round, moment, before, machine(t))
			}
		}
		if left, _ := os.ReadDir(folders[0]); len(left) > 0 {
			t.Fatal("a journal is left:", left)
		}
	}
	if undone < 24 {
		t.Error("hardly anything was there to undo:", undone)
	}
}

// killChanging runs TestChanging until it tells of a moment, and a little longer.
func killChanging(t *testing.T, folder, moment string, later time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChanging$")
	cmd.Env = append(os.Environ(), "MOONWIRE_TEST_CHANGING="+folder)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	lines, said := bufio.NewScanner(out), ""
	for lines.Scan() {
		said += lines.Text() + "\n"
		if lines.Text() == moment {
			time.AfterFunc(later, func() { cmd.Process.Kill() })
			io.Copy(io.Discard, out)
			return
		}
	}
	t.Fatal("it ended by itself:\n", said)
}

// prepareMachine makes two interfaces, one of which has addresses and routes.
func prepareMachine(t *testing.T) {
	t.Helper()
	run := func(words string) {
		if out, err := exec.Command("ip", strings.Fields(words)...).CombinedOutput(); err != nil {
			t.Fatalf("ip %s: %v\n%s", words, err, out)
		}
	}
	if _, err := exec.LookPath("ip"); err != nil {
		t.Skip("needs ip of iproute2")
	}
	pair := &netlink.Veth{LinkAttrs: netlink.LinkAttrs{Name: "one"}, PeerName: "two"}
	if err := netlink.LinkAdd(pair); err != nil {
		t.Skip("no pairs of interfaces here: ", err)
	}
	for _, words := range []string{
		"link set one addrgenmode none", "link set two addrgenmode none", "link set two up", "link set two down", "link set one up", "link set lo up", "addr add 10.8.0.1/24 dev one", "addr add 10.8.2.1/24 dev one", "addr add fd08::1/64 dev one nodad",
		"route add 10.78.0.0/16 via 10.8.0.9 metric 5 proto static",
	} {
		run(words)
	}
}

// machine is what ip(8) says of it.
func machine(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, words := range []string{"-o addr", "-o link", "route", "-6 route"} {
		out, err := exec.Command("ip", strings.Fields(words)...).CombinedOutput()
		if err != nil {
			t.Fatalf("ip %s: %v\n%s", words, err, out)
		}
		b.Write(out)
	}
	for _, name := range []string{"/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv6/conf/all/forwarding"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
	}
	return b.String()
}

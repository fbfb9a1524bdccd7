//go:build interop && linux

package client4_test

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/network/nettest"
)

// TestApply gives Linux what leases say, of the interface's own MAC address and of another, and looks with iproute2.
func TestApply(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	node := lan.Clients[0]
	config := dhcptest.LAN4()
	config.Options = []dhcptest.Option{{Code: 26, Data: []byte{5, 120}}, {Code: 121, Data: []byte{0, 10, 0, 0, 1, 24, 10, 0, 0, 0, 0, 0, 0, 16, 172, 16, 10, 0, 0, 2, 24, 192, 0, 2, 0, 0, 0, 0, 0, 10, 0, 0, 9}}}
	dhcptest.Kea(t, lan.Server, config)
	before := system(t, node)
	for _, mac := range []net.HardwareAddr{nil, {2, 0, 0, 0, 9, 9}} {
		c, ctx := open(t, node.Network, client4.Config{MAC: mac})
		l, err := c.Acquire(ctx)
		must(t, err)
		must(t, l.Apply(ctx, client4.Applying{Routes: true, MTU: true, Resolver: true, Metric: 50}))
		address := l.Terms().Address.String()
		want := "mtu 1400\ninet " + address + "/24\ndefault via 10.0.0.1 dev eth0 proto 77 src " + address + " metric 50\n172.16.0.0/16 via 10.0.0.2 dev eth0 proto 77 src " + address +
			" metric 50\n192.0.2.0/24 dev eth0 proto 77 src " + address + " metric 50\nnameserver 10.0.0.1\nsearch example.test\n"
		got := system(t, node)
		for line := range strings.Lines(want) {
			if !strings.Contains(got, line) {
				t.Errorf("no %sin\n%s", line, got)
			}
		}
		if valid := validFor(t, node); valid <= 0 || valid > 60 { // it is renewed while we live
			t.Errorf("valid for %v s", valid)
		}
		time.Sleep(2 * time.Second)
		must(t, l.Renew(ctx))
		node.Output(t, "ping", "-c", "1", "-W", "30", "10.0.0.1")
		must(t, l.Undo(ctx))
		if after := system(t, node); after != before {
			t.Errorf("before:\n%s\nafter:\n%s", before, after)
		}
		must(t, l.Renew(ctx))
		must(t, l.Apply(ctx, client4.Applying{Routes: true}))
		must(t, l.Release(ctx, ""))
		if after := system(t, node); after != before {
			t.Errorf("before:\n%s\nafter the release:\n%s", before, after)
		}
		must(t, c.Close())
	}
}

// system is what iproute2 and resolv.conf say of a node.
func system(t *testing.T, n *nettest.Node) string {
	t.Helper()
	var b strings.Builder
	for _, find := range []struct{ re, text string }{
		{`mtu \d+`, n.Output(t, "ip", "link", "show", "dev", dhcptest.Port)},
		{`inet [\d./]+`, n.Output(t, "ip", "-4", "addr", "show", "dev", dhcptest.Port)},
		{`(?m)^.+$`, n.Output(t, "ip", "-4", "route")},
	} {
		for _, s := range regexp.MustCompile(find.re).FindAllString(find.text, -1) {
			s = strings.ReplaceAll(s, "proto boot ", "")
			b.WriteString(strings.TrimSpace(s) + "\n")
		}
	}
	files, _ := filepath.Glob("/etc/netns/*/resolv.conf")
	for _, f := range files {
		text, _ := os.ReadFile(f)
		b.Write(text)
	}
	return b.String()
}

// validFor is for how many seconds the node's address is there.
func validFor(t *testing.T, n *nettest.Node) (seconds float64) {
	t.Helper()
	m := regexp.MustCompile(`valid_lft (\d+)sec`).FindStringSubmatch(n.Output(t, "ip", "-4", "addr", "show", "dev", dhcptest.Port))
	if m == nil {
		return 0
	}
	d, err := time.ParseDuration(m[1] + "s")
	must(t, err)
	return d.Seconds()
}

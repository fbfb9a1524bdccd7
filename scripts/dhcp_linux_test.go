//go:build interop

package scripts_test

import (
	"bytes"
	"context"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"moonwire/host"
	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/hosttest"
	"moonwire/host/network/nettest"
)

// on runs a shipped script on the Port of a node, as moonwire run --iface does, and returns what it printed.
func (s shippedScript) on(t *testing.T, n *nettest.Node, args map[string]any) string {
	t.Helper()
	return s.heard(t, n, args, nil)
}

// heard is on for somebody who hears what is printed, when it is; nil: nobody.
func (s shippedScript) heard(t *testing.T, n *nettest.Node, args map[string]any, hears func(text string)) string {
	t.Helper()
	all := s.header.Defaults()
	for name, value := range args {
		all[name] = value
	}
	var out, problems bytes.Buffer
	ctx, cancel := context.WithTimeout(context.Background(), hosttest.Timeout)
	defer cancel()
	where := host.Options{Network: n.Network, Iface: dhcptest.Port, Stdin: strings.NewReader(""), Stdout: hearing{&out, hears}, Stderr: &problems}
	where.Permissions = s.exactly(t, where, all)
	err := host.New(where).Run(ctx, host.Script{Name: s.file, Source: s.source, Args: all})
	if err != nil {
		t.Fatalf("%s: %v\nprinted:\n%s%s", s.file, err, out.String(), problems.String())
	}
	return out.String()
}

// hearing is a text that somebody hears, too.
type hearing struct {
	*bytes.Buffer
	hears func(text string)
}

func (h hearing) Write(b []byte) (int, error) {
	if h.hears != nil {
		h.hears(string(b))
	}
	return h.Buffer.Write(b)
}

// shippedAs finds a shipped script.
func shippedAs(t *testing.T, name string) shippedScript {
	t.Helper()
	for _, s := range shipped(t) {
		if s.name() == name {
			return s
		}
	}
	t.Fatalf("no script %s", name)
	return shippedScript{}
}

// TestDHCPAgainstServers runs the scripts about DHCP, as they are, where others serve.
func TestDHCPAgainstServers(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers {
		t.Run(server.Name, func(t *testing.T) {
			lan := dhcptest.NewLAN(t, 5)
			wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
			server.Start(t, lan.Server, dhcptest.LAN4())
			for i, tt := range []struct {
				script string
				args   map[string]any
				wants  []string
			}{
				{"tutorial/14_dhcp_discover", nil, []string{`(?m)^out of eth0: 02:00:00:00:00:02 0\.0\.0\.0:68 > ff:ff:ff:ff:ff:ff 255\.255\.255\.255:67  discover$`,
					`28  02 00 00 00 00 02 `, `(?m)^10\.0\.0\.1 offers 10\.0\.0\.1\d\d for 600 s$`}},
				{"tutorial/15_dhcp_request", nil, []string{`no answer of 192\.0\.2\.1 to the request for 10\.0\.0\.1\d\d`,
					`54 server_identifier  10\.0\.0\.1    10\.0\.0\.1    10\.0\.0\.1`, `dhcp\.lease 10\.0\.0\.1\d\d/24 from 10\.0\.0\.1 for (600|59\d) s, bound`}},
				{"tutorial/16_dhcp_full", nil, []string{`\|-+ discover -+>\|`, `ack 10\.0\.0\.1\d\d`, `(?m)^address +10\.0\.0\.1\d\d$`,
					`(?m)^name servers +10\.0\.0\.1$`, `(?m)^domain +example\.test$`, `(?m)^lease +600 s$`}},
				{"recipes/dhcp_discover_all", map[string]any{"wait": 4.0}, []string{`(?m)^at +02:00:00:00:00:01$`, `(?m)^router +10\.0\.0\.1$`}},
			} {
				got := shippedAs(t, tt.script).on(t, lan.Clients[i], tt.args)
				for _, want := range tt.wants {
					if !regexp.MustCompile(want).MatchString(got) {
						t.Errorf("%s: no %s in\n%s", tt.script, want, got)
					}
				}
			}
			wire.Clean(t)
		})
	}
}

// TestLeaseLifeAgainstKea runs a lease's life with a server that stops before T1 of the second time.
func TestLeaseLifeAgainstKea(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
	c := dhcptest.LAN4()
	c.Lease, c.Renew, c.Rebind = 8*time.Second, 3*time.Second, 6*time.Second
	server := dhcptest.Kea(t, lan.Server, c)
	got := shippedAs(t, "tutorial/17_dhcp_lease_life").heard(t, lan.Clients[0], map[string]any{"lease": 8}, func(text string) {
		switch {
		case strings.Contains(text, "stop the server now"):
			server.Kill()
		case strings.Contains(text, "start the server again"):
			dhcptest.Kea(t, lan.Server, c)
		}
	})
	want := `(?s)0 s  bound.* s  renewing.* s  renewed.*stop the server now.* s  renewing.* s  rebinding.* s  expired.*start the server again.*discover.*release.*decline.*release`
	if !regexp.MustCompile(want).MatchString(got) {
		t.Error(got)
	}
	wire.Clean(t)
}

// TestRogueAmongServers finds the one of two servers that isn't allowed.
func TestRogueAmongServers(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 2)
	dhcptest.Kea(t, lan.Server, dhcptest.LAN4())
	dhcptest.Give(t, lan.Clients[0], "10.0.0.66/24")
	c := dhcptest.LAN4()
	c.Subnets[0].Router = netip.MustParseAddr("10.0.0.66")
	dhcptest.Dnsmasq(t, lan.Clients[0], c)
	got := shippedAs(t, "recipes/dhcp_rogue").on(t, lan.Clients[1], map[string]any{"allow": []any{"10.0.0.1"}, "wait": 4.0})
	for _, want := range []string{`(?m)^10\.0\.0\.1 +02:00:00:00:00:01 \(unknown maker\): router 10\.0\.0\.1, name server 10\.0\.0\.1$`,
		`(?m)^10\.0\.0\.66 +02:00:00:00:00:02 \(unknown maker\): router 10\.0\.0\.66, .*  ROGUE: isn't allowed$`} {
		if !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

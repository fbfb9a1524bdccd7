//go:build interop && linux

package client4_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/client4"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/dhcp/option"
	"moonwire/host/dhcp/station"
	"moonwire/host/network"
)

// open makes a client on a node of a LAN.
func open(t *testing.T, n network.Network, config client4.Config) (*client4.Client, context.Context) {
	t.Helper()
	ctx := network.With(t.Context(), n)
	config.Timeout = 10 * time.Second
	l, err := station.Open(ctx, dhcptest.Port)
	must(t, err)
	t.Cleanup(func() { l.Close() })
	c, err := client4.New(ctx, l, config)
	must(t, err)
	return c, ctx
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestServers goes through the whole life of a lease with other people's servers.
func TestServers(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers {
		t.Run(server.Name, func(t *testing.T) {
			lan := dhcptest.NewLAN(t, 1)
			wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
			config := dhcptest.LAN4()
			config.Renew, config.Rebind = 2*time.Second, 400*time.Second
			server.Start(t, lan.Server, config)
			virtual := client4.Config{MAC: net.HardwareAddr{2, 0, 0, 0, 9, 9}, HostName: "virtual", ClientID: []byte("\x00mw"), VendorClass: "moonwire"}
			var all []client4.Exchange
			for _, config := range []client4.Config{{HostName: "own"}, virtual, {MAC: net.HardwareAddr{2, 0, 0, 0, 9, 10}, Broadcast: true}} {
				c, ctx := open(t, lan.Clients[0].Network, config)
				steps(t, ctx, c, server.Name)
				all = append(all, c.Exchanged()...)
				c.Close()
			}
			compare(t, wire, all)
			wire.Clean(t)
		})
	}
}

// steps are those of a client that a server answers.
func steps(t *testing.T, ctx context.Context, c *client4.Client, server string) {
	t.Helper()
	offers, err := c.DiscoverAll(ctx, netip.Addr{}, 2*time.Second)
	must(t, err)
	if len(offers) != 1 {
		t.Errorf("%d offers", len(offers))
	}
	l, err := c.Acquire(ctx)
	must(t, err)
	terms := l.Terms()
	t1 := 2 * time.Second
	if server == "dnsmasq" { // it says half of the lease, whatever its configuration
		t1 = terms.Time / 2
	}
	if terms.Prefix.Masked().String() != "10.0.0.0/24" || terms.Server != dhcptest.Server4 || terms.Time != 10*time.Minute || terms.T1 != t1 ||
		terms.Domain() != "example.test" || len(terms.Routers()) != 1 || len(terms.DNS()) != 1 {
		t.Errorf("%+v", terms)
	}
	must(t, l.Renew(ctx))
	must(t, l.Rebind(ctx))
	if t1 < time.Minute {
		renews(t, ctx, l)
	}
	m, err := c.Inform(ctx, netip.MustParseAddr("10.0.0.77"), netip.Addr{})
	must(t, err)
	if m.Text(option.DomainName) != "example.test" {
		t.Errorf("inform: %+v", m)
	}
	again, confirmed, err := c.Resume(ctx, l)
	must(t, err)
	if !confirmed || again.Terms().Address != terms.Address {
		t.Errorf("init-reboot: %v, %s after %s", confirmed, again.Terms().Address, terms.Address)
	}
	var refusal *client4.Refusal
	if _, err := c.Reboot(ctx, netip.MustParseAddr("192.168.9.9")); !errors.As(err, &refusal) {
		t.Errorf("init-reboot on another network: %v", err)
	}
	l, err = c.Acquire(ctx)
	must(t, err)
	declined := l.Terms().Address
	must(t, l.Decline(ctx, "a test"))
	l, err = c.Acquire(ctx)
	must(t, err)
	if l.Terms().Address == declined {
		t.Errorf("%s was declined, and is offered again", declined)
	}
	must(t, l.Release(ctx, "done"))
	for _, x := range c.Exchanged() {
		if x.Ignored != "" && x.Ignored != "unexpected offer" {
			t.Errorf("%s from %s was ignored: %s", x.Message.Type(), x.Src, x.Ignored)
		}
	}
}

// renews lives a lease until it is renewed.
func renews(t *testing.T, ctx context.Context, l *client4.Lease) {
	t.Helper()
	life := l.Life()
	for _, want := range []string{"bound", "renewing", "renewed"} {
		if e, err := life.Next(ctx); err != nil || e.Name != want {
			t.Fatalf("%s, not %+v (%v)", want, e, err)
		}
	}
}

// compare holds what tshark reads of our messages against what they were made of.
func compare(t *testing.T, wire *dhcptest.Wire, all []client4.Exchange) {
	t.Helper()
	all = slices.DeleteFunc(all, func(x client4.Exchange) bool { return !x.Out })
	seen := wire.Packets(t, "dhcp.type == 1")
	if len(seen) != len(all) {
		t.Fatalf("%d messages sent, tshark saw %d", len(all), len(seen))
	}
	for i, x := range all {
		if got, want := fields(seen[i]), wants(x); got != want {
			t.Errorf("message %d:\n%s, by tshark\n%s, as sent", i, got, want)
		}
	}
}

// fields are tshark's of a message.
func fields(p dhcptest.Packet) string {
	var b strings.Builder
	for _, f := range []string{"ip.src", "ip.dst", "eth.src", "dhcp.id", "dhcp.secs", "dhcp.flags", "dhcp.ip.client", "dhcp.hw.mac_addr", "dhcp.option.dhcp",
		"dhcp.option.requested_ip_address", "dhcp.option.dhcp_server_id", "dhcp.option.dhcp_max_message_size", "dhcp.option.hostname", "dhcp.option.vendor_class_id", "dhcp.option.message"} {
		fmt.Fprintf(&b, "%s ", p.Get(f))
	}
	fmt.Fprint(&b, p["dhcp.option.request_list_item"])
	return b.String()
}

// wants are the same by the message.
func wants(x client4.Exchange) string {
	m := x.Message
	addr := func(code uint8) string {
		if a := m.Addr(code); a.IsValid() {
			return a.String()
		}
		return ""
	}
	size := ""
	if n, ok := m.Uint16(option.MaxMessageSize); ok {
		size = fmt.Sprint(n)
	}
	var list []string
	codes, _ := m.Get(option.ParameterRequestList)
	for _, c := range codes {
		list = append(list, fmt.Sprint(c))
	}
	return fmt.Sprintf("%s %s %s 0x%08x %d 0x%04x %s %s %d %s %s %s %s %s %s ", x.Src.Addr(), x.Dst.Addr(), x.SrcMAC, m.XID, m.Secs, m.Flags, m.CIAddr, m.MAC(), uint8(m.Type()),
		addr(option.RequestedAddress), addr(option.ServerIdentifier), size, m.Text(option.HostName), m.Text(option.VendorClass), m.Text(option.Message)) + fmt.Sprint(list)
}

// TestServerGone ends a server, and runs a short lease to its end.
func TestServerGone(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers[:2] { // dnsmasq has no leases that short
		t.Run(server.Name, func(t *testing.T) {
			lan := dhcptest.NewLAN(t, 1)
			config := dhcptest.LAN4()
			config.Lease, config.Renew, config.Rebind = 6*time.Second, 2*time.Second, 4*time.Second
			p := server.Start(t, lan.Server, config)
			c, ctx := open(t, lan.Clients[0].Network, client4.Config{MAC: net.HardwareAddr{2, 0, 0, 0, 9, 9}})
			l, err := c.Acquire(ctx)
			must(t, err)
			p.Interrupt(t)
			var names []string
			life := l.Life()
			for e, err := life.Next(ctx); e != nil; e, err = life.Next(ctx) {
				must(t, err)
				names = append(names, e.Name)
			}
			if got := strings.Join(names, " "); got != "bound renewing rebinding expired" {
				t.Error(got)
			}
		})
	}
}

// TestConflictSeen lets a server offer an address that a host of the kernel has.
func TestConflictSeen(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 2)
	config := dhcptest.LAN4()
	config.Subnets[0].First, config.Subnets[0].Last = netip.MustParseAddr("10.0.0.100"), netip.MustParseAddr("10.0.0.101")
	must(t, lan.Clients[1].Network.Config().AddAddr(dhcptest.Port, netip.MustParsePrefix("10.0.0.100/24")))
	dhcptest.Kea(t, lan.Server, config)
	c, ctx := open(t, lan.Clients[0].Network, client4.Config{ARPCheck: true, Restarts: 2})
	l, err := c.Acquire(ctx)
	must(t, err)
	if l.Terms().Address.String() != "10.0.0.101" {
		t.Error(l.Terms().Address)
	}
	var types []string
	for _, x := range c.Exchanged() {
		if x.Out {
			types = append(types, x.Message.Type().String())
		}
	}
	if got := strings.Join(types, " "); !slices.Contains(types, dhcp4.Decline.String()) {
		t.Error(got)
	}
	if mac, err := c.Station().Resolve(ctx, dhcptest.Server4); err != nil || mac.String() != dhcptest.MAC(1).String() {
		t.Error(mac, err)
	}
}

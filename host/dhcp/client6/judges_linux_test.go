//go:build interop

package client6_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/dhcp/client6"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/dhcptest"
	"moonwire/host/network"
)

// TestApplied sets a lease on an interface of Linux: the kernel has its addresses with their lifetimes, and loses them with the
// lease.
func TestApplied(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	lan := dhcptest.NewLAN(t, 1)
	dhcptest.Kea(t, lan.Server, dhcptest.LAN6())
	ctx, cancel := context.WithTimeout(network.With(t.Context(), lan.Clients[0].Network), time.Minute)
	defer cancel()
	c, err := client6.Open(ctx, client6.Options{Iface: dhcptest.Port, Timeout: 10 * time.Second, Detect: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	lease, err := c.Acquire(ctx, client6.Want{Addresses: 1, Prefixes: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := lease.Apply(ctx, client6.Use{DNS: []netip.Addr{dhcptest.Server6}, Assign: []client6.Assignment{{Iface: "lo", Number: 7}}}); err != nil {
		t.Fatal(err)
	}
	addresses := func() string { return lan.Clients[0].Output(t, "ip", "-6", "addr") }
	own, assigned := lease.Terms().Addresses()[0].String(), lease.Assigned()["lo"].String()
	if out := addresses(); !regexp.MustCompile(own+"/128 scope global dynamic[^\n]*\n *valid_lft [1-6]?[0-9]sec preferred_lft [1-6]?[0-9]sec").MatchString(out) ||
		!strings.Contains(out, assigned+" scope global") {
		t.Error(out)
	}
	if err := lease.Renew(ctx); err != nil {
		t.Error(err)
	}
	if err := lease.Release(ctx); err != nil {
		t.Error(err)
	}
	if out := addresses(); strings.Contains(out, own) || strings.Contains(out, assigned) {
		t.Error(out)
	}
}

// TestJudges goes through whole lives with the servers of others; tshark reads what we send.
func TestJudges(t *testing.T) {
	t.Parallel()
	if !dhcptest.Inside(t) {
		return
	}
	for _, server := range dhcptest.Servers {
		for _, mac := range []net.HardwareAddr{nil, {2, 0, 0, 0, 9, 1}} {
			t.Run(server.Name+" "+mac.String(), func(t *testing.T) {
				lan := dhcptest.NewLAN(t, 1)
				wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
				config := dhcptest.LAN6()
				config.RapidCommit = true
				server.Start(t, lan.Server, config)
				ctx, cancel := context.WithTimeout(network.With(t.Context(), lan.Clients[0].Network), time.Minute)
				defer cancel()
				c, err := client6.Open(ctx, client6.Options{Iface: dhcptest.Port, MAC: mac, Timeout: 10 * time.Second, Request: []uint16{23, 24}, Detect: true})
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				live(ctx, t, c, server.Name)
				wire.Clean(t)
				compare(t, c, wire.Packets(t, "udp.dstport == 547 and ipv6.src == "+c.Source().String()))
			})
		}
	}
}

// compare compares the messages that a client sent with what tshark reads.
func compare(t *testing.T, c *client6.Client, packets []dhcptest.Packet) {
	var sent []client6.Exchanged
	for _, x := range c.Exchange() {
		if x.Out {
			sent = append(sent, x)
		}
	}
	if len(sent) != len(packets) || len(sent) == 0 {
		t.Fatalf("%d messages were sent, tshark sees %d", len(sent), len(packets))
	}
	for i, x := range sent {
		ours, p := fields(x), packets[i]
		for name, want := range ours {
			got := slices.Clone(p[name])
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s of %s: tshark reads %q, not %q", name, x.Message.Type, got, want)
			}
		}
	}
}

// fields are a message's as tshark writes them.
func fields(x client6.Exchanged) map[string][]string {
	m := x.Message
	f := map[string][]string{
		"dhcpv6.msgtype": {fmt.Sprint(uint8(m.Type))}, "dhcpv6.xid": {fmt.Sprintf("0x%06x", m.XID)}, "dhcpv6.duid.bytes": nil, "dhcpv6.elapsed_time": nil,
		"dhcpv6.requested_option_code": nil, "dhcpv6.iaid": nil, "dhcpv6.iaaddr.ip": nil, "dhcpv6.iaprefix.pref_addr": nil, "dhcpv6.iaprefix.pref_len": nil,
		"ipv6.dst": {x.Destination.Addr().String()}, "udp.srcport": {"546"}, "dhcpv6.option.type": nil}
	put := func(name, value string) { f[name] = append(f[name], value) }
	for _, o := range m.Options {
		put("dhcpv6.option.type", fmt.Sprint(o.Code))
		for _, inner := range o.Options {
			put("dhcpv6.option.type", fmt.Sprint(inner.Code))
		}
		switch o.Code {
		case dhcp6.ClientID, dhcp6.ServerID:
			put("dhcpv6.duid.bytes", net.HardwareAddr(o.Data).String())
		case dhcp6.ElapsedTime:
			put("dhcpv6.elapsed_time", fmt.Sprint(10*int(binary.BigEndian.Uint16(o.Data))))
		case dhcp6.OptionRequest:
			for b := o.Data; len(b) > 1; b = b[2:] {
				put("dhcpv6.requested_option_code", fmt.Sprint(binary.BigEndian.Uint16(b)))
			}
		}
	}
	for _, ia := range m.Options.IAs() {
		if ia.Code != dhcp6.IATA { // tshark has no name for that one's
			put("dhcpv6.iaid", fmt.Sprintf("%08x", ia.ID))
		}
		for _, a := range ia.Addresses() {
			put("dhcpv6.iaaddr.ip", a.Address.String())
		}
		for _, p := range ia.Prefixes() {
			put("dhcpv6.iaprefix.pref_addr", p.Prefix.Addr().String())
			put("dhcpv6.iaprefix.pref_len", fmt.Sprint(p.Prefix.Bits()))
		}
	}
	return f
}

// live goes through a life with a server.
func live(ctx context.Context, t *testing.T, c *client6.Client, server string) {
	want := client6.Want{Addresses: 1, Prefixes: 1}
	if server == "dnsmasq" { // it delegates no prefixes
		want = client6.Want{Addresses: 1}
	}
	lease, err := c.Acquire(ctx, want)
	if err != nil {
		t.Fatal(err)
	}
	if a := lease.Terms().IAs[0].Bindings[0].Addr(); !netip.MustParsePrefix("fd00::/64").Contains(a) {
		t.Errorf("address %s", a)
	}
	if want.Prefixes > 0 {
		if p := lease.Terms().IAs[1].Bindings[0].Prefix; p.Bits() != 56 || !netip.MustParsePrefix("fd80::/40").Contains(p.Addr()) {
			t.Errorf("prefix %s", p)
		}
	}
	step := func(name string, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	step("renew", lease.Renew(ctx))
	step("rebind", lease.Rebind(ctx))
	step("confirm", c.Confirm(ctx, lease))
	step("release", lease.Release(ctx))
	if reply, err := c.Information(ctx); err != nil || !strings.Contains(string(first(reply, 23)), string(dhcptest.Server6.AsSlice())) {
		t.Error("information", reply, err)
	}
	again, err := c.Acquire(ctx, client6.Want{Addresses: 1})
	step("acquire", err)
	before := again.Terms().IAs[0].Bindings[0].Addr()
	step("confirm an address", c.Confirm(ctx, again))
	step("decline", again.Decline(ctx))
	rapid, err := c.Acquire(ctx, client6.Want{Addresses: 1, Rapid: true})
	if err != nil {
		t.Fatal(err)
	}
	if a := rapid.Terms().IAs[0].Bindings[0].Addr(); a == before {
		t.Errorf("%s was declined, and is given again", a)
	}
	if !rapid.Terms().Message.Options.Has(dhcp6.RapidCommit) {
		t.Error("no rapid commit")
	}
	step("release", rapid.Release(ctx))
	several, err := c.Acquire(ctx, client6.Want{Addresses: 2, Temporary: 1})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(several.Terms().Addresses()); n != map[string]int{"dhcpd": 2, "kea": 2, "dnsmasq": 3}[server] { // only dnsmasq has temporary ones here
		t.Errorf("%d addresses: %s", n, several)
	}
	if st := c.Stats(); st.Ignored > 0 {
		t.Error(st)
	}
}

func first(m *dhcp6.Message, code uint16) []byte {
	if m == nil {
		return nil
	}
	b, _ := m.Get(code)
	return b
}

package network_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"

	"golang.org/x/sys/unix"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

func TestNextHop(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	lab := nettest.NewPath(t)
	router := interfaceOf(t, lab.R1, "left").MAC.String()
	for _, tt := range []struct{ dst, iface, src, addr, mac string }{
		{"10.0.13.2", "right", "10.0.11.1", "10.0.11.2", router},
		{"10.0.11.2", "right", "10.0.11.1", "10.0.11.2", router},
		{"10.0.11.77", "right", "10.0.11.1", "10.0.11.77", ""},
		{"10.0.11.255", "right", "10.0.11.1", "10.0.11.255", "ff:ff:ff:ff:ff:ff"},
		{"224.1.2.3", "right", "10.0.11.1", "224.1.2.3", "01:00:5e:01:02:03"},
		{"127.0.0.1", "lo", "127.0.0.1", "127.0.0.1", "00:00:00:00:00:00"},
		{"10.0.11.1", "lo", "10.0.11.1", "10.0.11.1", "00:00:00:00:00:00"},
		{"fd00:13::2", "right", "fd00:11::1", "fd00:11::2", router},
		{"fd00:11::77", "right", "fd00:11::1", "fd00:11::77", ""},
		{"ff02::1:ff00:2%right", "right", "", "ff02::1:ff00:2%right", "33:33:ff:00:00:02"},
	} {
		dst := netip.MustParseAddr(tt.dst)
		hop, err := lab.Client.Network.NextHop(t.Context(), dst, "")
		if err != nil {
			t.Error(err)
			continue
		}
		if want := netip.MustParseAddr(tt.addr); hop.Addr.IsGlobalUnicast() && hop.MAC == nil && tt.mac != "" {
			if hop.MAC, err = lab.Client.Network.Resolve(within(t), hop.Interface, want); err != nil {
				t.Error(err)
			}
		}
		if hop.Interface != tt.iface || tt.src != "" && hop.Src.String() != tt.src || hop.Addr.String() != tt.addr || hop.MAC.String() != tt.mac || hop.MTU == 0 {
			t.Errorf("%s: %+v", tt.dst, hop)
		}
	}
	testHopMTU(t, lab)
	testResolveFailure(t, lab)
}

func interfaceOf(t *testing.T, n *nettest.Node, name string) network.Interface {
	t.Helper()
	list, err := n.Network.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range list {
		if i.Name == name {
			return i
		}
	}
	t.Fatal("no", name)
	return network.Interface{}
}

// testHopMTU lets a router tell of a narrow wire first.
func testHopMTU(t *testing.T, lab nettest.Path) {
	for _, server := range []string{"10.0.13.2", "fd00:13::2"} {
		dst := netip.MustParseAddr(server)
		mtu := func() int {
			hop, err := lab.Client.Network.NextHop(t.Context(), dst, "right")
			if err != nil {
				t.Fatal(err)
			}
			return hop.MTU
		}
		if got := mtu(); got != 1500 {
			t.Error(got)
		}
		family := "udp4"
		if dst.Is6() {
			family = "udp6"
		}
		p := watched(t, lab, family, network.SockOpts{DF: network.DFDo})
		if _, err := p.WriteTo(make([]byte, 1400), net.UDPAddrFromAddrPort(netip.AddrPortFrom(dst, 33434))); err != nil {
			t.Fatal(err)
		}
		if _, err := p.ReadError(within(t)); err != nil {
			t.Fatal(err)
		}
		if got := mtu(); got != 1300 {
			t.Errorf("%s: the path's MTU is known: %d", server, got)
		}
	}
}

func testResolveFailure(t *testing.T, lab nettest.Path) {
	lab.Client.Sysctl(t, "ipv4/neigh/right/retrans_time_ms", "10")
	lab.Client.Sysctl(t, "ipv6/neigh/right/retrans_time_ms", "10")
	for _, nobody := range []string{"10.0.11.78", "fd00:11::78"} {
		if _, err := lab.Client.Network.Resolve(within(t), "right", netip.MustParseAddr(nobody)); !errors.Is(err, unix.EHOSTUNREACH) {
			t.Error(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := lab.Client.Network.Resolve(ctx, "right", netip.MustParseAddr(nobody)); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if _, err := lab.Server.Network.NextHop(t.Context(), netip.MustParseAddr("10.0.13.2"), "nosuch"); err == nil {
		t.Error("no such interface")
	}
	if _, err := nettest.NewNode(t).Network.NextHop(t.Context(), netip.MustParseAddr("10.0.13.2"), ""); !errors.Is(err, unix.ENETUNREACH) {
		t.Error(err)
	}
}

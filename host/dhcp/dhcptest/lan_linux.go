//go:build interop

package dhcptest

import (
	"fmt"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// Port is the interface that each node of a LAN has.
const Port = "eth0"

// The addresses of a LAN's server.
var (
	Server4 = netip.MustParseAddr("10.0.0.1")
	Server6 = netip.MustParseAddr("fd00::1")
)

// A LAN is a server and clients on one link. The server has 10.0.0.1/24 and fd00::1/64, a client only the link-local
// address that its kernel makes. Their namespaces are named server, client1, client2 and so on. MAC addresses are
// 02:00:00:00:00:01 for the server, …:02 for the first client and so on.
type LAN struct {
	Server  *nettest.Node
	Clients []*nettest.Node
}

// NewLAN makes a LAN.
func NewLAN(t *testing.T, clients int) LAN {
	t.Helper()
	ports := []nettest.Port{{Node: named(t, "server"), Name: Port, MAC: MAC(1)}}
	for i := range clients {
		ports = append(ports, nettest.Port{Node: named(t, fmt.Sprintf("client%d", i+1)), Name: Port, MAC: MAC(i + 2)})
	}
	join(t, ports)
	lan := LAN{Server: ports[0].Node}
	for _, p := range ports[1:] {
		lan.Clients = append(lan.Clients, p.Node)
	}
	Give(t, lan.Server, "10.0.0.1/24", "fd00::1/64")
	settle(t, ports)
	return lan
}

// Give adds addresses, with their prefixes, to a node's Port.
func Give(t *testing.T, n *nettest.Node, addrs ...string) {
	t.Helper()
	address(t, n, Port, addrs...)
}

// A Site is a link of clients behind a relay: Clients -- Relay -- Server. The relay has 10.0.1.1/24 and fd00:1::1/64 on
// eth1, where the clients are, and 10.0.0.2/24 and fd00::2/64 on eth0, where the server has 10.0.0.1 and fd00::1 and a
// route back. Addresses of clients are 02:00:00:00:01:02 and so on.
type Site struct {
	Server, Relay *nettest.Node
	Clients       []*nettest.Node
}

// NewSite makes a Site.
func NewSite(t *testing.T, clients int) Site {
	t.Helper()
	s := Site{Server: named(t, "server"), Relay: named(t, "relay")}
	nettest.Wire(t, nettest.Port{Node: s.Server, Name: Port, MAC: MAC(1)}, nettest.Port{Node: s.Relay, Name: Port, MAC: MAC(2)})
	ports := []nettest.Port{{Node: s.Relay, Name: "eth1", MAC: net.HardwareAddr{2, 0, 0, 0, 1, 1}}}
	for i := range clients {
		ports = append(ports, nettest.Port{Node: named(t, fmt.Sprintf("client%d", i+1)), Name: Port, MAC: net.HardwareAddr{2, 0, 0, 0, 1, byte(i + 2)}})
		s.Clients = append(s.Clients, ports[i+1].Node)
	}
	join(t, ports)
	address(t, s.Server, Port, "10.0.0.1/24", "fd00::1/64")
	address(t, s.Relay, Port, "10.0.0.2/24", "fd00::2/64")
	address(t, s.Relay, "eth1", "10.0.1.1/24", "fd00:1::1/64")
	settle(t, append(ports, nettest.Port{Node: s.Server, Name: Port}, nettest.Port{Node: s.Relay, Name: Port}))
	must(t, s.Relay.Network.Config().SetForwarding(true))
	for dst, via := range map[string]string{"10.0.1.0/24": "10.0.0.2", "fd00:1::/64": "fd00::2"} {
		must(t, s.Server.Network.Config().AddRoute(network.Route{Dst: netip.MustParsePrefix(dst), Gateway: netip.MustParseAddr(via)}))
	}
	return s
}

// settle waits until the kernel of each port's node has made and accepted its link-local address, which programs for IPv6
// bind to.
func settle(t *testing.T, ports []nettest.Port) {
	t.Helper()
	for _, p := range ports {
		for end := time.Now().Add(Patience); !settled(t, p); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%s has no link-local address after %v", p.Name, Patience)
			}
		}
	}
}

func settled(t *testing.T, p nettest.Port) (yes bool) {
	t.Helper()
	must(t, p.Node.Do(func() error {
		link, err := netlink.LinkByName(p.Name)
		if err != nil {
			return err
		}
		all, err := netlink.AddrList(link, netlink.FAMILY_V6)
		for _, a := range all {
			if a.IP.IsLinkLocalUnicast() {
				yes = a.Flags&unix.IFA_F_TENTATIVE == 0
			}
		}
		return err
	}))
	return yes
}

// MAC is the address of a LAN's nth interface, from 1.
func MAC(n int) net.HardwareAddr { return net.HardwareAddr{2, 0, 0, 0, 0, byte(n)} }

// join connects ports by a wire, or by a switch when there are more than two.
func join(t *testing.T, ports []nettest.Port) {
	t.Helper()
	if len(ports) == 2 {
		nettest.Wire(t, ports[0], ports[1])
	} else {
		nettest.Switch(t, ports)
	}
}

func address(t *testing.T, n *nettest.Node, iface string, addrs ...string) {
	t.Helper()
	for _, a := range addrs {
		must(t, n.Network.Config().AddAddr(iface, netip.MustParsePrefix(a)))
	}
}

package nettest

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"testing"

	"github.com/vishvananda/netlink"
)

// A Port is an end of a wire: an interface of a node.
type Port struct {
	Node *Node
	Name string
	MAC  net.HardwareAddr // nil: by chance
}

// Wire joins two ports; both are up and have no IPv4 address.
func Wire(t *testing.T, a, b Port) {
	t.Helper()
	must(t, a.Node.Do(func() error {
		there, err := os.Open(b.Node.Path)
		if err != nil {
			return err
		}
		defer there.Close()
		return netlink.LinkAdd(&netlink.Veth{LinkAttrs: netlink.LinkAttrs{Name: a.Name, HardwareAddr: a.MAC},
			PeerName: b.Name, PeerHardwareAddr: b.MAC, PeerNamespace: netlink.NsFd(there.Fd())})
	}))
	for _, p := range []Port{a, b} {
		p.Node.Sysctl(t, "ipv6/conf/"+p.Name+"/accept_dad", "0")
		must(t, p.Node.Network.Config().SetUp(p.Name, true))
	}
	a.Node.Await(t, a.Name)
	b.Node.Await(t, b.Name)
}

// NewLAN makes hosts on one link. Number n has an interface eth0 with the MAC address 02:00:00:00:00:0n, 10.0.0.n/24 and
// fd00::n/64. Two are joined by a wire, more by a switch.
func NewLAN(t *testing.T, count int) []*Node {
	t.Helper()
	var ports []Port
	for i := range count {
		ports = append(ports, Port{NewNode(t), "eth0", net.HardwareAddr{2, 0, 0, 0, 0, byte(i + 1)}})
	}
	if count == 2 {
		Wire(t, ports[0], ports[1])
	} else {
		Switch(t, ports)
	}
	var hosts []*Node
	for i, p := range ports {
		settle(t, p.Node, i+1)
		hosts = append(hosts, p.Node)
	}
	return hosts
}

// Switch joins ports by a switch.
func Switch(t *testing.T, ports []Port) {
	t.Helper()
	sw := NewNode(t)
	must(t, sw.Do(func() error {
		return netlink.LinkAdd(&netlink.Bridge{LinkAttrs: netlink.LinkAttrs{Name: "br0"}})
	}))
	must(t, sw.Network.Config().SetUp("br0", true))
	for i, p := range ports {
		name := fmt.Sprintf("p%d", i+1)
		Wire(t, p, Port{Node: sw, Name: name})
		must(t, sw.Do(func() error {
			bridge, err := netlink.LinkByName("br0")
			if err != nil {
				return err
			}
			port, err := netlink.LinkByName(name)
			if err != nil {
				return err
			}
			return netlink.LinkSetMaster(port, bridge)
		}))
	}
}

// settle gives a host its addresses.
func settle(t *testing.T, host *Node, n int) {
	t.Helper()
	c := host.Network.Config()
	must(t, c.AddAddr("eth0", netip.MustParsePrefix(fmt.Sprintf("10.0.0.%d/24", n))))
	must(t, c.AddAddr("eth0", netip.MustParsePrefix(fmt.Sprintf("fd00::%d/64", n))))
}

package nettest

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"testing"

	"github.com/vishvananda/netlink"
)

// NewLAN makes hosts on one link. Number n has an interface eth0 with the MAC address 02:00:00:00:00:0n, 10.0.0.n/24 and
// fd00::n/64. Two are joined by a wire, more by a switch.
func NewLAN(t *testing.T, count int) []*Node {
	t.Helper()
	var hosts []*Node
	for range count {
		hosts = append(hosts, NewNode(t))
	}
	if count == 2 {
		plug(t, hosts[0], 1, netlink.LinkAttrs{Name: "eth0", HardwareAddr: cardOf(2)}, hosts[1])
	} else {
		sw := NewNode(t)
		must(t, sw.Do(func() error {
			if err := netlink.LinkAdd(&netlink.Bridge{LinkAttrs: netlink.LinkAttrs{Name: "br0"}}); err != nil {
				return err
			}
			return up("br0")
		}))
		for i, h := range hosts {
			port := fmt.Sprintf("p%d", i+1)
			plug(t, h, i+1, netlink.LinkAttrs{Name: port}, sw)
			must(t, sw.Do(func() error {
				bridge, err := netlink.LinkByName("br0")
				if err != nil {
					return err
				}
				link, err := netlink.LinkByName(port)
				if err != nil {
					return err
				}
				if err := netlink.LinkSetMaster(link, bridge); err != nil {
					return err
				}
				return up(port)
			}))
		}
	}
	for i, h := range hosts {
		settle(t, h, i+1)
	}
	return hosts
}

func cardOf(n int) net.HardwareAddr { return net.HardwareAddr{2, 0, 0, 0, 0, byte(n)} }

// plug gives a host its eth0, whose other end is an interface there.
func plug(t *testing.T, host *Node, n int, other netlink.LinkAttrs, there *Node) {
	t.Helper()
	must(t, host.Do(func() error {
		ns, err := os.Open(there.Path)
		if err != nil {
			return err
		}
		defer ns.Close()
		return netlink.LinkAdd(&netlink.Veth{LinkAttrs: netlink.LinkAttrs{Name: "eth0", HardwareAddr: cardOf(n)},
			PeerName: other.Name, PeerHardwareAddr: other.HardwareAddr, PeerNamespace: netlink.NsFd(ns.Fd())})
	}))
}

func up(name string) error {
	link, err := netlink.LinkByName(name)
	if err != nil {
		return err
	}
	return netlink.LinkSetUp(link)
}

// settle gives a host its addresses.
func settle(t *testing.T, host *Node, n int) {
	t.Helper()
	host.Sysctl(t, "ipv6/conf/eth0/accept_dad", "0")
	c := host.Network.Config()
	must(t, c.SetUp("eth0", true))
	must(t, c.AddAddr("eth0", netip.MustParsePrefix(fmt.Sprintf("10.0.0.%d/24", n))))
	must(t, c.AddAddr("eth0", netip.MustParsePrefix(fmt.Sprintf("fd00::%d/64", n))))
}

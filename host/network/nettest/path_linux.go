package nettest

import (
	"fmt"
	"net/netip"
	"os"
	"testing"

	"github.com/vishvananda/netlink"

	"moonwire/host/network"
)

// A Path is client -- r1 == r2 -- server, with an MTU of 1300 between the routers and 1500 elsewhere. The subnets are
// 10.0.11.0/24, 10.0.12.0/24, 10.0.13.0/24 and fd00:11::/64 …; in each the left node has 1 and the right node 2.
type Path struct{ Client, R1, R2, Server *Node }

// NewPath makes a Path.
func NewPath(t *testing.T) Path {
	t.Helper()
	p := Path{NewNode(t), NewNode(t), NewNode(t), NewNode(t)}
	wire(t, p.Client, p.R1, 11, 1500)
	wire(t, p.R1, p.R2, 12, 1300)
	wire(t, p.R2, p.Server, 13, 1500)
	for _, r := range []*Node{p.R1, p.R2} {
		must(t, r.Network.Config().SetForwarding(true))
	}
	for _, n := range []*Node{p.R1, p.R2, p.Server} { // ICMP errors come at any rate
		n.Sysctl(t, "ipv4/icmp_ratelimit", "0")
		n.Sysctl(t, "ipv6/icmp/ratelimit", "0")
	}
	for _, r := range []struct {
		node     *Node
		dst, via string
	}{
		{p.Client, "0.0.0.0/0", "10.0.11.2"}, {p.Client, "::/0", "fd00:11::2"},
		{p.R1, "10.0.13.0/24", "10.0.12.2"}, {p.R1, "fd00:13::/64", "fd00:12::2"},
		{p.R2, "10.0.11.0/24", "10.0.12.1"}, {p.R2, "fd00:11::/64", "fd00:12::1"},
		{p.Server, "0.0.0.0/0", "10.0.13.1"}, {p.Server, "::/0", "fd00:13::1"},
	} {
		must(t, r.node.Network.Config().AddRoute(network.Route{Dst: netip.MustParsePrefix(r.dst), Gateway: netip.MustParseAddr(r.via)}))
	}
	return p
}

// A Pair is two nodes on one wire: Left's interface is named right, Right's is named left. They are 10.0.11.1 and
// 10.0.11.2, fd00:11::1 and fd00:11::2.
type Pair struct{ Left, Right *Node }

// NewPair makes a Pair with an MTU of 1500.
func NewPair(t *testing.T) Pair {
	t.Helper()
	p := Pair{NewNode(t), NewNode(t)}
	wire(t, p.Left, p.Right, 11, 1500)
	return p
}

// wire joins two nodes: the left one's interface is named right, the right one's left.
func wire(t *testing.T, left, right *Node, subnet, mtu int) {
	t.Helper()
	must(t, left.Do(func() error {
		there, err := os.Open(right.Path)
		if err != nil {
			return err
		}
		defer there.Close()
		return netlink.LinkAdd(&netlink.Veth{LinkAttrs: netlink.LinkAttrs{Name: "right", MTU: mtu}, PeerName: "left",
			PeerNamespace: netlink.NsFd(there.Fd()), PeerMTU: uint32(mtu)})
	}))
	for host, end := range []struct {
		node  *Node
		iface string
	}{{left, "right"}, {right, "left"}} {
		end.node.Sysctl(t, "ipv6/conf/"+end.iface+"/accept_dad", "0")
		c := end.node.Network.Config()
		must(t, c.SetUp(end.iface, true))
		must(t, c.AddAddr(end.iface, netip.MustParsePrefix(fmt.Sprintf("10.0.%d.%d/24", subnet, host+1))))
		must(t, c.AddAddr(end.iface, netip.MustParsePrefix(fmt.Sprintf("fd00:%d::%d/64", subnet, host+1))))
	}
	left.Await(t, "right")
	right.Await(t, "left")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

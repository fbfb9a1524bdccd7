//go:build interop

package dhcptest

import (
	"net/netip"
	"os"
	"testing"

	"moonwire/host/network/nettest"
)

const networkdText = `[Match]
Name={{.Port}}
[Network]
DHCP={{.Family}}
IPv6AcceptRA=no
LLMNR=no
[DHCPv4]
ClientIdentifier=mac
[DHCPv6]
WithoutRA=solicit
UseDelegatedPrefix=no
DUIDType=link-layer
`

// Networkd starts systemd-networkd on a node, with a client of one family (ipv4 or ipv6) on its Port. It runs without
// systemd, D-Bus and udev: it takes read-only /sys as a sign that there is no udev, and goes on without a bus. A test can
// have one, since its files are in /run.
func Networkd(t *testing.T, n *nettest.Node, family string) *Process {
	t.Helper()
	const dir = "/run/systemd/network"
	must(t, os.MkdirAll(dir, 0o755))
	configure(t, dir, "10-test.network", networkdText, struct{ Port, Family string }{Port, family})
	must(t, os.WriteFile("/etc/machine-id", []byte("0123456789abcdef0123456789abcdef\n"), 0o644))
	return Start(t, n, []string{"SYSTEMD_LOG_LEVEL=debug", "SYSTEMD_LOG_TARGET=console"}, "/lib/systemd/systemd-networkd")
}

// Address waits until a node's Port has an address within a prefix, and returns it.
func (p *Process) Address(t *testing.T, n *nettest.Node, within netip.Prefix) netip.Addr {
	t.Helper()
	var found netip.Addr
	p.Until(t, "an address of "+within.String()+" on "+Port, func() bool {
		ifaces, err := n.Network.Interfaces()
		must(t, err)
		for _, i := range ifaces {
			for _, a := range i.Addrs {
				if i.Name == Port && within.Contains(a.Addr()) {
					found = a.Addr()
					return true
				}
			}
		}
		return false
	})
	return found
}

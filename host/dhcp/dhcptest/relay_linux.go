//go:build interop

package dhcptest

import (
	"testing"
	"time"

	"moonwire/host/network/nettest"
)

// Dhcrelay starts ISC's relay for IPv4 on the relay of a Site, adding option 82.
func Dhcrelay(t *testing.T, relay *nettest.Node) *Process {
	t.Helper()
	p := Start(t, relay, nil, "dhcrelay", "-4", "-d", "--no-pid", "-a", "-id", "eth1", "-iu", Port, Server4.String())
	p.Expect(t, "Sending on   Socket/fallback")
	return p
}

// Dhcrelay6 starts ISC's relay for IPv6 on the relay of a Site, with an interface id.
func Dhcrelay6(t *testing.T, relay *nettest.Node) *Process {
	t.Helper()
	p := Start(t, relay, nil, "dhcrelay", "-6", "-d", "--no-pid", "-I", "-l", "eth1", "-u", Server6.String()+"%"+Port)
	p.Expect(t, "Sending on   Socket/")
	time.Sleep(100 * time.Millisecond) // the last of its sockets is announced before it reads them
	return p
}

//go:build interop

package dhcptest

import (
	"testing"

	"moonwire/host/network/nettest"
)

// A Server is a kind of server that a test of clients is run against.
type Server struct {
	Name  string
	Start func(t *testing.T, n *nettest.Node, c Config) *Process
}

// Servers are all kinds, for both families.
var Servers = []Server{{"dhcpd", Dhcpd}, {"kea", Kea}, {"dnsmasq", Dnsmasq}}

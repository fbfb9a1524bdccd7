//go:build interop

package dhcptest

import (
	"testing"

	"moonwire/host/network/nettest"
)

// Nmap runs one of nmap's scripts on the node's Port and returns what it printed.
func Nmap(t *testing.T, n *nettest.Node, args ...string) string {
	t.Helper()
	return Start(t, n, nil, "nmap", append([]string{"-n", "-e", Port}, args...)...).Wait(t)
}

// Dhcping asks a server for a sign of life and returns what it printed: "Got answer from: " and its address, or
// "no answer".
func Dhcping(t *testing.T, n *nettest.Node, args ...string) string {
	t.Helper()
	return Start(t, n, nil, "dhcping", append([]string{"-v", "-t", "5"}, args...)...).Wait(t)
}

// Perfdhcp loads a server and returns what it printed. The node needs an address of the subnet, which -l names.
func Perfdhcp(t *testing.T, n *nettest.Node, args ...string) string {
	t.Helper()
	return Start(t, n, nil, "perfdhcp", args...).Wait(t)
}

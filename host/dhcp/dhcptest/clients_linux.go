//go:build interop

package dhcptest

import (
	"os"
	"testing"

	"moonwire/host/network/nettest"
)

// Dhclient starts ISC dhclient on the node's Port; more are arguments such as -6 (with -P for a prefix). Its reasons are
// BOUND, RENEW, REBIND, EXPIRE, RELEASE, with a 6 at their end for IPv6.
func Dhclient(t *testing.T, n *nettest.Node, more ...string) *Client {
	t.Helper()
	c := newClient(t)
	c.Process = Start(t, n, nil, "dhclient", c.dhclient(t, append([]string{"-d", "-v"}, more...)...)...)
	return c
}

// DhclientRelease gives back what c holds, as dhclient -r does.
func (c *Client) DhclientRelease(t *testing.T, n *nettest.Node, more ...string) {
	t.Helper()
	c.Kill()
	Start(t, n, nil, "dhclient", c.dhclient(t, append([]string{"-d", "-v", "-r"}, more...)...)...).Wait(t)
}

func (c *Client) dhclient(t *testing.T, options ...string) []string {
	t.Helper()
	must(t, os.WriteFile(c.file("dhclient.conf"), []byte("timeout 60; retry 5; initial-interval 1; select-timeout 0;\n"), 0o644))
	args := append(options, "-cf", c.file("dhclient.conf"), "-lf", c.file("leases"), "-pf", c.file("pid"), "-sf", c.script())
	for _, v := range c.variables(true) {
		args = append(args, "-e", v)
	}
	return append(args, Port)
}

// Dhcpcd starts dhcpcd on the node's Port; more are lines of its configuration. Its reasons are dhclient's.
func Dhcpcd(t *testing.T, n *nettest.Node, more ...string) *Client {
	t.Helper()
	c := newClient(t)
	os.RemoveAll("/var/lib/dhcpcd/" + Port + ".lease") // what a client of the same test had
	os.RemoveAll("/var/lib/dhcpcd/" + Port + ".lease6")
	text := "duid ll\noption routers\noption domain_name_servers\noption domain_name\noption dhcp6_name_servers\nrequire dhcp_server_identifier\n" +
		"script " + c.script() + "\n{{range .}}{{.}}\n{{end}}"
	for _, v := range c.variables(false) {
		text += "env " + v + "\n"
	}
	c.Process = Start(t, n, nil, "dhcpcd", "-B", "-d", "-f", configure(t, c.dir, "dhcpcd.conf", text, more), Port)
	return c
}

// Udhcpc starts BusyBox's udhcpc on the node's Port. Its reasons are deconfig, bound, renew, nak and leasefail.
func Udhcpc(t *testing.T, n *nettest.Node, more ...string) *Client {
	t.Helper()
	c := newClient(t)
	args := append([]string{"-f", "-i", Port, "-s", c.script(), "-t", "20", "-T", "2"}, more...)
	c.Process = Start(t, n, c.variables(true), "udhcpc", args...)
	return c
}

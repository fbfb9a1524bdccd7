// Package dhcptest gives interop tests the DHCP programs that others wrote, in network namespaces that the test makes:
// the servers ISC dhcpd, Kea and dnsmasq, the clients dhclient, dhcpcd, udhcpc and systemd-networkd, ISC's relay, the
// probes nmap, dhcping and perfdhcp, and tshark as the judge of what was sent. Each program keeps its files in a
// directory of the test, ends with the test, and shows what it printed when the test fails. Everything but this page is
// built with the tag interop, on Linux.
//
//	func TestLeaseFromDhcpd(t *testing.T) {
//		if !dhcptest.Inside(t) {
//			return
//		}
//		lan := dhcptest.NewLAN(t, 1)
//		dhcptest.Dhcpd(t, lan.Server, dhcptest.LAN4())
//		wire := dhcptest.Capture(t, lan.Server, dhcptest.Port, "")
//		… // a client on lan.Clients[0].Network
//		wire.Clean(t)
//	}
package dhcptest

package mib2

import (
	"net/netip"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
)

var tcpGroups = []*group{
	{root: at(6), rows: tcp},
	{root: at(6, 13, 1), rows: tcpConnTable},
	{root: at(6, 19, 1), rows: tcpConnectionTable},
	{root: at(6, 20, 1), rows: tcpListenerTable},
}

// nobody is the process of a socket when it isn't known (RFC 4022).
var nobody = message.Gauge32(0)

// tcp are the scalars of RFC 4022, of both versions of IP.
func tcp(v *View) []row {
	c := v.counted().TCP
	return scalars(cells{
		1: integer(c, "RtoAlgorithm"), 2: integer(c, "RtoMin"), 3: integer(c, "RtoMax"), 4: integer(c, "MaxConn"),
		5: counter32(c, "ActiveOpens"), 6: counter32(c, "PassiveOpens"), 7: counter32(c, "AttemptFails"), 8: counter32(c, "EstabResets"),
		9: gauge(c, "CurrEstab"), 10: counter32(c, "InSegs"), 11: counter32(c, "OutSegs"), 12: counter32(c, "RetransSegs"),
		14: counter32(c, "InErrs"), 15: counter32(c, "OutRsts"), 17: counter64(c, "InSegs"), 18: counter64(c, "OutSegs"),
	})
}

// tcpConnTable is RFC 1213's: connections and listeners of IPv4.
func tcpConnTable(v *View) (rows []row) {
	for _, s := range v.open("tcp") {
		far := s.Remote
		if s.State == network.TCPListen {
			far = netip.AddrPortFrom(netip.IPv4Unspecified(), 0)
		}
		if !s.Local.Addr().Is4() || !far.Addr().Is4() {
			continue
		}
		rows = append(rows, row{index: joined(endpoint(s.Local), endpoint(far)), cells: cells{
			1: number(int(s.State)), 2: message.IPAddress(s.Local.Addr()), 3: number(int(s.Local.Port())), 4: message.IPAddress(far.Addr()),
			5: number(int(far.Port())),
		}})
	}
	return rows
}

// endpoint is an address and a port in an index of RFC 1213.
func endpoint(a netip.AddrPort) []uint32 { return append(dotted(a.Addr()), uint32(a.Port())) }

// inetEndpoint is an address and a port in an index of RFC 4022.
func inetEndpoint(a netip.AddrPort) []uint32 { return append(inet(a.Addr()), uint32(a.Port())) }

// tcpConnectionTable has the connections.
func tcpConnectionTable(v *View) (rows []row) {
	for _, s := range v.open("tcp") {
		if s.State != network.TCPListen {
			rows = append(rows, row{index: joined(inetEndpoint(s.Local), inetEndpoint(s.Remote)), cells: cells{7: number(int(s.State)), 8: nobody}})
		}
	}
	return rows
}

// tcpListenerTable has those who wait for connections.
func tcpListenerTable(v *View) (rows []row) {
	for _, s := range v.open("tcp") {
		if s.State == network.TCPListen {
			rows = append(rows, row{index: inetEndpoint(s.Local), cells: cells{4: nobody}})
		}
	}
	return rows
}

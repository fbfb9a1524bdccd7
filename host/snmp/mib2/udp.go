package mib2

import (
	"moonwire/host/network"
	"moonwire/host/snmp/message"
)

var udpGroups = []*group{
	{root: at(7), rows: udp},
	{root: at(7, 5, 1), rows: udpTable},
	{root: at(7, 7, 1), rows: udpEndpointTable},
}

// udp are the scalars of RFC 4113, of both versions of IP.
func udp(v *View) []row {
	c := v.counted().UDP
	return scalars(cells{
		1: counter32(c, "InDatagrams"), 2: counter32(c, "NoPorts"), 3: counter32(c, "InErrors"), 4: counter32(c, "OutDatagrams"),
		8: counter64(c, "InDatagrams"), 9: counter64(c, "OutDatagrams"),
	})
}

// udpTable is RFC 1213's: who hears datagrams of IPv4.
func udpTable(v *View) (rows []row) {
	for _, s := range v.open("udp") {
		if a := s.Local.Addr(); a.Is4() && !s.Remote.IsValid() {
			rows = append(rows, row{index: endpoint(s.Local), cells: cells{1: message.IPAddress(a), 2: number(int(s.Local.Port()))}})
		}
	}
	return rows
}

// udpEndpointTable has all. Several with the same ends are numbered.
func udpEndpointTable(v *View) (rows []row) {
	same := map[network.SocketInfo]int{}
	for _, s := range v.open("udp") {
		same[s]++
		rows = append(rows, row{index: joined(inetEndpoint(s.Local), inetEndpoint(s.Remote), one(same[s])), cells: cells{8: nobody}})
	}
	return rows
}

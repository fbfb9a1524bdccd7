package mib2

import (
	"moonwire/host/network"
	"moonwire/host/snmp/message"
)

// Columns that can be written.
const (
	ipForwarding     = 1
	ipDefaultTTL     = 2
	ipv6IPForwarding = 25
)

// active is a RowStatus.
const active = 1

// permanent and readOnly are StorageTypes.
const (
	permanent = 4
	readOnly  = 5
)

var ipGroups = []*group{
	{root: at(4), rows: ip, set: setIP},
	{root: at(4, 20, 1), rows: ipAddrTable},
	{root: at(4, 22, 1), rows: ipNetToMediaTable},
	{root: at(4, 31, 1, 1), rows: ipSystemStatsTable},
	{root: at(4, 32, 1), rows: ipAddressPrefixTable},
	{root: at(4, 34, 1), rows: ipAddressTable},
	{root: at(4, 35, 1), rows: ipNetToPhysicalTable},
}

// ip are the scalars of RFC 4293: the counters are those of IPv4.
func ip(v *View) []row {
	c, c6 := v.counted().IP, v.counted().IP6
	return scalars(cells{
		ipForwarding: integer(c, "Forwarding"), ipDefaultTTL: integer(c, "DefaultTTL"),
		3: counter32(c, "InReceives"), 4: counter32(c, "InHdrErrors"), 5: counter32(c, "InAddrErrors"), 6: counter32(c, "ForwDatagrams"),
		7: counter32(c, "InUnknownProtos"), 8: counter32(c, "InDiscards"), 9: counter32(c, "InDelivers"), 10: counter32(c, "OutRequests"),
		11: counter32(c, "OutDiscards"), 12: counter32(c, "OutNoRoutes"), 13: integer(c, "ReasmTimeout"), 14: counter32(c, "ReasmReqds"),
		15: counter32(c, "ReasmOKs"), 16: counter32(c, "ReasmFails"), 17: counter32(c, "FragOKs"), 18: counter32(c, "FragFails"),
		19: counter32(c, "FragCreates"), ipv6IPForwarding: integer(c6, "Forwarding"), 26: integer(c6, "DefaultTTL"),
	})
}

// ipSystemStatsTable has a row for each version.
func ipSystemStatsTable(v *View) (rows []row) {
	for version, c := range map[uint32]network.Counters{ipv4: v.counted().IP, ipv6: v.counted().IP6} {
		if len(c) == 0 {
			continue
		}
		forwarded := firstOf(c, "OutForwDatagrams", "ForwDatagrams")
		rows = append(rows, row{index: []uint32{version}, cells: cells{
			3: counter32(c, "InReceives"), 4: counter64(c, "InReceives"), 5: counter32(c, "InOctets"), 6: counter64(c, "InOctets"),
			7: counter32(c, "InHdrErrors"), 8: counter32(c, "InNoRoutes"), 9: counter32(c, "InAddrErrors"),
			10: counter32(c, "InUnknownProtos"), 11: counter32(c, "InTruncatedPkts"), 12: counter32(c, "InForwDatagrams"),
			14: counter32(c, "ReasmReqds"), 15: counter32(c, "ReasmOKs"), 16: counter32(c, "ReasmFails"), 17: counter32(c, "InDiscards"),
			18: counter32(c, "InDelivers"), 19: counter64(c, "InDelivers"), 20: counter32(c, "OutRequests"), 21: counter64(c, "OutRequests"),
			22: counter32(c, "OutNoRoutes"), 23: counter32(c, forwarded), 24: counter64(c, forwarded), 25: counter32(c, "OutDiscards"),
			27: counter32(c, "FragOKs"), 28: counter32(c, "FragFails"), 29: counter32(c, "FragCreates"),
			32: counter32(c, "OutOctets"), 33: counter64(c, "OutOctets"),
			46: message.TimeTicks(0), // no counter has jumped since the start
		}})
	}
	return rows
}

// firstOf is the first name that there is a counter of.
func firstOf(c network.Counters, names ...string) string {
	for _, name := range names {
		if _, ok := c[name]; ok {
			return name
		}
	}
	return ""
}

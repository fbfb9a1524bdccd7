package mib2

import (
	"strconv"
	"strings"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
)

var icmpGroups = []*group{
	{root: at(5), rows: icmp},
	{root: at(5, 29, 1), rows: icmpStatsTable},
	{root: at(5, 30, 1), rows: icmpMsgStatsTable},
}

// icmpTypes are the types of ICMP messages that RFC 1213 counts, in its order.
var icmpTypes = [...]string{"3", "11", "12", "4", "5", "8", "0", "13", "14", "17", "18"}

// icmp are RFC 1213's scalars, of ICMP of IPv4.
func icmp(v *View) []row {
	c := v.counted().ICMP
	if len(c) == 0 {
		return nil
	}
	const received, sent = 3, 16 // the first of the columns by type
	out := cells{1: counter32(c, "InMsgs"), 2: counter32(c, "InErrors"), 14: counter32(c, "OutMsgs"), 15: counter32(c, "OutErrors")}
	for i, kind := range icmpTypes {
		out[uint32(received+i)] = message.Counter32(uint32(c["InType"+kind]))
		out[uint32(sent+i)] = message.Counter32(uint32(c["OutType"+kind]))
	}
	return scalars(out)
}

// versions are the counters of ICMP by version of IP.
func (v *View) versions() map[uint32]network.Counters {
	return map[uint32]network.Counters{ipv4: v.counted().ICMP, ipv6: v.counted().ICMP6}
}

// icmpStatsTable has a row for each version.
func icmpStatsTable(v *View) (rows []row) {
	for version, c := range v.versions() {
		if len(c) > 0 {
			rows = append(rows, row{index: []uint32{version}, cells: cells{
				2: counter32(c, "InMsgs"), 3: counter32(c, "InErrors"), 4: counter32(c, "OutMsgs"), 5: counter32(c, "OutErrors"),
			}})
		}
	}
	return rows
}

// icmpMsgStatsTable has a row for each type of message that was seen.
func icmpMsgStatsTable(v *View) (rows []row) {
	for version, c := range v.versions() {
		seen := map[uint32]bool{}
		for name := range c {
			_, digits, ok := strings.Cut(name, "Type")
			if kind, err := strconv.ParseUint(digits, 10, 8); ok && err == nil {
				seen[uint32(kind)] = true
			}
		}
		for kind := range seen {
			digits := strconv.Itoa(int(kind))
			rows = append(rows, row{index: []uint32{version, kind}, cells: cells{
				3: message.Counter32(uint32(c["InType"+digits])), 4: message.Counter32(uint32(c["OutType"+digits])),
			}})
		}
	}
	return rows
}

package mib2

import (
	"moonwire/host/network"
	"moonwire/host/snmp/message"
)

// Values of ipNetToMediaType and ipNetToPhysicalType.
const (
	invalidType = 2
	dynamic     = 3
	static      = 4
)

// physicalStates are the values of ipNetToPhysicalState.
var physicalStates = map[string]int{"reachable": 1, "permanent": 1, "stale": 2, "delay": 3, "probe": 4, "failed": 5, "incomplete": 7}

const unknownState = 6

// neighbors calls f for each neighbour on an interface that there is.
func (v *View) neighbors(f func(index int, n network.Neighbor)) {
	list, _ := v.host.net.Neighbors()
	for _, n := range list {
		if index := v.index(n.Interface); index > 0 && n.Addr.IsValid() {
			f(index, n)
		}
	}
}

// ipNetToMediaTable is RFC 1213's: the ARP table, without those that didn't answer.
func ipNetToMediaTable(v *View) (rows []row) {
	v.neighbors(func(index int, n network.Neighbor) {
		if !n.Addr.Is4() || len(n.MAC) == 0 {
			return
		}
		rows = append(rows, row{index: joined(one(index), dotted(n.Addr)), cells: cells{
			1: number(index), 2: physical(n.MAC), 3: message.IPAddress(n.Addr), 4: number(kindOf(n)),
		}})
	})
	return rows
}

// ipNetToPhysicalTable is RFC 4293's, of both versions.
func ipNetToPhysicalTable(v *View) (rows []row) {
	v.neighbors(func(index int, n network.Neighbor) {
		state := physicalStates[n.State]
		if state == 0 {
			state = unknownState
		}
		rows = append(rows, row{index: joined(one(index), inet(n.Addr)), cells: cells{
			4: physical(n.MAC), 6: number(kindOf(n)), 7: number(state), 8: number(active),
		}})
	})
	return rows
}

func kindOf(n network.Neighbor) int {
	switch n.State {
	case "permanent":
		return static
	case "failed":
		return invalidType
	}
	return dynamic
}

package mib2

import (
	"net"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
)

// The values of ifAdminStatus and ifOperStatus.
const (
	up   = 1
	down = 2
)

// Columns that notifications tell or that can be written.
const (
	ifIndex       = 1
	ifAdminStatus = 7
	ifOperStatus  = 8
	ifTrapEnable  = 14
	ifAlias       = 18
)

var (
	ifEntry  = at(2, 2, 1)
	ifXEntry = at(31, 1, 1, 1)
)

var interfaceGroups = []*group{
	{root: at(2), rows: func(v *View) []row { return scalars(cells{1: number(len(v.ifaces()))}) }},
	{root: ifEntry, rows: ifTable, set: setInterface},
	{root: ifXEntry, rows: ifXTable, set: setInterfaceX},
	{root: at(31, 1, 2, 1), rows: ifStack},
	{root: at(31, 1), rows: func(*View) []row { // the interfaces are those of the start
		return scalars(cells{5: message.TimeTicks(0), 6: message.TimeTicks(0)})
	}},
}

func running(i network.Interface) int { return status(i.Flags&net.FlagRunning != 0) }
func admin(i network.Interface) int   { return status(i.Flags&net.FlagUp != 0) }

func status(on bool) int {
	if on {
		return up
	}
	return down
}

// ifTable is that of RFC 2863.
func ifTable(v *View) (rows []row) {
	for _, i := range v.ifaces() {
		s := v.facts(i)
		c := s.Counters
		rows = append(rows, row{of: i.Name, index: one(i.Index), cells: cells{
			ifIndex: number(i.Index), 2: message.Text(i.Name), 3: number(s.Type), 4: number(i.MTU), 6: physical(i.MAC),
			ifAdminStatus: number(admin(i)), ifOperStatus: number(running(i)), 9: message.TimeTicks(v.host.lastChange(i.Name)),
			5:  message.Gauge32(uint32(min(s.Speed, 1<<32-1))),
			10: counter32(c, "InOctets"), 11: counter32(c, "InUcastPkts"), 12: sum(c, "InMulticastPkts", "InBroadcastPkts"),
			13: counter32(c, "InDiscards"), 14: counter32(c, "InErrors"), 15: counter32(c, "InUnknownProtos"),
			16: counter32(c, "OutOctets"), 17: counter32(c, "OutUcastPkts"), 18: sum(c, "OutMulticastPkts", "OutBroadcastPkts"),
			19: counter32(c, "OutDiscards"), 20: counter32(c, "OutErrors"), 21: gauge(c, "OutQLen"), 22: zeroDotZero,
		}})
	}
	return rows
}

// ifXTable is that of RFC 2863.
func ifXTable(v *View) (rows []row) {
	for _, i := range v.ifaces() {
		s := v.facts(i)
		c := s.Counters
		rows = append(rows, row{of: i.Name, index: one(i.Index), cells: cells{
			1: message.Text(i.Name),
			2: counter32(c, "InMulticastPkts"), 3: counter32(c, "InBroadcastPkts"),
			4: counter32(c, "OutMulticastPkts"), 5: counter32(c, "OutBroadcastPkts"),
			6: counter64(c, "InOctets"), 7: counter64(c, "InUcastPkts"), 8: counter64(c, "InMulticastPkts"), 9: counter64(c, "InBroadcastPkts"),
			10: counter64(c, "OutOctets"), 11: counter64(c, "OutUcastPkts"), 12: counter64(c, "OutMulticastPkts"), 13: counter64(c, "OutBroadcastPkts"),
			ifTrapEnable: number(v.host.traps(i.Name)), 15: message.Gauge32(uint32((s.Speed + 500_000) / 1_000_000)),
			16: truth(s.Promiscuous), 17: truth(s.Type == ethernet), ifAlias: message.Text(v.host.alias(i.Name, s.Alias)),
			19: message.TimeTicks(0), // no counter has jumped since
		}})
	}
	return rows
}

// The IANAifTypes that are guessed where the world says nothing.
const (
	otherType = 1
	ethernet  = 6
	loopback  = 24
)

// facts are what the world knows of an interface.
func (v *View) facts(i network.Interface) network.InterfaceStats {
	if v.host.inspector != nil {
		if s, err := v.host.inspector.InterfaceStats(i.Name); err == nil {
			return s
		}
	}
	switch {
	case i.Flags&net.FlagLoopback != 0:
		return network.InterfaceStats{Type: loopback}
	case i.LinkType == "ethernet":
		return network.InterfaceStats{Type: ethernet}
	}
	return network.InterfaceStats{Type: otherType}
}

// ifStack says that no interface is above or below another one.
func ifStack(v *View) (rows []row) {
	for _, i := range v.ifaces() {
		c := cells{3: number(active)}
		rows = append(rows, row{index: []uint32{0, uint32(i.Index)}, cells: c}, row{index: []uint32{uint32(i.Index), 0}, cells: c})
	}
	return rows
}

// lastChange is when an interface began to run or ceased to; 0: before anybody looked.
func (h *Host) lastChange(iface string) uint32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.ticks(h.changed[iface])
}

// alias is what was set, or what the world knows.
func (h *Host) alias(iface, own string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if a, set := h.aliases[iface]; set {
		return a
	}
	return own
}

// traps is ifLinkUpDownTrapEnable: 1 is enabled, 2 disabled.
func (h *Host) traps(iface string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return status(!h.quiet[iface])
}

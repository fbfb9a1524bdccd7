package mib2

import (
	"time"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// The layers that sysServices adds up: 2^(layer-1) for each.
const (
	routes  = 1 << (3 - 1)
	carries = 1 << (4 - 1)
	applies = 1 << (7 - 1)
)

var systemGroups = []*group{
	{root: at(1), rows: system, set: setSystem},
	{root: at(1, 9, 1), rows: resources},
	{root: at(25, 1), rows: hostResources},
}

// Columns that can be written.
const (
	sysContact  = 4
	sysName     = 5
	sysLocation = 6
)

// system is the group of RFC 3418.
func system(v *View) []row {
	h := v.host
	services := carries | applies
	if v.counted().IP["Forwarding"] == yes {
		services |= routes
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return scalars(cells{
		1:           message.Text(h.describe()),
		2:           zeroDotZero, // nobody has registered an identifier for it
		3:           message.TimeTicks(h.ticks(v.now)),
		sysContact:  message.Text(h.contact),
		sysName:     message.Text(h.sysName()),
		sysLocation: message.Text(h.location),
		7:           number(services),
		8:           message.TimeTicks(0), // the list is that of the start
	})
}

// describe is sysDescr; h.mu is held.
func (h *Host) describe() string {
	if h.description != "" {
		return h.description
	}
	return h.system.Description
}

// sysName is the name that was set, or the host's; h.mu is held.
func (h *Host) sysName() string {
	if h.name != "" {
		return h.name
	}
	name, _ := h.net.Hostname()
	return name
}

// modules are what sysORTable lists.
var modules = []struct {
	id          oid.OID
	description string
}{
	{oid.OID{1, 3, 6, 1, 6, 3, 1}, "SNMPv2-MIB: the agent and its notifications (RFC 3418)"},
	{at(31), "IF-MIB: the interfaces (RFC 2863)"},
	{at(48), "IP-MIB: IP and ICMP, their addresses and neighbours (RFC 4293)"},
	{at(4, 24), "IP-FORWARD-MIB: the routes (RFC 4292)"},
	{at(49), "TCP-MIB: connections and listeners (RFC 4022)"},
	{at(50), "UDP-MIB: endpoints (RFC 4113)"},
}

// resources is sysORTable.
func resources(*View) (rows []row) {
	for i, m := range modules {
		rows = append(rows, row{index: one(i + 1), cells: cells{
			2: message.OIDValue(m.id), 3: message.Text(m.description), 4: message.TimeTicks(0),
		}})
	}
	return rows
}

// hostResources is as much of hrSystem (RFC 2790) as is known: the time since the host started, and its date.
func hostResources(v *View) []row {
	c := cells{2: message.String(dateAndTime(v.now))}
	if booted := v.host.system.Booted; !booted.IsZero() {
		c[1] = message.TimeTicks(uint32(v.now.Sub(booted) / (10 * time.Millisecond)))
	}
	return scalars(c)
}

// dateAndTime is a time as RFC 2579 writes it, in UTC.
func dateAndTime(t time.Time) []byte {
	t = t.UTC()
	return []byte{byte(t.Year() >> 8), byte(t.Year()), byte(t.Month()), byte(t.Day()), byte(t.Hour()), byte(t.Minute()), byte(t.Second()),
		byte(t.Nanosecond() / 100_000_000), '+', 0, 0}
}

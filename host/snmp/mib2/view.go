package mib2

import (
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// A View is a host as it is while one message is answered: each table is read once at most.
type View struct {
	host *Host
	now  time.Time
	rows map[*group][]row

	interfaces []network.Interface
	stats      *network.Stats
	sockets    []network.SocketInfo
	looked     bool // at the sockets
}

// View looks at the host as it is now.
func (h *Host) View() *View {
	return &View{host: h, now: h.clock.Now(), rows: map[*group][]row{}}
}

// of are the rows of a group.
func (v *View) of(g *group) []row {
	rows, done := v.rows[g]
	if !done {
		rows = sorted(known(g.rows(v)))
		v.rows[g] = rows
	}
	return rows
}

// Get is the value of a variable; NoSuchObject and NoSuchInstance say what is missing (RFC 3416 section 4.2.1).
func (v *View) Get(name oid.OID) message.Value {
	missing := message.NoSuchObject
	for _, g := range groups {
		if !name.HasPrefix(g.root) {
			continue
		}
		rows := v.of(g)
		if r, column, ok := find(rows, name[len(g.root):]); ok {
			if value, has := r.cells[column]; has {
				return value
			}
		}
		if len(name) > len(g.root) {
			for _, r := range rows {
				if _, has := r.cells[name[len(g.root)]]; has {
					missing = message.NoSuchInstance
				}
			}
		}
	}
	return missing
}

// Next is the first variable behind a name; false behind the last one.
func (v *View) Next(name oid.OID) (message.Var, bool) {
	var best message.Var
	for _, g := range groups {
		if best.Name != nil && oid.Compare(g.root, best.Name) >= 0 {
			break
		}
		var rest oid.OID
		switch {
		case name.HasPrefix(g.root):
			rest = name[len(g.root):]
		case oid.Compare(name, g.root) > 0:
			continue
		}
		if r, column, ok := after(v.of(g), rest); ok {
			found := message.Var{Name: append(g.root.Append(column), r.index...), Value: r.cells[column]}
			if best.Name == nil || oid.Compare(found.Name, best.Name) < 0 {
				best = found
			}
		}
	}
	return best, best.Name != nil
}

// ifaces are the interfaces.
func (v *View) ifaces() []network.Interface {
	if v.interfaces == nil {
		v.interfaces, _ = v.host.net.Interfaces()
	}
	return v.interfaces
}

// index is the ifIndex of an interface; 0 where there is none.
func (v *View) index(name string) int {
	for _, i := range v.ifaces() {
		if i.Name == name {
			return i.Index
		}
	}
	return 0
}

// counted is what the world counts of the protocols.
func (v *View) counted() network.Stats {
	if v.stats == nil {
		v.stats = &network.Stats{}
		if v.host.inspector != nil {
			*v.stats, _ = v.host.inspector.Stats()
		}
	}
	return *v.stats
}

// open are the sockets of a protocol.
func (v *View) open(protocol string) (list []network.SocketInfo) {
	if !v.looked && v.host.inspector != nil {
		v.sockets, _ = v.host.inspector.Sockets()
	}
	v.looked = true
	for _, s := range v.sockets {
		if s.Protocol == protocol {
			list = append(list, s)
		}
	}
	return list
}

// ticks are hundredths of a second since the agent began, as sysUpTime has them.
func (h *Host) ticks(t time.Time) uint32 {
	if t.Before(h.began) {
		return 0 // before that nobody looked
	}
	return uint32(t.Sub(h.began) / (10 * time.Millisecond))
}

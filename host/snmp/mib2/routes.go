package mib2

import (
	"net/netip"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
)

var routeGroups = []*group{
	{root: at(4, 21, 1), rows: ipRouteTable},
	{root: at(4, 24), rows: routeCounts},
	{root: at(4, 24, 4, 1), rows: ipCidrRouteTable},
	{root: at(4, 24, 7, 1), rows: inetCidrRouteTable},
}

// Values of the types and protocols of routes. RFC 1213 calls a route by a gateway indirect, RFC 4292 remote, with the
// same number.
const (
	direct    = 3
	indirect  = 4
	connected = 2 // local: it came with an address
	byConfig  = 3 // netmgmt: somebody set it
	unused    = -1
)

// A way is a route with the index of its interface.
type way struct {
	network.Route
	index int
	next  netip.Addr // the gateway; unspecified where there is none
	kind  int
	proto int
}

// ways are the routes of a version of IP, or of both.
func (v *View) ways(only4 bool) (list []way) {
	routes, _ := v.host.net.Routes()
	for _, r := range routes {
		index := v.index(r.Interface)
		if index == 0 || !r.Dst.IsValid() || only4 && !r.Dst.Addr().Is4() {
			continue
		}
		w := way{Route: r, index: index, next: r.Gateway, kind: indirect, proto: byConfig}
		if !r.Gateway.IsValid() {
			w.kind, w.proto, w.next = direct, connected, netip.IPv6Unspecified()
			if r.Dst.Addr().Is4() {
				w.next = netip.IPv4Unspecified()
			}
		}
		list = append(list, w)
	}
	return list
}

// ipRouteTable is RFC 1213's: one route to a destination.
func ipRouteTable(v *View) (rows []row) {
	for _, w := range v.ways(true) {
		next := w.next
		if w.kind == direct && w.Src.Is4() {
			next = w.Src // RFC 1213: the agent's own address on that network
		}
		rows = append(rows, row{index: dotted(w.Dst.Addr()), cells: cells{
			1: message.IPAddress(w.Dst.Addr()), 2: number(w.index), 3: number(w.Metric), 4: number(unused), 5: number(unused), 6: number(unused),
			7: message.IPAddress(next), 8: number(w.kind), 9: number(w.proto), 10: number(0), 11: message.IPAddress(mask(w.Dst)),
			12: number(unused), 13: zeroDotZero,
		}})
	}
	return rows
}

// routeCounts are ipCidrRouteNumber and inetCidrRouteNumber.
func routeCounts(v *View) []row {
	return scalars(cells{3: message.Gauge32(uint32(len(sorted(ipCidrRouteTable(v))))), 6: message.Gauge32(uint32(len(sorted(inetCidrRouteTable(v)))))})
}

// ipCidrRouteTable is RFC 2096's: by destination, mask, type of service and gateway.
func ipCidrRouteTable(v *View) (rows []row) {
	for _, w := range v.ways(true) {
		m := mask(w.Dst)
		rows = append(rows, row{index: joined(dotted(w.Dst.Addr()), dotted(m), one(0), dotted(w.next)), cells: cells{
			1: message.IPAddress(w.Dst.Addr()), 2: message.IPAddress(m), 3: number(0), 4: message.IPAddress(w.next), 5: number(w.index),
			6: number(w.kind), 7: number(w.proto), 8: number(0), 9: zeroDotZero, 10: number(0), 11: number(w.Metric), 12: number(unused),
			13: number(unused), 14: number(unused), 15: number(unused), 16: number(active),
		}})
	}
	return rows
}

// inetCidrRouteTable is RFC 4292's, of both versions. The policy tells apart what differs only in its interface and metric,
// such as the routes to link-local neighbours.
func inetCidrRouteTable(v *View) (rows []row) {
	for _, w := range v.ways(false) {
		next := inet(w.Gateway)
		policy := []uint32{2, uint32(w.index), uint32(w.Metric)}
		rows = append(rows, row{index: joined(inet(w.Dst.Addr()), one(w.Dst.Bits()), policy, next), cells: cells{
			7: number(w.index), 8: number(w.kind), 9: number(w.proto), 10: message.Gauge32(0), 11: message.Gauge32(0), 12: number(w.Metric),
			13: number(unused), 14: number(unused), 15: number(unused), 16: number(unused), 17: number(active),
		}})
	}
	return rows
}

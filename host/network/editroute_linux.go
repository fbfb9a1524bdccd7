package network

import (
	"errors"
	"net"
	"net/netip"
	"slices"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// routeProtocol is what the kernel has down as the origin of our routes (rtnetlink(7), rtm_protocol): by that they are told
// from others' that say the same.
const routeProtocol = 77

// A routeEdit adds a row to the routing table, or takes one away.
type routeEdit struct {
	Route
	Add    bool
	Index  int  // of the interface; 0: the kernel chose
	Before *row // that is taken away
}

// A row is what the kernel has of a route that others made.
type row struct {
	Dst                                                                  netip.Prefix
	Gateway, Src                                                         netip.Addr
	Index, Scope, Metric, Protocol, Table, Type, TOS, Flags, MTU, Advmss int
}

// rowOf reads a row. Of its flags only one is not the kernel's own.
func rowOf(r netlink.Route) *row {
	return &row{routePrefix(r), toNetip(r.Gw), toNetip(r.Src), r.LinkIndex, int(r.Scope), r.Priority, int(r.Protocol), r.Table, r.Type, r.Tos,
		r.Flags & unix.RTNH_F_ONLINK, r.MTU, r.AdvMSS}
}

func (r *row) route() *netlink.Route {
	return &netlink.Route{Dst: ipNet(r.Dst), Gw: r.Gateway.AsSlice(), Src: r.Src.AsSlice(), LinkIndex: r.Index, Scope: netlink.Scope(r.Scope),
		Priority: r.Metric, Protocol: netlink.RouteProtocol(r.Protocol), Table: r.Table, Type: r.Type, Tos: r.TOS, Flags: r.Flags, MTU: r.MTU,
		AdvMSS: r.Advmss}
}

// route is the row as netlink has it.
func (e *routeEdit) route() (*netlink.Route, error) {
	r := &netlink.Route{Dst: ipNet(e.Dst), Gw: e.Gateway.AsSlice(), Src: e.Src.AsSlice(), Priority: e.Metric, MTU: e.MTU}
	if e.Add {
		r.Protocol = routeProtocol
	}
	if e.Index == 0 && e.Interface != "" {
		l, err := netlink.LinkByName(e.Interface)
		if err != nil {
			return nil, err
		}
		e.Index = l.Attrs().Index
	}
	r.LinkIndex = e.Index
	return r, nil
}

func (e *routeEdit) kind() string { return "route" }

func (e *routeEdit) look() error {
	r, err := e.route()
	if err != nil || e.Add {
		return err
	}
	rows, err := rowsLike(r)
	if len(rows) > 0 {
		e.Before = rowOf(rows[0])
	}
	return err
}

// rowsLike are the rows of the table that a deletion of r would find.
func rowsLike(r *netlink.Route) ([]netlink.Route, error) {
	family := netlink.FAMILY_V4
	if len(r.Dst.IP) == net.IPv6len {
		family = netlink.FAMILY_V6
	}
	list, err := netlink.RouteListFiltered(family, r, netlink.RT_FILTER_DST)
	return slices.DeleteFunc(list, func(l netlink.Route) bool {
		return r.Gw != nil && !r.Gw.Equal(l.Gw) || r.Src != nil && !r.Src.Equal(l.Src) ||
			r.LinkIndex != 0 && r.LinkIndex != l.LinkIndex || r.Priority != 0 && r.Priority != l.Priority ||
			r.Protocol != 0 && r.Protocol != l.Protocol
	}), err
}

func (e *routeEdit) do() error {
	r, err := e.route()
	switch {
	case err != nil:
		return err
	case e.Add:
		return netlink.RouteAdd(r)
	}
	return netlink.RouteDel(r)
}

func (e *routeEdit) undo() error {
	r, err := e.route()
	switch {
	case err != nil:
		return err
	case e.Add:
		return netlink.RouteDel(r)
	case e.Before != nil:
		r = e.Before.route()
	}
	if err = netlink.RouteAdd(r); errors.Is(err, unix.EEXIST) {
		return nil // somebody has put it back
	}
	return err
}

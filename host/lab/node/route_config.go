package node

import (
	"net/netip"
	"syscall"

	"gvisor.dev/gvisor/pkg/tcpip"

	"moonwire/host/lab/node/route"
	"moonwire/host/network"
)

// lookup finds the way to dst: the route, and the interface by which it leaves. Routes of interfaces that are down don't
// count.
func (n *Node) lookup(dst netip.Addr) (route.Hop, *device, bool) {
	devices := *n.devices.Load()
	h, ok := n.table.Load().Lookup(dst, func(h *route.Hop) bool { return devices[h.Interface-1].up.Load() })
	if !ok {
		return h, nil, false
	}
	return h, devices[h.Interface-1], true
}

// AddRoute adds a route. Without an interface it is the one by which the gateway is reached.
func (n *Node) AddRoute(r network.Route) error {
	h, err := n.hop(r)
	if err != nil {
		return err
	}
	n.mu.Lock()
	added := false
	n.reroute(func(t *route.Table) { added = t.Add(h) })
	n.mu.Unlock()
	if !added {
		return fail(syscall.EEXIST, "add route to %v", r.Dst)
	}
	n.watches.event(Event{RouteChanged, n.at(h.Interface).name})
	return nil
}

// hop is a route as the table has it.
func (n *Node) hop(r network.Route) (route.Hop, error) {
	h := route.Hop{Dst: r.Dst.Masked(), Gateway: r.Gateway.Unmap().WithZone(""), Src: r.Src, Metric: r.Metric, MTU: r.MTU}
	if !r.Dst.IsValid() || h.Gateway.IsValid() && h.Gateway.Is4() != h.Dst.Addr().Is4() {
		return h, fail(syscall.EINVAL, "add route to %v by %v", r.Dst, r.Gateway)
	}
	d := n.device(r.Interface)
	if d == nil && r.Interface != "" {
		return h, n.missing(r.Interface)
	}
	if h.Gateway.IsValid() {
		near, out, ok := n.lookup(h.Gateway)
		if d == nil && ok && !near.Gateway.IsValid() {
			d = out
		}
		if n.isOwn(h.Gateway) || d == nil {
			return h, fail(syscall.ENETUNREACH, "add route to %v: gateway %v is no neighbor", r.Dst, r.Gateway)
		}
	}
	if d == nil {
		return h, fail(syscall.ENODEV, "add route to %v: no interface", r.Dst)
	}
	h.Interface = d.index
	return h, nil
}

// DelRoute removes the routes to a destination; those by a gateway or an interface only when one is named.
func (n *Node) DelRoute(r network.Route) error {
	d := n.device(r.Interface)
	if d == nil && r.Interface != "" {
		return n.missing(r.Interface)
	}
	n.mu.Lock()
	removed := 0
	n.reroute(func(t *route.Table) {
		removed = t.Remove(func(h route.Hop) bool {
			return h.Dst == r.Dst.Masked() && (!r.Gateway.IsValid() || h.Gateway == r.Gateway.Unmap().WithZone("")) &&
				(d == nil || h.Interface == d.index) && (r.Metric == 0 || h.Metric == r.Metric)
		})
	})
	n.mu.Unlock()
	if removed == 0 {
		return fail(syscall.ESRCH, "delete route to %v", r.Dst)
	}
	n.watches.event(Event{RouteChanged, r.Interface})
	return nil
}

// Routes are all there are, the longest prefix first.
func (n *Node) Routes() []network.Route {
	var out []network.Route
	for _, h := range n.table.Load().All() {
		if d := n.at(h.Interface); d != n.lo {
			out = append(out, network.Route{
				Dst: h.Dst, Gateway: h.Gateway, Src: h.Src, Interface: d.name, Metric: h.Metric, MTU: h.MTU,
			})
		}
	}
	return out
}

// reroute changes the routes, ours and the stack's; n.mu is held.
func (n *Node) reroute(change func(*route.Table)) {
	t := n.table.Load().Clone()
	change(t)
	n.table.Store(t)
	n.sync()
}

// sync gives the stack the routes: the table's, and before them those to destinations whose path MTU is known, from which
// TCP takes the length of its segments. n.mu is held.
func (n *Node) sync() {
	var routes []tcpip.Route
	for dst, p := range n.Paths() {
		if h, _, ok := n.lookup(dst); ok {
			h.Dst, h.MTU = netip.PrefixFrom(dst, dst.BitLen()), p.MTU
			routes = append(routes, stackRoute(h))
		}
	}
	for _, h := range n.table.Load().All() {
		routes = append(routes, stackRoute(h))
	}
	n.stack.SetRouteTable(routes)
}

// stackRoute is a route as the stack has it.
func stackRoute(h route.Hop) tcpip.Route {
	r := tcpip.Route{Destination: subnet(h.Dst), NIC: tcpip.NICID(h.Interface), MTU: uint32(h.MTU)}
	if h.Gateway.IsValid() {
		r.Gateway = toStack(h.Gateway)
	}
	if h.Src.IsValid() {
		r.SourceHint = toStack(h.Src)
	}
	return r
}

package lab

import (
	"maps"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/lab/topology"
)

// read reads the table in stack slot n: the lines of text among its entries, and the rest.
func read(L *lua.LState, name string, n int) (lines []string, w wishes) {
	if s, ok := L.Get(n).(lua.LString); ok {
		return []string{string(s)}, w
	}
	t, ok := L.Get(n).(*lua.LTable)
	if !ok {
		decl.RaiseArg(L, n, name, decl.Expected(L, n, "table"))
	}
	for i := 1; i <= t.Len(); i++ {
		line, ok := t.RawGetInt(i).(lua.LString)
		if !ok {
			decl.Raisef(L, "bad argument #%d to '%s' (entry %d: a line of text expected, got %s)", n, name, i, decl.TypeName(t.RawGetInt(i)))
		}
		lines = append(lines, string(line))
	}
	L.Push(plain(L, t))
	decl.Options(L, name, L.GetTop(), &w)
	L.Pop(1)
	return lines, w
}

// spec is what package topology takes of the wishes.
func (w *wishes) spec(lines []string) topology.Spec {
	s := topology.Spec{Lines: lines, MTU: w.MTU, Mirror: w.Mirror, Networks: w.Networks, Addresses: w.Addresses, Loop: w.Loop,
		NoIPv4: w.IPv4 != nil && !*w.IPv4, NoIPv6: w.IPv6 != nil && !*w.IPv6,
		VLAN: map[string]topology.VLAN{}, Nodes: map[string]topology.NodeSpec{}, Routes: map[string][]topology.RouteSpec{}}
	for where, v := range w.VLAN {
		s.VLAN[where] = topology.VLAN{ID: v.ID, Trunk: v.Trunk, All: v.All, Native: v.Native}
	}
	for name, n := range w.Nodes {
		s.Nodes[name] = topology.NodeSpec{Kind: topology.Kind(n.Kind), Addresses: n.Addresses, MACs: n.MAC, Routes: n.Routes.specs(),
			Names: n.Names, DNS: n.DNS, Services: slices.Sorted(maps.Keys(n.Services))}
	}
	for name, r := range w.Routes {
		if name == "" {
			s.Static = true
			continue
		}
		s.Routes[name] = r.specs()
	}
	for _, l := range w.Links {
		s.Links = append(s.Links, topology.LinkSpec{A: l.A, B: l.B, Name: l.Name})
	}
	return s
}

// specs are the routes in a fixed order.
func (r routes) specs() (list []topology.RouteSpec) {
	for _, dst := range slices.Sorted(maps.Keys(r)) {
		list = append(list, topology.RouteSpec{Dst: dst, Via: r[dst]})
	}
	return list
}

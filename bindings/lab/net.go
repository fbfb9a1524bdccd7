package lab

import (
	"context"
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/lab"
	"moonwire/host/lab/capture"
	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// A Net is an open lab.
type Net struct {
	*lab.Lab
	name    string
	filters map[*wire.Port]*queue // of what each port sends
}

// String names the lab in leak reports.
func (n *Net) String() string { return "lab " + n.name }

// open is lab{...}.
func open(L *lua.LState) int {
	lines, w := read(L, "lab", 1)
	L.Push(build(L, "lab", lines, &w))
	return 1
}

// build makes the lab and gives it to the current task.
func build(L *lua.LState, name string, lines []string, w *wishes) lua.LValue {
	impairments := w.impairments(L, name)
	plan, err := topology.Build(w.spec(lines))
	if err == nil {
		err = reserved(plan)
	}
	if err == nil {
		err = known(plan, impairments)
	}
	if err != nil {
		decl.Raisef(L, "%s: %s", name, err)
	}
	n := &Net{name: title(plan, lines), filters: map[*wire.Port]*queue{}}
	seed := w.Seed
	if seed == 0 {
		seed = stateOf(L).draw(L)
	}
	host := decl.HostOf(L)
	err = host.Block(L, func(ctx context.Context) (err error) {
		r := reporter{host.Stderr()}
		n.Lab, err = lab.New(plan, lab.Options{Clock: network.ClockFrom(ctx), Seed: seed, OnStorm: r.storm, OnFault: r.fault})
		if err == nil {
			err = n.record(capture.From(ctx))
		}
		return err
	})
	if err != nil {
		decl.Raisef(L, "%s: %s", name, err)
	}
	host.Own(L, n)
	ud := decl.NewUserData(L, n)
	for _, i := range impairments {
		for _, link := range i.links(plan) {
			n.impair(L, name, link, i.faults)
		}
	}
	n.serveAll(L, ud, w)
	return ud
}

// record writes all links into the file that the run is recorded in; nil: it isn't.
func (n *Net) record(f *capture.File) error {
	if f == nil {
		return nil
	}
	for _, l := range n.Links() {
		if err := f.Add(l); err != nil {
			return err
		}
	}
	return nil
}

// title is what reports call the lab.
func title(plan *topology.Plan, lines []string) string {
	if len(lines) == 1 && len(lines[0]) <= 60 {
		return lines[0]
	}
	return fmt.Sprintf("of %d nodes, %s first", len(plan.Nodes), plan.Nodes[0].Name)
}

// reserved refuses nodes that are called like a function of every lab.
func reserved(plan *topology.Plan) error {
	for _, f := range netMethods() {
		if n, err := plan.Node(f.Record().Name); err == nil {
			return &topology.Error{Subject: "node " + n.Name, Rule: "net." + n.Name + " is a function of every lab: choose another name"}
		}
	}
	return nil
}

// text is tostring(net): the drawing.
func text(L *lua.LState) int {
	L.Push(lua.LString(theNet(L, "lab:__tostring").Plan().Text()))
	return 1
}

// theNet is argument 1 as a lab.
func theNet(L *lua.LState, method string) *Net { return decl.Self[*Net](L, method, "lab") }

// netIndex answers net.R2.
func netIndex(L *lua.LState, self any, key string) (lua.LValue, bool) {
	n := self.(*Net)
	if _, err := n.Plan().Node(key); err != nil {
		var names []string
		for _, f := range netMethods() {
			names = append(names, f.Record().Name)
		}
		for _, node := range n.Plan().Nodes {
			names = append(names, node.Name)
		}
		decl.RaiseUnknown(L, "this lab", key, names)
	}
	return n.node(L, L.Get(1), key), true
}

// node is a node as Lua holds it: a host, or a switch.
func (n *Net) node(L *lua.LState, net lua.LValue, name string) lua.LValue {
	p, _ := n.Plan().Node(name)
	if p.Kind == topology.Switch {
		return decl.NewUserData(L, &Switch{net: n, held: net, plan: p})
	}
	h, err := n.Host(name)
	if err != nil {
		decl.Raise(L, err.Error())
	}
	return decl.NewUserData(L, &Host{Host: h, net: n, held: net})
}

type netArgs struct {
	Self *Net `lua:"self"`
}

// closeNet is net:close().
func closeNet(L *lua.LState) int { return closeHandle(L, theNet(L, "lab:close")) }

// closeHandle closes what the current task owns, and forgets it.
func closeHandle(L *lua.LState, h decl.Handle) int {
	host := decl.HostOf(L)
	host.Disown(h)
	if err := host.Block(L, func(context.Context) error { return h.Close() }); err != nil {
		return decl.Fail(L, err)
	}
	L.Push(lua.LTrue)
	return 1
}

func svg(_ context.Context, a netArgs) (string, error) { return a.Self.Plan().SVG(), nil }

// hosts is net:hosts().
func hosts(_ context.Context, a netArgs) ([]string, error) { return a.Self.Hosts(), nil }

// links is net:links().
func links(_ context.Context, a netArgs) ([]string, error) { return a.Self.linkNames(), nil }

// netHost is net:host(name).
func netHost(L *lua.LState) int {
	n, name := theNet(L, "lab:host"), decl.String(L, "lab:host", 2)
	if _, err := n.Plan().Node(name); err != nil {
		decl.RaiseArg(L, 1, "lab:host", err.Error())
	}
	L.Push(n.node(L, L.Get(1), name))
	return 1
}

// chosen are the links that an argument means: one, or all.
func (n *Net) chosen(name string) ([]string, error) {
	if name == "all" {
		return n.linkNames(), nil
	}
	l, err := n.Plan().Link(name)
	if err != nil {
		return nil, err
	}
	return []string{l.Name}, nil
}

func (n *Net) linkNames() (names []string) {
	for _, l := range n.Plan().Links {
		names = append(names, l.Name)
	}
	return names
}

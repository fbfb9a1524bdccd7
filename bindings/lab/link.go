package lab

import (
	"context"
	"maps"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
)

// A Link is a link of a lab.
type Link struct {
	*wire.Link
	net  *Net
	held lua.LValue // the lab, which lives as long as its parts do
	plan *topology.Link
}

// String is the link's name.
func (l *Link) String() string { return "link " + l.plan.Name }

// link finds a link.
func (n *Net) link(name string) (*Link, error) {
	p, err := n.Plan().Link(name)
	if err != nil {
		return nil, err
	}
	l, err := n.Link(p.Name)
	return &Link{Link: l, net: n, plan: p}, err
}

// netLink is net:link(name).
func netLink(L *lua.LState) int {
	n := theNet(L, "lab:link")
	l, err := n.link(decl.String(L, "lab:link", 2))
	if err != nil {
		decl.RaiseArg(L, 1, "lab:link", err.Error())
	}
	l.held = L.Get(1)
	L.Push(decl.NewUserData(L, l))
	return 1
}

// theLink is argument 1 as a link.
func theLink(L *lua.LState, method string) *Link { return decl.Self[*Link](L, method, "lab{link}") }

// impairLink is link:impair(opts).
func impairLink(L *lua.LState) int {
	const name = "lab{link}:impair"
	l, f := theLink(L, name), faults{}
	decl.Options(L, name, 2, &f)
	l.net.impair(L, name, l.plan.Name, &f)
	L.SetTop(1)
	return 1
}

// impair makes a link as faulty as f says, in one direction or both.
func (n *Net) impair(L *lua.LState, name, link string, f *faults) {
	l, err := n.link(link)
	var from *wire.Port
	if err == nil && f.From != "" {
		from, err = l.end(f.From)
	}
	i, bad := f.impairment()
	if bad != nil {
		decl.Raisef(L, "bad option 'rate' to '%s' (%s)", name, bad)
	}
	if err == nil {
		err = i.Check()
	}
	if err != nil {
		decl.Raisef(L, "%s: %s", name, err)
	}
	var q *queue
	if f.Filter != nil {
		q = l.filter(L, f.Filter)
		i.Filter = q.put
	}
	if err := l.Impair(from, i); err != nil {
		decl.Raisef(L, "%s: %s", name, err)
	}
	for _, p := range l.ports(from) {
		n.replace(p, q)
	}
}

// ports are those whose frames an impairment is about: one, or both.
func (l *Link) ports(from *wire.Port) []*wire.Port {
	if from != nil {
		return []*wire.Port{from}
	}
	a, b := l.Ends()
	return []*wire.Port{a, b}
}

// replace notes the filter of what a port sends; one that no port has any more ends.
func (n *Net) replace(p *wire.Port, q *queue) {
	old := n.filters[p]
	delete(n.filters, p)
	if q != nil {
		n.filters[p] = q
	}
	for _, other := range n.filters {
		if other == old {
			return
		}
	}
	if old != nil {
		old.finish()
	}
}

// end is the port at a node's end of the link.
func (l *Link) end(node string) (*wire.Port, error) {
	for _, e := range l.plan.Ends {
		if e.Node.Name == node {
			return l.net.Port(node, e.Interface), nil
		}
	}
	return nil, &topology.Error{Subject: "link " + l.plan.Name,
		Rule: "it has no end at " + node + ", but at " + l.plan.Ends[0].Node.Name + " and " + l.plan.Ends[1].Node.Name}
}

// changing is a method that changes the link and returns it.
func changing(name string, change func(*wire.Link)) lua.LGFunction {
	return func(L *lua.LState) int {
		change(theLink(L, "lab{link}:"+name).Link)
		L.SetTop(1)
		return 1
	}
}

// An impairment is what is wrong with a link from the beginning.
type impairment struct {
	link   string // "": all links
	faults *faults
}

// links are the names of those that it is about.
func (i impairment) links(plan *topology.Plan) (names []string) {
	if i.link != "" {
		return []string{i.link}
	}
	for _, l := range plan.Links {
		names = append(names, l.Name)
	}
	return names
}

// known refuses impairments of links that aren't there.
func known(plan *topology.Plan, list []impairment) error {
	for _, i := range list {
		if i.link == "" {
			continue
		}
		if _, err := plan.Link(i.link); err != nil {
			return err
		}
	}
	return nil
}

// impairments are those of lab{}, all links' first.
func (w *wishes) impairments(L *lua.LState, name string) (list []impairment) {
	merged := map[string]*faults{}
	of := func(link string) *faults {
		if merged[link] == nil {
			merged[link] = &faults{}
			if f, ok := w.Impair[link]; ok {
				*merged[link] = f
			} else if all := merged[""]; all != nil && link != "" {
				*merged[link] = *all
			}
		}
		return merged[link]
	}
	set(w.Loss, of, func(f *faults, v float64) { f.Loss = v })
	set(w.Delay, of, func(f *faults, v float64) { f.Delay = decl.Seconds(v) })
	set(w.Jitter, of, func(f *faults, v float64) { f.Jitter = decl.Seconds(v) })
	set(w.Rate, of, func(f *faults, v lua.LValue) { f.Rate = v })
	for link := range w.Impair {
		of(link)
	}
	for _, link := range slices.Sorted(maps.Keys(merged)) {
		if merged[link].Rate != nil {
			if _, err := rateOf(merged[link].Rate); err != nil {
				decl.Raisef(L, "bad option 'rate' to '%s' (%s)", name, err)
			}
		}
		list = append(list, impairment{link, merged[link]})
	}
	return list
}

// set puts what an option says into the faults of links: first of all links, then of each.
func set[V any](option map[string]V, of func(link string) *faults, put func(*faults, V)) {
	for _, link := range slices.Sorted(maps.Keys(option)) {
		put(of(link), option[link])
	}
}

// statistics are what both ends of a link did, by node.
type statistics map[string]portStats

// portStats are what an end of a link did.
type portStats struct {
	Sent          int64            `lua:"sent" doc:"frames given to the link, lost or not"`
	SentBytes     int64            `lua:"sent_bytes" doc:"bytes in them"`
	Received      int64            `lua:"received" doc:"frames that arrived"`
	ReceivedBytes int64            `lua:"received_bytes" doc:"bytes in them"`
	Lost          int64            `lua:"lost" doc:"of the frames sent, those that were lost"`
	Drops         map[string]int64 `lua:"drops" doc:"the same by reason: lost, queue full, longer than the MTU, link down, partition …"`
	Corrupted     int64            `lua:"corrupted" doc:"of the frames sent, those with a flipped bit"`
	Duplicated    int64            `lua:"duplicated" doc:"those that arrived twice"`
	Reordered     int64            `lua:"reordered" doc:"those that left the order"`
}

func (l *Link) statistics() statistics {
	all := statistics{}
	for _, e := range l.plan.Ends {
		s := l.net.Port(e.Node.Name, e.Interface).Stats()
		p := portStats{Sent: int64(s.Sent.Frames), SentBytes: int64(s.Sent.Bytes), Received: int64(s.Received.Frames), ReceivedBytes: int64(s.Received.Bytes),
			Drops: map[string]int64{}, Corrupted: int64(s.Corrupted), Duplicated: int64(s.Duplicated), Reordered: int64(s.Reordered)}
		for reason, n := range s.Drops {
			p.Drops[reason] = int64(n)
			p.Lost += int64(n)
		}
		all[e.Node.Name] = p
	}
	return all
}

type linkArgs struct {
	Self *Link `lua:"self"`
}

func linkStats(_ context.Context, a linkArgs) (statistics, error) { return a.Self.statistics(), nil }

func netStats(_ context.Context, a netArgs) (map[string]statistics, error) {
	all := map[string]statistics{}
	for _, p := range a.Self.Plan().Links {
		l, err := a.Self.link(p.Name)
		if err != nil {
			return nil, err
		}
		all[p.Name] = l.statistics()
	}
	return all, nil
}

// linkFields are what a link says of itself.
var linkFields = []decl.Reading[*Link]{
	{Param: decl.Param{Name: "name", Type: "string", Doc: "its name"},
		Get: func(_ *lua.LState, l *Link) lua.LValue { return lua.LString(l.plan.Name) }},
	{Param: decl.Param{Name: "mtu", Type: "integer", Doc: "the smaller of both ends'"},
		Get: func(_ *lua.LState, l *Link) lua.LValue {
			a, b := l.Ends()
			return lua.LNumber(min(a.MTU(), b.MTU()))
		}},
	{Param: decl.Param{Name: "carrier", Type: "boolean", Doc: "are it and both its ends up?"},
		Get: func(_ *lua.LState, l *Link) lua.LValue { return lua.LBool(l.Carrier()) }},
	{Param: decl.Param{Name: "ends", Type: "string[]", Doc: "its nodes"},
		Get: func(L *lua.LState, l *Link) lua.LValue {
			return decl.Push(L, []string{l.plan.Ends[0].Node.Name, l.plan.Ends[1].Node.Name})
		}},
}

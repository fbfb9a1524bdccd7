// Package lab is a whole network in this process: hosts and routers with real TCP/IP, switches, links with faults. It
// needs no privileges. Each host is a network.Network like this machine's own.
//
//	plan, err := topology.Build(topology.Spec{Lines: []string{"h1 -- R1 -- h2"}})
//	l, err := lab.New(plan, lab.Options{})
//	n, err := l.Network("h1")
package lab

import (
	"errors"
	"sync"

	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// Options say how a lab runs.
type Options struct {
	Clock network.Clock // nil: the real one
	Seed  int64         // of everything that chance decides; 0: the clock's
	// OnStorm hears, on the lab's loop, when frames go round a loop of switches; nil: nobody does.
	OnStorm func(wire.Storm)
	// OnFault hears of faults of ours that the lab survived, in real time; nil: nobody does.
	OnFault func(cause any, stack []byte)
}

// A Lab is a running network.
type Lab struct {
	plan   *topology.Plan
	opt    Options
	engine wire.Engine
	names  *names

	hosts    map[string]*Host
	order    []*Host // as in the plan
	switches map[string]*wire.Switch
	links    map[string]*wire.Link
	ports    map[portKey]*wire.Port
	untagged map[portKey]*wire.Port // of interfaces behind a tagger

	mu     sync.Mutex
	closed bool
	ends   []func() // of captures, sharing and what else ends with the lab
}

// A portKey is an interface of a node.
type portKey struct{ node, iface string }

// New builds what a plan says.
func New(plan *topology.Plan, o Options) (*Lab, error) {
	if o.Clock == nil {
		o.Clock = network.Kernel().Clock()
	}
	if o.Seed == 0 {
		o.Seed = o.Clock.Now().UnixNano()
	}
	l := &Lab{plan: plan, opt: o, names: newNames(plan), hosts: map[string]*Host{}, switches: map[string]*wire.Switch{}, links: map[string]*wire.Link{},
		ports: map[portKey]*wire.Port{}, untagged: map[portKey]*wire.Port{}}
	begin := func() {}
	if e, simulated := o.Clock.(wire.Engine); simulated {
		l.engine = e // whose time stands still meanwhile
	} else {
		l.engine = realtime(o)
		begin = hold(l.engine)
	}
	err := l.build()
	begin()
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func realtime(o Options) *wire.Realtime {
	e := wire.NewRealtime()
	if o.OnFault != nil {
		e.OnFault(o.OnFault)
	}
	return e
}

// hold lets nothing happen until begin is called: what a node sends while others are still being plugged in must not be lost.
func hold(e wire.Engine) (begin func()) {
	g := make(gate)
	e.Schedule(0, g)
	return func() { close(g) }
}

// A gate is an event that lasts until it is closed.
type gate chan struct{}

// Run waits.
func (g gate) Run() { <-g }

// Plan is what the lab was built from.
func (l *Lab) Plan() *topology.Plan { return l.plan }

// Clock is the time of everything in the lab.
func (l *Lab) Clock() network.Clock { return l.opt.Clock }

// Engine runs what happens in the lab.
func (l *Lab) Engine() wire.Engine { return l.engine }

// Seed is what decides chance.
func (l *Lab) Seed() int64 { return l.opt.Seed }

// Hosts are the names of hosts and routers, in the plan's order: scripts run on the first unless told otherwise.
func (l *Lab) Hosts() []string {
	names := make([]string, len(l.order))
	for i, h := range l.order {
		names[i] = h.Name()
	}
	return names
}

// Host finds a host or router.
func (l *Lab) Host(name string) (*Host, error) {
	n, err := l.plan.Node(name)
	if err != nil {
		return nil, err
	}
	if h := l.hosts[n.Name]; h != nil {
		return h, nil
	}
	return nil, &topology.Error{Subject: "node " + name, Rule: "a switch runs no programs: choose a host or a router"}
}

// Network is the world as a host or router sees it.
func (l *Lab) Network(host string) (network.Network, error) {
	h, err := l.Host(host)
	if err != nil {
		return nil, err
	}
	return h.Network(), nil
}

// Switch finds a switch, nil when there is none.
func (l *Lab) Switch(name string) *wire.Switch { return l.switches[name] }

// Link finds a link by its name, in either direction.
func (l *Lab) Link(name string) (*wire.Link, error) {
	found, err := l.plan.Link(name)
	if err != nil {
		return nil, err
	}
	return l.links[found.Name], nil
}

// Links are all links, in the plan's order.
func (l *Lab) Links() []*wire.Link {
	list := make([]*wire.Link, len(l.plan.Links))
	for i, p := range l.plan.Links {
		list[i] = l.links[p.Name]
	}
	return list
}

// Port is where an interface of a host, or a port of a switch, meets its link; nil when there is none.
func (l *Lab) Port(node, iface string) *wire.Port { return l.ports[portKey{node, iface}] }

// OnClose lets f run before the lab is taken down. It returns what forgets f.
func (l *Lab) OnClose(f func()) (forget func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := len(l.ends)
	l.ends = append(l.ends, f)
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if i < len(l.ends) {
			l.ends[i] = nil
		}
	}
}

// Close ends everything in the lab.
func (l *Lab) Close() error {
	l.mu.Lock()
	ends := l.ends
	done := l.closed
	l.closed, l.ends = true, nil
	l.mu.Unlock()
	if done {
		return nil
	}
	for _, end := range ends {
		if end != nil {
			end()
		}
	}
	var err error
	for _, h := range l.order {
		err = errors.Join(err, h.close())
	}
	for _, p := range l.plan.Links {
		if link := l.links[p.Name]; link != nil {
			link.SetUp(false)
		}
	}
	if own, ok := l.engine.(*wire.Realtime); ok {
		own.Close()
	}
	return err
}

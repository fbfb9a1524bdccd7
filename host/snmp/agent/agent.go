package agent

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/inlet"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

// Options say what an agent is.
type Options struct {
	Addresses []netip.Addr // own addresses; none: all of them
	Port      uint16       // 0: one that is free
	UDP, TCP  bool

	Trees       map[string]*Tree // by the names of contexts; the context without a name is always there
	Communities []Community
	Users       []User

	Engine  usm.EngineID // nil: one by chance
	Boots   int32        // 0: 1
	MaxSize int          // longest message in bytes; 0: 65507

	// Objects tells of which object a variable is an instance. Nil knows none.
	Objects func(name oid.OID) (object oid.OID, known bool)
	// Hook, when it isn't nil, sees what is told and what is set.
	Hook Hook
	// Happened, when it isn't nil, is called with each Event. It doesn't wait.
	Happened func(Event)
}

// An Agent answers managers until it is closed. It serves by itself; requests that Scripted sources answer for wait until
// somebody calls Await.
type Agent struct {
	options Options
	access  *access
	engine  *usm.Engine
	salts   *usm.Salts
	clock   network.Clock
	net     network.Network
	rand    *rand.Rand
	ctx     context.Context
	inlet   *inlet.Inlet

	tally   tally
	handled atomic.Uint64
	started atomic.Int64 // nanoseconds since 1970, of sysUpTime
	setting network.Turn // of who sets
	faults  atomic.Pointer[[]*fault]
	another elsewhere

	mu      sync.Mutex
	waiting []*Request // for the script
	closed  bool
	serving bool
	waiter  network.Waiter
}

// New makes an agent and opens its sockets.
func New(ctx context.Context, o Options) (*Agent, error) {
	n := network.From(ctx)
	a := &Agent{options: o, net: n, clock: n.Clock(), rand: network.Rand(ctx), ctx: context.WithoutCancel(ctx), waiter: network.NewWaiter(n.Clock())}
	var err error
	if a.access, err = newAccess(o.Communities, o.Users); err != nil {
		return nil, err
	}
	a.options.MaxSize = cmp.Or(o.MaxSize, datagramSize)
	if a.options.Engine == nil {
		a.options.Engine = a.chanceEngine()
	}
	if err := a.options.Engine.Check(); err != nil {
		return nil, err
	}
	trees := map[string]*Tree{}
	for name, t := range o.Trees {
		trees[name] = t
	}
	if trees[""] == nil {
		trees[""] = NewTree(nil)
	}
	a.options.Trees = trees
	now := a.clock.Now()
	a.engine = usm.NewEngine(a.options.Engine, cmp.Or(o.Boots, 1), now)
	a.salts = usm.NewSalts(a.rand.Uint64())
	a.started.Store(now.UnixNano())
	a.inlet, err = inlet.Open(ctx, inlet.Config{Addresses: o.Addresses, Port: o.Port, UDP: o.UDP, TCP: o.TCP, Handle: a.handle})
	return a, err
}

// chanceEngine is an engine id that nobody else has.
func (a *Agent) chanceEngine() usm.EngineID {
	id := usm.EngineID{0x80, 0, 0x7e, 0xd9, 5} // enterprise 32473, which RFC 5612 keeps for examples; octets follow
	for range 12 {
		id = append(id, byte(a.rand.Uint32()))
	}
	return id
}

// object is the key of the object that a variable is an instance of.
func (a *Agent) object(key []byte) (object []byte, known bool) {
	if a.options.Objects == nil {
		return nil, false
	}
	name, known := a.options.Objects(nameOf(key))
	return []byte(keyOf(name)), known
}

// Addresses are where the agent listens.
func (a *Agent) Addresses() []netip.AddrPort { return a.inlet.Addresses() }

// Engine is the agent's, whose statistics are the agent's too.
func (a *Agent) Engine() *usm.Engine { return a.engine }

// Tree is what the agent tells in a context; nil where there is none.
func (a *Agent) Tree(context string) *Tree { return a.options.Trees[context] }

// Count is one of the agent's counters.
func (a *Agent) Count(c Counter) uint32 { return a.tally[c].Load() }

// Add counts what others send or receive in the agent's name, such as traps.
func (a *Agent) Add(c Counter) { a.tally.add(c) }

// Traffic is what the agent's sockets did.
func (a *Agent) Traffic() inlet.Counts { return a.inlet.Counts() }

// Now is the agent's time.
func (a *Agent) Now() time.Time { return a.clock.Now() }

// UpTime is sysUpTime: since the agent began, or began anew.
func (a *Agent) UpTime() time.Duration { return a.clock.Now().Sub(time.Unix(0, a.started.Load())) }

// Reboot begins anew: sysUpTime from nothing, with one boot more. An id that isn't nil is the engine's from now on.
func (a *Agent) Reboot(id usm.EngineID) {
	now := a.clock.Now()
	a.started.Store(now.UnixNano())
	if id != nil {
		a.engine.SetID(id)
	}
	a.engine.Boot(now)
}

// Handled is how many messages were answered, refused or dropped.
func (a *Agent) Handled() uint64 { return a.handled.Load() }

// Close ends the agent. It may be called twice.
func (a *Agent) Close() error {
	a.mu.Lock()
	a.closed, a.waiting = true, nil
	a.mu.Unlock()
	a.waiter.Wake()
	a.another.close()
	return a.inlet.Close()
}

// longest is how many requests wait for the script, and patience is how long: managers have asked again by then.
const (
	longest  = 1024
	patience = 5 * time.Second
)

// Await waits until a request is there that the script answers for, until so many messages were handled, until a time
// (the zero one never comes: os.ErrDeadlineExceeded), or until the agent is closed: net.ErrClosed. Without a request it
// returns nil. One goroutine at a time may call it.
func (a *Agent) Await(ctx context.Context, until time.Time, handled uint64) (*Request, error) {
	for {
		r, err := a.take(handled)
		if r != nil || err != nil {
			return r, ignore(err, errEnough)
		}
		if err := a.waiter.WaitUntil(ctx, until); err != nil {
			return nil, err
		}
	}
}

var errEnough = errors.New("enough messages were handled")

func ignore(err, what error) error {
	if err == what {
		return nil
	}
	return err
}

// take is the next request for the script.
func (a *Agent) take(handled uint64) (*Request, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.serving = true
	for len(a.waiting) > 0 && a.handled.Load() < handled {
		r := a.waiting[0]
		a.waiting = a.waiting[1:]
		if a.clock.Now().Sub(r.Time) < patience {
			return r, nil
		}
		a.handled.Add(1)
	}
	switch {
	case a.closed:
		return nil, net.ErrClosed
	case a.handled.Load() >= handled:
		return nil, errEnough
	}
	return nil, nil
}

// wait puts a request where the script finds it.
func (a *Agent) wait(r *Request) {
	a.mu.Lock()
	full := len(a.waiting) >= longest
	if !full && !a.closed {
		a.waiting = append(a.waiting, r)
	}
	a.mu.Unlock()
	if full {
		a.dropped(r, "too many requests wait for the script")
		return
	}
	a.waiter.Wake()
}

// done counts a message.
func (a *Agent) done() {
	a.handled.Add(1)
	a.mu.Lock()
	serving := a.serving
	a.mu.Unlock()
	if serving {
		a.waiter.Wake()
	}
}

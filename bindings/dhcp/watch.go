package dhcp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"reflect"
	"slices"
	"sync"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/watch"
	"moonwire/host/dhcp/watch/live"
)

// exampleWatch watches while a client of the same host takes a lease.
const exampleWatch = `local net = lab{"h1, R1 -- sw1", addresses = {["h1.eth0"] = false}}
net.R1:serve_dhcp{pool = "10.0.1.100-10.0.1.199", lease_time = 3600}
local w = net.h1:run(dhcp.watch, {allow = {"10.0.1.77"}, events = {"rogue", "granted"}, count = 2})
net.h1:run(function() assert(dhcp.client{}:acquire()) end)
`

func watchFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "watch", Why: "allow is a list and a table in one", Run: openWatch, Blocks: true,
			Doc: "Watch the DHCP that passes an interface, of both versions, beside clients and servers that run there. It sends nothing. " +
				"Iterate over the result for its events: for event in dhcp.watch{} do.",
			Options: decl.OptionParams(watchDefaults()), Fails: []string{decl.Denied, decl.NotFound, decl.Down, decl.Unsupported},
			Results: []decl.Param{{Name: "watch", Type: "dhcp.watch", Doc: "an iterator over events, and what is known so far"}},
			Example: exampleWatch + `local event = w()
event.kind, event.server, event.reason --> rogue, 10.0.1.1, isn't allowed
tostring(w()) --> 02:00:00:00:00:01 got 10.0.1.100 from 10.0.1.1 for 3600 s (selecting)
w.leases[1].mac, w.leases[1].state, w.stats.messages --> 02:00:00:00:00:01, bound, 4`,
			Source: "RFC 2131; RFC 8415; RFC 5227 for conflicts"},
		leasesFunction(),
		roguesFunction(),
	}
}

func watchClasses() []*decl.Class {
	return []*decl.Class{watchClass(), watchEventClass()}
}

// normal is what a watch takes for normal.
type normal struct {
	Allow    *lua.LTable   `lua:"allow?" type:"table" doc:"servers that may answer: a list of addresses, MAC addresses and DUIDs; address=MAC binds both. When left out, any may"`
	Pool     []string      `lua:"pool?" doc:"what servers lend, as FIRST-LAST, ADDRESS or ADDRESS/BITS: nine tenths of it leased are a starvation"`
	Window   time.Duration `lua:"window?" doc:"time in which the next three count, in seconds"`
	Clients  int           `lua:"clients?" range:"1..4096" doc:"so many new clients that look for servers are a starvation"`
	Seeks    int           `lua:"discovers?" range:"1..4096" doc:"so many discovers and solicits are one, too"`
	Refusals int           `lua:"naks?" range:"1..4096" doc:"so many refusals are a storm"`
}

func usual() normal {
	u := watch.Usual
	return normal{Window: u.Window, Clients: u.Clients, Seeks: u.Seeks, Refusals: u.Refusals}
}

type watchOptions struct {
	Iface    string         `lua:"iface?" doc:"name of the interface; else as dhcp.client chooses"`
	Events   []string       `lua:"events?" doc:"kinds of events to give: message, client, server, granted, renewed, released, declined, expired, refused, rogue, starvation, storm, spoofed, conflict, lost; else all but message"`
	Timeout  *time.Duration `lua:"timeout?" doc:"how long in all, in seconds; else no limit"`
	Count    *int           `lua:"count?" range:"0.." doc:"how many events; else no limit"`
	Messages bool           `lua:"messages?" doc:"an event for each message, too"`
	normal
}

func watchDefaults() watchOptions { return watchOptions{normal: usual()} }

// options are the limits as the watcher takes them; name is the function's, for what is wrong.
func (n *normal) options(L *lua.LState, name string) watch.Options {
	o := watch.Options{Window: n.Window, Clients: n.Clients, Seeks: n.Seeks, Refusals: n.Refusals, Allow: allowed(L, name, n.Allow)}
	for _, text := range n.Pool {
		r, err := lease.ParseRange(text)
		if err != nil {
			decl.Raisef(L, "bad option 'pool' to '%s' (%s)", name, err)
		}
		o.Pool = append(o.Pool, r)
	}
	return o
}

// A watchHandle is a watch as Lua has it.
type watchHandle struct {
	*live.Watch
	only  []watch.Kind
	left  int       // events; negative: no limit
	until time.Time // zero: no limit

	mu    sync.Mutex
	ready []watch.Event
}

// String says what is watched.
func (w *watchHandle) String() string { return "dhcp.watch on " + w.Interface().Name }

// openWatch is dhcp.watch(opts).
func openWatch(L *lua.LState) int {
	const name = "dhcp.watch"
	o := watchDefaults()
	decl.Options(L, name, 1, &o)
	w := &watchHandle{only: kinds(L, name, o), left: -1}
	if o.Count != nil {
		w.left = *o.Count
	}
	host, opt := decl.HostOf(L), o.options(L, name)
	given := host.Iface()
	err := host.Block(L, func(ctx context.Context) (err error) {
		iface, err := interfaceFor(ctx, o.Iface, given)
		if err == nil {
			w.Watch, err = live.Open(ctx, iface, opt)
		}
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	if o.Timeout != nil {
		w.until = w.Opened().Add(*o.Timeout)
	}
	host.Own(L, w)
	L.Push(decl.NewUserData(L, w))
	return 1
}

// kinds are the kinds of events that a script wants.
func kinds(L *lua.LState, name string, o watchOptions) (list []watch.Kind) {
	for _, word := range o.Events {
		if !slices.Contains(watch.Kinds, word) {
			near := ""
			if nearest := decl.Nearest(word, watch.Kinds); nearest != "" {
				near = fmt.Sprintf("; did you mean '%s'?", nearest)
			}
			decl.Raisef(L, "bad option 'events' to '%s' (no kind of event '%s'%s)", name, word, near)
		}
		list = append(list, watch.Kind(word))
	}
	if len(o.Events) == 0 {
		for _, word := range watch.Kinds {
			if word != string(watch.Message) {
				list = append(list, watch.Kind(word))
			}
		}
	}
	if o.Messages {
		list = append(list, watch.Message)
	}
	return list
}

// interfaceFor is the interface to use: one by name, the one that the script was told, or the one that a client would choose.
func interfaceFor(ctx context.Context, name, told string) (string, error) {
	if name = cmp.Or(name, told); name != "" {
		return name, nil
	}
	return chooseInterface(ctx)
}

// next waits for the next event that the script wants; nil at the natural end.
func (w *watchHandle) next(ctx context.Context) (*watch.Event, error) {
	for {
		if e := w.pop(); e != nil {
			return e, nil
		}
		events, err := w.Next(ctx, w.until)
		if err != nil {
			return nil, err
		}
		w.mu.Lock()
		w.ready = append(w.ready, events...)
		w.mu.Unlock()
	}
}

// pop takes the oldest event that is there and wanted.
func (w *watchHandle) pop() *watch.Event {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.ready) > 0 {
		e := &w.ready[0]
		w.ready = w.ready[1:]
		if slices.Contains(w.only, e.Kind) {
			return e
		}
	}
	return nil
}

// nextEvent is watch:next(), which a generic for calls.
func nextEvent(L *lua.LState) int {
	w := decl.Self[*watchHandle](L, "dhcp.watch:next", "dhcp.watch")
	if w.left == 0 {
		L.Push(lua.LNil)
		return 1
	}
	e := w.pop()
	if e == nil {
		err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
			e, err = w.next(ctx)
			return err
		})
		if errors.Is(err, os.ErrDeadlineExceeded) {
			L.Push(lua.LNil)
			return 1
		}
		if errors.Is(err, net.ErrClosed) {
			err = decl.Refuse(decl.Closed, errors.New("the watch is closed"))
		}
		if err != nil {
			decl.RaiseFailure(L, fmt.Errorf("dhcp.watch: %w", err))
		}
	}
	w.left--
	L.Push(decl.NewUserData(L, &watchEvent{*e, w.Opened()}))
	return 1
}

// watchClass declares what dhcp.watch returns.
func watchClass() *decl.Class {
	c := &decl.Class{Name: "dhcp.watch", Doc: "A watch over the DHCP of a link: an iterator over events.", Type: reflect.TypeFor[*watchHandle](),
		Operators: []string{"call(): dhcp.event?"},
		Methods: []decl.Function{
			decl.Raw{Name: "next", Why: "called per event", Run: nextEvent, Blocks: true,
				Doc:     "Wait for the next event; calling the watch does the same. An interface that goes down raises, with kind down.",
				Results: []decl.Param{{Name: "event", Type: "dhcp.event", Optional: true, Doc: "nil when the time is over, or all were given"}},
				Example: exampleWatch + `w:next().kind, w:next().kind, w:next() --> rogue, granted, nil`},
			decl.Fn[watchArgs, decl.Done]{Name: "close", Doc: "End the watch. What is known stays readable. It may be called twice.",
				Example: exampleWatch + `w:close(), w:close() --> true, true`,
				Run:     func(_ context.Context, a watchArgs) (decl.Done, error) { return decl.Done{}, a.Self.Close() }},
		},
		Meta: map[string]lua.LGFunction{"__call": nextEvent, "__tostring": decl.ToString}}
	return decl.Reads(c, watchFields)
}

type watchArgs struct {
	Self *watchHandle `lua:"self"`
}

// known is a field of a watch that its watcher knows.
func known(name, kind, doc string, get func(*watch.Watcher) any) decl.Reading[*watchHandle] {
	return decl.Reading[*watchHandle]{Param: decl.Param{Name: name, Type: kind, Doc: doc},
		Get: func(L *lua.LState, w *watchHandle) lua.LValue {
			var rows any
			w.See(func(watcher *watch.Watcher) { rows = get(watcher) })
			return decl.Push(L, rows)
		}}
}

var watchFields = []decl.Reading[*watchHandle]{
	known("leases", "table[]", "all leases seen, with the fields that dhcp.leases gives them", func(w *watch.Watcher) any { return leaseRows(w) }),
	known("clients", "table[]", "all clients seen, as dhcp.leases gives them", func(w *watch.Watcher) any { return clientRows(w) }),
	known("servers", "table[]", "all servers seen, as dhcp.leases gives them", func(w *watch.Watcher) any { return serverRows(w) }),
	{Param: decl.Param{Name: "stats", Type: "table", Doc: "messages, malformed (datagrams that were no message), forgotten (clients, servers and leases that there was no memory for), received and lost (frames)"},
		Get: func(L *lua.LState, w *watchHandle) lua.LValue { return decl.Push(L, w.stats()) }},
	{Param: decl.Param{Name: "interface", Type: "string", Doc: "name of the interface"},
		Get: func(_ *lua.LState, w *watchHandle) lua.LValue { return lua.LString(w.Interface().Name) }},
}

// watchStats are the figures of a watch.
type watchStats struct {
	Messages  int64 `lua:"messages" doc:"messages seen"`
	Malformed int64 `lua:"malformed" doc:"datagrams between DHCP's ports that were no message"`
	Forgotten int64 `lua:"forgotten" doc:"clients, servers and leases that there was no memory for"`
	Received  int64 `lua:"received" doc:"frames, whether they were read or lost"`
	Lost      int64 `lua:"lost" doc:"frames that there was no memory for"`
}

func (w *watchHandle) stats() (s watchStats) {
	l := w.Losses()
	w.See(func(watcher *watch.Watcher) { s = countsOf(watcher.Counts()) })
	s.Received, s.Lost = int64(l.Received), int64(l.KernelDrops+l.RingDrops)
	return s
}

func countsOf(c watch.Counts) watchStats {
	return watchStats{Messages: int64(c.Messages), Malformed: int64(c.Malformed), Forgotten: int64(c.Forgotten)}
}

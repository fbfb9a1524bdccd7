package snmp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/notify"
)

// A listener is what snmp.listen gives.
type listener struct{ *notify.Listener }

// String says where it listens.
func (l *listener) String() string { return fmt.Sprintf("snmp.listener at %s", l.Addresses()[0]) }

func receiverClasses() []*decl.Class { return []*decl.Class{listenerClass(), eventClass()} }

const listenerExample = `local l = snmp.listen{port = 0, address = "127.0.0.1"}
for i = 1, 3 do snmp.trap{host = "127.0.0.1", port = l.port, trap = "coldStart", uptime = i} end
`

func listenerClass() *decl.Class {
	c := &decl.Class{Name: "snmp.listener", Doc: "Who receives traps and informs: an iterator over events.", Type: reflect.TypeFor[*listener](),
		Operators: []string{"call(): snmp.event"},
		Methods: []decl.Function{
			decl.Raw{Name: "events", Why: "gives an iterator", Run: listenerEvents,
				Doc:     "Return an iterator over events. Each event is given once, whoever asks for it. At its own end it ends quietly; a listener that was closed raises, with kind closed.",
				Options: decl.OptionParams(eventsOptions{}),
				Results: []decl.Param{{Name: "events", Type: "fun(): snmp.event?", Doc: "for a generic for"}},
				Example: listenerExample + `local times = {}
for event in l:events{count = 2} do times[#times + 1] = event.uptime end
for event in l:events{timeout = 0.2} do times[#times + 1] = event.uptime end
table.concat(times, " ") --> 1 2 3`},
			decl.Fn[nextArgs, *event]{Name: "next", Doc: "Wait for the next event.", Fails: []string{decl.Timeout, decl.Closed}, Blocks: true, Run: nextEvent,
				Example: listenerExample + `l:next(1).uptime, l:next(1).uptime --> 1, 2`},
			decl.Fn[withholdArgs, struct{}]{Name: "withhold", Doc: "Have the first answers to each inform not sent from now on, as if they were lost: to see what senders do.",
				Example: `local l = snmp.listen{port = 0, address = "127.0.0.1"}
l:withhold(1)
snmp.inform{host = "127.0.0.1", port = l.port, trap = "coldStart", timeout = 0.1}.tries --> 2`,
				Run: func(_ context.Context, a withholdArgs) (struct{}, error) {
					a.Self.Withhold(a.Count)
					return struct{}{}, nil
				}},
			decl.Fn[listenerArgs, decl.Done]{Name: "close", Doc: "End the listener. Events that wait can still be taken. It may be called twice.",
				Example: listenerExample + `l:close(), l:close() --> true, true`,
				Run:     func(_ context.Context, a listenerArgs) (decl.Done, error) { return decl.Done{}, a.Self.Close() }},
		},
		Meta: map[string]lua.LGFunction{"__call": listenerCall, "__tostring": decl.ToString}}
	return decl.Reads(c, listenerFields)
}

type listenerArgs struct {
	Self *listener `lua:"self"`
}

type withholdArgs struct {
	Self  *listener `lua:"self"`
	Count int       `lua:"count" range:"0.." doc:"how many answers to each inform; 0 sends all of them again"`
}

type nextArgs struct {
	Self    *listener      `lua:"self"`
	Timeout *time.Duration `lua:"timeout?" doc:"longest wait, in seconds; else no limit"`
}

// nextEvent is listener:next(timeout).
func nextEvent(ctx context.Context, a nextArgs) (*event, error) {
	var until time.Time
	if a.Timeout != nil {
		until = a.Self.Now().Add(*a.Timeout)
	}
	e, err := a.Self.Next(ctx, until)
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, decl.Refuse(decl.Timeout, fmt.Errorf("snmp.listener: no event within %v", *a.Timeout))
	case errors.Is(err, net.ErrClosed):
		return nil, decl.Refuse(decl.Closed, errors.New("snmp.listener: it is closed"))
	case err != nil:
		return nil, err
	}
	return newEvent(ctx, e), nil
}

// listenerCall waits for the next event; a generic for calls it.
func listenerCall(L *lua.LState) int {
	return take(L, decl.Self[*listener](L, "snmp.listener", "snmp.listener"), time.Time{})
}

// take pushes the next event, or nothing at a moment.
func take(L *lua.LState, l *listener, until time.Time) int {
	var e *event
	err := decl.HostOf(L).Block(L, func(ctx context.Context) error {
		got, err := l.Next(ctx, until)
		if err == nil {
			e = newEvent(ctx, got)
		}
		return err
	})
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return 0
	case errors.Is(err, net.ErrClosed):
		err = decl.Refuse(decl.Closed, errors.New("snmp.listener: it is closed"))
	}
	if err != nil {
		decl.RaiseFailure(L, err)
	}
	L.Push(decl.NewUserData(L, e))
	return 1
}

// eventsOptions are listener:events'.
type eventsOptions struct {
	Timeout *time.Duration `lua:"timeout?" doc:"how long in all, in seconds; else no limit"`
	Count   *int           `lua:"count?" range:"0.." doc:"how many events; else no limit"`
}

// listenerEvents is listener:events(opts).
func listenerEvents(L *lua.LState) int {
	const name = "snmp.listener:events"
	l := decl.Self[*listener](L, name, "snmp.listener")
	var o eventsOptions
	decl.Options(L, name, 2, &o)
	left, until := -1, time.Time{}
	if o.Count != nil {
		left = *o.Count
	}
	if o.Timeout != nil {
		until = l.Now().Add(*o.Timeout)
	}
	L.Push(L.NewFunction(func(L *lua.LState) int {
		if left == 0 {
			return 0
		}
		n := take(L, l, until)
		left -= n
		return n
	}))
	return 1
}

var listenerFields = []decl.Reading[*listener]{
	{Param: decl.Param{Name: "port", Type: "integer", Doc: "that it listens at"},
		Get: func(_ *lua.LState, l *listener) lua.LValue { return lua.LNumber(l.Addresses()[0].Port()) }},
	{Param: decl.Param{Name: "addresses", Type: "string[]", Doc: "own addresses that it listens at, as ip:port"},
		Get: func(L *lua.LState, l *listener) lua.LValue { return decl.Push(L, l.Addresses()) }},
	{Param: decl.Param{Name: "engine", Type: "string", Doc: "id of the own engine, in hexadecimal digits"},
		Get: func(_ *lua.LState, l *listener) lua.LValue { return lua.LString(l.Engine().ID().String()) }},
	{Param: decl.Param{Name: "stats", Type: "table", Doc: "what it has done so far", Fields: decl.OptionParams(listenerStats{})},
		Get: func(L *lua.LState, l *listener) lua.LValue { return decl.Push(L, statsOf(l.Counts())) }},
	{Param: decl.Param{Name: "refused", Type: "snmp.event[]", Doc: "the last 64 messages that were refused, the oldest first; their reason says why"},
		Get: func(L *lua.LState, l *listener) lua.LValue {
			list := L.CreateTable(0, 0)
			for _, e := range l.Refused() {
				list.Append(decl.NewUserData(L, newEvent(decl.HostOf(L).Context(), e)))
			}
			return list
		}},
	listenerExchange(),
}

// listenerStats are the figures of a listener.
type listenerStats struct {
	Received    int64            `lua:"received" doc:"messages that came: the sum of traps, informs, repeated, discoveries, refused and lost"`
	Traps       map[string]int64 `lua:"traps" doc:"by version"`
	Informs     map[string]int64 `lua:"informs" doc:"by version; repeated ones aren't in it"`
	Repeated    int64            `lua:"repeated" doc:"informs that came again, and were confirmed again"`
	Discoveries int64            `lua:"discoveries" doc:"questions for the own engine's id and time, which were answered"`
	Refused     map[string]int64 `lua:"refused" doc:"messages without an event, by reason: community, unknown_user, wrong_digest, decryption, not_in_window, unknown_engine, security_level, malformed, unsupported, not_notification"`
	Lost        int64            `lua:"lost" doc:"events that nobody took while too many waited"`
	Answered    int64            `lua:"answered" doc:"informs that were confirmed"`
	Withheld    int64            `lua:"withheld" doc:"answers that weren't sent on purpose"`
	Reports     map[string]int64 `lua:"reports" doc:"reports of version 3 that were sent, by reason"`
	Failed      int64            `lua:"failed" doc:"receptions and answers that the system refused"`
}

func statsOf(c notify.Counts) listenerStats {
	return listenerStats{int64(c.Received), signed(c.Traps), signed(c.Informs), int64(c.Repeated), int64(c.Discoveries), signed(c.Refused),
		int64(c.Lost), int64(c.Answered), int64(c.Withheld), signed(c.Reports), int64(c.Failed)}
}

// signed are counts as Lua has numbers.
func signed(counts map[string]uint64) map[string]int64 {
	m := make(map[string]int64, len(counts))
	for k, n := range counts {
		m[k] = int64(n)
	}
	return m
}

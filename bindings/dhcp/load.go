package dhcp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/several"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/load"
	"moonwire/host/dhcp/relay"
	"moonwire/host/network"
)

func loadFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "load", Why: "progress is a Lua function, and options are shared", Run: runLoad, Blocks: true,
			Doc: "Put the load of many clients on DHCP servers, at a rate, and tell rates, drops and delays as perfdhcp does. Exchanges begin when the rate " +
				"says, whether or not earlier ones were answered; what began late is told. A load must end (count or duration). It is sent in " +
				"a lab, and elsewhere only to networks that the script's header declares (-- needs: net 10.0.0.0/8:67/udp) or its user " +
				"allows (--allow-net). It needs CAP_NET_RAW.",
			Source:  "RFC 2131; Kea's perfdhcp",
			Options: decl.OptionParams(loadDefaults), Results: []decl.Param{{Name: "result", Type: "dhcp.load"}},
			Fails: []string{decl.Denied, decl.NotFound, decl.Closed, decl.Unreachable, decl.Unsupported},
			Example: `local net, r = lab{"h1 -- h2"}, nil
net.h1:run(function() r = dhcp.load{iface="eth0", rate=1000, count=20, timeout=0.05} end) -- nobody answers
r.begun, r.leases, r.drops, r.exchanges[1].name --> 20, 0, 20, discover-offer`},
		decl.Raw{Name: "peak", Why: "as dhcp.load", Run: runPeak, Blocks: true,
			Doc: "Search for the highest rate at which a server drops at most 2.5 % of the questions: loads of a few seconds, the rate doubled until one " +
				"is too high, then between those. Other options are dhcp.load's; progress is called with each step.",
			Source:  "Kea's performance tests",
			Options: decl.OptionParams(peakDefaults), Results: []decl.Param{{Name: "peak", Type: "table", Fields: []decl.Param{
				{Name: "rate", Type: "number", Doc: "the highest that was served; 0 when none was"},
				{Name: "limit", Type: "string", Doc: "what kept it from a higher one: server, generator (this machine began late, or clients were too few) or ceiling (the option to)"},
				{Name: "steps", Type: "table", Doc: "the loads: rate, served, limit, result"}}}},
			Fails: []string{decl.Denied, decl.NotFound, decl.Closed, decl.Unreachable, decl.Unsupported},
			Example: `local net, p = lab{"h1 -- h2"}, nil
net.h1:run(function() p = dhcp.peak{iface="eth0", from=100, to=200, duration=0.02, timeout=0.01, tries=1} end) -- nobody answers
p.rate, p.limit, p.steps[1].served --> 0, server, false`},
	}
}

// loadOptions are dhcp.load's.
type loadOptions struct {
	Rate     float64       `lua:"rate" doc:"exchanges that begin in a second, to 1,000,000"`
	Count    int           `lua:"count?" range:"1..100000000" doc:"end after so many exchanges"`
	Duration time.Duration `lua:"duration?" range:"0..3600" doc:"end after so many seconds; what has begun is awaited"`
	Every    time.Duration `lua:"every?" range:"0.001..3600" doc:"seconds between calls of progress"`
	loadShape
}

// peakOptions are dhcp.peak's.
type peakOptions struct {
	From      float64       `lua:"from?" range:"0.1..1000000" doc:"rate to begin with"`
	To        float64       `lua:"to?" range:"0.1..1000000" doc:"highest rate"`
	Drops     float64       `lua:"drops?" range:"0..1" doc:"greatest drop ratio"`
	Precision float64       `lua:"precision?" range:"0.001..1" doc:"end when the next rate is nearer than this part of it"`
	Tries     int           `lua:"tries?" range:"1..10" doc:"loads that must fail before a rate is too high"`
	Duration  time.Duration `lua:"duration?" range:"0.001..3600" doc:"seconds of each load"`
	loadShape
}

// A loadShape is who the clients are and what they do.
type loadShape struct {
	Iface     string             `lua:"iface?" doc:"the interface; else the one that the script was told to use, the one that leads to a relay's server, or the one that waits for an address"`
	Server    netip.Addr         `lua:"server?" doc:"whose offers to take; behind a relay agent whom to send to"`
	Clients   int                `lua:"clients?" range:"1..1048576" doc:"how many there are, each with its own hardware address"`
	Mix       map[string]float64 `lua:"mix?" doc:"shares of the exchanges, from 0 to 1: lease (the whole of it: discover, offer, request, ack), discover (and offer only), and of clients that have a lease renew, rebind, reboot, inform, release, decline; what is missing to 1 is lease"`
	Relay     lua.LValue         `lua:"relay?" doc:"true: pretend to be a relay agent with the interface's address, as perfdhcp does; or a table: giaddr (an address, or a list that the clients share out), circuit_id, remote_id"`
	MAC       net.HardwareAddr   `lua:"mac?" doc:"hardware address of the first client, the others count on from it; else 02:6d:77:00:00:01"`
	Template  lua.LValue         `lua:"template?" doc:"a dhcp.message whose options all messages have"`
	Broadcast bool               `lua:"broadcast?" doc:"ask for answers by broadcast"`
	ClientID  bool               `lua:"client_id?" doc:"send the hardware address as client identifier, too"`
	Timeout   time.Duration      `lua:"timeout?" range:"0..3600" doc:"seconds after which a question counts as dropped"`
	Progress  *lua.LFunction     `lua:"progress?" doc:"called with the result so far"`
}

var (
	loadDefaults = loadOptions{Every: time.Second, loadShape: loadShape{Clients: 1000, Timeout: load.DefaultTimeout}}
	peakDefaults = peakOptions{From: 500, To: 100000, Drops: 0.025, Precision: 0.05, Tries: 2, Duration: 3 * time.Second,
		loadShape: loadShape{Clients: 10000, Timeout: load.DefaultTimeout}}
)

// runLoad is dhcp.load{...}.
func runLoad(L *lua.LState) int {
	const name = "dhcp.load"
	w := loadDefaults
	decl.Options(L, name, 1, &w)
	o, err := w.options(L)
	if err != nil {
		decl.Raisef(L, "%s: %s", name, err)
	}
	o.Rate, o.Count, o.Duration = w.Rate, w.Count, w.Duration
	r, err := w.run(L, o)
	if err != nil {
		return failLoad(L, name, err)
	}
	L.Push(decl.NewUserData(L, r))
	return 1
}

// failLoad raises what is misuse, and answers the rest.
func failLoad(L *lua.LState, name string, err error) int {
	var bad *load.BadOptions
	if errors.As(err, &bad) {
		decl.Raisef(L, "%s: %s", name, bad)
	}
	return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
}

// run makes the load. Between two calls of progress the interpreter is free.
func (w *loadOptions) run(L *lua.LState, o load.Options) (*loadResult, error) {
	host := decl.HostOf(L)
	var r *load.Run
	err := host.Block(L, func(ctx context.Context) (err error) {
		r, err = openLoad(ctx, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer r.Close()
	clock := network.ClockFrom(host.Context())
	for done := false; !done; {
		var until time.Time
		if w.Progress != nil {
			until = clock.Now().Add(w.Every)
		}
		if err := host.Block(L, func(ctx context.Context) (err error) {
			done, err = r.Run(ctx, until)
			return err
		}); err != nil {
			return nil, err
		}
		if w.Progress != nil {
			L.Push(w.Progress)
			L.Push(decl.NewUserData(L, &loadResult{r.Result()}))
			L.Call(1, 0)
		}
	}
	return &loadResult{r.Result()}, nil
}

// openLoad opens a load on the interface that was named; else on the one by which the server of a relay agent is reached, or
// that waits for an address as a client's.
func openLoad(ctx context.Context, o load.Options) (_ *load.Run, err error) {
	switch {
	case o.Iface != "":
	case o.Relay != nil && o.Server.IsValid():
		var hop network.NextHop
		if hop, err = network.From(ctx).NextHop(ctx, o.Server, ""); err != nil {
			return nil, fmt.Errorf("which interface? no way to %s: %w", o.Server, err)
		}
		o.Iface = hop.Interface
	default:
		if o.Iface, err = chooseInterface(ctx); err != nil {
			return nil, err
		}
	}
	return load.Open(ctx, o)
}

// options are what package load takes.
func (w *loadShape) options(L *lua.LState) (o load.Options, err error) {
	o = load.Options{Iface: w.Iface, Server: w.Server, Clients: w.Clients, MAC: w.MAC, Broadcast: w.Broadcast, ClientID: w.ClientID, Timeout: w.Timeout}
	if o.Iface == "" {
		o.Iface = decl.HostOf(L).Iface()
	}
	for name, share := range w.Mix {
		a, ok := load.ParseActivity(name)
		if !ok {
			near := ""
			if n := decl.Nearest(name, load.ActivityNames()); n != "" {
				near = fmt.Sprintf(": did you mean '%s'?", n)
			}
			return o, fmt.Errorf("mix has no activity '%s'%s", name, near)
		}
		o.Mix[a] = share
	}
	if o.Template, err = templateOf(w.Template); err == nil {
		o.Relay, err = relayOf(L, w.Relay)
	}
	return o, err
}

// templateOf is a script's message.
func templateOf(v lua.LValue) (*dhcp4.Message, error) {
	if v == nil || v == lua.LNil {
		return nil, nil
	}
	if ud, ok := v.(*lua.LUserData); ok {
		if m, ok := ud.Value.(*dhcp4.Message); ok {
			return m, nil
		}
	}
	return nil, fmt.Errorf("template: dhcp.message expected, got %s", decl.TypeName(v))
}

// relayed are the entries of relay={...}.
type relayed struct {
	GIAddr    lua.LValue `lua:"giaddr?"`
	CircuitID string     `lua:"circuit_id?"`
	RemoteID  string     `lua:"remote_id?"`
}

// relayOf reads relay.
func relayOf(L *lua.LState, v lua.LValue) (*load.Relay, error) {
	switch v := v.(type) {
	case nil, *lua.LNilType:
		return nil, nil
	case lua.LBool:
		if !v {
			return nil, nil
		}
		return &load.Relay{}, nil
	case *lua.LTable:
		var e relayed
		L.Push(v)
		decl.Options(L, "dhcp.load's relay", L.GetTop(), &e)
		L.Pop(1)
		list, err := several.Words(e.GIAddr)
		r := &load.Relay{}
		for _, s := range list {
			a, err := netip.ParseAddr(s)
			if err != nil {
				return nil, fmt.Errorf("relay's giaddr: address expected, got '%s'", s)
			}
			r.GIAddrs = append(r.GIAddrs, a)
		}
		info := relay.Info{CircuitID: given(e.CircuitID), RemoteID: given(e.RemoteID)}
		if !info.Empty() {
			r.Info = info.Encode()
		}
		return r, err
	}
	return nil, fmt.Errorf("relay: true or table expected, got %s", decl.TypeName(v))
}

// A loadResult is what a load brought, as Lua has it.
type loadResult struct{ load.Result }

func loadClasses() []*decl.Class {
	type field = decl.Reading[*loadResult]
	value := func(name, kind, doc string, get func(r *loadResult) any) field {
		return field{Param: decl.Param{Name: name, Type: kind, Doc: doc},
			Get: func(L *lua.LState, r *loadResult) lua.LValue { return decl.Push(L, get(r)) }}
	}
	return []*decl.Class{decl.Reads(&decl.Class{Name: "dhcp.load", Doc: "What a load brought. tostring makes a report of it.", Type: reflect.TypeFor[*loadResult](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, []field{
		value("asked", "number", "the rate that was asked for", func(r *loadResult) any { return r.Asked }),
		value("rate", "number", "leases given in a second", func(r *loadResult) any { return r.Rate }),
		value("elapsed", "number", "seconds until the last message", func(r *loadResult) any { return r.Elapsed }),
		value("clients", "integer", "how many there were", func(r *loadResult) any { return r.Clients }),
		value("begun", "integer", "exchanges that were due", func(r *loadResult) any { return r.Begun }),
		value("leases", "integer", "whole exchanges: discover, offer, request, ack", func(r *loadResult) any { return r.Leases }),
		value("sent", "integer", "messages sent", func(r *loadResult) any { return r.Sent }),
		value("received", "integer", "answers to them", func(r *loadResult) any { return r.Received }),
		value("drops", "integer", "questions without an answer in time", func(r *loadResult) any { return r.Drops }),
		value("drop_ratio", "number", "their share of all questions, from 0 to 1", func(r *loadResult) any { return r.DropRatio }),
		{Param: decl.Param{Name: "exchanges", Type: "table", Doc: "each kind of exchange, as a list and by name (discover-offer, request-ack, renew-ack, rebind-ack, " +
			"reboot-ack, inform-ack, release, decline): name, sent, received, drops, naks, drop_ratio, delay = {min, average, max, deviation, " +
			"p50, p90, p95, p99, p999} in seconds; percentiles are right to 1 %"}, Get: exchangesOf},
		value("lag", "table", "how much later than the rate said exchanges began: average and max in seconds, late (how many by more than 10 ms)",
			func(r *loadResult) any { return lagRecord(r.Lag) }),
		value("starved", "integer", "exchanges that did not begin, since no client was free", func(r *loadResult) any { return r.Starved }),
		value("unbound", "integer", "exchanges for clients with a lease that were leases instead, since there was none yet", func(r *loadResult) any { return r.Unbound }),
		value("strays", "integer", "messages for no client here", func(r *loadResult) any { return r.Strays }),
		value("others", "integer", "offers of further servers", func(r *loadResult) any { return r.Others }),
		value("late_answers", "integer", "answers after their question was counted as dropped", func(r *loadResult) any { return r.LateAnswers }),
		value("malformed", "integer", "answers that could not be read", func(r *loadResult) any { return r.Malformed }),
		value("lost", "integer", "frames that this machine had no memory for", func(r *loadResult) any { return int(r.Lost) }),
		value("finished", "boolean", "whether the load has ended", func(r *loadResult) any { return r.Finished }),
	})}
}

type lagRecord struct {
	Average time.Duration `lua:"average"`
	Max     time.Duration `lua:"max"`
	Late    int           `lua:"late"`
}

// exchangeRecord is a kind of exchange as Lua sees it.
type exchangeRecord struct {
	Name      string      `lua:"name"`
	Sent      int         `lua:"sent"`
	Received  int         `lua:"received"`
	Drops     int         `lua:"drops"`
	Naks      int         `lua:"naks"`
	DropRatio float64     `lua:"drop_ratio"`
	Delay     delayRecord `lua:"delay"`
}

type delayRecord struct {
	Min       time.Duration `lua:"min"`
	Average   time.Duration `lua:"average"`
	Max       time.Duration `lua:"max"`
	Deviation time.Duration `lua:"deviation"`
	P50       time.Duration `lua:"p50"`
	P90       time.Duration `lua:"p90"`
	P95       time.Duration `lua:"p95"`
	P99       time.Duration `lua:"p99"`
	P999      time.Duration `lua:"p999"`
}

func exchangesOf(L *lua.LState, r *loadResult) lua.LValue {
	list := L.CreateTable(len(r.Exchanges), len(r.Exchanges))
	for i, e := range r.Exchanges {
		row := decl.Push(L, exchangeRecord{e.Name, e.Sent, e.Received, e.Drops, e.Naks, e.DropRatio, delayRecord(e.Delay)})
		list.RawSetInt(i+1, row)
		list.RawSetString(e.Name, row)
	}
	return list
}

package dhcp6

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/bindings/internal/events"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/server6"
)

func serverMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "serve", Why: "calls functions", Run: serve, Blocks: true, Options: decl.OptionParams(dhcpserver.ServeOptions{}),
			Doc: "Answer clients, in this task, until the time is over, so many messages came, or close. Handlers are called here: while one " +
				"waits, so does the server.",
			Results: []decl.Param{{Name: "messages", Type: "integer", Doc: "how many came"}},
			Fails:   []string{decl.Closed},
			Example: serverLab + `net.server:run(function() return dhcp6.server{}:serve{timeout=0.01} end) --> 0`},
		decl.Raw{Name: "events", Why: "returns an iterator", Run: newServerEvents, Options: decl.OptionParams(events.Options{}),
			Doc: "Iterate over what happens at the server from now on: tables with kind (advertised, replied, reconfigured, released, declined, expired, " +
				"dropped, problem), time, address or prefix, mac, client, why and message. It ends with the server, or when nothing happened for timeout.",
			Results: []decl.Param{{Name: "events", Type: "dhcp6.server.events", Doc: "for a generic for"}},
			Example: serverLab + `local s = net.server:run(function() return dhcp6.server{} end)
local n = 0
for event in s:events{timeout=0.01} do n = n + 1 end
n --> 0`},
		decl.Fn[reconfigureArgs, decl.Done]{Name: "reconfigure", Run: reconfigure, Default: reconfigureArgs{To: "renew"},
			Fails: []string{decl.NotFound, decl.Closed}, Source: "RFC 8415 sections 18.3.11 and 20.4",
			Doc: "Tell a client to renew, to rebind or to ask for information. The server must have been made with reconfigure, and the client must " +
				"have said that it takes that.",
			Example: serverLab + `local s = net.server:run(function() return dhcp6.server{reconfigure=true} end)
select(3, s:reconfigure("00:03:00:01:02:00:00:00:00:01")) --> notfound`},
		decl.Fn[serverArgs, decl.Done]{Name: "close", Doc: "End the server. It may be called twice.",
			Run:     func(_ context.Context, a serverArgs) (decl.Done, error) { return decl.Done{}, a.Self.Close() },
			Example: serverLab + "local s = net.server:run(function() return dhcp6.server{} end)\ns:close(), s:close() --> true, true"},
	}
}

type serverArgs struct {
	Self *server `lua:"self"`
}

type reconfigureArgs struct {
	Self *server `lua:"self"`
	DUID string  `lua:"duid" doc:"of the client, in hexadecimal"`
	To   string  `lua:"to?" choices:"renew|rebind|information_request" doc:"what the client is to send"`
}

func reconfigure(_ context.Context, a reconfigureArgs) (decl.Done, error) {
	d, ok := dhcp6.ParseDUID(a.DUID)
	if !ok {
		return decl.Done{}, decl.BadArg("duid", "DUID in hexadecimal expected, got %q", a.DUID)
	}
	to, _ := dhcp6.TypeOf(a.To)
	if err := a.Self.Reconfigure(d, to); err != nil {
		return decl.Done{}, fmt.Errorf("dhcp6.server:reconfigure: %w", err)
	}
	return decl.Done{}, nil
}

func serverFields() []decl.Reading[*server] {
	return []decl.Reading[*server]{
		{Param: decl.Param{Name: "interface", Type: "string", Doc: "that it serves"},
			Get: func(_ *lua.LState, s *server) lua.LValue { return lua.LString(s.Interface().Name) }},
		{Param: decl.Param{Name: "duid", Type: "string", Doc: "its identifier"},
			Get: func(_ *lua.LState, s *server) lua.LValue { return lua.LString(s.DUID().String()) }},
		{Param: decl.Param{Name: "leases", Type: "table[]", Doc: "all leases, in the order of addresses", Fields: decl.OptionParams(leaseRow{})},
			Get: func(L *lua.LState, s *server) lua.LValue {
				list := s.Table().All()
				rows := make([]leaseRow, len(list))
				for i, b := range list {
					rows[i] = rowOf(b, s.Now())
				}
				return decl.Push(L, rows)
			}},
		{Param: decl.Param{Name: "stats", Type: "table", Doc: "what it has done", Fields: decl.OptionParams(statsRow{})},
			Get: func(L *lua.LState, s *server) lua.LValue { return decl.Push(L, statsOf(s.Stats())) }},
		{Param: decl.Param{Name: "recovered", Type: "table|nil", Doc: "what was found in the lease file", Fields: decl.OptionParams(dhcpserver.Recovery{})},
			Get: func(L *lua.LState, s *server) lua.LValue {
				return decl.Push(L, dhcpserver.Recovery(s.Recovery))
			}},
	}
}

// leaseRow is a lease as a script sees it.
type leaseRow struct {
	Address netip.Addr       `lua:"address" doc:"the address; nil of a delegated prefix"`
	Prefix  netip.Prefix     `lua:"prefix" doc:"the delegated prefix; nil of an address"`
	State   string           `lua:"state" doc:"offered, bound, expired, released or declined"`
	Client  string           `lua:"client" doc:"whose: DUID, kind (na, ta, pd) and number of the identity association"`
	MAC     net.HardwareAddr `lua:"mac" doc:"hardware address of the client; nil: not known"`
	Name    string           `lua:"name?" doc:"what the client calls itself"`
	Since   time.Time        `lua:"since" doc:"begin of the state, in seconds since 1970"`
	Until   time.Time        `lua:"until" doc:"its end; nil: none"`
	Left    *time.Duration   `lua:"left?" doc:"seconds until then"`
}

func rowOf(b lease.Binding, now time.Time) leaseRow {
	r := leaseRow{State: b.State.String(), Client: string(b.Client), MAC: b.MAC, Name: b.Name, Since: b.Since, Until: b.Until,
		Left: dhcpserver.Left(b, now)}
	r.Address, r.Prefix = addressOrPrefix(b.Prefix)
	return r
}

// addressOrPrefix is what is leased, as the one or the other.
func addressOrPrefix(p netip.Prefix) (netip.Addr, netip.Prefix) {
	if p.IsValid() && p.IsSingleIP() {
		return p.Addr(), netip.Prefix{}
	}
	return netip.Addr{}, p
}

// statsRow is what a server has done.
type statsRow struct {
	Received map[string]uint64 `lua:"received" doc:"messages that came, by the client's type"`
	Sent     map[string]uint64 `lua:"sent" doc:"answers, by type"`
	Dropped  map[string]uint64 `lua:"dropped" doc:"messages without an answer, by reason"`
	Failed   uint64            `lua:"failed" doc:"answers that the system didn't take, and receptions that failed"`
	Errors   uint64            `lua:"errors" doc:"of handlers"`
}

func statsOf(s server6.Stats) statsRow {
	return statsRow{dhcpserver.ByName(s.Received), dhcpserver.ByName(s.Sent), s.Dropped, s.Failed, s.Errors}
}

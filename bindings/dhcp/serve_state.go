package dhcp

import (
	"context"
	"net"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/bindings/internal/events"
	"moonwire/host/decl"
	"moonwire/host/dhcp/lease"
	"moonwire/host/dhcp/server4"
)

func serverMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "serve", Why: "calls functions", Run: serve, Blocks: true, Options: decl.OptionParams(dhcpserver.ServeOptions{}),
			Doc: "Answer clients, in this task, until the time is over, so many messages came, or close. Handlers are called here: while one " +
				"waits, so does the server.",
			Results: []decl.Param{{Name: "messages", Type: "integer", Doc: "how many came"}},
			Fails:   []string{decl.Closed},
			Example: `local net = require "lab" {"server -- sw1", "client -- sw1"}
net.server:run(function() return dhcp.server{}:serve{timeout=0.01} end) --> 0`},
		decl.Raw{Name: "events", Why: "returns an iterator", Run: newServerEvents, Options: decl.OptionParams(events.Options{}),
			Doc: "Iterate over what happens at the server from now on: tables with kind (offered, acknowledged, refused, released, declined, " +
				"expired, conflict, dropped, problem), time, address, mac, client, why and message. It ends with the server, or when nothing happened for timeout.",
			Results: []decl.Param{{Name: "events", Type: "dhcp.server.events", Doc: "for a generic for"}},
			Example: `local net = require "lab" {"server -- sw1", "client -- sw1"}
local s = net.server:run(function() return dhcp.server{} end)
local n = 0
for event in s:events{timeout=0.01} do n = n + 1 end
n --> 0`},
		decl.Fn[serverArgs, decl.Done]{Name: "close", Doc: "End the server. It may be called twice.",
			Run: func(_ context.Context, a serverArgs) (decl.Done, error) { return decl.Done{}, a.Self.Close() },
			Example: `local net = require "lab" {"server -- sw1", "client -- sw1"}
local s = net.server:run(function() return dhcp.server{} end)
s:close(), s:close() --> true, true`},
	}
}

type serverArgs struct {
	Self *server `lua:"self"`
}

func serverFields() []decl.Reading[*server] {
	return []decl.Reading[*server]{
		{Param: decl.Param{Name: "interface", Type: "string", Doc: "that it serves"},
			Get: func(_ *lua.LState, s *server) lua.LValue { return lua.LString(s.Interface().Name) }},
		{Param: decl.Param{Name: "unicast", Type: "boolean", Doc: "can it reach clients without an address other than by broadcast? That needs CAP_NET_RAW"},
			Get: func(_ *lua.LState, s *server) lua.LValue { return lua.LBool(s.Unicast()) }},
		{Param: decl.Param{Name: "leases", Type: "table[]", Doc: "all leases, in the order of addresses", Fields: decl.OptionParams(serverLease{})},
			Get: func(L *lua.LState, s *server) lua.LValue {
				list := s.Table().All()
				rows := make([]serverLease, len(list))
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

// serverLease is a lease as a script sees it.
type serverLease struct {
	Address netip.Addr       `lua:"address" doc:"the address"`
	State   string           `lua:"state" doc:"offered, bound, expired, released or declined"`
	MAC     net.HardwareAddr `lua:"mac" doc:"hardware address of the client; nil: not known"`
	Client  string           `lua:"client" doc:"what the server recognizes the client by"`
	Name    string           `lua:"name?" doc:"what the client calls itself"`
	Since   time.Time        `lua:"since" doc:"begin of the state, in seconds since 1970"`
	Until   time.Time        `lua:"until" doc:"its end; nil: none"`
	Left    *time.Duration   `lua:"left?" doc:"seconds until then"`
}

func rowOf(b lease.Binding, now time.Time) serverLease {
	return serverLease{b.Address(), b.State.String(), b.MAC, string(b.Client), b.Name, b.Since, b.Until, dhcpserver.Left(b, now)}
}

// leaseOf is the client's lease as a row; nil when it has none.
func (s *server) leaseOf(L *lua.LState, r *server4.Request) lua.LValue {
	for _, b := range s.Table().Of(r.Client()) {
		if r.Subnet().Contains(b.Address()) {
			return decl.Push(L, rowOf(b, s.Now()))
		}
	}
	return lua.LNil
}

// statsRow is what a server has done.
type statsRow struct {
	Received map[string]uint64 `lua:"received" doc:"messages that came, by type"`
	Sent     map[string]uint64 `lua:"sent" doc:"answers, by type"`
	Dropped  map[string]uint64 `lua:"dropped" doc:"messages without an answer, by reason"`
	LeftOut  uint64            `lua:"left_out" doc:"options that had no room"`
	Failed   uint64            `lua:"failed" doc:"answers that the system didn't take, and receptions that failed"`
	Errors   uint64            `lua:"errors" doc:"of handlers"`
}

func statsOf(s server4.Stats) statsRow {
	return statsRow{dhcpserver.ByName(s.Received), dhcpserver.ByName(s.Sent), s.Dropped, s.LeftOut, s.Failed, s.Errors}
}

package dhcp

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/dhcpserver"
	"moonwire/bindings/internal/several"
	"moonwire/host/decl"
	"moonwire/host/dhcp/relay"
)

func relayFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "relay", Why: "server and iface are one or several, handlers are Lua's", Run: openRelay, Blocks: true,
			Doc: "Open a relay agent: it carries the messages of clients on one link to servers on another, and the answers back. It needs UDP " +
				"port 67, and CAP_NET_RAW to answer clients that have no address yet other than by broadcast.",
			Source:  "RFC 1542 section 4, RFC 3046; RFC 3527, RFC 3993, RFC 5010, RFC 5107, RFC 6925",
			Options: decl.OptionParams(relayDefaults), Results: []decl.Param{{Name: "relay", Type: "dhcp.relay"}},
			Fails: []string{decl.Denied, decl.Exists, decl.NotFound},
			Example: `local net, count = lab{"h1 -- R1 -- h2"}, nil
net.h1:spawn(function()
  task.sleep(0.05)
  dgram.udp{address="0.0.0.0:68", broadcast=true}:send("\1\1\6" .. ("\0"):rep(297), "255.255.255.255:67") -- BOOTP's question
end)
net.R1:run(function()
  local r = assert(dhcp.relay{iface="eth0", server=net.h2.address, circuit_id="port 7"})
  r:serve{count=1, timeout=5}
  count = r.stats.requests
end)
count --> 1`},
	}
}

// relayOptions are dhcp.relay's.
type relayOptions struct {
	Iface          lua.LValue       `lua:"iface?" doc:"the interface where the clients are, or a list of such; else the one that the script was told to use"`
	Server         lua.LValue       `lua:"server" doc:"the server's address, or a list: each gets every message; ip or ip:port"`
	GIAddr         netip.Addr       `lua:"giaddr?" doc:"what the relay agent calls itself to the servers, which choose the pool by it; else the interface's first address"`
	CircuitID      string           `lua:"circuit_id?" doc:"sub-option 1 of option 82: where the client is plugged in"`
	RemoteID       string           `lua:"remote_id?" doc:"sub-option 2: who the client, or this relay agent, is"`
	SubscriberID   string           `lua:"subscriber_id?" doc:"sub-option 6 (RFC 3993)"`
	RelayID        string           `lua:"relay_id?" doc:"sub-option 12 (RFC 6925)"`
	LinkSelection  netip.Addr       `lua:"link_selection?" doc:"sub-option 5: an address of the clients' network, when giaddr is none (RFC 3527)"`
	ServerOverride bool             `lua:"server_override?" doc:"sub-option 11: clients shall send renewals to the relay agent, too (RFC 5107)"`
	Flags          bool             `lua:"flags?" doc:"sub-option 10: tell whether a client sent by unicast (RFC 5010)"`
	Suboptions     map[uint8]string `lua:"suboptions?" doc:"other sub-options by number"`
	Policy         string           `lua:"policy?" choices:"append|replace|forward|drop" doc:"what becomes of a message that has option 82 already: ours is appended or replaces it, it goes on without ours, or it is dropped"`
	Trusted        bool             `lua:"trusted?" doc:"take option 82 from clients' links without a relay agent in between; else such messages are dropped"`
	Hops           int              `lua:"hops?" range:"0..16" doc:"most relay agents that a message may have passed"`
	Secs           int              `lua:"secs?" range:"0..65535" doc:"seconds that a client must have tried: younger messages are left to servers on the link"`
	MaxSize        int              `lua:"max_size?" range:"300..65507" doc:"longest message in bytes that option 82 may make"`
	Broadcast      bool             `lua:"broadcast?" doc:"answer every client by broadcast"`
	OnRequest      *lua.LFunction   `lua:"on_request?" doc:"called with each client's message and from where it came; it may change the message, and false drops it"`
	OnReply        *lua.LFunction   `lua:"on_reply?" doc:"likewise with each server's message"`
}

var relayDefaults = relayOptions{Hops: relay.DefaultHops, MaxSize: relay.DefaultRoom, Policy: string(relay.Forward)}

// A relayAgent is an open relay agent as Lua has it.
type relayAgent struct {
	*relay.Relay
	handlers dhcpserver.RelayHandlers
}

// openRelay is dhcp.relay{...}.
func openRelay(L *lua.LState) int {
	const name = "dhcp.relay"
	w := relayDefaults
	decl.Options(L, name, 1, &w)
	o, err := w.options(L, name)
	if err != nil {
		decl.Raisef(L, "%s: %s", name, err)
	}
	r := &relayAgent{handlers: dhcpserver.RelayHandlers{OnRequest: w.OnRequest, OnReply: w.OnReply}}
	err = decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		r.Relay, err = relay.Open(ctx, o)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	decl.HostOf(L).Own(L, r)
	L.Push(decl.NewUserData(L, r))
	return 1
}

// options are what package relay takes.
func (w *relayOptions) options(L *lua.LState, name string) (o relay.Options, err error) {
	if o.Interfaces, err = several.Words(w.Iface); err != nil {
		return o, fmt.Errorf("iface: %w", err)
	}
	if len(o.Interfaces) == 0 && decl.HostOf(L).Iface() != "" {
		o.Interfaces = []string{decl.HostOf(L).Iface()}
	}
	if len(o.Interfaces) == 0 {
		return o, errors.New("iface is missing: where are the clients? (iface=\"eth0\", or --iface eth0)")
	}
	if o.Servers, err = several.Addresses(w.Server, 67); err != nil {
		return o, fmt.Errorf("server: %w", err)
	}
	o.GIAddr, o.Broadcast = w.GIAddr, w.Broadcast
	o.Agent = relay.Agent{Policy: relay.Policy(w.Policy), Trusted: w.Trusted, Hops: uint8(w.Hops), Secs: uint16(w.Secs), Room: w.MaxSize,
		Info: relay.Info{CircuitID: given(w.CircuitID), RemoteID: given(w.RemoteID), SubscriberID: given(w.SubscriberID), RelayID: given(w.RelayID),
			LinkSelection: w.LinkSelection, ServerOverride: w.ServerOverride, Flags: w.Flags, More: map[uint8][]byte{}}}
	for code, data := range w.Suboptions {
		o.Agent.Info.More[code] = []byte(data)
	}
	return o, err
}

// given is a text as bytes; nil when there is none.
func given(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}

func relayClasses() []*decl.Class {
	const begin = "local r = assert(dhcp.relay{iface=\"eth0\", server=\"10.0.2.2\"})\n"
	return []*decl.Class{decl.Reads(&decl.Class{Name: "dhcp.relay", Doc: "A relay agent.", Type: reflect.TypeFor[*relayAgent](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString},
		Methods: []decl.Function{
			decl.Raw{Name: "serve", Why: "handlers are Lua's", Run: serveRelay, Blocks: true, Options: decl.OptionParams(dhcpserver.RelayOptions{}),
				Doc:     "Carry messages, until so many came or time is up; else for ever. An error in a handler drops that message and is raised.",
				Results: []decl.Param{{Name: "count", Type: "integer", Doc: "messages that came"}},
				Fails:   []string{decl.Closed}, Lab: "path on R1",
				Example: begin + "r:serve{timeout=0.01} --> 0\nr.stats.requests, r.stats.replies --> 0, 0"},
			decl.Fn[relaySelf, decl.Done]{Name: "close", Doc: "Give the port back. It may be called twice.", Lab: "path on R1", Example: begin + "r:close() --> true",
				Run: func(_ context.Context, a relaySelf) (decl.Done, error) { return decl.Done{}, a.Self.Close() }},
		}}, []decl.Reading[*relayAgent]{
		{Param: decl.Param{Name: "stats", Type: "table", Doc: "counts of messages: received, requests and replies carried, broadcast replies, fallback (broadcast " +
			"for want of a privilege), and drops by reason"},
			Get: func(L *lua.LState, r *relayAgent) lua.LValue { return decl.Push(L, relayCounts(r.Stats())) }},
	})}
}

type relaySelf struct {
	Self *relayAgent `lua:"self"`
}

// relayStats are counts as Lua sees them.
type relayStats struct {
	Received  int            `lua:"received"`
	Requests  int            `lua:"requests"`
	Replies   int            `lua:"replies"`
	Broadcast int            `lua:"broadcast"`
	Fallback  int            `lua:"fallback"`
	Drops     map[string]int `lua:"drops"`
}

func relayCounts(s relay.Stats) relayStats { return relayStats(s) }

// serveRelay is relay:serve{...}.
func serveRelay(L *lua.LState) int {
	const name = "dhcp.relay:serve"
	r := decl.Self[*relayAgent](L, name, "dhcp.relay")
	return dhcpserver.ServeRelay(L, name, r, r.handlers, func(p *relay.Parcel) {
		if p.Message != nil && r.handlers.Refuse(L, p.Reply(), p.Message, p.From) {
			p.Reason = relay.ByScript
		}
	})
}

package dhcp6

import (
	"context"
	"encoding/binary"
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
			Doc: "Open a relay agent: it wraps the messages of clients on one link, and of relay agents there, and sends them to servers; the answers " +
				"it unwraps and sends back. It needs UDP port 547.",
			Source:  "RFC 8415 section 19; RFC 4580, RFC 4649, RFC 6939",
			Options: decl.OptionParams(relayDefaults), Results: []decl.Param{{Name: "relay", Type: "dhcp6.relay"}},
			Fails: []string{decl.Denied, decl.Exists, decl.NotFound},
			Example: `local net, count = lab{"h1 -- R1 -- h2"}, nil
net.h1:spawn(function()
  task.sleep(0.05)
  dgram.udp{address="[::]:546"}:send("\11\0\0\1", "[ff02::1:2%eth0]:547") -- an information request
end)
net.R1:run(function()
  local r = assert(dhcp6.relay{iface="eth0", server="2001:db8::1"})
  r:serve{count=1, timeout=5}
  count = r.stats.received
end)
count --> 1`},
	}
}

// relayOptions are dhcp6.relay's.
type relayOptions struct {
	Iface        lua.LValue     `lua:"iface?" doc:"the interface where the clients are, or a list of such; else the one that the script was told to use"`
	Server       lua.LValue     `lua:"server" doc:"the server's address, or a list: each gets every message; ip or [ip]:port"`
	Link         netip.Addr     `lua:"link?" doc:"the link-address, by which servers choose a pool; else the interface's first address that isn't link-local"`
	InterfaceID  string         `lua:"interface_id?" doc:"how the relay agent knows the clients' link in answers; else the interface's name"`
	RemoteID     string         `lua:"remote_id?" doc:"who the client, or this relay agent, is (RFC 4649)"`
	Enterprise   uint32         `lua:"enterprise?" doc:"number of who defines remote_id"`
	SubscriberID string         `lua:"subscriber_id?" doc:"whose the client is (RFC 4580)"`
	LinkLayer    bool           `lua:"link_layer?" doc:"tell the client's hardware address (RFC 6939)"`
	Hops         int            `lua:"hops?" range:"0..32" doc:"most relay agents that a message may have passed"`
	OnRequest    *lua.LFunction `lua:"on_request?" doc:"called with each message for the servers and from where it came; it may change the message, and false drops it"`
	OnReply      *lua.LFunction `lua:"on_reply?" doc:"likewise with each server's relay-reply"`
}

var relayDefaults = relayOptions{Hops: relay.MostHops6}

// A relayAgent is an open relay agent as Lua has it.
type relayAgent struct {
	*relay.Relay6
	handlers dhcpserver.RelayHandlers
}

// openRelay is dhcp6.relay{...}.
func openRelay(L *lua.LState) int {
	const name = "dhcp6.relay"
	w := relayDefaults
	decl.Options(L, name, 1, &w)
	o, err := w.options(L)
	if err != nil {
		decl.Raisef(L, "%s: %s", name, err)
	}
	r := &relayAgent{handlers: dhcpserver.RelayHandlers{OnRequest: w.OnRequest, OnReply: w.OnReply}}
	err = decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		r.Relay6, err = relay.Open6(ctx, o)
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
func (w *relayOptions) options(L *lua.LState) (o relay.Options6, err error) {
	if o.Interfaces, err = several.Words(w.Iface); err != nil {
		return o, fmt.Errorf("iface: %w", err)
	}
	if len(o.Interfaces) == 0 && decl.HostOf(L).Iface() != "" {
		o.Interfaces = []string{decl.HostOf(L).Iface()}
	}
	if len(o.Interfaces) == 0 {
		return o, errors.New("iface is missing: where are the clients? (iface=\"eth0\", or --iface eth0)")
	}
	if o.Servers, err = several.Addresses(w.Server, 547); err != nil {
		return o, fmt.Errorf("server: %w", err)
	}
	o.Link, o.Agent = w.Link, relay.Agent6{LinkLayer: w.LinkLayer, Hops: uint8(w.Hops)}
	if w.InterfaceID != "" {
		o.Agent.InterfaceID = []byte(w.InterfaceID)
	}
	if w.RemoteID != "" {
		o.Agent.RemoteID = append(binary.BigEndian.AppendUint32(nil, w.Enterprise), w.RemoteID...)
	}
	if w.SubscriberID != "" {
		o.Agent.SubscriberID = []byte(w.SubscriberID)
	}
	return o, nil
}

func relayClasses() []*decl.Class {
	const begin = "local r = assert(dhcp6.relay{iface=\"eth0\", server=\"fd00:0:0:2::2\"})\n"
	return []*decl.Class{decl.Reads(&decl.Class{Name: "dhcp6.relay", Doc: "A relay agent.", Type: reflect.TypeFor[*relayAgent](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString},
		Methods: []decl.Function{
			decl.Raw{Name: "serve", Why: "handlers are Lua's", Run: serveRelay, Blocks: true, Options: decl.OptionParams(dhcpserver.RelayOptions{}),
				Doc:     "Carry messages, until so many came or time is up; else for ever.",
				Results: []decl.Param{{Name: "count", Type: "integer", Doc: "messages that came"}},
				Fails:   []string{decl.Closed}, Lab: "path on R1",
				Example: begin + "r:serve{timeout=0.01} --> 0\nr.stats.requests, r.stats.replies --> 0, 0"},
			decl.Fn[relaySelf, decl.Done]{Name: "close", Doc: "Give the port back. It may be called twice.", Lab: "path on R1", Example: begin + "r:close() --> true",
				Run: func(_ context.Context, a relaySelf) (decl.Done, error) { return decl.Done{}, a.Self.Close() }},
		}}, []decl.Reading[*relayAgent]{
		{Param: decl.Param{Name: "stats", Type: "table", Doc: "counts of messages: received, requests and replies carried, and drops by reason"},
			Get: func(L *lua.LState, r *relayAgent) lua.LValue {
				s := r.Stats()
				return decl.Push(L, relayStats{s.Received, s.Requests, s.Replies, s.Drops})
			}},
	})}
}

type relaySelf struct {
	Self *relayAgent `lua:"self"`
}

// relayStats are counts as Lua sees them.
type relayStats struct {
	Received int            `lua:"received"`
	Requests int            `lua:"requests"`
	Replies  int            `lua:"replies"`
	Drops    map[string]int `lua:"drops"`
}

// serveRelay is relay:serve{...}.
func serveRelay(L *lua.LState) int {
	const name = "dhcp6.relay:serve"
	r := decl.Self[*relayAgent](L, name, "dhcp6.relay")
	return dhcpserver.ServeRelay(L, name, r, r.handlers, func(p *relay.Parcel6) {
		if p.Message != nil && r.handlers.Refuse(L, p.Reply(), p.Message, p.From) {
			p.Reason = relay.ByScript
		}
	})
}

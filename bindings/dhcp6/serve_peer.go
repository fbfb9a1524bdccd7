package dhcp6

import (
	"net/netip"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/dhcp/server6"
	"moonwire/host/packet"
)

// A peer is who sent a message, as a handler gets it.
type peer struct {
	*server6.Request
	server *server
	answer *server6.Answer // the server's own, once it was asked for
}

// String says who it is.
func (p *peer) String() string { return p.DUID.String() + " at " + p.Peer().String() }

// own is the server's own answer.
func (p *peer) own() *server6.Answer {
	if p.answer == nil {
		p.answer = p.server.Answer(p.Request)
	}
	return p.answer
}

func peerClass() *decl.Class {
	field := func(name, typ, doc string, get func(L *lua.LState, p *peer) lua.LValue) decl.Reading[*peer] {
		return decl.Reading[*peer]{Param: decl.Param{Name: name, Type: typ, Doc: doc}, Get: get}
	}
	relayed := func(code uint16, of func(packet.Value) packet.Value) func(L *lua.LState, p *peer) lua.LValue {
		return func(L *lua.LState, p *peer) lua.LValue { return packets.ToLua(L, of(p.Relay().ValueOf(code))) }
	}
	same := func(v packet.Value) packet.Value { return v }
	return decl.Reads(&decl.Class{Name: "dhcp6.peer", Doc: "Who sent a message to a server.", Type: reflect.TypeFor[*peer](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString},
		Methods: []decl.Function{
			decl.Raw{Name: "answer", Why: "called per message", Run: ownAnswer,
				Doc: "The server's own answer, to be looked at or edited: a handler that returns nil has it sent. It is nil where the server " +
					"would say nothing; then the second result says why.",
				Results: []decl.Param{{Name: "message", Type: "dhcp6.message|nil", Doc: "without relay agents' messages around it"},
					{Name: "reason", Type: "string|nil", Doc: "why there is none"}},
				Example: serverLab + `local s = net.server:run(function() return dhcp6.server{on_solicit=function(msg, peer)
  local reply = peer:answer()
  if reply then reply.options.preference = 7 end
  return reply
end} end)
net.server:daemon(function() s:serve() end)
net.client:run(function() return assert(assert(dhcp6.client{iface="eth0"}):solicit()).options.preference end) --> 7`},
		}}, []decl.Reading[*peer]{
		field("duid", "string|nil", "client identifier", func(_ *lua.LState, p *peer) lua.LValue { return textOrNil(p.DUID.String()) }),
		field("mac", "string|nil", "hardware address, as far as anybody knows", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.MAC) }),
		field("address", "string", "the client's own address, which it sends from", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.Peer()) }),
		field("source", "string", "who sent the datagram, client or relay agent, as [ip]:port", func(_ *lua.LState, p *peer) lua.LValue { return lua.LString(p.Source.String()) }),
		field("to", "string|nil", "address that it was sent to", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.Local) }),
		field("relays", "dhcp6.message[]", "the relay agents' messages that it came in, the outermost first", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.Relays) }),
		field("link", "string|nil", "the relay agent's address on the client's link", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.link()) }),
		field("interface_id", "string|nil", "the relay agent's name for the link", relayed(dhcp6.InterfaceID, same)),
		field("remote_id", "string|nil", "the relay agent's name for the client, without the enterprise number", relayed(dhcp6.RemoteID, func(v packet.Value) packet.Value {
			rec, _ := v.(packet.Record)
			return rec.Get("id")
		})),
		field("subnet", "string|nil", "network that the client is in", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.Subnet()) }),
		field("name", "string|nil", "what the client calls itself (RFC 4704)", func(_ *lua.LState, p *peer) lua.LValue { return textOrNil(p.Name()) }),
		field("classes", "string[]", "names of its classes", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.Classes()) }),
		field("leases", "table[]", "what the client has under the numbers that the message names, as in server.leases", func(L *lua.LState, p *peer) lua.LValue {
			rows := []leaseRow{}
			for _, ia := range p.Message.Options.IAs() {
				for _, b := range p.server.Table().Of(p.Client(ia)) {
					rows = append(rows, rowOf(b, p.server.Now()))
				}
			}
			return decl.Push(L, rows)
		}),
		field("time", "number", "when the message came, in seconds since 1970", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.Time) }),
	})
}

// link is the address that tells the client's link.
func (p *peer) link() netip.Addr {
	if n := len(p.Relays); n > 0 {
		return p.Relays[n-1].Link
	}
	return netip.Addr{}
}

func textOrNil(s string) lua.LValue {
	if s == "" {
		return lua.LNil
	}
	return lua.LString(s)
}

// ownAnswer is peer:answer().
func ownAnswer(L *lua.LState) int {
	a := decl.Self[*peer](L, "dhcp6.peer:answer", "dhcp6.peer").own()
	if a.Message == nil {
		L.Push(lua.LNil)
		if a.Drop == nil {
			return 1
		}
		L.Push(lua.LString(a.Drop.String()))
		return 2
	}
	a.Script()
	L.Push(decl.NewUserData(L, a.Message))
	return 1
}

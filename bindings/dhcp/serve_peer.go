package dhcp

import (
	"net/netip"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/server4"
)

// A peer is who sent a message, as a handler gets it.
type peer struct {
	*server4.Request
	server *server
	answer *server4.Answer // the server's own, once it was asked for
}

// String says who it is.
func (p *peer) String() string { return p.Message.MAC().String() + " at " + p.Source.String() }

// own is the server's own answer.
func (p *peer) own() *server4.Answer {
	if p.answer == nil {
		p.answer = p.server.Answer(p.Request)
	}
	return p.answer
}

func peerClass() *decl.Class {
	field := func(name, typ, doc string, get func(L *lua.LState, p *peer) lua.LValue) decl.Reading[*peer] {
		return decl.Reading[*peer]{Param: decl.Param{Name: name, Type: typ, Doc: doc}, Get: get}
	}
	addr := func(a netip.Addr) lua.LValue {
		if !a.IsValid() || a.IsUnspecified() {
			return lua.LNil
		}
		return lua.LString(a.String())
	}
	return decl.Reads(&decl.Class{Name: "dhcp.peer", Doc: "Who sent a message to a server.", Type: reflect.TypeFor[*peer](),
		Meta: map[string]lua.LGFunction{"__tostring": decl.ToString},
		Methods: []decl.Function{
			decl.Raw{Name: "answer", Why: "called per message", Run: ownAnswer,
				Doc: "The server's own answer, to be looked at or edited: a handler that returns nil has it sent. It is nil where the server " +
					"would say nothing; then the second result says why.",
				Results: []decl.Param{{Name: "message", Type: "dhcp.message|nil"}, {Name: "reason", Type: "string|nil"}},
				Example: `local s = assert(dhcp.server{iface="eth0", pool="10.0.0.100-10.0.0.199", on_request=function(msg, peer)
  local ack = peer:answer()
  if ack then ack.options.lease_time = 60 end
  return ack
end})
net.h1:daemon(function() s:serve() end)
net.h2:run(function() return assert(assert(dhcp.client{iface="eth0"}):acquire()).time end) --> 60`,
				Lab: "pair on h1"},
		}}, []decl.Reading[*peer]{
		field("mac", "string", "hardware address", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.Message.MAC()) }),
		field("client", "string", "what the server recognizes the client by", func(_ *lua.LState, p *peer) lua.LValue { return lua.LString(p.Client()) }),
		field("source", "string", "who sent the datagram, as ip:port", func(_ *lua.LState, p *peer) lua.LValue { return lua.LString(p.Source.String()) }),
		field("to", "string|nil", "address that it was sent to", func(_ *lua.LState, p *peer) lua.LValue { return addr(p.Local) }),
		field("relay", "string|nil", "address of the relay agent", func(_ *lua.LState, p *peer) lua.LValue { return addr(p.Message.GIAddr) }),
		field("circuit_id", "string|nil", "the relay agent's circuit", func(_ *lua.LState, p *peer) lua.LValue { return bytesOrNil(p.CircuitID()) }),
		field("remote_id", "string|nil", "the relay agent's remote identifier", func(_ *lua.LState, p *peer) lua.LValue { return bytesOrNil(p.RemoteID()) }),
		field("subnet", "string", "network that the client is in", func(_ *lua.LState, p *peer) lua.LValue { return lua.LString(p.Subnet().String()) }),
		field("server_id", "string", "the server's identifier towards it", func(_ *lua.LState, p *peer) lua.LValue { return addr(p.ServerID()) }),
		field("name", "string|nil", "what the client calls itself", func(_ *lua.LState, p *peer) lua.LValue { return textOrNil(p.Name()) }),
		field("classes", "string[]", "names of its classes", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.Classes()) }),
		field("lease", "table|nil", "its lease, as in server.leases", func(L *lua.LState, p *peer) lua.LValue { return p.server.leaseOf(L, p.Request) }),
		field("time", "number", "when the message came, in seconds since 1970", func(L *lua.LState, p *peer) lua.LValue { return decl.Push(L, p.Time) }),
	})
}

func bytesOrNil(b []byte) lua.LValue {
	if b == nil {
		return lua.LNil
	}
	return lua.LString(b)
}

// ownAnswer is peer:answer().
func ownAnswer(L *lua.LState) int {
	a := decl.Self[*peer](L, "dhcp.peer:answer", "dhcp.peer").own()
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

package packets

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/packet"
	"moonwire/host/packet/foreign"
)

const scriptKey = "moonwire.packets"

// A Script is what one Lua state knows of packets. It lives in the state's registry, and hangs on its set of protocols.
type Script struct {
	Registry *packet.Registry          // the built-in protocols and the script's own
	Defined  map[*packet.Protocol]bool // the script's own
	Layers   lua.LValue                // metatable of a packet's layers; nil before there was one
	Env      *lua.LTable               // of userdata

	packets lua.LValue // metatable; nil where no module declares them
	asked   [askedLayers]asked
}

// asked is a layer that the script asked for by that name.
type asked struct {
	name     string
	protocol *packet.Protocol
}

// askedLayers is how many names are remembered.
const askedLayers = 32

// Ask notes that the script asks for layers by that name.
func (s *Script) Ask(name string, pr *packet.Protocol) {
	s.asked[packet.Place(name, askedLayers)] = asked{name, pr}
}

// Asked is the protocol that the script asked for by that name; nil when it didn't of late.
func (s *Script) Asked(name string) *packet.Protocol {
	if a := &s.asked[packet.Place(name, askedLayers)]; a.name == name {
		return a.protocol
	}
	return nil
}

// Forget forgets what was asked for: names may mean something else now.
func (s *Script) Forget() { clear(s.asked[:]) }

// ScriptOf is what the script of L knows.
func ScriptOf(L *lua.LState) *Script {
	if ud, ok := L.G.Registry.RawGetString(scriptKey).(*lua.LUserData); ok {
		return ud.Value.(*Script)
	}
	s := &Script{Registry: foreign.Registry().Clone(), Defined: map[*packet.Protocol]bool{}, Env: L.Env}
	if meta := decl.Metatable(L, reflect.TypeFor[*packet.Packet]()); meta != nil {
		s.packets = meta
	}
	s.Registry.Attached = s
	L.G.Registry.RawSetString(scriptKey, &lua.LUserData{Value: s})
	return s
}

// Of is what the script that has p knows; nil when no script made it.
func Of(p *packet.Packet) *Script {
	s, _ := p.Registry().Attached.(*Script)
	return s
}

// Registry is the set of protocols that the script of L knows: the built-in ones and its own.
func Registry(L *lua.LState) *packet.Registry { return ScriptOf(L).Registry }

// Push is a packet as Lua holds it.
func Push(L *lua.LState, p *packet.Packet) lua.LValue { return ScriptOf(L).Hold(p) }

// Hold is a packet as Lua holds it.
func (s *Script) Hold(p *packet.Packet) *lua.LUserData {
	return &lua.LUserData{Value: p, Env: s.Env, Metatable: s.packets}
}

// Decode reads bytes as a packet that begins with first, as Lua holds it.
func (s *Script) Decode(b []byte, first *packet.Protocol) *lua.LUserData {
	held := &struct {
		ud lua.LUserData
		packet.Decoded
	}{}
	held.ud = lua.LUserData{Value: held.Read(s.Registry, b, first), Env: s.Env, Metatable: s.packets}
	return &held.ud
}

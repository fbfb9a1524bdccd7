package packets

import (
	"bytes"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/packet"
)

// Payload is the bytes of a message: a string, or a packet's layer of a protocol with what it holds.
func Payload(v lua.LValue, protocol string) ([]byte, bool) {
	if s, ok := v.(lua.LString); ok {
		return []byte(s), true
	}
	p, ok := Is(v)
	if !ok {
		return nil, false
	}
	pr, err := p.Registry().Lookup(protocol)
	if err != nil {
		return nil, false
	}
	p = p.Sent()
	i := p.Find(pr, 1)
	if i < 0 {
		return nil, false
	}
	return bytes.Clone(p.Layer(i).Whole()), true
}

// PushDecoded pushes the packet whose first layer is a protocol's over the bytes of a message.
func PushDecoded(L *lua.LState, b []byte, protocol string) int {
	registry := Registry(L)
	pr, err := registry.Lookup(protocol)
	if err != nil {
		Raise(L, err)
	}
	L.Push(Push(L, packet.Decode(registry, b, pr)))
	return 1
}

package pcap

import (
	"io"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// self is argument 1 as a reader.
func self(L *lua.LState, name string) *Reader {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if f, ok := ud.Value.(*Reader); ok {
			return f
		}
	}
	decl.Raisef(L, "calling '%s' on bad self (%s)", name, decl.Expected(L, 1, "pcap{reader}"))
	return nil
}

type packetsOptions struct {
	Raw   bool `lua:"raw?" doc:"give the bytes instead of packets"`
	Count int  `lua:"count?" range:"0.." doc:"how many at most"`
}

// packets is reader:packets(opts).
func packets(L *lua.LState) int {
	const name = "pcap{reader}:packets"
	f, o := self(L, name), packetsOptions{Count: -1}
	decl.Options(L, name, 2, &o)
	left := o.Count
	meta := decl.Metatable(L, reflect.TypeFor[*Meta]())
	L.Push(L.NewFunction(func(L *lua.LState) int {
		if left == 0 {
			return 0
		}
		left--
		m, err := f.nextPacket(L, match{})
		switch {
		case err == io.EOF:
			return 0
		case err != nil:
			decl.RaiseFailure(L, err)
		}
		L.Push(lua.LString(m.packet.Data))
		L.Push(&lua.LUserData{Value: m, Env: L.Env, Metatable: meta})
		return 2
	}))
	return 1
}

// read is reader:read(opts).
func read(L *lua.LState) int {
	const name = "pcap{reader}:read"
	f := self(L, name)
	m, err := f.nextPacket(L, match{})
	switch {
	case err == io.EOF:
		L.Push(lua.LNil)
		return 1
	case err != nil:
		return decl.Fail(L, err)
	}
	L.Push(lua.LString(m.packet.Data))
	L.Push(decl.NewUserData(L, m))
	return 2
}

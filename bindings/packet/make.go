package packet

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
)

// maker is the function that makes a layer: packet.ip{ttl=3}.
func maker(pr *packet.Protocol) lua.LGFunction {
	return func(L *lua.LState) int {
		p, err := make_(L, pr, L.Get(1))
		if err != nil {
			packets.Raise(L, err)
		}
		L.Push(packets.Push(L, p))
		return 1
	}
}

// make_ makes a packet of one layer with the values of a table.
func make_(L *lua.LState, pr *packet.Protocol, arg lua.LValue) (*packet.Packet, error) {
	reg := packets.Registry(L)
	values, ok := arg.(*lua.LTable)
	switch {
	case arg == lua.LNil:
		return packet.New(reg, pr, nil)
	case !ok && pr.Name == "raw" && arg.Type() == lua.LTString:
		return packet.RawOf(reg, string(arg.(lua.LString))), nil
	case !ok:
		decl.RaiseArg(L, 1, "packet."+pr.Name, decl.Expected(L, 1, "table of fields"))
	}
	p := packet.Empty(reg, 1, 0)
	if !p.Start(pr) {
		rec, err := record(L, pr, values)
		if err != nil {
			return nil, err
		}
		return packet.New(reg, pr, rec)
	}
	c := p.Layer(0)
	values.ForEach(func(k, v lua.LValue) { assign(L, c, field(L, c, k), v) })
	return p, nil
}

// record is a table of fields in Go.
func record(L *lua.LState, pr *packet.Protocol, values *lua.LTable) (rec packet.Record, err error) {
	values.ForEach(func(k, v lua.LValue) {
		name, ok := k.(lua.LString)
		if !ok {
			decl.Raisef(L, "packet.%s: fields have names, got %s", pr.Name, k)
		}
		value, ok := packets.ToGo(v)
		if !ok {
			decl.Raisef(L, "%s.%s: no field holds a %s", pr.Name, name, decl.TypeName(v))
		}
		rec = append(rec, packet.Entry{Name: string(name), Value: value})
	})
	return rec, nil
}

// divide is a / b: b's layers behind a's.
func divide(L *lua.LState) int {
	a, ok := packets.From(L, L.Get(1))
	b, good := packets.From(L, L.Get(2))
	if !ok || !good {
		bad := L.Get(1)
		if ok {
			bad = L.Get(2)
		}
		decl.Raisef(L, "attempt to stack a %s value: packets and strings can be stacked", decl.TypeName(bad))
	}
	L.Push(packets.Push(L, packet.Stack(a, b)))
	return 1
}

// concat refuses a .. b with the reason.
func concat(L *lua.LState) int {
	decl.Raise(L, "attempt to concatenate a packet: '/' stacks layers and binds tighter than '..', write (\"a\" .. \"b\") in parentheses; tostring(p) gives the packet's line")
	return 0
}

package packet

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
)

// newMaker is the function that makes a layer: packet.ip{ttl=3}.
func newMaker(L *lua.LState, pr *packet.Protocol) *lua.LFunction {
	script := packets.ScriptOf(L)
	return decl.NewTaker(L, func(L *lua.LState) int { return pushLayer(L, script, pr) })
}

// pushLayer makes a layer of the table that is argument 1.
func pushLayer(L *lua.LState, script *packets.Script, pr *packet.Protocol) int {
	p, axes := fresh(L, script.Registry, pr, L.Get(1))
	if len(axes) > 0 {
		return pushFamily(L, p, axes)
	}
	L.Push(script.Hold(p))
	return 1
}

// fresh makes a packet of one layer with the values of a table, and lists the fields that were given several.
func fresh(L *lua.LState, reg *packet.Registry, pr *packet.Protocol, arg lua.LValue) (*packet.Packet, []packet.Axis) {
	list := decl.ListingOf(arg)
	values, ok := arg.(*lua.LTable)
	switch {
	case arg == lua.LNil:
		return made(L, reg, pr, nil), nil
	case !ok && pr.Name == "raw" && arg.Type() == lua.LTString:
		return packet.RawOf(reg, string(arg.(lua.LString))), nil
	case !ok && list == nil:
		decl.RaiseArg(L, 1, "packet."+pr.Name, decl.Expected(L, 1, "table of fields"))
	}
	p := packet.Empty(reg, 1, 0)
	started := p.Start(pr)
	switch {
	case started && list != nil:
		return p, fillListed(L, p.Layer(0), list)
	case list != nil:
		values = list.Table(L)
		list.End()
	}
	if started {
		return p, fill(L, p.Layer(0), values)
	}
	return conditional(L, reg, pr, values)
}

// made is packet.New; what it refuses raises.
func made(L *lua.LState, reg *packet.Registry, pr *packet.Protocol, rec packet.Record) *packet.Packet {
	p, err := packet.New(reg, pr, rec)
	if err != nil {
		packets.Raise(L, err)
	}
	return p
}

// fill sets the fields of a layer that always has all of them.
func fill(L *lua.LState, c packet.Context, values *lua.LTable) (axes []packet.Axis) {
	decl.Each(values, func(k, v lua.LValue) { axes = give(L, c, k, v, axes) })
	return axes
}

// fillListed is fill for what a constructor lists.
func fillListed(L *lua.LState, c packet.Context, list *decl.Listing) (axes []packet.Axis) {
	for i := range list.Len() {
		if k, v := list.At(i); v != lua.LNil {
			axes = give(L, c, k, v, axes)
		}
	}
	list.End()
	return axes
}

// give sets a field, or adds it to those that have several values.
func give(L *lua.LState, c packet.Context, k, v lua.LValue, axes []packet.Axis) []packet.Axis {
	f := field(L, c, k)
	if assignShort(c, f, v) {
		return axes
	}
	value := valueOf(L, c.Protocol(), f, v)
	if several := packet.ValuesOf(f, value); several != nil {
		return append(axes, packet.Axis{Field: f, Values: several})
	}
	if err := c.SetField(f, value); err != nil {
		packets.Raise(L, err)
	}
	return axes
}

// conditional makes a layer whose fields depend on each other.
func conditional(L *lua.LState, reg *packet.Registry, pr *packet.Protocol, values *lua.LTable) (*packet.Packet, []packet.Axis) {
	var rec packet.Record
	several := map[string]packet.Values{}
	decl.Each(values, func(k, v lua.LValue) {
		name, ok := k.(lua.LString)
		if !ok {
			decl.Raisef(L, "packet.%s: fields have names, got %s", pr.Name, k)
		}
		f, err := pr.Field(string(name))
		if err != nil {
			packets.Raise(L, err)
		}
		value := valueOf(L, pr, f, v)
		if vs := packet.ValuesOf(f, value); vs != nil {
			several[string(name)], value = vs, vs.At(0)
		}
		rec = append(rec, packet.Entry{Name: string(name), Value: value})
	})
	p := made(L, reg, pr, rec)
	var axes []packet.Axis
	for name, vs := range several {
		f, _ := p.Layer(0).Field(name)
		axes = append(axes, packet.Axis{Field: f, Values: vs})
	}
	return p, axes
}

// divide is a / b: b's layers behind a's.
func divide(L *lua.LState) int {
	if left, ok := L.Get(1).(*lua.LUserData); ok {
		if a, ok := left.Value.(*packet.Packet); ok {
			if b, ok := L.Get(2).(lua.LString); ok {
				return pushLike(L, left, bounded(L, packet.StackBytes(a, string(b))))
			}
			if b, ok := packets.Is(L.Get(2)); ok {
				return pushLike(L, left, bounded(L, packet.Stack(a, b)))
			}
		}
	}
	a, ok := packets.From(L, L.Get(1))
	b, good := packets.From(L, L.Get(2))
	if !ok || !good {
		return divideFamilies(L)
	}
	L.Push(packets.Push(L, bounded(L, packet.Stack(a, b))))
	return 1
}

// mostLayers is more than the longest IP datagram has room for. Each further layer copies all before it.
const mostLayers = 4096

// bounded is p, unless it has too many layers.
func bounded(L *lua.LState, p *packet.Packet) *packet.Packet {
	if p.Len() > mostLayers {
		decl.Raisef(L, "attempt to stack more than %d layers", mostLayers)
	}
	return p
}

// pushLike pushes a packet in userdata like that of another.
func pushLike(L *lua.LState, like *lua.LUserData, p *packet.Packet) int {
	L.Push(&lua.LUserData{Value: p, Env: like.Env, Metatable: like.Metatable})
	return 1
}

// concat refuses a .. b with the reason.
func concat(L *lua.LState) int {
	decl.Raise(L, "attempt to concatenate a packet: '/' stacks layers and binds tighter than '..', write (\"a\" .. \"b\") in parentheses; tostring(p) gives the packet's line")
	return 0
}

package packet

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
)

// A view is one layer of a packet as Lua holds it: p.ip.
type view struct {
	p *packet.Packet
	i int
}

// String is the layer in one line.
func (v *view) String() string { return v.p.Layer(v.i).String() }

// views are what Lua holds of a packet's layers, made when asked for. The first few lie together.
type views struct {
	layers []*handed
	room   [4]*handed
	first  [2]handed
	used   int // of first
}

// handed is a view and the userdata around it.
type handed struct {
	ud lua.LUserData
	view
	name string // under which it was found as the first of its name
}

// viewOf is the userdata of layer i.
func viewOf(L *lua.LState, p *packet.Packet, i int) *lua.LUserData {
	return &handedOf(scriptOf(L, p), p, i).ud
}

// scriptOf is what the script that has p knows, with a metatable for views.
func scriptOf(L *lua.LState, p *packet.Packet) *packets.Script {
	s := packets.Of(p)
	if s == nil {
		s = packets.ScriptOf(L)
	}
	if s.Layers == nil {
		s.Layers = decl.Metatable(L, reflect.TypeFor[*view]())
	}
	return s
}

// handedOf is what Lua holds of layer i.
func handedOf(s *packets.Script, p *packet.Packet, i int) *handed {
	all, _ := p.Attached.(*views)
	if all == nil {
		all = &views{}
		all.layers = all.room[:0]
		p.Attached = all
	}
	for i >= len(all.layers) {
		all.layers = append(all.layers, nil)
	}
	h := all.layers[i]
	if h == nil {
		h = all.fresh()
		h.view = view{p, i}
		h.ud = lua.LUserData{Value: &h.view, Env: s.Env, Metatable: s.Layers}
		all.layers[i] = h
	}
	return h
}

// fresh is room for one more view.
func (v *views) fresh() *handed {
	if v.used == len(v.first) {
		return new(handed)
	}
	v.used++
	return &v.first[v.used-1]
}

// field finds the field that an index names, or raises.
func field(L *lua.LState, c packet.Context, key lua.LValue) *packet.Field {
	name, ok := key.(lua.LString)
	if !ok {
		decl.Raisef(L, "%s has fields with names, got %s", c.Protocol().Name, decl.TypeName(key))
	}
	f, err := c.Field(string(name))
	if err != nil {
		packets.Raise(L, err)
	}
	return f
}

// getField is layer.name.
func getField(L *lua.LState) int {
	v := L.Get(1).(*lua.LUserData).Value.(*view)
	c := v.p.Layer(v.i)
	if L.Get(2) == lua.LString("reason") && c.Protocol().Name == "raw" {
		if why := v.p.Reason(); why != "" {
			L.Push(lua.LString(why))
			return 1
		}
		return 0
	}
	L.Push(fieldValue(L, c, field(L, c, L.Get(2))))
	return 1
}

// fieldValue is a field's value in Lua; plain numbers take a short way.
func fieldValue(L *lua.LState, c packet.Context, f *packet.Field) lua.LValue {
	if n, ok := c.Plain(f); ok {
		return lua.LNumber(n)
	}
	return packets.ToLua(L, c.Value(f))
}

// setField is layer.name = value.
func setField(L *lua.LState) int {
	v := L.Get(1).(*lua.LUserData).Value.(*view)
	c := v.p.Layer(v.i)
	assign(L, c, field(L, c, L.Get(2)), L.Get(3))
	return 0
}

// assign writes a Lua value into a field.
func assign(L *lua.LState, c packet.Context, f *packet.Field, v lua.LValue) {
	if assignShort(c, f, v) {
		return
	}
	value := valueOf(L, c.Protocol(), f, v)
	if packet.ValuesOf(f, value) != nil {
		decl.Raisef(L, "%s.%s: several values make several packets: give them when the layer is made, %s{%s=...}", c.Protocol().Name, f.Name, c.Protocol().Name, f.Name)
	}
	if err := c.SetField(f, value); err != nil {
		packets.Raise(L, err)
	}
}

// assignShort writes numbers and addresses the short way, where that is one.
func assignShort(c packet.Context, f *packet.Field, v lua.LValue) bool {
	switch v := v.(type) {
	case lua.LNumber:
		return v >= 0 && v == lua.LNumber(uint64(v)) && c.SetUint(f, uint64(v))
	case lua.LString:
		return c.SetString(f, string(v))
	}
	return false
}

// valueOf is a Lua value in Go, as a field takes it.
func valueOf(L *lua.LState, pr *packet.Protocol, f *packet.Field, v lua.LValue) packet.Value {
	value, ok := packets.ToGo(v)
	if !ok {
		decl.Raisef(L, "%s.%s: no field holds a %s", pr.Name, f.Name, decl.TypeName(v))
	}
	return value
}

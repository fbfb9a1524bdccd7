// Package packets is what the bindings that hand packets to Lua share: the protocols a script knows, and the way of
// values and packets from Go to Lua and back.
package packets

import (
	"fmt"
	"net/netip"
	"sort"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/packet"
)

// Is is the packet that v holds.
func Is(v lua.LValue) (*packet.Packet, bool) {
	if ud, ok := v.(*lua.LUserData); ok {
		p, ok := ud.Value.(*packet.Packet)
		return p, ok
	}
	return nil, false
}

// From is v as a packet: one, or a string, which is raw bytes.
func From(L *lua.LState, v lua.LValue) (*packet.Packet, bool) {
	if s, ok := v.(lua.LString); ok {
		return packet.RawOf(Registry(L), string(s)), true
	}
	return Is(v)
}

// ToLua is a field's value in Lua: numbers, strings, u64, and tables of them.
func ToLua(L *lua.LState, v packet.Value) lua.LValue {
	switch v := v.(type) {
	case nil:
		return lua.LNil
	case uint64:
		return lua.LNumber(v)
	case int64:
		return lua.LNumber(v)
	case float64:
		return lua.LNumber(v)
	case packet.U64:
		return decl.NewUserData(L, uint64(v))
	case bool:
		return lua.LBool(v)
	case string:
		return lua.LString(v)
	case netip.Addr:
		return lua.LString(v.String())
	case packet.MAC:
		return lua.LString(v.String())
	case []packet.Value:
		t := L.CreateTable(len(v), 0)
		for i, e := range v {
			t.RawSetInt(i+1, ToLua(L, e))
		}
		return t
	case packet.Record:
		t := L.CreateTable(0, len(v))
		for _, e := range v {
			t.RawSetString(e.Name, ToLua(L, e.Value))
		}
		return t
	case fmt.Stringer:
		return lua.LString(v.String())
	}
	return lua.LString(fmt.Sprint(v))
}

// Bounds of tables in tables: how deep, and how many values in all. One that holds itself, or the same one often, passes them.
const (
	depthMax  = 40
	valuesMax = 1 << 20
)

// ToGo is a Lua value as a field takes it. Tables with names are Records, others lists; ok is false for what no field
// can hold.
func ToGo(v lua.LValue) (packet.Value, bool) {
	r := reading{left: valuesMax}
	return r.value(v, 0)
}

// reading is one Lua value on its way.
type reading struct {
	left int // how many more values there may be
}

func (r *reading) value(v lua.LValue, depth int) (packet.Value, bool) {
	if r.left--; r.left < 0 {
		return nil, false
	}
	switch v := v.(type) {
	case *lua.LNilType:
		return nil, true
	case lua.LBool:
		return bool(v), true
	case lua.LNumber:
		return float64(v), true
	case lua.LString:
		return string(v), true
	case *lua.LUserData:
		return fromUserData(v)
	case *lua.LTable:
		if depth < depthMax {
			return r.table(v, depth+1)
		}
	}
	return nil, false
}

func fromUserData(ud *lua.LUserData) (packet.Value, bool) {
	switch v := ud.Value.(type) {
	case uint64:
		return packet.U64(v), true
	case netip.Addr:
		return v, true
	case packet.Automatic, packet.Range:
		return v, true
	case fmt.Stringer: // addresses of module addr
		return v.String(), true
	}
	return nil, false
}

// table stops at the first value that no field can hold.
func (r *reading) table(t *lua.LTable, depth int) (packet.Value, bool) {
	list, rec, good := []packet.Value{}, packet.Record{}, true
	for i := 1; i <= t.Len() && good; i++ {
		var v packet.Value
		v, good = r.value(t.RawGetInt(i), depth)
		list = append(list, v)
	}
	decl.Each(t, func(k, v lua.LValue) {
		if name, ok := k.(lua.LString); ok && good {
			var value packet.Value
			value, good = r.value(v, depth)
			rec = append(rec, packet.Entry{Name: string(name), Value: value})
		}
	})
	if len(rec) == 0 {
		return list, good
	}
	sort.Slice(rec, func(i, j int) bool { return rec[i].Name < rec[j].Name })
	for i, v := range list { // positions beside names: {"mss", value=1460}
		rec = append(rec, packet.Entry{Name: fmt.Sprint(i + 1), Value: v})
	}
	return rec, good
}

// Raise raises a packet's error at the caller's line: a misspelt name with the nearest one.
func Raise(L *lua.LState, err error) {
	if unknown, ok := err.(*packet.UnknownName); ok {
		if near := decl.Nearest(unknown.Name, unknown.Known); near != "" {
			decl.Raisef(L, "%s (did you mean '%s'?)", err, near)
		}
		if unknown.What == "field" {
			decl.Raisef(L, "%s (it has %s)", err, strings.Join(unknown.Known, ", "))
		}
	}
	decl.Raise(L, err.Error())
}

package snmp

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/message"
)

func varMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "delta", Why: "called per variable, with variables or numbers", Run: delta, Source: "RFC 2578 sections 7.1.6 and 7.1.10",
			Doc: "How far a number has come since an earlier reading. Counters and TimeTicks may have wrapped round once meanwhile, each at its size. " +
				"With the agent's uptimes at both readings, the result is nil when it restarted in between: counters begin anew then.",
			Params: []decl.Param{
				{Name: "prev", Type: "snmp.var|number|u64", Doc: "the earlier reading"},
				{Name: "uptime", Type: "snmp.var|number", Optional: true, Doc: "sysUpTime at this reading, in hundredths of a second"},
				{Name: "before", Type: "snmp.var|number", Optional: true, Doc: "sysUpTime at the earlier one"},
			},
			Results: []decl.Param{{Name: "delta", Type: "number|nil", Doc: "the difference; nil where one of the two has no number, or after a restart"}},
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["ifInOctets.1"]=4294967290, ["ifOutOctets.1"]=5}})
local s = assert(snmp.open{host=a.address, community="public"})
local before = s:get("ifInOctets.1")
s:get("ifOutOctets.1"):delta(before) --> 11
s:get("ifOutOctets.1"):delta(before, 100, 90000) --> nil`},
	}
}

// delta is var:delta(prev, uptime, before).
func delta(L *lua.LState) int {
	const name = "snmp.var:delta"
	v := decl.Self[*variable](L, name, "snmp.var")
	prev, known := reading(L, name, 2)
	if L.Get(3) != lua.LNil && L.Get(4) != lua.LNil {
		now, _ := reading(L, name, 3)
		before, _ := reading(L, name, 4)
		if restarted(uint32(before), uint32(now)) {
			L.Push(lua.LNil)
			return 1
		}
	}
	d, ok := difference(v.Value, prev)
	if !ok || !known {
		L.Push(lua.LNil)
		return 1
	}
	L.Push(lua.LNumber(d))
	return 1
}

// reading is argument n: a number in any of its forms, in 64 bits. A variable without one isn't known.
func reading(L *lua.LState, name string, n int) (bits uint64, known bool) {
	switch v := L.Get(n).(type) {
	case lua.LNumber:
		if float64(v) >= 1<<63 {
			return uint64(v), true
		}
		return uint64(int64(v)), true
	case *lua.LUserData:
		switch x := v.Value.(type) {
		case uint64:
			return x, true
		case *variable:
			if f := x.Value.Type; f == message.TypeOpaqueFloat || f == message.TypeOpaqueDouble {
				return math.Float64bits(x.Value.Float()), true
			}
			_, number := numberOf(x.Value)
			return x.Value.Uint(), number || is64(x.Value.Type)
		}
	}
	decl.RaiseArg(L, n-1, name, decl.Expected(L, n, "snmp.var or number"))
	return 0, false
}

// is64 says whether values of a type are u64 in Lua.
func is64(t message.Type) bool {
	return t == message.TypeCounter64 || t == message.TypeOpaqueCounter64 || t == message.TypeOpaqueUnsigned64
}

// difference is how far v is from prev; counters wrap at their size.
func difference(v message.Value, prev uint64) (float64, bool) {
	switch v.Type {
	case message.TypeCounter32, message.TypeTimeTicks:
		return float64(uint32(v.Uint()) - uint32(prev)), true
	case message.TypeCounter64, message.TypeOpaqueCounter64:
		return float64(v.Uint() - prev), true
	case message.TypeInteger, message.TypeGauge32, message.TypeOpaqueInteger64, message.TypeOpaqueUnsigned64:
		return float64(int64(v.Uint() - prev)), true
	case message.TypeOpaqueFloat, message.TypeOpaqueDouble:
		return v.Float() - math.Float64frombits(prev), true
	}
	return 0, false
}

// day is one in hundredths of a second.
const day = 24 * 3600 * 100

// restarted says whether an uptime went back. One that wrapped, after 497 days, is less than a day further.
func restarted(before, now uint32) bool { return now < before && now-before > day }

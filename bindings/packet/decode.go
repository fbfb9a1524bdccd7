package packet

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
)

func functions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "decode", Why: "called per packet",
			Doc: "Read bytes as a packet. It never fails on what came from a wire: what can't be read is a layer raw, whose field reason says why. " +
				"These layers can only be read, not built: " + readOnly + ".",
			Params: []decl.Param{{Name: "bytes", Type: "string", Doc: "as captured"},
				{Name: "first", Type: "string", Default: `"eth"`, Optional: true, Doc: "name of the outermost layer"}},
			Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "with every field as received"}},
			Example: probe + `packet.decode(p:bytes()).udp.dport --> 33434
packet.decode("\69\0", "ip").raw.reason --> ip: cut short`, Run: decode},
		decl.Raw{Name: "describe", Why: "the script's own protocols count too", Doc: "Describe a layer: its fields with width, type, default and meaning.",
			Params:  []decl.Param{{Name: "name", Type: "string", Doc: "name of a layer"}},
			Results: []decl.Param{{Name: "text", Type: "string", Doc: "a line for each field"}},
			Example: `packet.describe("udp"):match("%S+ +16 bits +integer") --> sport        16 bits  integer`, Run: describe},
		decl.Raw{Name: "layers", Why: "a list of any length", Doc: "List the names of all layers that there are.",
			Results: []decl.Param{{Name: "names", Type: "string[]", Doc: "names of layers"}},
			Example: `packet.layers()[1] --> raw`, Run: listLayers},
	}
}

func decode(L *lua.LState) int {
	b := decl.String(L, "packet.decode", 1)
	script := packets.ScriptOf(L)
	first, err := script.Registry.Lookup(decl.CheckOr(L, "packet.decode", 2, "first", "eth"))
	if err != nil {
		packets.Raise(L, err)
	}
	L.Push(script.Decode([]byte(b), first))
	return 1
}

func describe(L *lua.LState) int {
	pr, err := packets.Registry(L).Lookup(decl.String(L, "packet.describe", 1))
	if err != nil {
		packets.Raise(L, err)
	}
	L.Push(lua.LString(pr.Describe()))
	return 1
}

func listLayers(L *lua.LState) int {
	all := packets.Registry(L).Names()
	t := L.CreateTable(len(all), 0)
	for i, n := range all {
		t.RawSetInt(i+1, lua.LString(n))
	}
	L.Push(t)
	return 1
}

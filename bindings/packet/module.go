package packet

import (
	"reflect"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// Module declares all that Lua sees as require "packet".
func Module() *decl.Module {
	return &decl.Module{
		Name: "packet",
		Doc: "Packets: layers stacked with /, their fields read and set by name, built, decoded and shown. What nobody sets is computed when " +
			"the packet is built; what is set stays, wrong values included; packet.auto gives a field back. Layers and fields have Scapy's names.",
		Source: "RFC 791, RFC 8200, RFC 768, RFC 9293; Scapy 2.5",
		Funcs:  slices.Concat(functions(), varying(), []decl.Function{defineProtocol(), reassemble()}),
		Late:   makers,
		Consts: []decl.Const{{Name: "auto", Value: packet.Auto, Doc: "The value that makes a field automatic again: p.ip.chksum = packet.auto."}},
		Classes: append(varyingClasses(), []*decl.Class{
			familyClass(),
			reassemblerClass(),
			{Name: "packet", Doc: "A packet. p.ip is its first layer of that name (nil when it has none), p[1] its outermost; p.ttl is the field of the first layer that has it.",
				Type: reflect.TypeFor[*packet.Packet](), Methods: methods(), Index: index, Shortcuts: ofPackets, Nth: nth, Meta: packetMeta, Operators: []string{"div(packet|string): packet", "len: integer"}},
			{Name: "layer", Doc: "One layer of a packet: its fields are read and set by name.", Type: reflect.TypeFor[*view](), Shortcuts: ofLayers,
				Meta: map[string]lua.LGFunction{"__index": getField, "__newindex": setField, "__tostring": decl.ToString}},
			{Name: "auto", Doc: "packet.auto: the value that makes a field automatic again.", Type: reflect.TypeFor[packet.Automatic](),
				Meta: map[string]lua.LGFunction{"__tostring": func(L *lua.LState) int {
					L.Push(lua.LString("packet.auto"))
					return 1
				}}},
		}...),
		Setup: setup,
	}
}

// packetMeta are the operators of packets.
var packetMeta = map[string]lua.LGFunction{
	"__newindex": newindex,
	"__div":      divide,
	"__concat":   concat,
	"__tostring": decl.ToString,
	"__len":      length,
}

// setup puts the makers of layers in the table, and lets it answer for aliases.
func setup(L *lua.LState, module *lua.LTable) {
	module.RawSetString("auto", decl.NewUserData(L, packet.Auto))
	for _, pr := range packets.Registry(L).Protocols() {
		if pr.Buildable() {
			module.RawSetString(pr.Name, newMaker(L, pr))
		}
	}
	own := L.CreateTable(0, 1)
	own.RawSetString("__index", L.NewFunction(layerByName))
	module.Metatable = own
}

// layerByName is packet.NAME for names that are not in the table: aliases, and protocols that the script defined.
func layerByName(L *lua.LState) int {
	name, _ := L.Get(2).(lua.LString)
	pr, err := packets.Registry(L).Lookup(string(name))
	if err != nil {
		unknown := err.(*packet.UnknownName)
		unknown.What = "layer or function"
		decl.Each(L.Get(1).(*lua.LTable), func(k, _ lua.LValue) { unknown.Known = append(unknown.Known, k.String()) })
		packets.Raise(L, unknown)
	}
	L.Push(newMaker(L, pr))
	return 1
}

// makers are the functions that make layers, one for each protocol.
func makers() (all []decl.Function) {
	for _, pr := range layers.Registry().Protocols() {
		if pr.Buildable() {
			all = append(all, makerOf(pr))
		}
	}
	return all
}

// makerOf declares the function that makes a layer; its options are the protocol's fields.
func makerOf(pr *packet.Protocol) decl.Function {
	return decl.Raw{Name: pr.Name, Why: "its argument is a table of fields", Source: pr.Source,
		Doc: pr.Title + ".", Options: fieldParams(pr),
		Results: []decl.Param{{Name: "packet", Type: "packet", Doc: "a packet of this one layer"}},
		Example: "packet." + pr.Name + "{}[1] --> " + exampleOf(pr),
		Run:     func(L *lua.LState) int { return pushLayer(L, packets.ScriptOf(L), pr) }}
}

// exampleOf is how a fresh layer prints.
func exampleOf(pr *packet.Protocol) string {
	p, err := packet.New(layers.Registry(), pr, nil)
	if err != nil {
		panic(err) // the defaults of a built-in table
	}
	return p.Layer(0).String()
}

// fieldParams are a protocol's fields as options.
func fieldParams(pr *packet.Protocol) []decl.Param {
	params := make([]decl.Param, len(pr.Fields))
	for i := range pr.Fields {
		f := &pr.Fields[i]
		doc := f.Doc
		if f.When != "" {
			doc += "; there when " + f.When
		}
		params[i] = decl.Param{Name: f.Name, Type: f.Type(), Doc: doc, Optional: true, Default: defaultOf(f)}
	}
	return params
}

// defaultOf is a field's default as Lua source.
func defaultOf(f *packet.Field) string {
	switch {
	case f.Auto != nil:
		return "packet.auto"
	case f.Default != nil:
		return packet.TextOf(f.Default)
	}
	return ""
}

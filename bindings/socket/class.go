package socket

import (
	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// A class is what tostring, sock.class and error messages call an object. An object changes its class when it listens,
// connects or is disconnected: only its metatable changes.
type class struct {
	name string // "tcp{client}"
	kind *kind
}

// A kind is a family of classes that share their methods.
type kind struct {
	name    string // "tcp": what documents call the class
	any     string // "tcp{any}": the group of all its classes
	classes []*class
	methods []decl.Raw
}

func newKind(name string, states ...string) *kind {
	k := &kind{name: name, any: name + "{any}"}
	for _, s := range states {
		k.classes = append(k.classes, &class{name: name + "{" + s + "}", kind: k})
	}
	return k
}

// install makes the metatables of the kind's classes: one each, with one shared set of methods.
func (k *kind) install(L *lua.LState, lib *library) {
	for _, c := range k.classes {
		methods := L.CreateTable(0, len(k.methods)+1)
		methods.RawSetString("class", lua.LString(c.name))
		for _, m := range k.methods {
			methods.RawSetString(m.Name, L.NewFunction(m.Run))
		}
		meta := L.CreateTable(0, 4)
		meta.RawSetString("__index", methods)
		meta.RawSetString("__tostring", L.NewFunction(objectString))
		meta.RawSetString("__name", lua.LString(c.name))
		meta.RawSetString(k.any, lua.LTrue)
		lib.metas[c] = meta
	}
}

// objectString is an object's __tostring: its class and its address.
func objectString(L *lua.LState) int {
	if ud, ok := L.Get(1).(*lua.LUserData); ok {
		if o, ok := ud.Value.(holder); ok {
			L.Push(lua.LString(o.common().class.name + ": " + decl.Address(L, ud)))
			return 1
		}
	}
	raise(L, "invalid object passed to '__tostring'")
	return 0
}

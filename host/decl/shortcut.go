package decl

import lua "github.com/yuin/gopher-lua"

// Shortcuts answer for metamethods of a class without a call. The interpreter takes them while nobody changed the
// class's metatable. They neither raise nor wait nor call Lua: where one does not know, the metamethod is called.
type Shortcuts struct {
	// Get answers value.key, before methods are looked up: with v, or where v is nil with the number n.
	Get func(self any, key string) (v lua.LValue, n lua.LNumber, ok bool)
	// Set does value.key = v.
	Set func(self any, key string, v lua.LValue) bool

	// Methods are what the class finds before it asks Index.
	Methods *lua.LTable

	// The metamethods that these stand for.
	index, newindex lua.LValue
}

// ShortcutsOf are those of the class whose metatable meta is, without those for metamethods that were changed; nil when
// there are none.
func ShortcutsOf(L *lua.LState, meta *lua.LTable) *Shortcuts {
	known := classesOf(L).shortcuts[meta]
	if known == nil {
		return nil
	}
	s := *known
	if meta.RawGetString("__index") != s.index {
		s.Get, s.Methods = nil, nil
	}
	if meta.RawGetString("__newindex") != s.newindex {
		s.Set = nil
	}
	return &s
}

// shorten notes the class's shortcuts with its metatable, which is complete.
func (c *Class) shorten(known *classes, meta, methods *lua.LTable) {
	s := c.Shortcuts
	if c.Meta["__index"] == nil {
		s.Methods = methods
	}
	s.index, s.newindex = meta.RawGetString("__index"), meta.RawGetString("__newindex")
	known.shortcuts[meta] = &s
}

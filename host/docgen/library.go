package docgen

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"moonwire/host/decl"
)

// A Library is everything that scripts can require, with what is known of it.
type Library struct {
	modules []*decl.Module
	entries map[string]Entry
	names   []string
}

// An Entry is one name that has documentation: a module, a class, a function, a method, a field or a constant.
type Entry struct {
	Name   string // as one looks it up: socket, socket.tcp, tcp, tcp:send, packet.auto
	Module *decl.Module
	Class  *decl.Class  // nil outside classes
	Record *decl.Record // of a function or method
	Param  *decl.Param  // of a field
	Const  *decl.Const  // of a constant
}

// New makes a library of Go modules and of those written in Lua (NAME.lua, DIR/NAME.lua); either may be nil.
func New(modules []*decl.Module, stdlib fs.FS) (*Library, error) {
	lib := &Library{modules: slices.Clone(modules), entries: map[string]Entry{}}
	if stdlib != nil {
		written, err := ReadFS(stdlib)
		if err != nil {
			return nil, err
		}
		lib.modules = append(lib.modules, written...)
	}
	for _, m := range lib.modules {
		lib.index(m)
	}
	return lib, nil
}

// Modules are all modules, those written in Go first.
func (l *Library) Modules() []*decl.Module { return l.modules }

// Names are all names that Lookup knows, in the order of the modules: for completion.
func (l *Library) Names() []string { return l.names }

// Lookup finds what name stands for. The error of an unknown name says which known one is nearest.
func (l *Library) Lookup(name string) (Entry, error) {
	if e, ok := l.entries[name]; ok {
		return e, nil
	}
	for _, other := range []string{strings.ReplaceAll(name, ":", "."), swapLast(name, ".", ":")} {
		if e, ok := l.entries[other]; ok {
			return e, nil
		}
	}
	if near := decl.Nearest(name, l.names); near != "" {
		return Entry{}, fmt.Errorf("no documentation for '%s' (did you mean '%s'?)", name, near)
	}
	return Entry{}, fmt.Errorf("no documentation for '%s'", name)
}

// swapLast replaces the last old in s.
func swapLast(s, old, new string) string {
	i := strings.LastIndex(s, old)
	if i < 0 {
		return s
	}
	return s[:i] + new + s[i+len(old):]
}

// index adds a module's names.
func (l *Library) index(m *decl.Module) {
	l.add(Entry{Name: m.Name, Module: m})
	for _, alias := range m.Aliases {
		l.add(Entry{Name: alias, Module: m})
	}
	for _, f := range m.Functions() {
		r := f.Record()
		l.add(Entry{Name: m.Name + "." + r.Name, Module: m, Record: r})
	}
	for i := range m.Consts {
		l.add(Entry{Name: m.Name + "." + m.Consts[i].Name, Module: m, Const: &m.Consts[i]})
	}
	for _, c := range m.Classes {
		l.add(Entry{Name: c.Name, Module: m, Class: c})
		for _, f := range c.Methods {
			r := f.Record()
			l.add(Entry{Name: c.Name + ":" + r.Name, Module: m, Class: c, Record: r})
		}
		for i := range c.Fields {
			l.add(Entry{Name: c.Name + "." + c.Fields[i].Name, Module: m, Class: c, Param: &c.Fields[i]})
		}
	}
}

// add keeps the first of two equal names: a module goes before a class that is called like it.
func (l *Library) add(e Entry) {
	if _, ok := l.entries[e.Name]; ok {
		return
	}
	l.entries[e.Name] = e
	l.names = append(l.names, e.Name)
}

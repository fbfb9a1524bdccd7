package decl

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// params is how one parameter struct is read from Lua's stack.
type params struct {
	self *field
	args []field // positional, in Lua's order
	rest *field  // variadic
	opts *table  // last table
}

// A field is one parameter, option or table entry.
type field struct {
	Param
	index    []int // in the struct, or in one embedded there
	required bool
	check    checker
}

// paramsOf reads a struct type's tags; defaults come from the value.
func paramsOf(def reflect.Value) *params {
	p := &params{}
	t := def.Type()
	var opts []field
	for _, sf := range reflect.VisibleFields(t) {
		tag, ok := sf.Tag.Lookup("lua")
		if !ok {
			continue
		}
		f := fieldOf(sf, def.FieldByIndex(sf.Index))
		f.index = sf.Index
		name, isOpt := strings.CutPrefix(tag, "opts.")
		switch {
		case tag == "self":
			p.self = &f
		case isOpt:
			f.Name, f.required = strings.CutSuffix(name, "!")
			f.Optional = !f.required
			opts = append(opts, f)
		case strings.HasSuffix(tag, "..."):
			f.variadic(sf.Type)
			p.rest = &f
		default:
			p.args = append(p.args, f)
		}
	}
	if opts != nil {
		p.opts = newTable(opts)
	}
	return p
}

// fieldOf reads what all kinds of fields share.
func fieldOf(sf reflect.StructField, def reflect.Value) field {
	name, optional := strings.CutSuffix(sf.Tag.Get("lua"), "?")
	f := field{check: checkerOf(sf.Type)}
	f.Name, f.Type, f.Doc = name, luaType(sf.Type), sf.Tag.Get("doc")
	f.Optional = optional || !def.IsZero()
	if !def.IsZero() {
		f.Default = Literal(def.Interface())
	}
	if c, ok := sf.Tag.Lookup("choices"); ok {
		f.Choices = strings.Split(c, "|")
		f.Type = quoteChoices(f.Choices)
		f.check = oneOf(f.check, f.Choices)
	}
	if r, ok := sf.Tag.Lookup("range"); ok {
		f.check = within(f.check, r)
		f.Doc = strings.TrimSpace(f.Doc + " (" + rangeText(r) + ")")
	}
	if t, ok := sf.Tag.Lookup("type"); ok {
		f.Type = t
	}
	f.required = !f.Optional
	return f
}

// variadic makes f take all arguments from its place on.
func (f *field) variadic(t reflect.Type) {
	f.Name = strings.TrimSuffix(f.Name, "...")
	f.Type = luaType(t.Elem())
	f.check = checkerOf(t.Elem())
	f.Variadic, f.Optional = true, true
}

// qualify is the function's name in messages: module.name, or class:name for a method.
func (p *params) qualify(owner, name string) string {
	switch {
	case name == "":
		return owner
	case p.self != nil:
		return owner + ":" + name
	}
	return owner + "." + name
}

// read fills the struct a from L's arguments; it raises what is wrong with them.
func (p *params) read(L *lua.LState, name string, a reflect.Value) {
	n := 0 // arguments consumed, the receiver included
	off := 0
	if p.self != nil {
		if err := p.self.check(L, L.Get(1), a.FieldByIndex(p.self.index)); err != nil {
			Raise(L, fmt.Sprintf("calling '%s' on bad self (%s)", name, err))
		}
		n, off = 1, 1
	}
	for i := range p.args {
		n++
		p.args[i].read(L, name, n, n-off, a)
	}
	if p.rest != nil {
		p.readRest(L, name, n, n-off, a)
	} else if p.opts != nil {
		p.opts.read(L, name, n+1, n+1-off, a)
	}
}

// read fills one positional parameter from stack slot n, which Lua counts as argument arg.
func (f *field) read(L *lua.LState, name string, n, arg int, a reflect.Value) {
	v := L.Get(n)
	if v == lua.LNil && !f.required {
		return
	}
	if err := f.check(L, v, a.FieldByIndex(f.index)); err != nil {
		raiseArg(L, arg, name, f.Name, err, n > L.GetTop())
	}
}

func (p *params) readRest(L *lua.LState, name string, n, arg int, a reflect.Value) {
	count := max(L.GetTop()-n, 0)
	list := reflect.MakeSlice(a.FieldByIndex(p.rest.index).Type(), count, count)
	for i := range count {
		if err := p.rest.check(L, L.Get(n+i+1), list.Index(i)); err != nil {
			raiseArg(L, arg+i+1, name, p.rest.Name, err, false)
		}
	}
	a.FieldByIndex(p.rest.index).Set(list)
}

// fail answers an error of Run.
func (p *params) fail(L *lua.LState, name string, err error) int {
	bad, ok := asMisuse(err)
	if !ok {
		return Fail(L, err)
	}
	for i, f := range p.args {
		if f.Name == bad.Param {
			Raise(L, badArgument(i+1, name, f.Name, bad.Message))
		}
	}
	if p.rest != nil && p.rest.Name == bad.Param {
		Raise(L, badArgument(len(p.args)+1+bad.Index, name, bad.Param, bad.Message))
	}
	if bad.Param != "" {
		Raise(L, fmt.Sprintf("bad option '%s' to '%s' (%s)", bad.Param, name, bad.Message))
	}
	Raise(L, fmt.Sprintf("%s: %s", name, bad.Message))
	return 0
}

// positionals are the documented parameters.
func (p *params) positionals() []Param {
	var ps []Param
	for _, f := range p.args {
		ps = append(ps, f.Param)
	}
	if p.rest != nil {
		ps = append(ps, p.rest.Param)
	}
	return ps
}

// options are the documented entries of the last table.
func (p *params) options() []Param {
	if p.opts == nil {
		return nil
	}
	var ps []Param
	for _, f := range p.opts.fields {
		ps = append(ps, f.Param)
	}
	return ps
}

func quoteChoices(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = strconv.Quote(w)
	}
	return strings.Join(quoted, "|")
}

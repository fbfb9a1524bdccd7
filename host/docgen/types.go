package docgen

import (
	"fmt"
	"slices"
	"strings"

	"moonwire/host/decl"
)

// Types are LuaLS stubs: a file for each module, a/b.lua for module a.b.
func (l *Library) Types() map[string]string {
	files := map[string]string{}
	for _, m := range l.modules {
		w := &stub{}
		w.module(m)
		files[strings.ReplaceAll(m.Name, ".", "/")+".lua"] = w.String()
		for _, alias := range m.Aliases {
			files[strings.ReplaceAll(alias, ".", "/")+".lua"] = fmt.Sprintf("---@meta %s\n\nreturn require %q\n", alias, m.Name)
		}
	}
	return files
}

// A stub is a file of declarations under construction.
type stub struct{ strings.Builder }

func (w *stub) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// doc writes text as comment lines.
func (w *stub) doc(text string) {
	for _, l := range wrap(text, 110) {
		w.line("---%s", l)
	}
}

func (w *stub) module(m *decl.Module) {
	name := identifier(lastPart(m.Name))
	w.line("---@meta %s", m.Name)
	w.line("")
	for _, f := range m.Functions() {
		w.options(m.Name, f.Record())
	}
	for _, c := range m.Classes {
		w.class(c)
	}
	w.doc(m.Doc)
	w.line("---@class %slib", className(m.Name))
	for _, c := range m.Consts {
		w.line("---@field %s %s %s", c.Name, constType(c.Value), oneLine(c.Doc))
	}
	if m.Call != nil {
		w.line("---@overload %s", functionType(m.Call.Record()))
	}
	w.line("local %s = {}", name)
	for _, f := range m.Functions() {
		w.function(m.Name, name+".", f.Record())
	}
	w.line("")
	w.line("return %s", name)
}

// class writes a class with its methods.
func (w *stub) class(c *decl.Class) {
	w.doc(c.Doc)
	w.line("---@class %s", className(c.Name))
	for _, f := range c.Fields {
		w.line("---@field %s %s %s", f.Name, optionalType(f), oneLine(f.Doc))
	}
	for _, o := range c.Operators {
		w.line("---@operator %s", o)
	}
	w.line("local %s = {}", identifier(lastPart(c.Name)))
	for _, f := range c.Methods {
		w.options(className(c.Name), f.Record())
	}
	for _, f := range c.Methods {
		w.function(className(c.Name), identifier(lastPart(c.Name))+":", f.Record())
	}
	w.line("")
}

// className is a class's name as LuaLS takes it: dots may part it.
func className(name string) string {
	parts := strings.Split(name, ".")
	for i := range parts {
		parts[i] = identifier(parts[i])
	}
	return strings.Join(parts, ".")
}

// options declares the table of a function's options as a class.
func (w *stub) options(owner string, r *decl.Record) {
	if len(r.Options) == 0 {
		return
	}
	w.line("---@class %s", optionsClass(owner, r))
	for _, o := range r.Options {
		mark := ""
		if o.Optional {
			mark = "?"
		}
		w.line("---@field %s%s %s %s", o.Name, mark, typeOf(o), described(o))
	}
	w.line("")
}

func optionsClass(owner string, r *decl.Record) string { return owner + "." + r.Name + ".options" }

// function writes a function without a body.
func (w *stub) function(owner, prefix string, r *decl.Record) {
	w.line("")
	w.doc(r.Doc)
	w.line("---")
	w.doc(blocking(r))
	if r.Example != "" {
		w.line("---```lua")
		for l := range strings.Lines(example(r)) {
			w.line("---%s", strings.TrimRight(l, "\n"))
		}
		w.line("---```")
	}
	if r.Blocks {
		w.line("---@async")
	}
	args := w.params(owner, r)
	w.returns(r)
	w.line("function %s%s(%s) end", prefix, r.Name, strings.Join(args, ", "))
}

// params declares parameters and gives their names.
func (w *stub) params(owner string, r *decl.Record) []string {
	var args []string
	for _, p := range r.Params {
		name, mark := identifier(p.Name), ""
		switch {
		case p.Variadic:
			name = "..."
		case p.Optional:
			mark = "?"
		}
		w.line("%s", strings.TrimSpace("---@param "+name+mark+" "+typeOf(p)+" "+described(p)))
		args = append(args, name)
	}
	if len(r.Options) > 0 {
		mark := "?"
		if required(r.Options) {
			mark = ""
		}
		w.line("---@param opts%s %s", mark, optionsClass(owner, r))
		args = append(args, "opts")
		if n := len(args); n > 1 && args[n-2] == "..." {
			args[n-2], args[n-1] = args[n-1], args[n-2]
		}
	}
	return args
}

// returns declares results; a refusal makes the first nil and may stand in the place of the others.
func (w *stub) returns(r *decl.Record) {
	results := slices.Clone(r.Results)
	if len(r.Fails) > 0 {
		if len(results) > 0 {
			results[0].Optional = true
		} else {
			results = append(results, decl.Param{Type: "nil"})
		}
		for i, name := range []string{"message", "kind"} {
			if i+1 < len(results) {
				results[i+1].Type += "|string|nil"
			} else {
				results = append(results, decl.Param{Name: name, Type: "string", Optional: true})
			}
		}
	}
	for _, p := range results {
		t := typeOf(p)
		if p.Fields != nil {
			t = tableType(p)
		}
		if p.Optional {
			t += "|nil"
		}
		if p.Variadic {
			t += " ..."
		}
		name := identifier(p.Name)
		if p.Name == "..." {
			name = ""
		}
		w.line("---@return %s", strings.TrimSpace(t+" "+name+" "+oneLine(p.Doc)))
	}
}

// tableType is the type of a table with known names.
func tableType(p decl.Param) string {
	entries := make([]string, len(p.Fields))
	for i, f := range p.Fields {
		mark := ""
		if f.Optional {
			mark = "?"
		}
		entries[i] = f.Name + mark + ": " + f.Type
	}
	return "{" + strings.Join(entries, ", ") + "}" + strings.TrimPrefix(p.Type, "table")
}

// functionType is a function's type on one line.
func functionType(r *decl.Record) string {
	var args, results []string
	for _, p := range r.Params {
		mark := ""
		if p.Optional {
			mark = "?"
		}
		args = append(args, identifier(p.Name)+mark+": "+p.Type)
	}
	for _, p := range r.Results {
		results = append(results, p.Type)
	}
	t := "fun(" + strings.Join(args, ", ") + ")"
	if len(results) > 0 {
		t += ": " + strings.Join(results, ", ")
	}
	return t
}

// optionalType is a field's type, with nil when it may be missing.
func optionalType(p decl.Param) string {
	if p.Optional {
		return p.Type + "|nil"
	}
	return p.Type
}

// described is a parameter's text with its default.
func described(p decl.Param) string {
	text := oneLine(p.Doc)
	if p.Default != "" {
		text += " (default " + p.Default + ")"
	}
	return text
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func constType(v any) string {
	switch v.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case int:
		return "integer"
	case uint64:
		return "u64"
	case float64:
		return "number"
	}
	return "any"
}

// keywords can't be names in Lua.
var keywords = strings.Fields("and break do else elseif end false for function goto if in local nil not or repeat return then true until while")

// identifier makes text a name in Lua.
func identifier(text string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '_':
			return r
		}
		return '_'
	}, text)
	if slices.Contains(keywords, name) {
		return name + "_"
	}
	return name
}

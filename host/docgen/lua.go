package docgen

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// ReadFS reads the comments of every Lua module in a tree: a/b.lua is module a.b. Modules marked @package, the parts of
// another one, are left out.
func ReadFS(tree fs.FS) ([]*decl.Module, error) {
	var modules []*decl.Module
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".lua" {
			return err
		}
		src, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		m, inner := readLua(strings.ReplaceAll(strings.TrimSuffix(name, ".lua"), "/", "."), string(src))
		if !inner {
			modules = append(modules, m)
		}
		return nil
	})
	return modules, err
}

// written is a function of a Lua module: a record without Go code.
type written struct{ record decl.Record }

func (w written) Record() *decl.Record       { r := w.record; return &r }
func (w written) Bind(string) lua.LGFunction { return nil }

// The lines that comments stand above, compiled when they are first needed: most scripts ask for no documentation.
var (
	functionLine = pattern(`^(local )?function\s+([\w.]*?)([.:]?)(\w+)\s*\(([^)]*)`)
	assignedLine = pattern(`^()([\w.]*?)([.])(\w+)\s*=\s*function\s*\(([^)]*)`)
	localLine    = pattern(`^local (\w+)\s*=`)
	returnLine   = pattern(`^return (\w+)`)
)

func pattern(text string) func(line string) []string {
	compiled := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
	return func(line string) []string { return compiled().FindStringSubmatch(line) }
}

// ReadLua reads a Lua module's LuaLS comments: the first block is the module's own, a block above a function is that
// function's, one with @class the class's. Functions of the returned table are the module's; methods of other tables
// are those of the class that the table was declared as. A parameter opts whose type is a class of the module has that
// class's fields as options.
func ReadLua(name, src string) *decl.Module {
	m, _ := readLua(name, src)
	return m
}

// readLua also says whether the module is marked @package.
func readLua(name, src string) (m *decl.Module, inner bool) {
	lines := strings.Split(src, "\n")
	r := &luaReader{module: &decl.Module{Name: name}, classes: map[string]*decl.Class{}, parents: map[string]string{}}
	for _, line := range lines {
		if m := returnLine(line); m != nil {
			r.returned = m[1]
		}
	}
	for _, line := range lines {
		r.line(strings.TrimRight(line, " \r"))
	}
	r.spreadOptions()
	r.module.Classes = slices.DeleteFunc(r.module.Classes, func(c *decl.Class) bool {
		return len(c.Methods) == 0 && len(c.Fields) == 0
	})
	return r.module, r.inner
}

type luaReader struct {
	module   *decl.Module
	inner    bool
	returned string // name of what the module returns
	block    []string
	classes  map[string]*decl.Class // by the table's name
	parents  map[string]string      // of classes, by their names
	begun    bool
}

func (r *luaReader) line(line string) {
	if text, ok := strings.CutPrefix(line, "---"); ok {
		r.block = append(r.block, text)
		return
	}
	if r.block != nil {
		r.documented(parseBlock(r.block), line)
	}
	r.begun, r.block = true, nil
}

// documented takes a block and the line below it.
func (r *luaReader) documented(b block, line string) {
	function := functionLine(line)
	if function == nil {
		function = assignedLine(line)
	}
	switch {
	case b.class != nil:
		r.module.Classes = append(r.module.Classes, b.class)
		r.parents[b.class.Name] = b.parent
		if m := localLine(line); m != nil {
			r.classes[m[1]] = b.class
		}
	case function != nil:
		r.function(b.record, function[1] != "", function[2], function[3], function[4], function[5])
	case !r.begun:
		r.module.Doc, r.inner = b.record.Doc, b.inner
	}
}

// spreadOptions gives each function whose opts are a class of the module that class's fields as options. The class has
// then said what it had to say.
func (r *luaReader) spreadOptions() {
	used := map[string]bool{}
	spread := func(functions []decl.Function) {
		for i, f := range functions {
			record := f.(written).record
			var inherited []string
			record.Params = slices.DeleteFunc(slices.Clone(record.Params), func(p decl.Param) bool {
				if !isOptions(p.Name) || r.declared(p.Type) == nil {
					return false
				}
				for name := p.Type; r.declared(name) != nil && !slices.Contains(inherited, name); name = r.parents[name] {
					inherited = append(inherited, name)
					used[name] = true
					record.Options = append(record.Options, r.declared(name).Fields...)
				}
				return true
			})
			functions[i] = written{record}
		}
	}
	spread(r.module.Funcs)
	if r.module.Call != nil {
		call := []decl.Function{r.module.Call}
		spread(call)
		r.module.Call = call[0]
	}
	for _, c := range r.module.Classes {
		spread(c.Methods)
	}
	r.module.Classes = slices.DeleteFunc(r.module.Classes, func(c *decl.Class) bool { return used[c.Name] })
}

// declared is the class of that name, nil when the module has none.
func (r *luaReader) declared(name string) *decl.Class {
	if at := slices.IndexFunc(r.module.Classes, func(c *decl.Class) bool { return c.Name == name }); at >= 0 {
		return r.module.Classes[at]
	}
	return nil
}

// function adds a documented function to the module or to a class; a local one is the module itself when it is what the
// module returns.
func (r *luaReader) function(record decl.Record, local bool, table, sep, name, args string) {
	addBareParams(&record, args)
	f := written{record}
	f.record.Name = name
	switch {
	case local && name == r.returned:
		f.record.Name = ""
		r.module.Call = f
	case local, table == "", strings.HasPrefix(name, "_"):
	case table == r.returned && sep == ".":
		r.module.Funcs = append(r.module.Funcs, f)
	case sep == ":":
		c := r.class(table)
		c.Methods = append(c.Methods, f)
	}
}

// class is the class of a table; one that no comment declares is called like the table.
func (r *luaReader) class(table string) *decl.Class {
	if c, ok := r.classes[table]; ok {
		return c
	}
	c := &decl.Class{Name: r.module.Name + "." + table}
	r.classes[table] = c
	r.module.Classes = append(r.module.Classes, c)
	return c
}

// addBareParams adds parameters that no comment describes.
func addBareParams(r *decl.Record, args string) {
	for _, name := range strings.FieldsFunc(args, func(c rune) bool { return c == ',' || c == ' ' }) {
		known := slices.ContainsFunc(r.Params, func(p decl.Param) bool { return p.Name == name || name == "..." && p.Variadic })
		switch {
		case known, len(r.Options) > 0 && isOptions(name):
		case name == "...":
			r.Params = append(r.Params, decl.Param{Name: "more", Type: "any", Variadic: true, Optional: true})
		default:
			r.Params = append(r.Params, decl.Param{Name: name, Type: "any", Optional: true})
		}
	}
}

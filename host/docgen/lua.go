package docgen

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// ReadFS reads the comments of every Lua module in a tree: a/b.lua is module a.b.
func ReadFS(tree fs.FS) ([]*decl.Module, error) {
	var modules []*decl.Module
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".lua" {
			return err
		}
		src, err := fs.ReadFile(tree, name)
		if err == nil {
			modules = append(modules, ReadLua(strings.ReplaceAll(strings.TrimSuffix(name, ".lua"), "/", "."), string(src)))
		}
		return err
	})
	return modules, err
}

// written is a function of a Lua module: a record without Go code.
type written struct{ record decl.Record }

func (w written) Record() *decl.Record       { r := w.record; return &r }
func (w written) Bind(string) lua.LGFunction { return nil }

var (
	functionLine = regexp.MustCompile(`^(local )?function\s+([\w.]*?)([.:]?)(\w+)\s*\(([^)]*)`)
	assignedLine = regexp.MustCompile(`^()([\w.]*?)([.])(\w+)\s*=\s*function\s*\(([^)]*)`)
	returnLine   = regexp.MustCompile(`^return (\w+)`)
)

// ReadLua reads a Lua module's LuaLS comments: the first block is the module's own, a block above a function is that
// function's. Functions of the returned table are the module's; methods of other tables make classes.
func ReadLua(name, src string) *decl.Module {
	r := &luaReader{module: &decl.Module{Name: name}, classes: map[string]*decl.Class{}}
	r.returned = lastReturn(src)
	for _, line := range strings.Split(src, "\n") {
		r.line(strings.TrimRight(line, " \r"))
	}
	return r.module
}

func lastReturn(src string) string {
	name := ""
	for _, line := range strings.Split(src, "\n") {
		if m := returnLine.FindStringSubmatch(line); m != nil {
			name = m[1]
		}
	}
	return name
}

type luaReader struct {
	module   *decl.Module
	returned string // name of the table that the module returns
	block    []string
	classes  map[string]*decl.Class
	begun    bool
}

func (r *luaReader) line(line string) {
	if text, ok := strings.CutPrefix(line, "---"); ok {
		r.block = append(r.block, text)
		return
	}
	if !r.begun {
		r.begun = true
		if m := functionLine.FindStringSubmatch(line); m == nil {
			r.module.Doc = parseBlock(r.block).Doc
			r.block = nil
			return
		}
	}
	if m := functionLine.FindStringSubmatch(line); m != nil {
		r.function(m[1] != "", m[2], m[3], m[4], m[5])
	} else if m := assignedLine.FindStringSubmatch(line); m != nil {
		r.function(false, m[2], m[3], m[4], m[5])
	}
	r.block = nil
}

// function adds a documented function to the module or to a class.
func (r *luaReader) function(local bool, table, sep, name, args string) {
	if local || table == "" || strings.HasPrefix(name, "_") || r.block == nil {
		return
	}
	record := parseBlock(r.block)
	record.Name = name
	if len(record.Params) == 0 && len(record.Options) == 0 {
		record.Params = bareParams(args)
	}
	switch {
	case table == r.returned && sep == ".":
		r.module.Funcs = append(r.module.Funcs, written{record})
	default:
		c := r.class(table)
		c.Methods = append(c.Methods, written{record})
	}
}

func (r *luaReader) class(name string) *decl.Class {
	if c, ok := r.classes[name]; ok {
		return c
	}
	c := &decl.Class{Name: strings.ToLower(name)}
	r.classes[name] = c
	r.module.Classes = append(r.module.Classes, c)
	return c
}

// bareParams are parameters that no comment describes.
func bareParams(args string) []decl.Param {
	var params []decl.Param
	for _, a := range strings.Split(args, ",") {
		if a = strings.TrimSpace(a); a != "" {
			params = append(params, decl.Param{Name: a, Type: "any"})
		}
	}
	return params
}

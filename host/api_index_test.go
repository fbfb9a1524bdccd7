package host_test

import (
	"go/ast"
	"go/parser"
	"go/printer"
	source "go/token"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// An apiIndex finds what packages export and what that is made of, by their source, whatever the system: a declaration
// for several systems stands once.
type apiIndex struct {
	t        *testing.T
	packages map[string]map[string]*declared // by path and name
	lines    map[string]bool                 // of what was visited
}

// declared is an exported name of a package.
type declared struct {
	lines   []string // the name, its fields, methods and constants
	needs   []symbol // that those are made of
	visited bool
}

// symbol is a name of a package.
type symbol struct{ path, name string }

// visit adds the lines of a name, and of all that it needs. It says whether there is such a name.
func (x *apiIndex) visit(n symbol) bool {
	d := x.load(n.path)[n.name]
	if d == nil || d.visited {
		return d != nil
	}
	d.visited = true
	for _, l := range d.lines {
		x.lines[strings.TrimPrefix(n.path, "moonwire/")+": "+l] = true
	}
	for _, need := range d.needs {
		x.visit(need)
	}
	return true
}

// load reads a package below host. Of others, and of those in a folder internal, nothing is told.
func (x *apiIndex) load(pkg string) map[string]*declared {
	if found, ok := x.packages[pkg]; ok {
		return found
	}
	all := map[string]*declared{}
	x.packages[pkg] = all
	rest, ours := strings.CutPrefix(pkg, "moonwire/host")
	if !ours || strings.Contains(pkg, "/internal/") {
		return all
	}
	files, err := filepath.Glob(filepath.Join("."+rest, "*.go"))
	if err != nil {
		x.t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := source.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			x.t.Fatal(err)
		}
		if ast.FileExports(file) {
			(&reader{fset, pkg, imports(file), all}).file(file)
		}
	}
	return all
}

// imports are the paths of a file's imports, by the names that they have in it.
func imports(file *ast.File) map[string]string {
	paths := map[string]string{}
	for _, i := range file.Imports {
		p, _ := strconv.Unquote(i.Path.Value)
		if i.Name != nil {
			paths[i.Name.Name] = p
		} else {
			paths[path.Base(p)] = p
		}
	}
	return paths
}

// A reader adds a file's declarations to those of its package.
type reader struct {
	fset    *source.FileSet
	pkg     string
	imports map[string]string
	all     map[string]*declared
}

func (r *reader) file(file *ast.File) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			d.Body = nil
			name := d.Name.Name
			if d.Recv != nil {
				name = receiver(d.Recv.List[0].Type)
			}
			r.add(name, r.text(d), d.Type)
		case *ast.GenDecl:
			r.general(d)
		}
	}
}

// general adds types, constants and variables. A constant belongs to its type, which those that follow it may share.
func (r *reader) general(d *ast.GenDecl) {
	var last ast.Expr
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			r.members(s)
		case *ast.ValueSpec:
			if s.Type != nil || len(s.Values) > 0 {
				last = s.Type
			}
			for _, n := range s.Names {
				line := d.Tok.String() + " " + n.Name
				r.add(n.Name, line, s.Type)
				if t, ok := last.(*ast.Ident); ok && t.IsExported() {
					r.add(t.Name, line, nil)
				}
			}
		}
	}
}

// members adds a type, and each of its fields or methods.
func (r *reader) members(s *ast.TypeSpec) {
	name := s.Name.Name
	var fields *ast.FieldList
	switch t := s.Type.(type) {
	case *ast.StructType:
		fields = t.Fields
		r.add(name, "type "+name+" struct", s.TypeParams)
	case *ast.InterfaceType:
		fields = t.Methods
		r.add(name, "type "+name+" interface", s.TypeParams)
	default:
		r.add(name, "type "+r.text(s), s.Type)
		return
	}
	for _, f := range fields.List {
		text := r.text(f.Type)
		for _, n := range f.Names {
			r.add(name, name+"."+n.Name+" "+text, f.Type)
		}
		if len(f.Names) == 0 {
			r.add(name, name+" embeds "+text, f.Type)
		}
	}
}

// add adds a line to a name, and what the line is made of.
func (r *reader) add(name, line string, of ast.Node) {
	if !ast.IsExported(name) {
		return
	}
	d := r.all[name]
	if d == nil {
		d = &declared{}
		r.all[name] = d
	}
	d.lines = append(d.lines, line)
	if isNil(of) {
		return
	}
	ast.Inspect(of, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				d.needs = append(d.needs, symbol{r.imports[x.Name], n.Sel.Name})
			}
			return false
		case *ast.Ident:
			d.needs = append(d.needs, symbol{r.pkg, n.Name})
		}
		return true
	})
}

func isNil(n ast.Node) bool {
	list, isList := n.(*ast.FieldList)
	return n == nil || isList && list == nil
}

// text is a node as source, on one line.
func (r *reader) text(n any) string {
	var b strings.Builder
	_ = printer.Fprint(&b, r.fset, n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// receiver is the name of a method's type.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

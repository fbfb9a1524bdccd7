package host_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/printer"
	source "go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// apiPackages are those that an embedder meets, and their folders.
var apiPackages = map[string]string{"host": ".", "host/decl": "decl", "host/network": "network", "host/permit": "permit", "host/vm": "vm"}

const apiFile = "testdata/api.txt"

var updateAPI = flag.Bool("update-api", false, "write "+apiFile+" anew")

// TestAPI holds what the embedding packages export to a list, so that no change of it is an accident.
func TestAPI(t *testing.T) {
	var lines []string
	for name, dir := range apiPackages {
		for _, line := range exported(t, dir) {
			lines = append(lines, name+": "+line)
		}
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	if *updateAPI {
		if err := os.WriteFile(apiFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(apiFile)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	var changes []string
	for _, l := range want {
		if !slices.Contains(lines, l) {
			changes = append(changes, "- "+l)
		}
	}
	for _, l := range lines {
		if !slices.Contains(want, l) {
			changes = append(changes, "+ "+l)
		}
	}
	if len(changes) > 0 {
		t.Errorf("the API for embedders changes:\n%s\nif that is meant: go test ./host -run TestAPI -update-api, and add a line to CHANGELOG.md", strings.Join(changes, "\n"))
	}
}

// exported lists a package's exported functions, types with their fields and methods, constants and variables, whatever
// the system. It reads the source, so it knows no build tags: a declaration for several systems stands once.
func exported(t *testing.T, dir string) []string {
	t.Helper()
	fset := source.NewFileSet()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		if !ast.FileExports(file) {
			continue
		}
		for _, d := range file.Decls {
			for _, text := range declared(fset, d) {
				found[text] = true
			}
		}
	}
	var list []string
	for text := range found {
		list = append(list, text)
	}
	return list
}

// declared is a declaration as lines: one for each function, type, field, method of an interface, constant or variable.
func declared(fset *source.FileSet, d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil && !ast.IsExported(receiver(d.Recv.List[0].Type)) {
			return nil
		}
		d.Body = nil
		return []string{oneLine(fset, d)}
	case *ast.GenDecl:
		var lines []string
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				lines = append(lines, members(fset, s)...)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					lines = append(lines, d.Tok.String()+" "+n.Name)
				}
			}
		}
		return lines
	}
	return nil
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

// members is a type: its name, and each of its fields or methods.
func members(fset *source.FileSet, s *ast.TypeSpec) []string {
	var fields *ast.FieldList
	kind := ""
	switch t := s.Type.(type) {
	case *ast.StructType:
		fields, kind = t.Fields, "struct"
	case *ast.InterfaceType:
		fields, kind = t.Methods, "interface"
	default:
		return []string{"type " + oneLine(fset, s)}
	}
	lines := []string{"type " + s.Name.Name + " " + kind}
	for _, f := range fields.List {
		text := oneLine(fset, f.Type)
		for _, n := range f.Names {
			lines = append(lines, s.Name.Name+"."+n.Name+" "+text)
		}
		if len(f.Names) == 0 {
			lines = append(lines, s.Name.Name+" embeds "+text)
		}
	}
	return lines
}

// oneLine is a node as source, on one line.
func oneLine(fset *source.FileSet, node any) string {
	var b strings.Builder
	_ = printer.Fprint(&b, fset, node)
	return strings.Join(strings.Fields(b.String()), " ")
}

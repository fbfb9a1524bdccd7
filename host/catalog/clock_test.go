package catalog_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ofTheSystem are functions that live by the machine's time or the system's chance, or that tell the end of a context on a
// goroutine. What scripts see follows the network's clock and the run's chance: network has Clock, WithCancel, OnEnd, Rand.
var ofTheSystem = map[string][]string{
	"time":    {"Now", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick", "Since", "Until"},
	"context": {"WithTimeout", "WithDeadline", "AfterFunc"},
	"rand":    {"Int", "IntN", "Int64", "Uint32", "Uint64", "Uint64N", "Float64", "Read", "Perm", "Shuffle"},
	"net":     {"Dial", "DialTimeout", "Listen", "ListenPacket", "LookupHost", "LookupAddr"},
}

// mayBeReal are the files that have to do with what is real, and why.
var mayBeReal = map[string]string{
	"bindings/link/link.go":     "packets that are about to leave a real interface",
	"bindings/link/outbox.go":   "groups packets for a real interface's system calls",
	"bindings/pcap/reader.go":   "a pipe from another process",
	"host/lab/bridge":           "joins real interfaces",
	"host/lab/capture/file.go":  "a file's writer, which may wait for a pipe",
	"host/lab/share":            "serves other processes",
	"host/lab/wire/luck.go":     "without a seed",
	"host/lab/wire/realtime.go": "the engine of labs in real time",
}

// TestNoRealTime holds that bindings and labs ask the network for time and chance.
func TestNoRealTime(t *testing.T) {
	t.Parallel()
	for _, top := range []string{"bindings", "host/lab"} {
		err := filepath.WalkDir(filepath.Join("..", "..", top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			name := strings.TrimPrefix(filepath.ToSlash(path), "../../")
			if excused(name) {
				return nil
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if pkg, ok := s.X.(*ast.Ident); ok && pkg.Obj == nil && slices.Contains(ofTheSystem[pkg.Name], s.Sel.Name) {
					t.Errorf("%s:%d: %s.%s is the system's: ask package network", name, set.Position(s.Pos()).Line, pkg.Name, s.Sel.Name)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func excused(name string) bool {
	for place := range mayBeReal {
		if below(name, place) {
			return true
		}
	}
	return false
}

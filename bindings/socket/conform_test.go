package socket_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"moonwire/bindings/socket"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/vm"
)

// TestConform compares what the files of testdata/conform print with what LuaSocket printed: NAME.golden, which the
// interop suite keeps true. Where a line is wanted to differ, NAME.differs has moonwire's.
func TestConform(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the C library's texts and defaults are Linux's")
	}
	for _, name := range conformFiles(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden, err := os.ReadFile(filepath.Join("testdata", "conform", name+".golden"))
			if err != nil {
				t.Fatal(err)
			}
			compare(t, runConform(t, name), string(golden), wanted(t, name))
		})
	}
}

func conformFiles(t *testing.T) (names []string) {
	files, err := filepath.Glob("testdata/conform/*.lua")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".lua"); name != "lib" {
			names = append(names, name)
		}
	}
	return names
}

func runConform(t *testing.T, name string) string {
	dir := filepath.Join("testdata", "conform")
	source, err := os.ReadFile(filepath.Join(dir, name+".lua"))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	rt, err := vm.New(vm.Options{Modules: []*decl.Module{socket.Module(), socket.UnixModule()}, Dir: dir,
		Files: network.OSFiles(), Stdout: &out, Limits: vm.Limits{Timeout: timeout}})
	if err != nil {
		t.Fatal(err)
	}
	defer rt.Close()
	err = rt.Run(context.Background(), name+".lua", string(source))
	var failure *vm.Error
	switch {
	case errors.As(err, &failure):
		t.Fatal(failure.Report())
	case err != nil:
		t.Fatal(err)
	}
	return masked(out.String())
}

var address = regexp.MustCompile(`0x[0-9a-f]+`)

// masked hides what no two runs share.
func masked(out string) string { return address.ReplaceAllString(out, "ADDR") }

// compare reports the lines that differ and aren't wanted to.
func compare(t *testing.T, got, want string, differs map[string]string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	if len(g) != len(w) {
		t.Errorf("%d lines, LuaSocket printed %d", len(g), len(w))
	}
	section := ""
	for i := range min(len(g), len(w)) {
		if s, ok := strings.CutPrefix(w[i], "== "); ok {
			section = s
		}
		if mine, ok := differs[section+": "+w[i]]; ok && mine == g[i] {
			continue
		}
		if g[i] != w[i] {
			t.Errorf("%s\n\tmoonwire:  %s\n\tLuaSocket: %s", section, g[i], w[i])
		}
	}
}

// wanted reads NAME.differs: a reason, the section with LuaSocket's line, and moonwire's line.
func wanted(t *testing.T, name string) map[string]string {
	b, err := os.ReadFile(filepath.Join("testdata", "conform", name+".differs"))
	if err != nil {
		return nil
	}
	out := map[string]string{}
	for entry := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n\n") {
		lines := strings.Split(entry, "\n")
		if len(lines) != 3 || !strings.HasPrefix(lines[0], "# ") {
			t.Fatalf("%s.differs: an entry is three lines, the first a reason:\n%s", name, entry)
		}
		out[lines[1]] = lines[2]
	}
	return out
}

package host_test

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	_ "embed"

	"moonwire/host"
	"moonwire/host/catalog"
	"moonwire/host/decl"
	"moonwire/host/permit"
	"moonwire/host/vm"
)

//go:embed testdata/wild.lua
var wild string

// internals are what no message of ours may show: Go's words, types, addresses and files.
var internals = regexp.MustCompile(`\.go:\d|goroutine |runtime error|interface conversion|interface \{\}|reflect[.:]|invalid memory|[^:] 0xc0[0-9a-f]{6}|nil pointer|moonwire is at fault|%!|\*lua\.|\*decl\.|<nil>|&\{|unsupported type|\(no message\)|strconv\.|syscall\.|\bos: |\bdial (tcp|udp|unix)|\b(read|write|listen|accept) (tcp|udp|ip|unix)[46]?(gram)? |->|\bio: |\bjson: |\bnetip\.|\bParse[A-Z]\w*\(|\*[a-z]+\.[A-Z]|\bmap\[|\[\]byte|struct \{|\bfunc\(`)

// ends are functions that end the script, which is what they are for.
var ends = map[string]bool{"script.fail": true, "script.nothing_found": true}

// TestWildArguments calls all functions with arguments that nobody expects: what they refuse they refuse in words about Lua
// and the network, and nothing ends the process or hangs.
func TestWildArguments(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	t.Parallel()
	for _, m := range append(vm.Modules(), catalog.Modules()...) {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			out := playWild(t, m)
			if !strings.Contains(out, "\t") {
				t.Errorf("nothing was refused:\n%s", out)
			}
			for line := range strings.Lines(out) {
				if internals.MatchString(line) {
					t.Error(strings.TrimSpace(line))
				}
			}
		})
	}
}

// playWild calls a module's functions in a lab, with a folder for files, and returns what they said.
func playWild(t *testing.T, m *decl.Module) string {
	t.Helper()
	var out, called bytes.Buffer
	err := host.New(host.Options{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &called, Lab: host.Lab{Name: "pair"}, Simulated: true, Seed: 1,
		Args:        append([]string{m.Name, "1"}, calls(m)...),
		Permissions: &permit.Policy{},
		Limits:      vm.Limits{Timeout: 5 * time.Minute, Memory: 2 << 30},
	}).Run(context.Background(), host.Code("wild.lua", wild))
	if err != nil {
		lines := strings.Split(strings.TrimSpace(called.String()), "\n")
		t.Errorf("%s: it ended with %v", lines[len(lines)-1], err)
	}
	return out.String()
}

// calls are the names of a module's functions and methods.
func calls(m *decl.Module) []string {
	var names []string
	seen := map[string]bool{}
	add := func(f decl.Function) {
		if n := f.Record().Name; !ends[m.Name+"."+n] && !seen[n] {
			seen[n] = true
			names = append(names, n)
		}
	}
	for _, f := range m.Functions() {
		add(f)
	}
	for _, c := range m.Classes {
		for _, f := range c.Methods {
			add(f)
		}
	}
	return names
}

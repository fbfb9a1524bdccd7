// Package hosttest runs Lua in Go tests: files of chunks, and the examples of records.
//
// A file holds chunks parted by lines of three dashes. Each chunk is a test of its own in a fresh runtime; its first
// comment names it. A chunk passes when it ends without an error. A line that must fail says so in a comment at its
// end, and the chunk's uncaught error must then name that line and hold that text:
//
//	string.rep()  --> error: bad argument #1 to 'rep'
//
// A line with "--> VALUES" is an expression whose values, joined by ", ", must print so; VALUES may be Lua too ("a\n", nil).
package hosttest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/vm"
)

// Timeout ends a chunk that hangs.
const Timeout = 10 * time.Minute

// RunFile runs every chunk of a Lua file as a subtest. The modules, those of stdlib and the runtime's own can be
// required; each module is also a global of its name.
func RunFile(t *testing.T, file string, modules ...*decl.Module) {
	t.Helper()
	RunFileIn(t, nil, file, modules...)
}

// RunFileIn is RunFile in another network than this machine's. The chunks share it, so they run one after the other.
func RunFileIn(t *testing.T, n network.Network, file string, modules ...*decl.Module) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	line := 1
	for _, source := range strings.Split(string(b), "\n---\n") {
		c := chunk{file: file, line: line, source: source}
		line += strings.Count(source, "\n") + 2
		t.Run(c.name(), func(t *testing.T) {
			if n == nil {
				t.Parallel()
			}
			c.run(t, n, modules)
		})
	}
}

// Run runs source as one chunk and returns what it printed.
func Run(t testing.TB, source string, modules ...*decl.Module) string {
	t.Helper()
	return RunIn(t, nil, source, modules...)
}

// RunIn is Run in another network than this machine's.
func RunIn(t testing.TB, n network.Network, source string, modules ...*decl.Module) string {
	t.Helper()
	out, err := exec(n, "test", source, modules)
	if err != nil {
		t.Fatal(report(err))
	}
	return out
}

// chunk is one test of a file.
type chunk struct {
	file   string
	line   int // of the file where it begins
	source string
}

// name is the chunk's first comment, or where it begins.
func (c chunk) name() string {
	for line := range strings.Lines(c.source) {
		if s, ok := strings.CutPrefix(strings.TrimSpace(line), "--"); ok {
			return strings.TrimSpace(s)
		}
		if strings.TrimSpace(line) != "" {
			break
		}
	}
	return fmt.Sprintf("line %d", c.line)
}

var (
	wantExit   = regexp.MustCompile(`^(.*?)\s*--> exit (\d+)$`)
	wantError  = regexp.MustCompile(`^(.*?)\s*--> error: (.*)$`)
	wantValues = regexp.MustCompile(`^(.*?)\s*-->\s?(.*)$`)
)

func (c chunk) run(t *testing.T, n network.Network, modules []*decl.Module) {
	// The chunk keeps its line numbers: what stands before it in the file is blank.
	source := strings.Repeat("\n", c.line-1)
	var errorLine int
	var errorText, exit string
	for i, line := range strings.Split(c.source, "\n") {
		if m := wantExit.FindStringSubmatch(line); m != nil {
			exit, line = "exit status "+m[2], m[1]
		} else if m := wantError.FindStringSubmatch(line); m != nil {
			errorLine, errorText, line = c.line+i, m[2], m[1]
		} else if m := wantValues.FindStringSubmatch(line); m != nil {
			line = fmt.Sprintf("__expect(%q, %s)", m[2], m[1])
		}
		source += line + "\n"
	}
	_, err := exec(n, c.file, source, modules)
	var ended *vm.Exit
	switch {
	case exit != "" && !(errors.As(err, &ended) && ended.Error() == exit):
		t.Fatalf("%s: want %s, got %v", c.file, exit, err)
	case exit != "":
	case errorText == "" && err != nil:
		t.Fatal(report(err))
	case errorText == "":
	case err == nil:
		t.Fatalf("%s:%d: no error; want %q", c.file, errorLine, errorText)
	case !strings.Contains(err.Error(), errorText):
		t.Fatalf("%s:%d: got error\n\t%v\nwant\n\t%s", c.file, errorLine, err, errorText)
	case !strings.Contains(report(err), fmt.Sprintf("%s:%d:", c.file, errorLine)):
		t.Fatalf("the error names another line than %d:\n%s", errorLine, report(err))
	}
}

// Examples runs the examples of a module's records, which may use other modules, too.
func Examples(t *testing.T, m *decl.Module, others ...*decl.Module) {
	t.Helper()
	Recorded(t, m, append(others, m)...)
}

// Recorded runs the examples that a module is recorded with: every line "EXPR --> VALUES" of them; the other lines before it are
// statements that prepare it. The modules are those that examples may require, beside stdlib's.
func Recorded(t *testing.T, m *decl.Module, modules ...*decl.Module) {
	t.Helper()
	examples(m, func(name string, r *decl.Record) {
		t.Run(name, func(t *testing.T) {
			if r.NoRun != "" {
				t.Skip(r.NoRun)
			}
			if r.Lab != "" && !slices.ContainsFunc(modules, func(m *decl.Module) bool { return m.Name == "lab" }) {
				t.Skip("module lab is not among those of this test")
			}
			var n network.Network
			if r.Lab != "" { // where time is simulated, so that a busy machine changes nothing
				clock := simtime.New(simtime.Epoch)
				defer clock.Close()
				n = network.Virtual(network.Kernel(), clock)
			}
			chunk{file: m.Name + "." + r.Name, line: 1, source: staged(m, r)}.run(t, n, modules)
		})
	})
}

// Privileged runs the examples that Recorded doesn't, where the test has what they need: in namespaces.
func Privileged(t *testing.T, m *decl.Module, modules ...*decl.Module) {
	t.Helper()
	examples(m, func(name string, r *decl.Record) {
		if r.NoRun != "" {
			t.Run(name, func(t *testing.T) {
				chunk{file: m.Name + "." + r.Name, line: 1, source: staged(m, r)}.run(t, nil, modules)
			})
		}
	})
}

// examples calls f for each record with an example.
func examples(m *decl.Module, f func(name string, r *decl.Record)) {
	records := func(owner string, list []decl.Function) {
		for _, function := range list {
			if r := function.Record(); r.Example != "" {
				f(owner+"."+r.Name, r)
			}
		}
	}
	if m.Call != nil {
		records(m.Name, []decl.Function{m.Call})
	}
	records(m.Name, m.Functions())
	for _, c := range m.Classes {
		records(c.Name, c.Methods)
	}
}

// staged is an example where it takes place: its module is a local, and its lab is open: net.
func staged(m *decl.Module, r *decl.Record) string {
	source := fmt.Sprintf("local %s = require %q\n", m.Name[strings.LastIndex(m.Name, ".")+1:], m.Name)
	if r.Lab == "" {
		return source + r.Example
	}
	lab, host, _ := strings.Cut(r.Lab, " on ")
	return fmt.Sprintf("local net = assert(require \"lab\".open(%q)) net.%s:run(function() %s%s\nend)", lab, host, source, r.Example)
}

// prelude makes each module a global and defines __expect.
func prelude(modules []*decl.Module) string {
	var b strings.Builder
	for _, m := range append(vm.Modules(), modules...) {
		if !strings.Contains(m.Name, ".") {
			fmt.Fprintf(&b, "%s = require %q ", m.Name, m.Name)
		}
	}
	b.WriteString(`function __join(...)
	local t = {}
	for i = 1, select("#", ...) do t[i] = tostring((select(i, ...))) end
	return table.concat(t, ", ")
end
function __expect(want, ...)
	local got = __join(...)
	if got == want then return end
	local values = loadstring("return " .. want)
	local known = {__index = function(_, name)
		if _G[name] == nil then error("no such global") end
		return _G[name]
	end}
	local ok, meant = pcall(function() return __join(setfenv(values, setmetatable({}, known))()) end)
	if not ok or got ~= meant then error("got " .. got .. ", want " .. want, 2) end
end`)
	return b.String()
}

// exec runs a chunk in a network; nil is this machine's.
func exec(n network.Network, name, source string, modules []*decl.Module) (string, error) {
	var out bytes.Buffer
	rt, err := vm.New(vm.Options{
		Modules: modules,
		Network: n,
		Files:   network.OSFiles(),
		Lib:     library{},
		Stdin:   strings.NewReader(""),
		Stdout:  &out,
		Stderr:  &out,
		Limits:  vm.Limits{Timeout: Timeout},
		Script:  vm.Script{Name: exampleName, Data: beside},
	})
	if err != nil {
		return "", err
	}
	if err := rt.Eval(context.Background(), "prelude", prelude(modules), nil); err != nil {
		return "", err
	}
	err = rt.Run(context.Background(), name, source)
	return out.String(), err
}

func report(err error) string {
	var e *vm.Error
	if errors.As(err, &e) {
		return e.Report()
	}
	return err.Error()
}

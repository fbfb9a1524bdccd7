package host_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"moonwire/host"
	"moonwire/host/decl"
	"moonwire/host/vm"

	lua "github.com/yuin/gopher-lua"
)

// A bad is a handle of the faulty module.
type bad struct{ open *int }

func (b *bad) Close() error   { *b.open--; return nil }
func (b *bad) String() string { return "faulty.handle" }

type badArgs struct {
	Self *bad `lua:"self"`
}

type noArgs struct{}

// faulty is an embedder's module that panics in every way that Go knows, wherever it is called. open counts the handles that
// are open.
func faulty(open *int) *decl.Module {
	var none map[string]int
	var nobody *bad
	ways := map[string]func(){
		"map":       func() { none["x"] = 1 },
		"index":     func() { _ = make([]int, len(none))[len(none)] },
		"pointer":   func() { nobody.open = nil },
		"text":      func() { panic("reflect: call of reflect.Value.Interface on zero Value") },
		"error":     func() { panic(errors.New("runtime error: made up")) },
		"value":     func() { panic(badArgs{}) },
		"assertion": func() { _ = any(none).(error) },
		"divide":    func() { _ = 1 / len(none) },
		"channel":   func() { c := make(chan int); close(c); close(c) },
		"slice":     func() { _ = make([]int, len(none)-1) },
		"kind":      func() { reflect.ValueOf(1).Elem() },
	}
	m := &decl.Module{Name: "faulty"}
	for name, panics := range ways {
		m.Funcs = append(m.Funcs,
			decl.Raw{Name: name, Why: "a test", Run: func(*lua.LState) int { panics(); return 0 }},
			decl.Raw{Name: name + "_waiting", Why: "a test", Run: func(L *lua.LState) int {
				_ = decl.HostOf(L).Block(L, func(context.Context) error { panics(); return nil })
				return 0
			}},
			decl.Fn[noArgs, int]{Name: name + "_checked", Run: func(context.Context, noArgs) (int, error) { panics(); return 1, nil }})
	}
	m.Funcs = append(m.Funcs,
		decl.Raw{Name: "call", Why: "a test", Run: func(L *lua.LState) int { // an event's handler, say
			L.Push(L.Get(1))
			L.Call(0, 0)
			return 0
		}},
		decl.Raw{Name: "each", Why: "a test", Run: func(L *lua.LState) int {
			L.Push(L.NewFunction(func(*lua.LState) int { none["x"] = 1; return 0 }))
			return 1
		}},
		decl.Fn[noArgs, *bad]{Name: "open", Run: func(context.Context, noArgs) (*bad, error) { *open++; return &bad{open}, nil }})
	m.Classes = []*decl.Class{{Name: "faulty.handle", Type: reflect.TypeFor[*bad](),
		Index:   func(*lua.LState, any, string) (lua.LValue, bool) { return lua.LNil, false },
		Methods: []decl.Function{decl.Fn[badArgs, int]{Name: "ask", Run: func(context.Context, badArgs) (int, error) { none["x"] = 1; return 0, nil }}},
		Meta:    map[string]lua.LGFunction{"__tostring": func(*lua.LState) int { panic("no name") }}}}
	return m
}

// inside is what no message shows: Go's words, its files and its addresses.
var inside = regexp.MustCompile(`runtime|reflect|goroutine|\.go\b|nil map|nil pointer|out of range|interface conversion|0x[0-9a-f]{6}|badArgs|lua\.LState`)

// places are where a script's call of f, which is faulty.F, may panic.
var places = map[string]string{
	"main task":      `f()`,
	"pcall":          `local ok, e = pcall(f) error(e, 0)`,
	"xpcall":         `local ok, e = xpcall(f, debug.traceback) error(e, 0)`,
	"spawned":        `task.spawn(f) task.sleep(3600)`,
	"joined":         `task.spawn(f):join()`,
	"group":          `task.group(function() task.spawn(f) task.sleep(3600) end)`,
	"all":            `task.all{f, function() task.sleep(3600) end}`,
	"race":           `task.race{f, function() task.sleep(3600) end}`,
	"timeout":        `task.timeout(3600, f)`,
	"daemon":         `task.daemon(f) task.sleep(3600)`,
	"coroutine":      `coroutine.wrap(f)()`,
	"resumed":        `local ok, e = coroutine.resume(coroutine.create(f)) error(e, 0)`,
	"iterator":       `for x in f do end`,
	"sort":           `table.sort({1, 2, 3}, f)`,
	"gsub":           `; ("x"):gsub("x", f)`,
	"metamethod":     `local _ = setmetatable({}, {__index = function() return f() end}).x`,
	"tostring":       `tostring(setmetatable({}, {__tostring = f}))`,
	"handler":        `faulty.call(f)`,
	"loader":         `package.preload.more = f require "more"`,
	"load":           `assert(load(f))()`,
	"deferred":       `task.defer(f)`,
	"stopped":        `task.defer(f) task.spawn(function() error("first") end) task.sleep(3600)`,
	"worker":         `local w = assert(task.worker("work", F)) w:recv() w:join()`,
	"a worker alone": `assert(task.worker("work", F)) task.sleep(3600)`,
	"a lab's host":   `lab{"h1 -- h2"}.h1:run(f)`,
	"a responder": `local net = lab{"h1 -- h2"}
		task.daemon(function() net.h2:run(function() assert(link.open("eth0")):respond("icmp or udp", f) end) end)
		net.h1:run(function() while true do dgram.udp():send("x", net.h2.address .. ":9") task.sleep(0.01) end end)`,
}

// TestFaults: a panic in a Go function reaches the script's user as an error that names the module, wherever it was called,
// and the run ends as after any other error: handles are closed.
func TestFaults(t *testing.T) {
	t.Parallel()
	for place, body := range places {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			for _, f := range []string{"map", "map_waiting", "map_checked"} {
				failsWith(t, f, body)
			}
		})
	}
}

// TestFaultsOfEveryWay does the same for each way to panic.
func TestFaultsOfEveryWay(t *testing.T) {
	t.Parallel()
	for _, f := range faulty(new(int)).Funcs {
		name := f.Record().Name
		switch name {
		case "call", "each", "open":
		default:
			failsWith(t, name, "f()")
		}
	}
}

// TestFaultsOfValues: so do those of methods, metamethods and iterators of a module's own.
func TestFaultsOfValues(t *testing.T) {
	t.Parallel()
	for body, name := range map[string]string{
		`faulty.open():ask()`:               "faulty.handle:ask",
		`print(faulty.open())`:              "faulty.handle:__tostring'",
		`for x in faulty.each() do end`:     "host_test'", // the package's name: a function that a function made
		`local next = faulty.each() next()`: "host_test'",
	} {
		fails(t, name, body)
	}
}

// failsWith runs a place's body with f a function of the module.
func failsWith(t *testing.T, f, body string) {
	t.Helper()
	fails(t, "faulty."+f, fmt.Sprintf("local F, f = %q, faulty.%s ", f, f)+body)
}

// fails looks how a script ends that a panic ends; name is whose fault it is.
func fails(t *testing.T, name, body string) {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "work.lua"), []byte(`local port, f = ... port:send(1) require "faulty"[f]()`), 0o644))
	open := 0
	var out bytes.Buffer
	h := host.New(host.Options{Modules: []*decl.Module{faulty(&open)}, Stdout: &out, Stderr: &out,
		Limits: vm.Limits{Timeout: time.Minute, Instructions: 1e8}})
	err := h.Run(context.Background(), host.Script{Name: "main.lua", Dir: dir, Source: `local task, faulty, lab, link, dgram = require "task", require "faulty", require "lab", require "link", require "dgram"
		handle = faulty.open() task.defer(function() print "cleaned" end) ` + body})
	var raised *vm.Error
	if !errors.As(err, &raised) {
		t.Errorf("%s: it ended with %v", body, err)
		return
	}
	story := raised.Report() + out.String()
	if !strings.Contains(story, "at fault in '"+name) {
		t.Errorf("%s: the error doesn't name %s:\n%s", body, name, story)
	}
	if shown := inside.FindString(story); shown != "" {
		t.Errorf("%s: it shows %q:\n%s", body, shown, story)
	}
	if !strings.Contains(out.String(), "cleaned\n") || open != 0 {
		t.Errorf("%s: cleanups: %q; %d handles are open", body, out.String(), open)
	}
}

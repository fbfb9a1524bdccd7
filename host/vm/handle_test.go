package vm

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// door is a handle that notes its end.
type door struct {
	name   string
	closed *[]string
}

func (d *door) Close() error {
	*d.closed = append(*d.closed, d.name)
	return nil
}

func (d *door) String() string { return "door " + d.name }

// doors is a module that opens handles.
func doors(closed *[]string) *decl.Module {
	return &decl.Module{
		Name: "doors",
		Funcs: []decl.Function{decl.Raw{Name: "open", Run: func(L *lua.LState) int {
			d := &door{L.CheckString(1), closed}
			decl.HostOf(L).Own(L, d)
			L.Push(decl.NewUserData(L, d))
			return 1
		}}},
		Classes: []*decl.Class{{Name: "door", Type: reflect.TypeFor[*door](), Methods: []decl.Function{
			decl.Raw{Name: "close", Run: func(L *lua.LState) int {
				d := L.CheckUserData(1).Value.(*door)
				decl.HostOf(L).Disown(d)
				d.Close()
				return 0
			}},
		}}},
	}
}

// open runs a chunk and returns what it printed, which doors were closed, and which it left open.
func open(t *testing.T, source string) (out string, closed, leaks []string) {
	t.Helper()
	out, err := run(t, `local task, doors = require "task", require "doors" `+source, func(o *Options) {
		o.Modules = []*decl.Module{doors(&closed)}
		o.OnLeak = func(l Leak) { leaks = append(leaks, l.String()) }
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, closed, leaks
}

func TestHandles(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		closed []string
		leaks  []string
	}{
		"closed by the script": {`doors.open("a"):close()`, []string{"a"}, nil},
		"forgotten": {"local a, b = doors.open 'a',\n doors.open 'b'", []string{"b", "a"},
			[]string{"door b, made at test.lua:2", "door a, made at test.lua:1"}},
		"by a task that was cancelled": {`local t = task.spawn(function() doors.open "a" task.sleep(60) end) task.sleep(0) t:cancel() t:join()`,
			[]string{"a"}, nil},
		"by a task that failed": {`pcall(task.group, function() doors.open "a" error "x" end)`, []string{"a"}, nil},
		"returned": {`local d = task.spawn(function() return doors.open "a" end):join() print "on" d:close()`,
			[]string{"a"}, nil},
		"returned in a table": {`local t = task.spawn(function() return {doors.open "a", x = doors.open "b"} end):join() t[1]:close() t.x:close()`,
			[]string{"a", "b"}, nil},
		"sent": {`local ch = task.channel(1)
			task.spawn(function() ch:send(doors.open "a") end)
			task.spawn(function() local d = ch:recv() task.sleep(0.001) d:close() end):join()`, []string{"a"}, nil},
		"given to spawn": {`local d = doors.open "a" task.spawn(function(d) task.sleep(0.001) end, d):join() print "on" task.sleep(0.001)`,
			[]string{"a"}, []string{"door a, made at test.lua:1"}},
		"lent to timeout": {`local d = doors.open "a" task.timeout(60, function(d) task.sleep(0.001) end, d) d:close()`, []string{"a"}, nil},
		"lent to group":   {`local d = doors.open "a" task.group(function(d) return d end, d):close()`, []string{"a"}, nil},
		"from a coroutine": {`coroutine.wrap(function() doors.open "a" coroutine.yield() end)()`, []string{"a"},
			[]string{"door a, made at test.lua:1"}},
		"selected": {`local ch = task.channel(1) task.spawn(function() ch:send(doors.open "a") end):join()
			local _, d = task.select{ch} d:close()`, []string{"a"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, closed, leaks := open(t, c.source)
			if !slices.Equal(closed, c.closed) || !slices.Equal(leaks, c.leaks) {
				t.Errorf("closed %q, left open %q; want %q and %q", closed, leaks, c.closed, c.leaks)
			}
		})
	}
}

// Handles are closed when their task ends, not when the script does.
func TestHandlesOfTask(t *testing.T) {
	var closed []string
	out, err := run(t, `
local task, doors, closed = require "task", require "doors", require "closed"
task.spawn(function() doors.open "a" end):join()
print(closed.count())
local kept = doors.open "b"
task.sleep(0.001)
print(closed.count())`, func(o *Options) {
		o.Modules = []*decl.Module{doors(&closed), {Name: "closed", Funcs: []decl.Function{decl.Raw{Name: "count", Run: func(L *lua.LState) int {
			L.Push(lua.LNumber(len(closed)))
			return 1
		}}}}}
	})
	if err != nil || out != "1\n1\n" {
		t.Errorf("%q, %v", out, err)
	}
}

// A handle that nothing refers to any more is closed while its task goes on.
func TestLostHandles(t *testing.T) {
	_, closed, leaks := open(t, `
local clock = require "clock"
for i = 1, 1000 do doors.open(tostring(i)) end
for i = 1, 200 do collectgarbage() task.sleep(0.005) if i > 3 then break end end`)
	if len(closed) != 1000 || len(leaks) != 1000 {
		t.Errorf("%d closed, %d reported; want 1000", len(closed), len(leaks))
	}
}

// goroutines counts them once they have had the time to end.
func goroutines(t *testing.T, want int) int {
	t.Helper()
	n := 0
	for range 12000 {
		if n = runtime.NumGoroutine(); n <= want {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	return n
}

// Whatever a script does, no goroutine stays.
func TestNoGoroutineStays(t *testing.T) {
	for name, source := range map[string]string{
		"nothing":               ``,
		"tasks":                 `for i = 1, 100 do task.spawn(task.sleep, 0.001) end`,
		"daemons":               `for i = 1, 100 do task.daemon(task.sleep, 60) end task.sleep(0.001)`,
		"suspended coroutines":  `for i = 1, 100 do coroutine.wrap(function() coroutine.yield() end)() end`,
		"suspended under pcall": `for i = 1, 100 do coroutine.wrap(function() pcall(coroutine.yield) end)() end`,
		"suspended in a sort":   `coroutine.wrap(function() table.sort({3, 2, 1}, function() coroutine.yield() end) end)()`,
		"suspended in another":  `coroutine.wrap(function() coroutine.wrap(function() coroutine.yield() end)() coroutine.yield() end)()`,
		"never resumed":         `for i = 1, 100 do coroutine.create(print) end`,
		"in tasks":              `for i = 1, 50 do task.spawn(function() coroutine.wrap(function() coroutine.yield() end)() end) end`,
		"kept alive":            `all = {} for i = 1, 100 do all[i] = coroutine.wrap(function() coroutine.yield() end) all[i]() end`,
		"an error":              `for i = 1, 100 do task.spawn(task.sleep, 60) end task.sleep(0.001) error "x"`,
		"os.exit":               `for i = 1, 100 do task.spawn(task.sleep, 60) end task.sleep(0.001) os.exit(1)`,
		"a deadlock":            `local ch = task.channel() for i = 1, 100 do task.spawn(function() ch:recv() end) end`,
		"a group":               `pcall(task.group, function() for i = 1, 100 do task.spawn(task.sleep, 60) end task.sleep(0.001) error "x" end)`,
		"a race":                `task.race{function() end, function() task.sleep(60) end}`,
		"a timeout":             `task.timeout(0.001, task.sleep, 60)`,
		"coroutines that wait":  `task.spawn(function() coroutine.wrap(function() task.sleep(60) end)() end) task.sleep(0.001) os.exit(0)`,
	} {
		t.Run(name, func(t *testing.T) {
			before := runtime.NumGoroutine()
			run(t, `local task = require "task" `+source)
			if n := goroutines(t, before); n > before {
				buf := make([]byte, 1<<16)
				t.Errorf("%d goroutines more:\n%s", n-before, buf[:runtime.Stack(buf, true)])
			}
		})
	}
}

// Coroutines that nobody can resume any more end while their task goes on.
func TestLostCoroutines(t *testing.T) {
	before := runtime.NumGoroutine()
	var during int
	probe := &decl.Module{Name: "probe", Funcs: []decl.Function{decl.Raw{Name: "count", Run: func(L *lua.LState) int {
		for range 100 {
			runtime.GC()
			if during = runtime.NumGoroutine(); during <= before+50 {
				return 0
			}
		}
		during = goroutines(t, before+50)
		return 0
	}}}}
	_, err := run(t, `
for i = 1, 2000 do coroutine.wrap(function() pcall(coroutine.yield) end)() end
collectgarbage() collectgarbage()
require "probe".count()`, func(o *Options) { o.Modules = []*decl.Module{probe} })
	if err != nil || during > before+50 {
		t.Errorf("%d goroutines of 2000 lost coroutines are left, %v", during-before, err)
	}
}

// What a chunk of Eval opens stays open for the next one, and its error ends nothing else.
func TestEval(t *testing.T) {
	var closed, failed []string
	rt, err := New(Options{Modules: []*decl.Module{doors(&closed)}, OnFailure: func(e *Error) { failed = append(failed, e.Message) }})
	if err != nil {
		t.Fatal(err)
	}
	eval := func(source string, patience time.Duration) (string, error) {
		var got []string
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		err := rt.Eval(ctx, "stdin", source, func(_ *lua.LState, results []lua.LValue) {
			for _, v := range results {
				got = append(got, v.String())
			}
		})
		return strings.Join(got, " "), err
	}
	for _, step := range []struct{ source, want, err string }{
		{source: `task = require "task" d = require "doors".open "a" n = 0`},
		{source: `return 1, "two"`, want: "1 two"},
		{source: `co = coroutine.wrap(function() for i = 1, 9 do coroutine.yield(i) end end) return co()`, want: "1"},
		{source: `return co()`, want: "2"},
		{source: `task.spawn(function() while true do task.sleep(0.001) n = n + 1 end end)`},
		{source: `error "wrong"`, err: "stdin:1: wrong"},
		{source: `while true do end`, err: "context deadline exceeded: stdin was at stdin:1"},
		{source: `task.sleep(60)`, err: "context deadline exceeded: stdin was in sleep at stdin:1"},
		{source: `task.spawn(function() error("in the background", 0) end) task.sleep(0.01)`},
		{source: `local before = n repeat task.sleep(0.001) until n > before return true`, want: "true"},
		{source: `task.channel():recv()`, err: "context deadline exceeded: stdin was in recv at stdin:1"},
		{source: `os.exit(3)`, err: "exit status 3"},
	} {
		patience := time.Minute
		if strings.HasPrefix(step.err, "context deadline exceeded") {
			patience = 100 * time.Millisecond
		}
		got, err := eval(step.source, patience)
		for patience < 10*time.Second && fmt.Sprint(err) != step.err && step.err != "" { // until it comes where it waits
			patience *= 4
			got, err = eval(step.source, patience)
		}
		if got != step.want || fmt.Sprint(err) != cmp.Or(step.err, "<nil>") {
			t.Errorf("%s gives %q, %v; want %q, %s", step.source, got, err, step.want, step.err)
		}
	}
	if len(closed) != 0 || !slices.Equal(failed, []string{"in the background"}) {
		t.Errorf("closed %q, failed %q", closed, failed)
	}
	rt.Close()
	if !slices.Equal(closed, []string{"a"}) {
		t.Errorf("closed %q at the end", closed)
	}
}

// With runs a function in another world, and what it starts runs there too.
func TestWith(t *testing.T) {
	type key struct{}
	module := &decl.Module{Name: "world", Funcs: []decl.Function{
		decl.Raw{Name: "run", Run: func(L *lua.LState) int {
			name := L.CheckString(1)
			in := func(ctx context.Context) context.Context { return context.WithValue(ctx, key{}, name) }
			results := decl.HostOf(L).With(L, in, L.CheckFunction(2))
			for _, v := range results {
				L.Push(v)
			}
			return len(results)
		}},
		decl.Raw{Name: "name", Run: func(L *lua.LState) int {
			name, _ := decl.HostOf(L).Context().Value(key{}).(string)
			L.Push(lua.LString(name))
			return 1
		}},
	}}
	out, err := run(t, `
local task, world = require "task", require "world"
print(world.run("R2", function() return world.name(), 1 end))
print(world.name() == "")
print(world.run("R2", function() return task.spawn(world.name):join() end))
local t
world.run("R2", function() t = task.spawn(function() task.sleep(0.001) return world.name() end) end)
print(t:join())
local gen = world.run("R2", function() return coroutine.wrap(function() coroutine.yield(world.name()) coroutine.yield(world.name()) end) end)
print(gen(), world.name() == "", gen())
print(world.run("R1", function() return world.run("R2", world.name), world.name() end))
print(pcall(world.run, "R2", error), world.name() == "")
print(world.run("R2", function() task.sleep(0.001) return world.name() end))`, func(o *Options) { o.Modules = []*decl.Module{module} })
	const want = "R2\t1\ntrue\nR2\nR2\nR2\ttrue\tR2\nR2\tR1\nfalse\ttrue\nR2\n"
	if err != nil || out != want {
		t.Errorf("%v, got\n%swant\n%s", err, out, want)
	}
}

package vm

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"moonwire/host/decl"
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// probes is a module for measurements: nothing() does nothing, turn() gives up the baton and takes it back, and
// parked(n) is told when n tasks wait.
func probes(parked func()) *decl.Module {
	return &decl.Module{Name: "probe", Funcs: []decl.Function{
		decl.Raw{Name: "nothing", Run: func(*lua.LState) int { return 0 }},
		decl.Raw{Name: "turn", Run: func(L *lua.LState) int {
			decl.HostOf(L).Block(L, func(context.Context) error { return nil })
			return 0
		}},
		decl.Raw{Name: "parked", Run: func(*lua.LState) int { parked(); return 0 }},
	}}
}

func bench(b *testing.B, source string, parked func()) {
	b.Helper()
	rt, err := New(Options{Modules: []*decl.Module{probes(parked)}, Stdout: io.Discard})
	if err != nil {
		b.Fatal(err)
	}
	const prelude = `local task, probe, N = require "task", require "probe", ... N = tonumber(N) `
	if err := rt.Run(context.Background(), "bench", prelude+source, fmt.Sprint(b.N)); err != nil {
		b.Fatal(err)
	}
}

// The cost of a blocking call is turn over nothing: giving the baton up and taking it back.
func BenchmarkBlock(b *testing.B) {
	b.Run("nothing", func(b *testing.B) { bench(b, `for i = 1, N do probe.nothing() end`, nil) })
	b.Run("turn", func(b *testing.B) { bench(b, `for i = 1, N do probe.turn() end`, nil) })
}

// The cost of a turn when others stand in the queue.
func BenchmarkHandOff(b *testing.B) {
	for _, tasks := range []int{2, 10, 1000} {
		b.Run(fmt.Sprint(tasks, " tasks"), func(b *testing.B) {
			bench(b, strings.ReplaceAll(`
local each = math.ceil(N / TASKS)
for i = 1, TASKS do task.spawn(function() for i = 1, each do probe.turn() end end) end`, "TASKS", fmt.Sprint(tasks)), nil)
		})
	}
}

// The cost of lines that nobody is told of, and of those that somebody is.
func BenchmarkLines(b *testing.B) {
	source := strings.ReplaceAll("local x = 0 for i = 1, N do\nx = x + i\nx = x - 1\nend", "N", "tonumber((...))")
	for name, f := range map[string]OnLine{"untold": nil, "told": func(machine.Level, int, bool) {}} {
		b.Run(name, func(b *testing.B) {
			rt, err := New(Options{OnLine: f})
			if err != nil {
				b.Fatal(err)
			}
			if err := rt.Run(context.Background(), "bench", source, fmt.Sprint(b.N)); err != nil {
				b.Fatal(err)
			}
		})
	}
}

func BenchmarkSpawn(b *testing.B) {
	bench(b, `local function f() end for i = 1, N do task.spawn(f):join() end`, nil)
}

func BenchmarkChannel(b *testing.B) {
	bench(b, `local ch = task.channel() task.spawn(function() for i = 1, N do ch:send(i) end ch:close() end) for v in ch do end`, nil)
}

func BenchmarkCoroutine(b *testing.B) {
	b.Run("resume and yield", func(b *testing.B) {
		bench(b, `local co = coroutine.wrap(function() while true do coroutine.yield() end end) for i = 1, N do co() end`, nil)
	})
	b.Run("create and run", func(b *testing.B) {
		bench(b, `local function f() end for i = 1, N do coroutine.wrap(f)() end`, nil)
	})
}

func BenchmarkWorker(b *testing.B) {
	b.Run("copy 3 fields", func(b *testing.B) {
		rt, err := New(Options{})
		if err != nil {
			b.Fatal(err)
		}
		t := rt.base.CreateTable(0, 3)
		for _, k := range []string{"a", "b", "c"} {
			t.RawSetString(k, lua.LNumber(1))
		}
		for b.Loop() {
			if _, err := copyValue(rt.base, t); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// park starts tasks that wait, and returns the memory that each takes, stacks included.
func park(tb testing.TB, tasks int) (bytesEach uint64) {
	tb.Helper()
	inUse := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse + m.StackInuse
	}
	before := inUse()
	rt, err := New(Options{Stdout: io.Discard, Modules: []*decl.Module{probes(func() { bytesEach = (inUse() - before) / uint64(tasks) })}})
	if err != nil {
		tb.Fatal(err)
	}
	err = rt.Run(context.Background(), "park", `
local task, probe = require "task", require "probe"
local tasks, ch = {}, task.channel()
for i = 1, tonumber((...)) do tasks[i] = task.spawn(function() pcall(ch.recv, ch) end) end
task.sleep(0)
probe.parked()
ch:close()`, fmt.Sprint(tasks))
	if err != nil {
		tb.Fatal(err)
	}
	return bytesEach
}

func BenchmarkParked(b *testing.B) {
	for _, tasks := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(tasks), func(b *testing.B) {
			for b.Loop() {
				b.ReportMetric(float64(park(b, tasks)), "B/task")
			}
		})
	}
}

// A parked task takes at most 10,000 bytes: 10,000 of them 100 MB, 100,000 of them 1 GB.
func TestParkedMemory(t *testing.T) {
	if raced {
		t.Skip("the race detector takes memory of its own")
	}
	if n := park(t, 10_000); n > 10_000 {
		t.Errorf("%d bytes for each of 10,000 parked tasks", n)
	}
}

package vm

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"
)

// swallow are the ways in which a script may try to outlive its end.
var swallow = map[string]string{
	"loop":         `while true do end`,
	"pcall":        `while true do pcall(function() while true do end end) end`,
	"xpcall":       `while true do xpcall(function() while true do end end, function() while true do end end) end`,
	"coroutine":    `coroutine.wrap(function() while true do pcall(function() while true do end end) end end)()`,
	"coroutines":   `while true do local c = coroutine.wrap(function() while true do coroutine.yield() end end) c() c() end`,
	"sort":         `local t = {} for i = 1, 1000 do t[i] = i % 7 end while true do pcall(table.sort, t, function(a, b) return a < b end) end`,
	"gsub":         `while true do pcall(string.gsub, ("x"):rep(1000), ".", function(c) return c end) end`,
	"metamethod":   `local t = setmetatable({}, {__index = function() while true do end end}) while true do pcall(function() return t.x end) end`,
	"in a task":    `require "task".spawn(function() while true do pcall(function() while true do end end) end end):join()`,
	"tasks":        `local task = require "task" for i = 1, 5 do task.spawn(function() while true do pcall(task.sleep, 0) end end) end`,
	"wait":         `while true do pcall(require "task".sleep, 3600) end`,
	"deferring":    `local task = require "task" task.defer(function() end) while true do end`,
	"worker-less":  `local f f = function() return f() end f()`,
	"tostring":     `while true do pcall(tostring, setmetatable({}, {__tostring = function() while true do end end})) end`,
	"deep pcall":   `local function f() pcall(f) while true do end end f()`,
	"spawning":     `local task = require "task" while true do task.spawn(function() end) task.sleep(0) end`,
	"loadstring":   `while true do pcall(loadstring "while true do end") end`,
	"coroutine it": `for _ in coroutine.wrap(function() while true do coroutine.yield(1) end end) do end`,
}

func TestInstructions(t *testing.T) {
	for name, source := range swallow {
		if name == "wait" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := run(t, source, func(o *Options) { o.Limits.Instructions = 50_000 })
			if err == nil || !strings.HasPrefix(err.Error(), "the limit of 50000 instructions is reached (--max-instructions): ") {
				t.Fatal(err)
			}
		})
	}
}

// The limit is exact: one instruction more or less makes the difference.
func TestInstructionsAreCounted(t *testing.T) {
	used := func(source string) int64 {
		rt, err := New(Options{Stdout: &bytes.Buffer{}})
		if err != nil {
			t.Fatal(err)
		}
		if err := rt.Run(context.Background(), "t", source); err != nil {
			t.Fatal(err)
		}
		rt.recount(0)
		return rt.used
	}
	const source = `local n = 0 for i = 1, 5000 do n = n + i end local c = coroutine.wrap(function() for i = 1, 3000 do n = n + i end end) c()`
	n := used(source)
	if n < 16000 {
		t.Fatalf("%d instructions for 8000 rounds of two and more", n)
	}
	if m := used(source + " " + `for i = 1, 1000 do end`); m < n+1000 {
		t.Fatalf("%d instructions, and %d with a loop of 1000 more", n, m)
	}
}

func TestTimeout(t *testing.T) {
	for name, source := range swallow {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := run(t, source, func(o *Options) { o.Limits.Timeout = 50 * time.Millisecond })
			if err == nil || !strings.HasPrefix(err.Error(), "the time limit of 50ms is reached: ") {
				t.Fatal(err)
			}
		})
	}
}

func TestMemory(t *testing.T) {
	const limit = 16 << 20
	for name, source := range map[string]string{
		"table":   `local t = {} while true do t[#t + 1] = {} end`,
		"doubled": `local s = "x" while true do s = s .. s end`,
		"keys":    `local t, i = {}, 0 while true do i = i + 1 t["k" .. i] = i end`,
		"pcall":   `local all = {} while true do pcall(function() while true do all[#all + 1] = ("x"):rep(1000) .. #all end end) end`,
		"tasks":   `local task, ch = require "task", require "task".channel() while true do task.spawn(function() ch:recv() end) task.sleep(0) end`,
	} {
		t.Run(name, func(t *testing.T) {
			runtime.GC()
			peak := peakHeap(t)
			_, err := run(t, source, func(o *Options) { o.Limits.Memory = limit + heapBytes() })
			if err == nil || !strings.HasPrefix(err.Error(), "the memory limit of ") {
				t.Fatal(err)
			}
			if p := peak(); p > 6*limit {
				t.Errorf("heap grew by %d MB with a limit of %d MB", p>>20, limit>>20)
			}
		})
	}
}

// Garbage does not count: a script may allocate many times its limit.
func TestMemoryOfGarbage(t *testing.T) {
	_, err := run(t, `for i = 1, 60000 do local s = ("x"):rep(1000) .. i end`, func(o *Options) { o.Limits.Memory = 16<<20 + heapBytes() })
	if err != nil {
		t.Fatal(err)
	}
}

// peakHeap watches how far the heap grows.
func peakHeap(t *testing.T) func() uint64 {
	start, end, done := heapBytes(), make(chan struct{}), make(chan uint64)
	go func() {
		var peak uint64
		for {
			select {
			case <-end:
				done <- peak - min(start, peak)
				return
			case <-time.After(time.Millisecond):
				peak = max(peak, heapBytes())
			}
		}
	}()
	return func() uint64 { close(end); return <-done }
}

// A task that computes on and on is warned of once.
func TestWatchdog(t *testing.T) {
	const busy = `
local task = require "task"
task.spawn(function() task.sleep(60) end)
task.sleep(0)
repeat until os.getenv "enough" == "yes"
os.exit(0)`
	loop := func(patience time.Duration, enough func(warned time.Time) bool) string {
		var warnings warnings
		_, err := run(t, busy, func(o *Options) {
			o.Limits.Watchdog, o.Stderr = patience, &warnings
			o.Getenv = func(string) string {
				if enough(warnings.last) {
					return "yes"
				}
				return ""
			}
		})
		if err != nil && !errors.As(err, new(*Exit)) {
			t.Error(err)
		}
		return warnings.String()
	}
	const more = 500 * time.Millisecond
	out := loop(100*time.Millisecond, func(warned time.Time) bool { return !warned.IsZero() && time.Since(warned) > more })
	if strings.Count(out, "main task has held the interpreter for") != 1 || !strings.Contains(out, " at test.lua:5\n") {
		t.Errorf("one warning for one stretch expected, got %q", out)
	}
	began := time.Now()
	if out := loop(-1, func(time.Time) bool { return time.Since(began) > more }); out != "" {
		t.Errorf("no warning expected, got %q", out)
	}
}

// warnings notes what is written, and when.
type warnings struct {
	strings.Builder
	last time.Time
}

func (w *warnings) Write(p []byte) (int, error) {
	w.last = time.Now()
	return w.Builder.Write(p)
}

// The watch counts no more time than it was there to see, and blames no task for an earlier one's turn.
func TestWatchOnBusyMachine(t *testing.T) {
	rt, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	used := time.Duration(0)
	w := &watch{rt: rt, patience: 4 * lookEvery, used: func() time.Duration { return used }}
	look := func(after time.Duration) {
		now = now.Add(after)
		w.look(now)
	}
	rt.enter(nil)
	look(lookEvery)
	look(time.Minute)
	look(time.Minute)
	look(lookEvery)
	if rt.alarmed() {
		t.Error("alarm after three looks, two of them late")
	}
	look(lookEvery)
	if rt.alarmed() {
		t.Error("alarm of a turn that had no processor")
	}
	used += 2 * lookEvery
	look(lookEvery)
	if !rt.alarmed() || rt.alarmed() {
		t.Error("one alarm expected after four looks at the same turn")
	}
	rt.leave()

	rt.enter(nil)
	for range 40 {
		look(lookEvery)
	}
	if rt.alarmed() {
		t.Error("alarm of a turn that had no processor, and may get one")
	}
	look(lookEvery)
	if !rt.alarmed() {
		t.Error("an alarm expected of a turn that doesn't come back")
	}
	rt.leave()

	rt.enter(nil)
	for range 5 {
		look(lookEvery)
	}
	rt.leave()
	rt.enter(nil)
	if rt.alarmed() {
		t.Error("alarm for the turn before")
	}
	rt.leave()
}

func TestPreempt(t *testing.T) {
	const source = `
local task = require "task"
local seen = false
task.spawn(function() seen = true end)
for i = 1, 3e6 do if seen then print "seen" return end end
print "not seen"`
	for preempt, want := range map[bool]string{true: "seen\n", false: "not seen\n"} {
		out, err := run(t, source, func(o *Options) { o.Limits.Preempt, o.Limits.Watchdog = preempt, -1 })
		if err != nil || out != want {
			t.Errorf("preempt %v: %q, %v; want %q", preempt, out, err, want)
		}
	}
}

func TestInterrupt(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"sleep": {"local task = require 'task'\ntask.sleep(3600)", "interrupted: main task was in sleep at test.lua:2"},
		"loop":  {"\n\nwhile true do end", "interrupted: main task was at test.lua:3"},
		"tasks": {"local task = require 'task'\ntask.spawn{function()\n task.sleep(3600) end, name = 'server'}\ntask.sleep(3600)",
			"interrupted: main task was in sleep at test.lua:4\n\tserver (spawned at test.lua:2) was in sleep at test.lua:3"},
		"cleanup": {"local task = require 'task'\ntask.defer(function() task.sleep(0.01) print 'cleaned' end)\ntask.sleep(3600)",
			"interrupted: main task was in sleep at test.lua:3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			var err error
			for pause := 30 * time.Millisecond; pause < 10*time.Second; pause *= 4 { // until the script is where it waits
				out.Reset()
				rt, problem := New(Options{Stdout: &out})
				if problem != nil {
					t.Fatal(problem)
				}
				time.AfterFunc(pause, rt.Interrupt)
				if err = rt.Run(context.Background(), "test.lua", c.source); err != nil && err.Error() == c.want {
					break
				}
			}
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
			if name == "cleanup" && out.String() != "cleaned\n" {
				t.Errorf("the cleanup printed %q", out.String())
			}
		})
	}
}

// The end of Run's context interrupts, and its cause comes back.
func TestContext(t *testing.T) {
	cause := errors.New("somebody pulled the plug")
	ctx, cancel := context.WithCancelCause(context.Background())
	time.AfterFunc(30*time.Millisecond, func() { cancel(cause) })
	rt, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := rt.Run(ctx, "test.lua", "require 'task'.sleep(3600)"); !errors.Is(err, cause) {
		t.Errorf("got %v, want its cause to be %v", err, cause)
	}
}

// Cleanups that don't end are ended.
func TestEndlessCleanup(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the cleanups' grace")
	}
	t.Parallel()
	out, err := run(t, `
local task = require "task"
local t = task.spawn(function()
  task.defer(function() while true do pcall(function() while true do end end) end end)
  task.sleep(60)
end)
task.sleep(0)
t:cancel("now")
print(t:join())`)
	if err != nil || !strings.HasPrefix(out, "nil\tcancelled: now\tcancelled\n") && !strings.Contains(out, "nil\tcancelled: now") {
		t.Errorf("%q, %v", out, err)
	}
}

func TestExit(t *testing.T) {
	for source, want := range map[string]int{
		`os.exit(7)`:                            7,
		`os.exit()`:                             0,
		`pcall(os.exit, 3) print "on"`:          3,
		`require "script".nothing_found "none"`: 3,
		`require "script".fail "no"`:            1,
		`require "task".spawn(os.exit, 5) require "task".sleep(60)`:                         5,
		`coroutine.wrap(function() os.exit(6) end)()`:                                       6,
		`local task = require "task" task.defer(function() print "cleaned" end) os.exit(4)`: 4,
	} {
		t.Run(source, func(t *testing.T) {
			out, err := run(t, source)
			var exit *Exit
			if !errors.As(err, &exit) || exit.Code != want || strings.Contains(out, "on\n") {
				t.Errorf("%v, output %q; want status %d", err, out, want)
			}
			if strings.Contains(source, "cleaned") && out != "cleaned\n" {
				t.Errorf("the cleanup printed %q", out)
			}
		})
	}
}

package vm

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/network/simtime"

	lua "github.com/yuin/gopher-lua"
)

// simulation is a network with nothing but a simulated clock.
type simulation struct {
	network.Network
	clock *simtime.Clock
}

func (s simulation) Clock() network.Clock { return s.clock }

// simulate runs a chunk in simulated time and returns its output.
func simulate(t testing.TB, source string, change ...func(*Options)) (string, error) {
	t.Helper()
	clock := simtime.New(time.Time{})
	defer clock.Close()
	var out bytes.Buffer
	opt := Options{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Network: simulation{clock: clock}, Seed: 1,
		Modules: []*decl.Module{waits(clock)}}
	for _, f := range change {
		f(&opt)
	}
	rt, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	err = rt.Run(context.Background(), "test.lua", source)
	return out.String(), err
}

// post is a wait that wakes and stops can end, as a socket's.
type post struct{ w network.Waiter }

func (p *post) Interrupt() { p.w.Wake() }

// waits is a module of waits in Go: forever() ends by its context, listen() by Interrupt, go_on() starts a goroutine and
// waits for it, poll() doesn't wait at all.
func waits(clock *simtime.Clock) *decl.Module {
	block := func(f func(context.Context) error) lua.LGFunction {
		return func(L *lua.LState) int {
			decl.HostOf(L).Block(L, f)
			return 0
		}
	}
	return &decl.Module{Name: "waits", Funcs: []decl.Function{
		decl.Raw{Name: "forever", Run: block(func(ctx context.Context) error { return clock.NewWaiter().Wait(ctx) })},
		decl.Raw{Name: "listen", Run: func(L *lua.LState) int {
			p := &post{clock.NewWaiter()}
			decl.HostOf(L).BlockOn(L, p, func() error { return p.w.Wait(context.Background()) })
			return 0
		}},
		decl.Raw{Name: "go_on", Run: block(func(ctx context.Context) error {
			w := network.NewWaiter(network.ClockFrom(ctx))
			network.Go(ctx, func() {
				clock.Sleep(ctx, time.Second)
				w.Wake()
			})
			return w.Wait(ctx)
		})},
		decl.Raw{Name: "poll", Run: block(func(context.Context) error { return nil })},
	}}
}

func wantOutput(t *testing.T, source, want string) {
	t.Helper()
	began := time.Now()
	out, err := simulate(t, "local task, clock, waits = require 'task', require 'clock', require 'waits'\n"+source)
	if err != nil || out != want {
		t.Errorf("%v\ngot\n%swant\n%s", err, out, want)
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %s", took)
	}
}

func TestSimulatedTime(t *testing.T) {
	t.Parallel()
	wantOutput(t, `
print(clock.virtual(), os.date("!%Y-%m-%d %H:%M:%S"), os.clock(), clock.monotonic())
task.sleep(3600)
print(os.date("!%H:%M:%S"), os.clock(), clock.monotonic())
print(task.timeout(30, waits.forever))
print(task.timeout(30, function() task.channel():recv() end))
print(task.timeout(30, waits.listen))
print(task.select{task.channel(), timeout = 30})
print(task.channel():recv(30))
waits.go_on()
print(os.date("!%H:%M:%S"))`, `true	2026-01-01 00:00:00	0	0
01:00:00	3600	3600
nil	no end within 30 s	timeout
nil	no end within 30 s	timeout
nil	no end within 30 s	timeout
nil	timeout	timeout
nil	timeout	timeout
01:02:31
`)
}

// A script that polls gets on.
func TestSimulatedPolling(t *testing.T) {
	t.Parallel()
	wantOutput(t, `
local ready
task.spawn(function() task.sleep(0.01) ready = true end)
local n = 0
while not ready do waits.poll() n = n + 1 end
print(n > 1000, clock.monotonic() < 0.02)
ready = false
task.spawn(function() task.sleep(0.01) ready = true end)
while not ready do task.sleep(0) end
print(clock.monotonic() < 0.03)`, "true\ttrue\ntrue\n")
}

// Those who are stopped run their cleanups in the order of their age, at the moment of the stop.
func TestSimulatedStops(t *testing.T) {
	t.Parallel()
	wantOutput(t, `
local ch = task.channel()
local ways = {
  function() waits.forever() end, function() waits.listen() end, function() task.sleep(100) end,
  function() ch:recv() end, function() task.select{ch, timeout = 50} end, function() task.timeout(60, waits.forever) end,
}
print(task.timeout(1, function()
  for i = 1, 12 do
    task.spawn(function()
      task.defer(function() print("end of", i, clock.monotonic()) end)
      ways[(i - 1) % #ways + 1]()
    end)
  end
  task.group(function() task.spawn(waits.forever) waits.listen() end)
end))
local a = task.spawn(waits.listen)
task.sleep(1)
a:cancel()
print(a:join())
print(clock.monotonic() < 2.1)`, func() string {
		var b strings.Builder
		for _, i := range []int{1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 6, 12} { // 6 and 12 wait for groups of their own
			fmt.Fprintf(&b, "end of\t%d\t1\n", i)
		}
		return b.String() + "nil\tno end within 1 s\ttimeout\nnil\tcancelled\tcancelled\ntrue\n"
	}())
}

// A cleanup may take five simulated seconds.
func TestSimulatedCleanup(t *testing.T) {
	t.Parallel()
	out, err := simulate(t, `
local task, clock = require "task", require "clock"
task.spawn(function() task.defer(function() task.sleep(1e6) end) end)
task.defer(function() task.sleep(2) print("clean at", clock.monotonic()) end)
task.sleep(1)`)
	if !strings.Contains(out, "clean at\t3\n") || err == nil || !strings.Contains(err.Error(), "took longer than 5s") {
		t.Errorf("%q, %v", out, err)
	}
}

func TestSimulatedStall(t *testing.T) {
	t.Parallel()
	_, err := simulate(t, `
local task, waits = require "task", require "waits"
task.spawn{function() waits.listen() end, name = "listener"}
task.sleep(10)
waits.forever()`)
	const want = "deadlock: every task waits, and nothing is left to happen in simulated time: main task was "
	if err == nil || !strings.HasPrefix(err.Error(), "moonwire: "+want) && !strings.HasPrefix(err.Error(), want) ||
		!strings.Contains(err.Error(), "listener (spawned at test.lua:3) was ") {
		t.Errorf("got %v", err)
	}
	_, err = simulate(t, `require "task".channel():recv()`)
	if err == nil || !strings.Contains(err.Error(), "deadlock: every task waits for another one") {
		t.Errorf("got %v", err)
	}
}

// What tostring shows of a table is the same in each run with a seed, and another for each table.
func TestSeededAddresses(t *testing.T) {
	t.Parallel()
	const source = `
local kept = {}
for i = 1, 100 do kept[i] = {} end
local a, b, f, co = {}, {}, function() end, coroutine.create(print)
print(a, b, f, co, io.stdout)
assert(tostring(a) == tostring(a) and tostring(a) ~= tostring(b) and tostring(a):match "^table: 0x%x+$")
for i = 1, 1e5 do local s = tostring({}) end
collectgarbage()
print(a, {})`
	seeded := func(o *Options) { o.Seed = 3 }
	first, err := run(t, source, seeded)
	if again, _ := run(t, source, seeded); err != nil || first != again || strings.Count(first, "0x") != 7 {
		t.Errorf("%v, got\n%sand\n%s", err, first, again)
	}
}

// Workers take turns with tasks, and are the same in each run.
func TestSimulatedWorker(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "x.lua")
	const source = `
local port, n = ...
local task, clock = require "task", require "clock"
for i = 1, n do
  task.spawn(function() task.sleep(math.random(5)) port:send(i .. " at " .. clock.monotonic() .. " drew " .. math.random(1000)) end)
end`
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	first := ""
	for range 5 {
		out, err := simulate(t, fmt.Sprintf(`
local task, clock = require "task", require "clock"
local w = task.worker(%[1]q, 1)
print(w:recv(0.5))
local all = {}
for i = 1, 4 do
  local w = task.worker(%[1]q, 20)
  all[i] = task.spawn(function() for line in w do print(i, line, clock.monotonic()) end end)
end
for _, t in ipairs(all) do t:join() end`, file), func(o *Options) { o.Files = network.OSFiles() })
		if first == "" {
			first = out
		}
		if err != nil || out != first || strings.Count(out, "\n") != 4*20+1 || !strings.Contains(out, "nil\ttimeout\ttimeout\n") {
			t.Fatalf("%v\n%s\nbefore:\n%s", err, out, first)
		}
	}
}

// The end of a context, which is no part of the simulation, ends a script that waits and one that doesn't.
func TestSimulatedInterrupt(t *testing.T) {
	t.Parallel()
	for _, source := range []string{`while true do end`, `while true do require "task".sleep(1) end`, `while true do require "waits".listen() end`} {
		clock := simtime.New(time.Time{})
		rt, err := New(Options{Network: simulation{clock: clock}, Modules: []*decl.Module{waits(clock)}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		clock.OnStall(func() { t.Log("stalled") })
		err = rt.Run(ctx, "test.lua", source)
		cancel()
		clock.Close()
		if err == nil {
			t.Errorf("%s: no error", source)
		}
	}
}

// chaos is a random program of tasks that sleep, hand values over, cancel, race and time out. It prints what happened.
func chaos(seed uint64) string {
	return fmt.Sprintf(`
local task, clock, waits = require "task", require "clock", require "waits"
math.randomseed(%d)
local R, left = math.random, 1500
local function log(...) print(("%%.6f"):format(clock.monotonic()), task.current(), ...) end
local channels, tasks = {}, {}
for i = 1, 5 do channels[i] = task.channel(i %% 3) end
local act
local function some() local n = R(4) local l = {} for i = 1, n do l[i] = function() act(R(5)) return i end end return l end
local acts = {
  function() task.sleep(R(10) / 1000) end,
  function() local i, v = R(5), R(100) log("sent", i, task.select{{channels[i], v}, timeout = R(5) / 1000}) end,
  function() local i = R(5) log("got", i, channels[i]:recv(R(5) / 1000)) end,
  function() log("raced", task.race(some())) end,
  function() task.all(some()) end,
  function() log("timed", task.timeout(R(8) / 1000, function() act(R(6)) end)) end,
  function() if #tasks < 60 then tasks[#tasks + 1] = task.spawn(function() act(R(8)) end) end end,
  function() if #tasks > 0 then local t = tasks[R(#tasks)] if t ~= task.current() then t:cancel() log("cancelled", t:status()) end end end,
  function() log("late", task.timeout(R(5) / 1000, R(2) == 1 and waits.forever or waits.listen)) end,
  function() waits.poll() end,
  function() task.group(function() task.daemon(function() while true do task.sleep(0.001) end end) act(3) end) end,
  function() if R(10) == 1 then waits.go_on() end end,
  function() local co = coroutine.wrap(function() task.sleep(R(3) / 1000) coroutine.yield(1) act(2) end) co() co() end,
}
function act(n)
  task.defer(function() log("ends") end)
  for i = 1, n do
    left = left - 1
    if left < 0 then return end
    acts[R(#acts)]()
  end
end
for i = 1, 10 do task.spawn(function() act(80) end) end
act(100)
for _, t in ipairs(tasks) do t:cancel() end
`, seed)
}

// TestSimulatedChaos is not parallel: it sets GOMAXPROCS.
func TestSimulatedChaos(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	before := runtime.NumGoroutine()
	programs := 6
	if raced {
		programs = 2
	}
	chance := rand.New(rand.NewPCG(1, 2))
	for range programs {
		seed := chance.Uint64N(1 << 40)
		first := ""
		for _, procs := range []int{1, 2, 4, 8} {
			runtime.GOMAXPROCS(procs)
			out, err := simulate(t, chaos(seed))
			got := fmt.Sprint(out, err)
			if first == "" {
				first = got
			}
			if got != first {
				t.Fatalf("seed %d differs on %d processors:\n%s", seed, procs, difference(first, got))
			}
		}
		if strings.Count(first, "\n") < 100 {
			t.Errorf("seed %d: only\n%s", seed, first)
		}
	}
	for range 6000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines are left", runtime.NumGoroutine()-before)
}

// difference is where two texts part.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d\n%s\nand\n%s", i+1, strings.Join(x[max(0, i-3):min(len(x), i+4)], "\n"), strings.Join(y[max(0, i-3):min(len(y), i+4)], "\n"))
		}
	}
	return "one is longer"
}

package host_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host"
	"moonwire/host/decl"
	"moonwire/host/lab"
	"moonwire/host/lab/topology"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
)

// A run is what can be seen of a script in a lab: its output, and a line for each frame on each link.
type run struct {
	out    string
	frames []string
}

// in is a module that runs functions on the lab's hosts: in_.host("h2", f).
func in(l *lab.Lab) *decl.Module {
	return &decl.Module{Name: "on", Funcs: []decl.Function{decl.Raw{Name: "host", Run: func(L *lua.LState) int {
		n, err := l.Network(L.CheckString(1))
		if err != nil {
			L.RaiseError("%s", err)
		}
		for _, v := range decl.HostOf(L).With(L, func(ctx context.Context) context.Context { return network.With(ctx, n) }, L.CheckFunction(2)) {
			L.Push(v)
		}
		return L.GetTop() - 2
	}}}}
}

// simulate runs a script on h1 of a lab in simulated time.
func simulate(t *testing.T, seed int64, impair wire.Impairment, source string, lines ...string) run {
	t.Helper()
	plan, err := topology.Build(topology.Spec{Lines: lines})
	if err != nil {
		t.Fatal(err)
	}
	clock := simtime.New(time.Time{})
	defer clock.Close()
	l, err := lab.New(plan, lab.Options{Clock: clock, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var r run
	for _, link := range l.Links() {
		a, b := link.Ends()
		for _, port := range []*wire.Port{a, b} {
			if err := link.Impair(port, impair); err != nil {
				t.Fatal(err)
			}
		}
		link.Tap(func(s wire.Sight) {
			r.frames = append(r.frames, fmt.Sprintf("%s %s %s %x", s.Time.Sub(simtime.Epoch), s.From.Name(), s.Drop, s.Frame))
		})
	}
	n, err := l.Network("h1")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	h := host.New(host.Options{Stdout: &out, Stderr: &out, Network: n, Seed: seed, Modules: []*decl.Module{in(l)}})
	if err := h.Run(context.Background(), host.Code("test.lua", source)); err != nil {
		fmt.Fprintln(&out, err)
	}
	r.out = out.String()
	return r
}

// busy is a script that uses streams, datagrams, pings, raw links, timeouts and cancelling over links that lose frames.
const busy = `
local socket, dgram, link, packet, task, clock, on = require "socket", require "dgram", require "link", require "packet", require "task", require "clock", require "on"
local function log(...) print(("%.6f"):format(clock.monotonic()), ...) end
local server = on.host("h2", function()
  local s = assert(socket.bind("*", 7))
  task.daemon(function()
    while true do
      local c = assert(s:accept())
      task.spawn(function()
        c:settimeout(20)
        repeat local line, err = c:receive() if line then c:send(line .. "\n") end until not line
        c:close()
      end)
    end
  end)
  local u = assert(dgram.udp{address = "0.0.0.0:9"})
  task.daemon(function()
    while true do local data, meta = u:receive() if data then u:send(data, meta.peer) end end
  end)
end)
local function client(i)
  for round = 1, 3 do
    local c, err = socket.connect("h2", 7)
    log(i, round, "connected", c ~= nil, err)
    if c then
      c:settimeout(5)
      for n = 1, 5 do
        c:send(("x"):rep(math.random(1, 4000)) .. "\n")
        local line, err = c:receive()
        log(i, n, line and #line, err)
        task.sleep(math.random() / 10)
      end
      c:close()
    end
  end
end
local function datagrams(i)
  local u = assert(dgram.udp{to = "h2:9"})
  for n = 1, 20 do
    u:send(("y"):rep(math.random(1, 3000)))
    local data, err = u:receive{timeout = 0.05}
    log("udp", i, n, data and #data, err)
  end
  u:close()
end
task.group(function()
for i = 1, 4 do task.spawn(client, i) end
for i = 1, 3 do task.spawn(datagrams, i) end
task.spawn(function()
  local p = assert(dgram.ping{to = "h2"})
  for n = 1, 10 do p:send("ping") local _, meta = p:receive{timeout = 0.2} log("ping", type(meta) == "table" and meta.seq) task.sleep(0.03) end
  log("nobody", task.timeout(2, function() return socket.connect("h2", 12345) end))
end)
task.spawn(function()
  local l = assert(link.open("eth0"))
  local r = l:exchange({packet.ip{dst = socket.dns.toip("h2")} / packet.icmp{id = 9, seq = packet.range(1, 8)}}, {timeout = 1, retry = 2, rate = "200pps"})
  log("exchange", #r.answered, #r.unanswered, r.stats.received)
  l:close()
end)
task.spawn(function()
  local l = assert(link.open("eth0"))
  local n = 0
  for p in l:sniff{timeout = 1} do n = n + 1 end
  log("sniffed", n)
  l:close()
end)
end)
`

// TestSimulatedLab is not parallel: it sets GOMAXPROCS.
func TestSimulatedLab(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	faults := wire.Impairment{Loss: 0.05, Delay: 3 * time.Millisecond, Jitter: time.Millisecond, Reorder: 0.02, Duplicate: 0.02, Corrupt: 0.01}
	var first run
	for _, procs := range []int{1, 2, 4, 1, 8} {
		runtime.GOMAXPROCS(procs)
		r := simulate(t, 7, faults, busy, "h1 -- sw1 -- R1 -- R2 -- h2")
		if first.out == "" {
			first = r
			t.Logf("%d lines, %d frames, %x", strings.Count(r.out, "\n"), len(r.frames), sha256.Sum256([]byte(strings.Join(r.frames, "\n"))))
			if len(r.frames) < 1000 || strings.Contains(r.out, "deadlock") {
				t.Fatalf("%s\n%d frames", r.out, len(r.frames))
			}
			continue
		}
		compare(t, fmt.Sprintf("frames on %d processors", procs), first.frames, r.frames)
		compare(t, fmt.Sprintf("output on %d processors", procs), strings.Split(first.out, "\n"), strings.Split(r.out, "\n"))
	}
	other := simulate(t, 8, faults, busy, "h1 -- sw1 -- R1 -- R2 -- h2")
	if strings.Join(other.frames, "\n") == strings.Join(first.frames, "\n") {
		t.Error("another seed makes no difference")
	}
}

// compare fails where two runs part.
func compare(t *testing.T, what string, a, b []string) {
	t.Helper()
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			t.Fatalf("%s: %d and %d lines, the first difference at %d\n%s\nand\n%s", what, len(a), len(b), i,
				strings.Join(a[max(0, i-3):min(len(a), i+2)], "\n"), strings.Join(b[max(0, i-3):min(len(b), i+2)], "\n"))
		}
	}
}

// TestSelectOfNothing waits by socket.select without sockets, as LuaSocket's users sleep: an hour of simulated time.
func TestSelectOfNothing(t *testing.T) {
	t.Parallel()
	got := simulate(t, 1, wire.Impairment{}, `
		local began = require "clock".now()
		local _, _, why = require "socket".select({}, {}, 3600)
		print(why, require "clock".now() - began >= 3600)`, "h1 -- h2")
	if got.out != "timeout\ttrue\n" {
		t.Error(got.out)
	}
}

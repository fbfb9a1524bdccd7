package profile_test

import (
	"bytes"
	"context"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"moonwire/host"
	"moonwire/host/internal/hook"
	"moonwire/host/network/simtime"
	"moonwire/host/profile"
	"moonwire/host/whole"
)

const script = `local task = require "task"
local function pause(s)
  task.sleep(s)
end
local function count(n)
  local x = 0
  for i = 1, n do
    x = x + i
  end
end
local other = task.spawn({function()
  pause(2)
end, name = "other"})
local co = coroutine.wrap(function()
  pause(3)
end)
co()
count(5000)
other:join()
`

// measured runs the script in simulated time, so that its waits are exact.
func measured(t *testing.T) *profile.Profile {
	t.Helper()
	clock := simtime.New(time.Time{})
	defer clock.Close()
	p := profile.New(clock)
	o := host.Options{Stdout: io.Discard, Hooks: hook.Set{Clock: clock, OnLine: p.Line, OnWork: p.Work}}
	if err := host.New(o).Run(context.Background(), host.Code("p.lua", script)); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLines(t *testing.T) {
	lines := map[int]profile.Line{}
	for _, l := range measured(t).Lines() {
		if l.File == "p.lua" {
			lines[l.Number] = l
		}
	}
	if d := lines[3].Waited - 5*time.Second; d < 0 || d > time.Millisecond {
		t.Errorf("the sleeps at line 3 took %s, not 5 s", lines[3].Waited)
	}
	for line, times := range map[int]int64{1: 1, 3: 2, 8: 5000, 12: 1, 15: 1, 17: 1, 18: 1} {
		if lines[line].Times != times {
			t.Errorf("line %d ran %d times, not %d", line, lines[line].Times, times)
		}
	}
	if loop := lines[7].Ran + lines[8].Ran; loop <= lines[1].Ran/100 || lines[8].Waited != 0 {
		t.Errorf("the loop ran for %s and waited %s", loop, lines[8].Waited)
	}
}

func TestTasks(t *testing.T) {
	waited := map[string]time.Duration{}
	for _, task := range measured(t).Tasks() {
		waited[task.Name] = task.Waited.Round(10 * time.Millisecond)
	}
	if waited["other"] != 2*time.Second || waited["main task"] != 3*time.Second {
		t.Errorf("waits: %v", waited)
	}
}

func TestReport(t *testing.T) {
	var b bytes.Buffer
	err := measured(t).Report(&b, func(file string) string {
		if file == "p.lua" {
			return script
		}
		return ""
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"waited 5.000 s, waits in simulated time", " 5.000 s 100.0%        2      3    task.sleep(s)", "    5000      8      x = x + i", " p.lua:3  task.sleep(s)"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing:\n%s", want, b.String())
		}
	}
}

// Go's own tool reads what we write.
func TestPprof(t *testing.T) {
	var b bytes.Buffer
	if err := measured(t).WritePprof(&b); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "p.pb.gz")
	if err := whole.Write(file, b.Bytes()); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "tool", "pprof", "-sample_index=waited", "-lines", "-top", file).CombinedOutput()
	if err != nil {
		t.Skipf("go tool pprof: %v: %s", err, out)
	}
	if !strings.Contains(string(out), "100%   100%") || !strings.Contains(string(out), "pause p.lua:3") {
		t.Errorf("%s", out)
	}
	out, _ = exec.Command("go", "tool", "pprof", "-sample_index=lines", "-lines", "-top", file).CombinedOutput()
	if !strings.Contains(string(out), " count p.lua:8") {
		t.Errorf("%s", out)
	}
}

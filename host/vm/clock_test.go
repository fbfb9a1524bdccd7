package vm

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"moonwire/host/network"
)

// still is a network whose clock moves only when somebody sleeps.
type still struct {
	network.Network
	mu  sync.Mutex
	now time.Time
}

func (s *still) Clock() network.Clock { return s }
func (s *still) Virtual() bool        { return true }

func (s *still) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *still) Sleep(_ context.Context, d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
	return nil
}

func (s *still) AfterFunc(d time.Duration, f func()) network.Timer {
	s.Sleep(context.Background(), d)
	go f()
	return time.NewTimer(time.Hour)
}

// All that tells the time follows the current network's clock.
func TestClock(t *testing.T) {
	began := time.Date(2001, 2, 3, 4, 5, 6, 250e6, time.UTC)
	out, err := run(t, `
local task, clock = require "task", require "clock"
print(clock.virtual(), clock.now() - os.time())
print(os.date("!%Y-%m-%d %H:%M:%S"), os.time())
local from = clock.monotonic()
task.sleep(3600.5)
print(os.date("!%H:%M:%S"), clock.since(from), clock.monotonic() - from)
print(task.timeout(7200, function() task.channel():recv() end))
print(os.date("!%H:%M"))`, func(o *Options) { o.Network = &still{now: began} })
	const want = "true\t0.25\n2001-02-03 04:05:06\t981173106\n05:05:06\t3600.5\t3600.5\nnil\tno end within 7200 s\ttimeout\n07:05\n"
	if err != nil || out != want {
		t.Errorf("%v, got\n%swant\n%s", err, out, want)
	}
}

// The same seed gives the same numbers, and no seed gives others each time.
func TestSeed(t *testing.T) {
	draw := func(seed int64) string {
		out, err := run(t, `for i = 1, 8 do print(math.random(1e9)) end`, func(o *Options) { o.Seed = seed })
		if err != nil || strings.Count(out, "\n") != 8 {
			t.Fatal(out, err)
		}
		return out
	}
	if a, b, c := draw(7), draw(7), draw(8); a != b || a == c {
		t.Error("seeds don't decide")
	}
	if a, b := draw(0), draw(0); a == b {
		t.Error("two runs without a seed draw the same numbers")
	}
}

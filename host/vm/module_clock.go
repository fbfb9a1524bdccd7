package vm

import (
	"context"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// clockModule reads the current network's clock: real time, or a lab's.
func clockModule() *decl.Module {
	return &decl.Module{
		Name: "clock",
		Doc:  "The time of the network that the task is in: real, or the lab's own.",
		Funcs: []decl.Function{
			decl.Raw{Name: "now", Run: clockNow, Why: "called per packet",
				Doc:     "Seconds since 1970-01-01 00:00 UTC, with fractions.",
				Results: []decl.Param{{Name: "seconds", Type: "number"}}, Example: "clock.now() > 1e9 --> true"},
			decl.Raw{Name: "monotonic", Run: clockMonotonic, Why: "called per packet",
				Doc:     "Seconds since the script began; unlike now it never jumps when the time of day is set.",
				Results: []decl.Param{{Name: "seconds", Type: "number"}}, Example: "clock.monotonic() >= 0 --> true"},
			decl.Raw{Name: "since", Run: clockSince, Why: "called per packet",
				Doc:     "Seconds since a moment that monotonic gave.",
				Params:  []decl.Param{{Name: "moment", Type: "number", Doc: "what monotonic gave then"}},
				Results: []decl.Param{{Name: "seconds", Type: "number"}},
				Example: "clock.since(clock.monotonic()) < 60 --> true"},
			decl.Fn[struct{}, bool]{Name: "virtual",
				Doc:     "Whether time is simulated: then a sleep takes none of yours.",
				Example: "clock.virtual() --> false",
				Run: func(ctx context.Context, _ struct{}) (bool, error) {
					c := network.ClockFrom(ctx)
					return c.Virtual() && !network.IsPaced(c), nil
				}},
		},
	}
}

func clockNow(L *lua.LState) int {
	now := network.ClockFrom(threadOf(L).Context()).Now()
	L.Push(lua.LNumber(float64(now.Unix()) + float64(now.Nanosecond())/1e9))
	return 1
}

// elapsed is the time since the runtime began, by the current clock. A clock of another world began with another
// moment; differences within one world are what matters.
func elapsed(L *lua.LState) time.Duration {
	h := threadOf(L)
	return network.ClockFrom(h.Context()).Now().Sub(h.rt.start)
}

func clockMonotonic(L *lua.LState) int {
	L.Push(lua.LNumber(elapsed(L).Seconds()))
	return 1
}

func clockSince(L *lua.LState) int {
	L.Push(lua.LNumber(elapsed(L).Seconds() - decl.Number(L, "clock.since", 1)))
	return 1
}

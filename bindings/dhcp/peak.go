package dhcp

import (
	"context"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/load"
	"moonwire/host/network"
)

// runPeak is dhcp.peak{...}.
func runPeak(L *lua.LState) int {
	const name = "dhcp.peak"
	w := peakDefaults
	decl.Options(L, name, 1, &w)
	o, err := w.options(L)
	if err != nil {
		decl.Raisef(L, "%s: %s", name, err)
	}
	o.Duration = w.Duration
	s := &load.Search{From: w.From, To: w.To, Drops: w.Drops, Precision: w.Precision, Tries: w.Tries}
	steps := L.CreateTable(16, 0)
	for {
		rate, more := s.Next()
		if !more {
			break
		}
		o.Rate = rate
		r, err := oneLoad(L, o, len(s.Steps) > 0)
		if err != nil {
			return failLoad(L, name, err)
		}
		step := stepOf(L, s.Note(r))
		steps.Append(step)
		if w.Progress != nil {
			L.Push(w.Progress)
			L.Push(step)
			L.Call(1, 0)
		}
	}
	rate, limit := s.Best()
	found := L.CreateTable(0, 3)
	found.RawSetString("rate", lua.LNumber(rate))
	found.RawSetString("limit", lua.LString(limit))
	found.RawSetString("steps", steps)
	L.Push(found)
	return 1
}

// oneLoad makes a load of a search. Between two of them the server has time for what it has not answered yet.
func oneLoad(L *lua.LState, o load.Options, again bool) (result load.Result, err error) {
	err = decl.HostOf(L).Block(L, func(ctx context.Context) error {
		if again {
			if err := network.ClockFrom(ctx).Sleep(ctx, o.Timeout); err != nil {
				return err
			}
		}
		r, err := openLoad(ctx, o)
		if err != nil {
			return err
		}
		defer r.Close()
		_, err = r.Run(ctx, time.Time{})
		result = r.Result()
		return err
	})
	return result, err
}

func stepOf(L *lua.LState, s load.Step) *lua.LTable {
	step := L.CreateTable(0, 4)
	step.RawSetString("rate", lua.LNumber(s.Rate))
	step.RawSetString("served", lua.LBool(s.Served))
	if s.Limit != "" {
		step.RawSetString("limit", lua.LString(s.Limit))
	}
	step.RawSetString("result", decl.NewUserData(L, &loadResult{s.Result}))
	return step
}

package main

import (
	"context"
	"fmt"
	"time"

	"moonwire/host"
	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// blocking measures what a blocking call costs over the Go function inside it: a call from Lua that gives the interpreter
// up and takes it back, beside the same call without.
func blocking(string) ([]row, error) {
	probe := &decl.Module{Name: "probe", Doc: "Calls to measure.", Funcs: []decl.Function{
		decl.Raw{Name: "nothing", Run: func(*lua.LState) int { return 0 }},
		decl.Raw{Name: "turn", Run: func(L *lua.LState) int {
			decl.HostOf(L).Block(L, func(context.Context) error { return nil })
			return 0
		}},
	}}
	const calls = 1000000
	each := func(name string) (float64, error) {
		h := host.New(host.Options{Modules: []*decl.Module{probe}})
		code := fmt.Sprintf(`local f = require "probe".%s for i = 1, %d do f() end`, name, calls)
		start := time.Now()
		err := h.Run(context.Background(), host.Code("bench", code))
		return float64(time.Since(start).Nanoseconds()) / calls, err
	}
	var turns, nothings []float64
	for range 5 {
		for name, list := range map[string]*[]float64{"turn": &turns, "nothing": &nothings} {
			t, err := each(name)
			if err != nil {
				return nil, err
			}
			*list = append(*list, t)
		}
	}
	turn, nothing := median(turns), median(nothings)
	return []row{{"blocking call over plain call / 1 us", ns(turn), ns(nothing), (turn - nothing) / 1000, "<= 1"}}, nil
}

func ns(t float64) string { return fmt.Sprintf("%.0f ns", t) }

package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync"

	"moonwire/host"
	"moonwire/host/decl"
	"moonwire/host/vm"

	lua "github.com/yuin/gopher-lua"
)

// runsAtOnce is how many scripts wait side by side in one process.
const runsAtOnce = 2000

// embedding measures what a run of an embedded script holds while it waits, beside a state of gopher-lua with its libraries
// that waits in a goroutine.
func embedding(string) ([]row, error) {
	ours, err := held(func(ctx context.Context, waits func()) error {
		wait := &decl.Module{Name: "wait", Doc: "Wait.", Funcs: []decl.Function{decl.Raw{Name: "here", Run: func(L *lua.LState) int {
			waits()
			_ = decl.HostOf(L).Block(L, func(ctx context.Context) error { <-ctx.Done(); return nil })
			return 0
		}}}}
		h := host.New(host.Options{Modules: []*decl.Module{wait}, Limits: vm.Limits{Depth: 200}, Stdout: io.Discard, Stderr: io.Discard})
		_ = h.Run(ctx, host.Code("waits.lua", `require "wait".here()`)) // it ends by ctx
		return nil
	})
	if err != nil {
		return nil, err
	}
	bare, err := held(func(ctx context.Context, waits func()) error {
		L := lua.NewState()
		defer L.Close()
		L.SetGlobal("here", L.NewFunction(func(*lua.LState) int {
			waits()
			<-ctx.Done()
			return 0
		}))
		return L.DoString(`here()`)
	})
	if err != nil {
		return nil, err
	}
	kb := func(n float64) string { return fmt.Sprintf("%.0f KB", n/1024) }
	return []row{{"a run that waits / a bare gopher-lua state", kb(ours), kb(bare), ours / bare, "<= 2"}}, nil
}

// held is how many bytes of heap and stacks each of many runs holds when all of them wait.
func held(run func(ctx context.Context, waits func()) error) (float64, error) {
	ctx, end := context.WithCancel(context.Background())
	defer end()
	before := inUse()
	var waiting, ended sync.WaitGroup
	failed := make(chan error, runsAtOnce)
	for range runsAtOnce {
		waiting.Add(1)
		ended.Go(func() {
			if err := run(ctx, waiting.Done); err != nil {
				failed <- err
			}
		})
	}
	waiting.Wait()
	each := (inUse() - before) / runsAtOnce
	end()
	ended.Wait()
	select {
	case err := <-failed:
		return 0, err
	default:
		return each, nil
	}
}

// inUse is what the process holds after a collection.
func inUse() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc + m.StackInuse)
}

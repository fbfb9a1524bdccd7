package host_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"moonwire/host"
	"moonwire/host/result"
	"moonwire/host/vm"
)

// What a script returns arrives as data, what it prints goes to Stdout, and its status is an error.
func ExampleOptions_results() {
	var out bytes.Buffer
	h := host.New(host.Options{Stdout: &out, Args: []string{"R2"}, OnResult: func(v any) error {
		for _, row := range v.(result.List) {
			fmt.Println(row.(result.Record).Get("name"))
		}
		return nil
	}})
	err := h.Run(context.Background(), host.Code("ports.lua", `
print("asking " .. ...)
return {{name = "eth0", up = true}, {name = "eth1", up = false}}`))
	fmt.Printf("%q %v\n", out.String(), err)

	err = h.Run(context.Background(), host.Code("gives_up.lua", `os.exit(3)`))
	var exit *vm.Exit
	fmt.Println(errors.As(err, &exit), exit.Code)
	// Output:
	// eth0
	// eth1
	// "asking R2\n" <nil>
	// true 3
}

// The end of the context ends a script wherever it waits or computes; its cleanups run.
func ExampleHost_Run_stopped() {
	ctx, cancel := context.WithCancelCause(context.Background())
	enough := errors.New("seen enough")
	h := host.New(host.Options{OnProgress: func(done, _ float64, _ string) {
		if done == 3 {
			cancel(enough)
		}
	}})
	err := h.Run(ctx, host.Code("endless.lua", `
local script, task = require "script", require "task"
task.defer(print, "cleaned up")
for i = 1, math.huge do
  script.progress(i)
  task.sleep(0.001)
end`))
	fmt.Println(err)
	fmt.Println(errors.Is(err, enough))
	// Output:
	// cleaned up
	// seen enough: main task was in sleep at endless.lua:6
	// true
}

// Thousands of scripts run side by side: each has a state of its own, and one that waits holds some 150 KB and no thread.
func ExampleHost_Run_thousands() {
	var sum atomic.Int64
	h := host.New(host.Options{Simulated: true, Limits: vm.Limits{Depth: 200}, OnResult: func(v any) error {
		sum.Add(int64(v.(float64)))
		return nil
	}})
	const runs = 1000
	var all sync.WaitGroup
	for range runs {
		all.Go(func() {
			if err := h.Run(context.Background(), host.Code("sleeper.lua", `require "task".sleep(60) return 1`)); err != nil {
				fmt.Println(err)
			}
		})
	}
	all.Wait()
	fmt.Println(sum.Load(), "scripts slept a minute")
	// Output: 1000 scripts slept a minute
}

package host_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"strings"
	"time"

	"moonwire/host"
	"moonwire/host/decl"
	"moonwire/host/vm"
)

func Example_tasks() {
	script := host.Code("hello.lua", `
local task = require "task"
task.spawn(function() print "world" end)
print "hello"`)
	if err := host.New(host.Options{}).Run(context.Background(), script); err != nil {
		fmt.Println(err)
	}
	// Output:
	// hello
	// world
}

// Input and output are what you give.
func ExampleOptions_streams() {
	var out bytes.Buffer
	h := host.New(host.Options{Stdin: strings.NewReader("one\ntwo\n"), Stdout: &out})
	err := h.Run(context.Background(), host.Code("upper.lua", `for line in io.lines() do print(line:upper()) end`))
	fmt.Printf("%q %v\n", out.String(), err)
	// Output: "ONE\nTWO\n" <nil>
}

// prefixes are the parameters of hosts.count; opts.* fields travel in one last table.
type prefixes struct {
	Prefix netip.Prefix `lua:"prefix" doc:"an address range"`
	All    bool         `lua:"opts.all" doc:"count the network's and the broadcast address too"`
}

// A module of your own is a value. Its record checks the calls and documents them.
func ExampleOptions_modules() {
	hosts := &decl.Module{
		Name: "hosts",
		Doc:  "Count hosts.",
		Funcs: []decl.Function{decl.Fn[prefixes, int]{
			Name:    "count",
			Doc:     "How many hosts a prefix has room for.",
			Example: `hosts.count("10.0.0.0/24") --> 254`,
			Run: func(_ context.Context, a prefixes) (int, error) {
				n := 1 << (a.Prefix.Addr().BitLen() - a.Prefix.Bits())
				if a.All || n < 4 {
					return n, nil
				}
				return n - 2, nil
			},
		}},
	}
	h := host.New(host.Options{Modules: []*decl.Module{hosts}})
	err := h.Run(context.Background(), host.Code("count.lua", `
local hosts = require "hosts"
print(hosts.count "10.0.0.0/24", hosts.count("10.0.0.0/24", {all = true}))
print(pcall(function() hosts.count("10.0.0.0/24", {al = true}) end))
print(pcall(function() hosts.count "10.0.0" end))`))
	fmt.Println(err)
	// Output:
	// 254	256
	// false	count.lua:4: bad option 'al' to 'hosts.count' (did you mean 'all'? expected one of: all)
	// false	count.lua:5: bad argument #1 to 'hosts.count' (prefix: prefix as ip/bits expected, got '10.0.0')
	// <nil>
}

// An error knows its line and its traceback.
func ExampleHost_Run_error() {
	err := host.New(host.Options{}).Run(context.Background(), host.Code("bad.lua", "local function f(t)\n  return t.a.b\nend\nf{}"))
	var raised *vm.Error
	if errors.As(err, &raised) {
		fmt.Print(raised.Report())
	}
	// Output:
	// moonwire: bad.lua:2: attempt to index field 'a' (a nil value)
	//      2 |   return t.a.b
	// stack traceback:
	// 	bad.lua:2: in function 'f'
	// 	bad.lua:4: in main chunk
	// 	[C]: ?
}

// Limits hold whatever the script tries.
func ExampleOptions_limits() {
	h := host.New(host.Options{Limits: vm.Limits{Timeout: 50 * time.Millisecond}})
	err := h.Run(context.Background(), host.Code("busy.lua", `while true do pcall(function() while true do end end) end`))
	fmt.Println(err)
	// Output: the time limit of 50ms is reached: main task was at busy.lua:1
}

// os.exit comes back as a value, after the script's cleanups have run.
func ExampleHost_Run_exit() {
	err := host.New(host.Options{Stdout: os.Stdout}).Run(context.Background(), host.Code("exit.lua", `
require "task".defer(print, "cleaned up")
os.exit(3)`))
	var exit *vm.Exit
	if errors.As(err, &exit) {
		fmt.Println("status", exit.Code)
	}
	// Output:
	// cleaned up
	// status 3
}

// Time may be simulated: it jumps to what happens next when every task waits.
func ExampleOptions_simulated() {
	h := host.New(host.Options{Simulated: true, Seed: 1})
	err := h.Run(context.Background(), host.Code("wait.lua", `
require "task".sleep(86400)
print(os.date("!%Y-%m-%d"))
print((select(2, require "socket".connect("127.0.0.1", 80))))`))
	fmt.Println(err)
	// Output:
	// 2026-01-02
	// opening a tcp4 socket: this run's time is simulated, and what is real keeps real time (run in a lab: --lab NAME; or drop --virtual-time; a test's header says: needs: net ADDRESS)
	// <nil>
}

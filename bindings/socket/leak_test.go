package socket_test

import (
	"bytes"
	"context"
	"os"
	"runtime"
	"testing"
	"time"

	"moonwire/bindings/socket"
	"moonwire/host/decl"
	"moonwire/host/vm"
)

// TestNothingIsLeft runs scripts that forget their sockets, and counts what the process has before and after.
func TestNothingIsLeft(t *testing.T) {
	if _, err := os.ReadDir("/proc/self/fd"); err != nil {
		t.Skip("no /proc to count descriptors in")
	}
	for name, source := range map[string]string{
		"a thousand sockets": `
			local keep = {}
			for i = 1, 500 do keep[i] = {require "socket".tcp4(), require "socket".udp4()} end`,
		"connections": `
			local socket, keep = require "socket", {}
			local server = socket.bind("127.0.0.1", 0)
			local ip, port = server:getsockname()
			for i = 1, 50 do keep[i] = {socket.connect(ip, port), server:accept()} end`,
		"a waiting daemon": `
			local socket, task = require "socket", require "task"
			local server = socket.bind("127.0.0.1", 0)
			task.daemon(function() server:accept() end)
			task.sleep(0.01)`,
		"an error": `
			local socket = require "socket"
			local server = socket.bind("127.0.0.1", 0)
			error("on purpose")`,
	} {
		t.Run(name, func(t *testing.T) {
			before, goroutines := descriptors(t), runtime.NumGoroutine()
			run(t, source)
			for range 6000 {
				if descriptors(t) <= before && runtime.NumGoroutine() <= goroutines {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
			t.Errorf("%d descriptors and %d goroutines, %d and %d before", descriptors(t), runtime.NumGoroutine(), before, goroutines)
		})
	}
}

// TestCollected makes and forgets more sockets than may be open at once.
func TestCollected(t *testing.T) {
	if _, err := os.ReadDir("/proc/self/fd"); err != nil {
		t.Skip("no /proc to count descriptors in")
	}
	before := descriptors(t)
	out := run(t, `
		local socket = require "socket"
		local server = socket.bind("127.0.0.1", 0)
		local ip, port = server:getsockname()
		local client = socket.connect(ip, port)
		do local peer = server:accept() peer:send("x") end
		for i = 1, 200 do socket.udp4() end
		collectgarbage() collectgarbage()
		client:settimeout(5)
		print(client:receive("*a"))`)
	if out != "x\tnil\tnil\n" {
		t.Errorf("the forgotten end of a connection stayed open: %q", out)
	}
	if now := descriptors(t); now > before+20 {
		t.Errorf("%d descriptors, %d before", now, before)
	}
}

func descriptors(t *testing.T) int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// run runs a script to its end and returns what it printed.
func run(t *testing.T, source string) string {
	var out bytes.Buffer
	rt, err := vm.New(vm.Options{Modules: []*decl.Module{socket.Module()}, Stdout: &out, Limits: vm.Limits{Timeout: timeout}})
	if err != nil {
		t.Fatal(err)
	}
	defer rt.Close()
	rt.Run(context.Background(), "=leak", source)
	return out.String()
}

//go:build unix

package host_test

import (
	"context"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"moonwire/host"
)

// forgetful are scripts that leave things open, each in its own way.
var forgetful = map[string]string{
	"sockets":             `for i = 1, 200 do held[i] = assert(socket.bind("127.0.0.1", 0)) end`,
	"sockets of tasks":    `task.group(function() for i = 1, 50 do task.spawn(function() socket.bind("127.0.0.1", 0) task.sleep(0.001) end) end end)`,
	"connections":         `local s = socket.bind("127.0.0.1", 0) local _, port = s:getsockname() for i = 1, 20 do held[i] = {socket.connect("127.0.0.1", port), s:accept()} end`,
	"an accept":           `task.daemon(function() socket.bind("127.0.0.1", 0):accept() end) task.sleep(0.01)`,
	"files":               `for i = 1, 50 do held[i] = io.open(dir .. "/f" .. i, "w") held[i]:write "x" end`,
	"temporary files":     `for i = 1, 20 do held[i] = io.tmpfile() held[i]:write "x" end`,
	"lines":               `local f = io.open(dir .. "/l", "w") f:write "1\n2\n" f:close() for l in io.lines(dir .. "/l") do break end`,
	"udp":                 `for i = 1, 50 do held[i] = socket.udp() held[i]:setsockname("127.0.0.1", 0) end`,
	"a receive that ends": `local u = socket.udp() u:setsockname("127.0.0.1", 0) task.timeout(0.01, u.receive, u)`,
	"an error":            `held[1] = socket.bind("127.0.0.1", 0) error "x"`,
	"os.exit":             `held[1] = socket.bind("127.0.0.1", 0) os.exit(1)`,
	"coroutines":          `for i = 1, 20 do coroutine.wrap(function() held[i] = socket.bind("127.0.0.1", 0) coroutine.yield() end)() end`,
}

// No descriptor, goroutine or temporary file is left behind by a script.
func TestNothingIsLeftBehind(t *testing.T) {
	dir, temp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temp)
	for name, source := range forgetful {
		t.Run(name, func(t *testing.T) {
			script := `local task, socket, held, dir = require "task", require "socket", {}, ... ` + source
			descriptors, goroutines := countDescriptors(t), runtime.NumGoroutine()
			err := host.New(host.Options{Args: []string{dir}, Stdout: io.Discard}).Run(context.Background(), host.Code("forgetful", script))
			if err != nil && name != "an error" && name != "os.exit" {
				t.Fatal(err)
			}
			settle(func() bool { return countDescriptors(t) <= descriptors && runtime.NumGoroutine() <= goroutines })
			if n := countDescriptors(t); n > descriptors {
				t.Errorf("%d descriptors more", n-descriptors)
			}
			if n := runtime.NumGoroutine(); n > goroutines {
				t.Errorf("%d goroutines more", n-goroutines)
			}
			if left, _ := os.ReadDir(temp); len(left) > 0 {
				t.Errorf("temporary files are left: %v", left)
			}
		})
	}
}

// settle waits a moment for what ends on its own time.
func settle(done func() bool) {
	for range 12000 {
		if done() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func countDescriptors(t *testing.T) int {
	for _, dir := range []string{"/proc/self/fd", "/dev/fd"} {
		if list, err := os.ReadDir(dir); err == nil {
			n := 0
			for _, e := range list {
				if target, _ := os.Readlink(dir + "/" + e.Name()); !strings.Contains(target, "anon_inode") {
					n++
				}
			}
			return n
		}
	}
	t.Skip("no list of descriptors on this system")
	return 0
}

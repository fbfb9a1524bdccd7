package vm

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"moonwire/host/network"
)

// workers are the files that the test's workers run.
var workers = map[string]string{
	"square.lua":  `local port = ... for n in port do port:send(n * n) end return "done", 7`,
	"echo.lua":    `local port, a, b = ... port:send{a, b} for v in port do port:send(v) end`,
	"fail.lua":    "local port = ...\nlocal function f() error('worker broke') end\nf()",
	"loop.lua":    `while true do pcall(function() while true do end end) end`,
	"wait.lua":    `local port = ... port:recv()`,
	"flood.lua":   `local port = ... for i = 1, 1000 do port:send(i) end`,
	"exit.lua":    `os.exit(3)`,
	"tasks.lua":   `local port = ... local task = require "task" task.group(function() for i = 1, 3 do task.spawn(function() port:send(i) end) end end)`,
	"bad.lua":     `x = = 1`,
	"sub/mod.lua": `return select("#", ...)`,
	"results.lua": `return {1, {2}}, nil, "x"`,
	"closure.lua": `return print`,
}

func TestWorker(t *testing.T) {
	dir := t.TempDir()
	for name, source := range workers {
		name = filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(name), 0o777)
		if err := os.WriteFile(name, []byte(source), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct{ source, want, err string }{
		"values both ways": {`local w = start "square" for i = 1, 3 do w:send(i) end print(w:recv(), w:recv(), w:recv()) w:close() print(w:join())`,
			"1\t4\t9\ndone\t7\n", ""},
		"iteration": {`local w = start "square" for i = 1, 3 do w:send(i) end w:close() local s = 0 for v in w do s = s + v end print(s)`, "14\n", ""},
		"tables are copied": {`local t = {1, x = {y = "z"}, [true] = 2.5} t.self = t
			local w = start("echo", t, nil) local got = w:recv()[1]
			print(got ~= t, got[1], got.x.y, got[true], got.self == got, getmetatable(got))`, "true\t1\tz\t2.5\ttrue\tnil\n", ""},
		"arguments":           {`local w = start("echo", "a", false) local r = w:recv() print(r[1], r[2]) w:close() w:join()`, "a\tfalse\n", ""},
		"functions stay":      {`print(pcall(function() start("echo", print) end))`, "false\ttest.lua:1: bad argument #2 to 'task.worker' (can't copy a function to another state)\n", ""},
		"functions stay sent": {`local w = start "echo" print(pcall(function() w:send{f = print} end))`, "false\ttest.lua:2: bad argument #2 to 'worker:send' (can't copy a function to another state)\n", ""},
		"an error is raised by join": {`local w = start "fail" print(pcall(w.join, w))`,
			"false\tDIR/fail.lua:2: worker broke\n", ""},
		"an error that nobody joins ends the script": {`local w = start "fail" task.sleep(60)`, "", "DIR/fail.lua:2: worker broke"},
		"a syntax error":          {`local w = start "bad" print(pcall(w.join, w))`, "false\tDIR/bad.lua:1: unexpected symbol near '='\n", ""},
		"cancel":                  {`local w = start "loop" w:cancel() print(w:join())`, "nil\tcancelled\tcancelled\n", ""},
		"cancel one that waits":   {`local w = start "wait" w:cancel() print(w:join())`, "nil\tcancelled\tcancelled\n", ""},
		"forgotten":               {`start "loop"`, "", ""},
		"recv with a timeout":     {`local w = start "wait" print(w:recv(0.001)) print(w:recv(0))`, "nil\ttimeout\ttimeout\nnil\ttimeout\ttimeout\n", ""},
		"after its end":           {`local w = start "flood" local n = 0 for v in w do n = n + 1 end print(n, w:recv()) print(w:send(1))`, "1000\tnil\tthe other end is closed\tclosed\nnil\tthe other end is closed\tclosed\n", ""},
		"tasks inside":            {`local w, n = start "tasks", 0 for v in w do n = n + v end print(n)`, "6\n", ""},
		"results":                 {`local w = start "results" local t, n, x = w:join() print(t[2][1], n, x)`, "2\tnil\tx\n", ""},
		"results that can't be":   {`local w = start "closure" print(pcall(function() w:join() end))`, "false\ttest.lua:2: can't copy a function to another state\n", ""},
		"os.exit ends it alone":   {`local w = start "exit" print(pcall(w.join, w)) print "on"`, "false\tthe worker ended with exit status 3\non\n", ""},
		"by the name of a module": {`package.path = dir .. "/?.lua" print(task.worker("sub.mod", 1, 2):join())`, "3\n", ""},
		"no such file":            {`print(select(3, task.worker "nowhere.lua")) print(task.worker "nowhere")`, "notfound\nnil\ttask.worker: no file for module 'nowhere' in package.path\tnotfound\n", ""},
		"other tasks go on": {`local w = start "wait" local n = 0
			local t = task.spawn(function() for i = 1, 5 do task.sleep(0.001) n = n + 1 end w:close() end)
			w:join() t:join() print(n)`, "5\n", ""},
		"wrong receiver": {`local w = start "wait" print(pcall(function() w.recv(5) end)) w:cancel()`, "false\ttest.lua:2: bad argument #1 to 'worker:recv' (worker expected, got number)\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, run := range []func(testing.TB, string, ...func(*Options)) (string, error){run, simulate} {
				out, err := run(t, "local task, dir = require 'task', '"+filepath.ToSlash(dir)+"' local function start(f, ...) return task.worker(dir .. '/' .. f .. '.lua', ...) end\n"+c.source,
					func(o *Options) { o.Files = network.OSFiles() })
				out = strings.ReplaceAll(out, filepath.ToSlash(dir), "DIR")
				got := ""
				if err != nil {
					got = strings.ReplaceAll(err.Error(), filepath.ToSlash(dir), "DIR")
				}
				if out != c.want || got != c.err {
					t.Errorf("got %q, error %q\nwant %q, error %q", out, got, c.want, c.err)
				}
			}
		})
	}
}

func TestWorkerLeavesNoGoroutine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "w.lua")
	if err := os.WriteFile(file, []byte(workers["wait.lua"]), 0o666); err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	if _, err := run(t, `for i = 1, 10 do require "task".worker("`+filepath.ToSlash(file)+`") end`, func(o *Options) { o.Files = network.OSFiles() }); err != nil {
		t.Fatal(err)
	}
	if n := goroutines(t, before); n > before {
		t.Errorf("%d goroutines more", n-before)
	}
}

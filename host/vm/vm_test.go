package vm

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// run runs a chunk in a fresh runtime and returns its output.
func run(t *testing.T, source string, change ...func(*Options)) (string, error) {
	t.Helper()
	var out bytes.Buffer
	opt := Options{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out}
	for _, f := range change {
		f(&opt)
	}
	rt, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	err = rt.Run(context.Background(), "test.lua", source)
	return out.String(), err
}

func TestTasks(t *testing.T) {
	out, err := run(t, `
local task = require "task"
local t = task.spawn(function(a) task.sleep(0.01) print("in task", a) return a, 2 end, 1)
print(t:join())
local co = coroutine.wrap(function(...) print(...) for i = 1, 3 do print(pcall(function() return coroutine.yield(i) end)) end end)
print(co(7, 8)) print(co("x")) print(co("y"))
print(pcall(function() task.spawn(function() error("boom") end):join() end))
local t = task.spawn(function() task.sleep(10) end)
task.sleep(0.01)
t:cancel("enough")
print(t:join())
`)
	if err != nil {
		t.Fatal(err.(*Error).Report())
	}
	t.Log(out)
	_, err = run(t, "local function f(x)\n  local y = x.b.c\n return y\nend\nprint(f({}))\n")
	t.Log(err.(*Error).Report())
	_, err = run(t, "local function f(x)\n return 1+f(x)\nend\nprint(f({}))\n")
	t.Log(err.(*Error).Report())
}

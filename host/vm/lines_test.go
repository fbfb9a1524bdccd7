package vm

import (
	"fmt"
	"strings"
	"testing"

	"moonwire/host/vm/lua51/machine"
)

// linesOf runs a chunk and lists its lines as they are run: "n" where one begins, "(n)" where one goes on.
func linesOf(t *testing.T, source string) string {
	t.Helper()
	var seen []string
	_, err := run(t, source, func(o *Options) {
		o.OnLine = func(at machine.Level, line int, begins bool) {
			text := fmt.Sprint(line)
			if !begins {
				text = "(" + text + ")"
			}
			seen = append(seen, text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(seen, " ")
}

// The lines are those that the reference interpreter's line hook is called for, and those that go on.
func TestOnLine(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"in order", "local a = 1\n\nlocal b = a", "1 3"},
		{"a loop on two lines", "for i = 1, 3 do\n  local a = i\nend", "1 2 1 2 1 2 1 3"},
		{"a loop on one line", "local i = 0\nwhile i < 3 do i = i + 1 end", "1 2 2 2 2"},
		{"the other branch", "if false then\n  local a = 1\nelse\n  local b = 2\nend", "1 4 5"},
		{"a call", "local function f()\n  return 1\nend\nlocal a = f() + f()", "3 4 2 (4) 2 (4)"},
		{"an error that is caught", "pcall(function()\n  error 'x'\nend)\nlocal a = 1", "1 3 1 2 4"},
		{"calls from Go", "local t = {2, 1}\ntable.sort(t, function(a, b)\n  return a < b end)\nlocal a = 1", "1 2 3 2 3 4"},
		{"a coroutine", "local f = coroutine.wrap(function()\n  coroutine.yield()\n  local b\nend)\nf()\nf()", "1 4 1 5 2 6 3 4 (6)"},
		{"another task", "local task = require 'task'\ntask.spawn(function()\n  local a = 1\nend)\ntask.sleep(0) local b = 1\nlocal c", "1 2 4 2 5 3 4 (5) 6"},
	} {
		if got := linesOf(t, c.source); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

package vm

import (
	"strings"
	"testing"
	"time"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// settled is what Settle lists of the tasks that a chunk leaves, and what it printed meanwhile.
func settled(t *testing.T, d time.Duration, source string) (left []TaskInfo, out string) {
	t.Helper()
	out, err := simulate(t, "local task = require 'task' "+source+"\nrequire('settle').all()", func(o *Options) {
		o.Modules = []*decl.Module{{Name: "settle", Funcs: []decl.Function{decl.Raw{Name: "all", Run: func(L *lua.LState) int {
			left = threadOf(L).rt.Settle(L, d)
			return 0
		}}}}}
	})
	if err != nil {
		t.Fatal(err)
	}
	return left, out
}

func TestSettle(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		source string
		left   []string // where they were made and what they do
		out    string
	}{
		"none":                 {"", nil, ""},
		"one that ends":        {`task.spawn(function() task.sleep(0.5) print "done" end)`, nil, "done\n"},
		"one that ends itself": {`task.spawn(function() task.sleep(0.5) task.spawn(function() task.sleep(0.4) print "done" end) end)`, nil, "done\n"},
		"a daemon":             {`task.daemon(function() while true do task.sleep(1) end end)`, nil, ""},
		"two that don't end": {"task.spawn(function() task.sleep(60) print 'late' end)\ntask.spawn(function() task.channel():recv() end)",
			[]string{"test.lua:1 in sleep at test.lua:1", "test.lua:2 in recv at test.lua:2"}, ""},
		"one that can't be stopped at once": {`task.spawn(function() pcall(function() task.sleep(60) end) print "not heard" end)`,
			[]string{"test.lua:1 in sleep at test.lua:1"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			list, out := settled(t, time.Second, c.source)
			var left []string
			for _, one := range list {
				left = append(left, one.Made+" "+one.Doing)
			}
			if strings.Join(left, "\n") != strings.Join(c.left, "\n") || out != c.out {
				t.Errorf("left %q and printed %q, want %q and %q", left, out, c.left, c.out)
			}
		})
	}
}

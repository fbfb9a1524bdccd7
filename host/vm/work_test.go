package vm

import (
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// Every wait is told of at its beginning and at its end, and every task at its end.
func TestOnWork(t *testing.T) {
	var seen []string
	_, err := run(t, `
local task = require "task"
task.spawn({function() task.sleep(0.001) end, name = "other"}):join()`, func(o *Options) {
		o.OnWork = func(_ *lua.LState, task string, now Work) {
			seen = append(seen, task+" "+[]string{"runs", "waits", "ends"}[now])
		}
	})
	const want = "main task runs, main task waits, other runs, other waits, other runs, other ends, main task runs, main task ends"
	if got := strings.Join(seen, ", "); err != nil || got != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
	}
}

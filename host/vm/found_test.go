package vm

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"moonwire/host/network/simtime"

	lua "github.com/yuin/gopher-lua"
)

// What a script has found so far is handed over when it is interrupted or its time is over, once, behind what it defers; else what
// it returns is.
func TestFound(t *testing.T) {
	t.Parallel()
	const search = `local script, task = require "script", require "task"
local list = {}
script.found(list)
task.defer(function() list[#list + 1] = "last" end)
for i = 1, 3 do list[i] = i end
`
	for _, c := range []struct {
		name, end, want string
		limit           int64
	}{
		{"returned", "return 7", "7", 0},
		{"interrupted", "interrupt() while true do task.sleep(1) end", "1 2 3 last", 0},
		{"out of instructions", "while true do end", "1 2 3 last", 100_000},
		{"failed", "error 'no'", "", 0},
		{"ended", "os.exit(3)", "", 0},
		{"said again", "script.found(false) interrupt() while true do task.sleep(1) end", "false", 0},
	} {
		clock := simtime.New(time.Time{})
		defer clock.Close()
		var got []string
		var out strings.Builder
		rt, err := New(Options{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Network: simulation{clock: clock}, Limits: Limits{Instructions: c.limit}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		rt.base.SetGlobal("interrupt", rt.base.NewFunction(func(*lua.LState) int { cancel(); return 0 }))
		err = rt.RunThen(ctx, "found.lua", search+c.end, func(L *lua.LState, values []lua.LValue) error {
			for _, v := range values {
				if list, is := v.(*lua.LTable); is {
					list.ForEach(func(_, item lua.LValue) { got = append(got, fmt.Sprint(item)) })
				} else {
					got = append(got, fmt.Sprint(v))
				}
			}
			return nil
		})
		cancel()
		if text := strings.Join(got, " "); text != c.want || (err == nil) != (c.name == "returned") {
			t.Errorf("%s: handed over %q, want %q; %v", c.name, text, c.want, err)
		}
	}
}

package vm

import (
	"fmt"
	"strings"
	"testing"
)

// A countdown moves while the script waits, goes away when it is over, and ends with the task that began it.
func TestCountdown(t *testing.T) {
	t.Parallel()
	const source = `local script, task = require "script", require "task"
script.countdown(1, "answers")
task.sleep(0.6)
local waiting = task.spawn(function() script.countdown(10, "more") task.sleep(10) end)
task.sleep(0.3)
waiting:cancel()
task.sleep(1)`
	var told []string
	_, err := simulate(t, source, func(o *Options) {
		o.Progress = func(done, total float64, text string) { told = append(told, fmt.Sprint(text, " ", done, "/", total)) }
	})
	want := "answers 0/1, answers 0.25/1, answers 0.5/1, more 0/10, answers 0.75/1, more 0.25/10, answers 1/1, more 10/10"
	if got := strings.Join(told, ", "); err != nil || got != want {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
	if _, err := simulate(t, source); err != nil {
		t.Errorf("nobody is told: %v", err)
	}
}

package vm_test

import (
	"testing"

	"moonwire/host/hosttest"
	"moonwire/host/vm"
)

func TestTask(t *testing.T)      { hosttest.RunFile(t, "testdata/task.lua") }
func TestChannel(t *testing.T)   { hosttest.RunFile(t, "testdata/channel.lua") }
func TestCoroutine(t *testing.T) { hosttest.RunFile(t, "testdata/coroutine.lua") }

func TestExamples(t *testing.T) {
	for _, m := range vm.Modules() {
		hosttest.Examples(t, m)
	}
}

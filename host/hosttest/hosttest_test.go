package hosttest

import (
	"testing"

	"moonwire/host/vm"
)

func TestRunFile(t *testing.T) { RunFile(t, "testdata/self.lua") }

func TestExamples(t *testing.T) {
	for _, m := range vm.Modules() {
		Examples(t, m)
	}
}

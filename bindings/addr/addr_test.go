package addr_test

import (
	"testing"

	"moonwire/bindings/addr"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) { hosttest.RunFile(t, "testdata/addr.lua", addr.Module()) }

package u64_test

import (
	"testing"

	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) { hosttest.RunFile(t, "testdata/u64.lua", u64.Module()) }

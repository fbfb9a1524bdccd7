package mac_test

import (
	"testing"

	"moonwire/bindings/mac"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) { hosttest.RunFile(t, "testdata/mac.lua", mac.Module()) }

package bytes_test

import (
	"testing"

	"moonwire/bindings/bytes"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) {
	hosttest.RunFile(t, "testdata/bytes.lua", bytes.Module(), u64.Module())
}

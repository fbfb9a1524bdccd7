package json_test

import (
	"testing"

	"moonwire/bindings/json"
	"moonwire/bindings/u64"
	"moonwire/host/hosttest"
)

func TestLua(t *testing.T) {
	hosttest.RunFile(t, "testdata/json.lua", json.Module(), json.Cjson(), json.Safe(), u64.Module())
}

package link

import (
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// A list that contains itself has no destination.
func TestAimAtLoop(t *testing.T) {
	L := lua.NewState()
	defer L.Close()
	loop := L.NewTable()
	loop.Append(loop)
	loop.Append(loop)
	if a, ok := aim(loop); ok {
		t.Errorf("a destination: %s", a)
	}
}

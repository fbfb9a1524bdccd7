package result

import (
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// TestTooMany: tables that hold each other twice unfold to more than any memory has.
func TestTooMany(t *testing.T) {
	t.Parallel()
	L := lua.NewState()
	defer L.Close()
	if err := L.DoString(`local t = {1} for i = 1, 100 do t = {t, t} end return t`); err != nil {
		t.Fatal(err)
	}
	_, err := read(L, []lua.LValue{L.Get(-1)}, 1000)
	if err == nil || err.Error() != "the result has more than 1000 values" {
		t.Error(err)
	}
}

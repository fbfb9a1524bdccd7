package lua51_test

import (
	"strings"
	"testing"
)

// TestForgedDumps loads what string.dump never made.
func TestForgedDumps(t *testing.T) {
	for name, c := range map[string]struct{ dump, want string }{
		"no length":           {`\27LuaS`, "bad header in precompiled chunk"},
		"length past the end": {`\27LuaS 9 =x`, "bad header in precompiled chunk"},
		"negative length":     {`\27LuaS -1 =x`, "bad header in precompiled chunk"},
		"no such function":    {`\27LuaS/1 2 =xreturn 1`, "bad header in precompiled chunk"},
		"not a number":        {`\27LuaS/a 2 =xreturn 1`, "bad header in precompiled chunk"},
		"dump in a dump":      {`\27LuaS 2 =x\27LuaS 2 =xreturn 1`, "bad header in precompiled chunk"},
		"source at fault":     {`\27LuaS 2 =xreturn return`, "x:1: unexpected symbol near 'return'"},
	} {
		t.Run(name, func(t *testing.T) {
			got := run(t, `print((select(2, loadstring("`+c.dump+`", "=dump")):gsub("^dump: ", "")))`)
			if strings.TrimSuffix(got, "\n") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

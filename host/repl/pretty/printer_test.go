package pretty

import (
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestValue(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{`nil`, `nil`},
		{`true`, `true`},
		{`12`, `12`},
		{`0.5`, `0.5`},
		{`"text"`, `"text"`},
		{`"GET /\r\nHost: a\tb"`, `"GET /\r\nHost: a\tb"`},
		{`'say "\\"'`, `"say \"\\\""`},
		{`""`, `""`},
		{`{}`, `{}`},
		{`{1, 2, {3}}`, `{1, 2, {3}}`},
		{`{b = 1, a = 2, [3] = 4, [true] = 5, ["no name"] = 6, ["end"] = 7, [0.5] = 8}`,
			"{\n  [0.5] = 8,\n  [3] = 4,\n  a = 2,\n  b = 1,\n  [\"end\"] = 7,\n  [\"no name\"] = 6,\n  [true] = 5\n}"},
		{`{1, nil, 3}`, `{1, [3] = 3}`},
		{`{"\1\2"}`, `{"\x01\x02"}`},
		{`{("x"):rep(20)}`, `{"xxxxxxxxxx"... (20 bytes)}`},
		{`{{{1}}}`, `{{{1}}}`},
		{`{{{{1}}}}`, `{{{{...}}}}`},
		{`{{{{}}}}`, `{{{{}}}}`},
		{`(function() local t = {} t.self = t return t end)()`, `{self = <cycle>}`},
		{`(function() local t = {} return {t, t} end)()`, `{{}, {}}`},
		{`{1,2,3,4,5,6,7,8,9,10,11}`, "{\n  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,\n  ... and 1 more\n}"},
		{`{100000000, 200000000, 300000000, 400000000}`, "{\n  100000000, 200000000, 300000000,\n  400000000\n}"},
		{`{first = "aaaaaaaaaa", second = {x = "bbbbbbbbbb", y = "ccccccccccc"}}`,
			"{\n  first = \"aaaaaaaaaa\",\n  second = {\n    x = \"bbbbbbbbbb\",\n    y = \"cccccccccc\"... (11 bytes)\n  }\n}"},
		{`"\0\255abcdefghijklmnop"`, "18 bytes\n" +
			"  0000  00 ff 61 62 63 64 65 66  67 68                    |..abcdefgh|\n  ... and 8 bytes more"},
		{`"h\169\195"`, "3 bytes\n  0000  68 a9 c3                                          |h..|"},
	} {
		L := lua.NewState()
		defer L.Close()
		if err := L.DoString("return " + tt.source); err != nil {
			t.Fatal(err)
		}
		p := Defaults()
		p.Width, p.Depth, p.Items, p.Bytes = 40, 3, 10, 10
		if got := p.Value(L.Get(-1)); got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.source, got, tt.want)
		}
	}
}

func TestValues(t *testing.T) {
	p := Defaults()
	if got := p.Values([]lua.LValue{lua.LNil, lua.LString("timeout")}); got != `nil, "timeout"` {
		t.Error(got)
	}
	if got := p.Values([]lua.LValue{lua.LString("caf\u00e9 \u2713\n")}); got != "\"caf\u00e9 \u2713\\n\"" {
		t.Error(got)
	}
	if got := p.Values([]lua.LValue{lua.LString("caf\xe9")}); !strings.HasPrefix(got, "4 bytes\n") {
		t.Error(got)
	}
	if got := p.Values([]lua.LValue{lua.LString("\x00"), lua.LNumber(1)}); strings.Count(got, "\n") != 2 {
		t.Errorf("a hexdump and a number:\n%s", got)
	}
}

func TestNaming(t *testing.T) {
	p := Defaults()
	p.Naming = func(lua.LValue) string { return "function f" }
	if got := p.Value(&lua.LTable{}); got != "{}" {
		t.Error(got)
	}
	if got := p.Value(&lua.LFunction{}); got != "function f" {
		t.Error(got)
	}
}

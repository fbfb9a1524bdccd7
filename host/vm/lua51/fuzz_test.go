package lua51_test

import (
	"io"
	"strings"
	"testing"

	"moonwire/host/vm/lua51"
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// patience is how often a fuzzed function may poll before it is stopped.
const patience = 20

// fuzzState is a state whose functions are stopped when they take long and may build short strings only.
func fuzzState(f *testing.F) func(t *testing.T, source string, args ...string) {
	L := lua.NewState(lua.Options{SkipOpenLibs: true, RegistrySize: 256, RegistryMaxSize: 1 << 16, CallStackSize: 200})
	f.Cleanup(L.Close)
	polls := 0
	lua51.Open(L, lua51.Env{
		Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard, MaxString: 1 << 16,
		Poll: func(L *lua.LState) {
			if polls++; polls > patience {
				machine.Error(L, 0, "stopped")
			}
		},
	})
	return func(t *testing.T, source string, args ...string) {
		polls = 0
		proto, err := lua51.Compile("=fuzz", source)
		if err != nil {
			t.Fatal(err)
		}
		L.Push(L.NewFunctionFromProto(proto))
		for _, a := range args {
			L.Push(lua.LString(a))
		}
		// A Go panic in a library function becomes a Lua error with the runtime's words.
		err = machine.PCall(L, len(args), 0, nil)
		if err != nil && strings.Contains(err.Error(), "runtime error") {
			t.Fatal(err)
		}
	}
}

func FuzzPattern(f *testing.F) {
	for _, p := range []string{"%w+", "(a)(b)", "%b()", "%f[%a]", "[^%s]-", "^a$", "()", "[]", "[a-", "%", "(%1)", "[%", "%f", "%b", "(a*(.)%w(%s*))"} {
		f.Add("a (b) c", p, "%1%0")
	}
	run := fuzzState(f)
	f.Fuzz(func(t *testing.T, s, p, repl string) {
		run(t, `local s, p, r = ...
			for _, f in ipairs{string.find, string.match} do
				local ok, m = pcall(f, s, p) assert(ok or not m:find "runtime error", m)
				ok, m = pcall(f, s, p, -2) assert(ok or not m:find "runtime error", m)
			end
			for _, v in ipairs{r, {a = "b"}, function(x) return x end} do
				local ok, m = pcall(string.gsub, s, p, v) assert(ok or not m:find "runtime error", m)
			end
			local ok, m = pcall(function() local n = 0 for w in s:gmatch(p) do n = n + 1 if n > 50 then break end end end)
			assert(ok or not m:find "runtime error", m)`, s, p, repl)
	})
}

func FuzzFormat(f *testing.F) {
	for _, s := range []string{"%d", "%5.2f|%-5s|%q", "%c%x%o", "%a", "%", "%99.99g", "%#x %+d % d", "%.3q"} {
		f.Add(s, "12")
	}
	run := fuzzState(f)
	f.Fuzz(func(t *testing.T, format, arg string) {
		run(t, `local f, a = ...
			for _, v in ipairs{a, 1.5, -1, 1/0, 0/0, 2^63} do
				local ok, m = pcall(string.format, f, v, a, v, 3) assert(ok or not m:find "runtime error", m)
			end
			tonumber(a) tonumber(a, 16) pcall(os.date, f, 0)`, format, arg)
	})
}

// FuzzLoad compiles anything; what compiles must be code that any prototype reader accepts.
func FuzzLoad(f *testing.F) {
	for _, s := range []string{"return 1", "for i=1,2 do goto x ::x:: end", "local a<", "x = [==[", "f{'a'}.b:c'd'", "return function(...) return ..., arg end",
		"repeat local x = function() return x end until x", "a.b[c], d = 1, ...", "do local a goto l local b ::l:: end", "while a and not b or c do break end"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		proto, err := lua51.Compile("=fuzz", source)
		if err == nil && len(proto.Code) != len(proto.DbgSourcePositions) {
			t.Fatal("code and lines differ in length")
		}
	})
}

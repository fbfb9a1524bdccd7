package machine_test

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"moonwire/host/vm/lua51"
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// states are the two kinds of call stack gopher-lua knows, and a registry that must grow.
var states = map[string]lua.Options{
	"fixed":   {CallStackSize: 300, RegistrySize: 128, RegistryMaxSize: 1 << 16, SkipOpenLibs: true},
	"growing": {CallStackSize: 300, RegistrySize: 128, RegistryMaxSize: 1 << 16, SkipOpenLibs: true, MinimizeStackMemory: true},
}

// eval runs source on L and returns its first result as text, or the error's.
func eval(t *testing.T, L *lua.LState, source string) string {
	t.Helper()
	proto, err := lua51.Compile("=test", source)
	if err != nil {
		t.Fatal(err)
	}
	L.Push(L.NewFunctionFromProto(proto))
	if err := machine.PCall(L, 0, 1, nil); err != nil {
		return "error: " + err.(*lua.ApiError).Object.String()
	}
	defer L.Pop(1)
	return L.Get(-1).String()
}

// stackCases are about full stacks, and what is left of them.
var stackCases = map[string]string{
	"local function f(n) if n == 0 then return 'deep' end return (f(n - 1)) end return f(200)":              "deep",
	"local function f() return 1 + f() end return (select(2, pcall(f)):gsub('^.-:%d+: ', ''))":              "stack overflow",
	"local function f() return 1 + f() end return (select(2, xpcall(f, function(m) return 'handled' end)))": "handled",
	"local function f() return 1 + f() end pcall(f) pcall(f) return 'again'":                                "again",
	"local t = {} for i = 1, 1000 do t[i] = i end return select('#', unpack(t))":                            "1000",
	"local n = 0 local function inc() n = n + 1 end pcall(error) inc() return n":                            "1",
	"local s = '' for i = 1, 8 do s = s .. tostring(pcall(error)) end return #s":                            "40",
}

func TestBothStacks(t *testing.T) {
	for name, o := range states {
		t.Run(name, func(t *testing.T) {
			L := lua.NewState(o)
			defer L.Close()
			lua51.Open(L, lua51.Env{})
			for source, want := range stackCases {
				if got := eval(t, L, source); got != want {
					t.Errorf("%s: got %q, want %q", source, got, want)
				}
			}
		})
	}
}

// TestThread holds threads made here against the same cases, with the collector at work between them: a thread is the
// only thing that refers to its parts.
func TestThread(t *testing.T) {
	base := lua.NewState(states["fixed"])
	defer base.Close()
	lua51.Open(base, lua51.Env{})
	for source, want := range stackCases {
		one, two := machine.NewThread(base, 300, nil), machine.NewThread(base, 300, nil)
		for _, L := range []*lua.LState{one, two, one} {
			runtime.GC()
			if got := eval(t, L, source); got != want {
				t.Errorf("%s: got %q, want %q", source, got, want)
			}
		}
	}
	L := machine.NewThread(base, 300, context.Background())
	if L.Context() != context.Background() || L.G != base.G || L.GetTop() != 0 {
		t.Error("a new thread has another context, other globals, or values already")
	}
	for i := range 1000 { // beyond its first values, and beyond a page of numbers, by gopher-lua's own means
		L.Push(lua.LNumber(i) + 0.5)
	}
	eval(t, machine.NewThread(base, 16, nil), "local s = 0.25 for i = 1, 1000 do s = s * 1.5 end return s")
	runtime.GC()
	for i := range 1000 {
		if got := L.Get(i + 1); got != lua.LNumber(i)+0.5 {
			t.Fatalf("value %d is %v", i+1, got)
		}
	}
}

// TestOtherStates shows that a state nobody attached is gopher-lua's own still, and runs our prototypes all the same.
func TestOtherStates(t *testing.T) {
	ours := lua.NewState(states["fixed"])
	defer ours.Close()
	lua51.Open(ours, lua51.Env{})
	theirs := lua.NewState()
	defer theirs.Close()
	source := "local t = {5} for i = 1, 3 do t[#t + 1] = i end local s = 0 for _, v in ipairs(t) do s = s + v end return s .. ('x'):rep(2)"
	if a, b := eval(t, ours, source), onStock(t, theirs, source); a != "11xx" || b != a {
		t.Errorf("got %q and %q", a, b)
	}
	if got := onStock(t, theirs, "local a a.b = 1"); !strings.Contains(got, "non-table object") {
		t.Errorf("gopher-lua's own message is gone: %q", got)
	}
	if got := eval(t, ours, "local a a.b = 1"); got != "error: test:1: attempt to index local 'a' (a nil value)" {
		t.Errorf("got %q", got)
	}
}

// onStock is eval on gopher-lua's own loop.
func onStock(t *testing.T, L *lua.LState, source string) string {
	t.Helper()
	proto, err := lua51.Compile("=test", source)
	if err != nil {
		t.Fatal(err)
	}
	L.Push(L.NewFunctionFromProto(proto))
	if err := L.PCall(0, 1, nil); err != nil {
		return err.Error()
	}
	defer L.Pop(1)
	return L.Get(-1).String()
}

// TestGoCalls shows that gopher-lua's own calls into an attached state find the machine, and leave its errors whole.
func TestGoCalls(t *testing.T) {
	L := lua.NewState(states["growing"])
	defer L.Close()
	lua51.Open(L, lua51.Env{})
	L.SetGlobal("twice", L.NewFunction(func(L *lua.LState) int {
		if err := L.CallByParam(lua.P{Fn: L.Get(1), NRet: 1, Protect: true}, lua.LNumber(1)); err == nil {
			return 1
		}
		L.RaiseError("refused")
		return 0
	}))
	if got := eval(t, L, "return twice(function(n) return n + 1 end)"); got != "2" {
		t.Errorf("got %q", got)
	}
	// An error raised after a protected call of Go's own leaves the locals of functions that go on shared.
	if got := eval(t, L, `local n = 0 local function inc() n = n + 1 return n end
		pcall(twice, function() error("x") end) inc() return n`); got != "1" {
		t.Errorf("got %q", got)
	}
}

// TestMeter shows that a meter counts instructions down and that what it raises can't be kept by pcall.
func TestMeter(t *testing.T) {
	L := lua.NewState(states["growing"])
	defer L.Close()
	lua51.Open(L, lua51.Env{})
	m := &machine.Meter{Left: 10000}
	m.Spent = func(L *lua.LState) { machine.Error(L, 0, "spent") }
	L.SetContext(metered{L.Context(), m})
	machine.Attach(L)
	if got := eval(t, L, "while true do pcall(function() while true do end end) end"); got != "error: spent" {
		t.Errorf("got %q", got)
	}
}

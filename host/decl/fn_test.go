package decl

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

type probe struct{ name string }

type probeArgs struct {
	Self   *probe        `lua:"self"`
	Text   string        `lua:"text" doc:"what to say"`
	Count  int           `lua:"count?" range:"0..10"`
	Mode   string        `lua:"opts.mode" choices:"text|binary"`
	Wait   time.Duration `lua:"opts.timeout"`
	Server netip.Addr    `lua:"opts.server"`
}

type echoArgs struct {
	Server  netip.AddrPort `lua:"server"`
	Timeout time.Duration  `lua:"opts.timeout"`
	Version int            `lua:"opts.version"`
}

type reply struct {
	Stratum uint8         `lua:"stratum"`
	Offset  time.Duration `lua:"offset"`
	Counter uint64        `lua:"counter"`
	Names   []string      `lua:"names"`
	Next    string        `lua:"next?"`
}

type pair struct {
	Host string `lua:"ret.host"`
	Port uint16 `lua:"ret.port"`
}

type listArgs struct {
	First string       `lua:"first"`
	Rest  []netip.Addr `lua:"rest..."`
}

type u64Args struct {
	N uint64 `lua:"n"`
}

func probeModule() *Module {
	return &Module{Name: "m", Funcs: []Function{
		Fn[echoArgs, reply]{Name: "query", Default: echoArgs{Timeout: 2 * time.Second, Version: 4},
			Run: func(_ context.Context, a echoArgs) (reply, error) {
				switch a.Version {
				case 0:
					return reply{}, BadArg("version", "no such version")
				case 1:
					return reply{}, Refuse(Timeout, fmt.Errorf("no answer from %s within %s", a.Server, a.Timeout))
				case 2:
					return reply{}, Misuse("nothing to do")
				case 3:
					return reply{}, BadArg("server", "not that one")
				}
				return reply{Stratum: 1, Offset: a.Timeout, Counter: 1, Names: []string{"a", "b"}}, nil
			}},
		Fn[echoArgs, pair]{Name: "split", Blocks: true, Run: func(_ context.Context, a echoArgs) (pair, error) {
			return pair{a.Server.Addr().String(), a.Server.Port()}, nil
		}},
		Fn[listArgs, int]{Name: "count", Run: func(_ context.Context, a listArgs) (int, error) {
			return len(a.Rest), nil
		}},
		Fn[struct{}, *probe]{Name: "open", Run: func(context.Context, struct{}) (*probe, error) {
			return &probe{"p"}, nil
		}},
		Fn[struct{}, net.HardwareAddr]{Name: "mac", Run: func(context.Context, struct{}) (net.HardwareAddr, error) {
			return net.HardwareAddr{2, 0, 0, 0, 0, 1}, nil
		}},
		Fn[u64Args, Done]{Name: "big", Run: func(context.Context, u64Args) (Done, error) { return Done{}, nil }},
	}, Classes: []*Class{{Name: "probe", Type: reflect.TypeFor[*probe](), Methods: []Function{
		Fn[probeArgs, string]{Name: "say", Default: probeArgs{Mode: "text"},
			Run: func(_ context.Context, a probeArgs) (string, error) {
				return fmt.Sprintf("%s%s%d%s%s%s", a.Self.name, a.Text, a.Count, a.Mode, a.Wait, a.Server), nil
			}},
	}}}}
}

func newState(t testing.TB) *lua.LState {
	L := lua.NewState()
	t.Cleanup(L.Close)
	Preload(L, []*Module{probeModule()})
	L.DoString(`m = require "m"; p = m.open()`)
	return L
}

func TestCalls(t *testing.T) {
	for _, tt := range []struct{ code, want string }{
		{`m.query("10.0.0.1:123").stratum`, "1"},
		{`m.query("10.0.0.1:123").offset`, "2"},
		{`m.query("10.0.0.1:123", {timeout=0.5}).offset`, "0.5"},
		{`m.query("10.0.0.1:123").names[2]`, "b"},
		{`m.query("10.0.0.1:123").next`, "nil"},
		{`m.query("[::1]:123", nil).stratum`, "1"},
		{`m.split("10.0.0.1:80")`, "10.0.0.1,80"},
		{`m.count("a")`, "0"},
		{`m.count("a", "10.0.0.1", "::1")`, "2"},
		{`m.mac()`, "02:00:00:00:00:01"},
		{`m.big(5)`, "true"},
		{`p:say("x")`, "px0text0sinvalid IP"},
		{`p:say("x", 3, {mode="binary", timeout=1, server="::1"})`, "px3binary1s::1"},
		{`p:say(5)`, "p50text0sinvalid IP"},
		{`m.query("10.0.0.1:1", {version=1})`, "nil,no answer from 10.0.0.1:1 within 2s,timeout"},
		{`m.query()`, `!t:1: bad argument #1 to 'm.query' (server: ip:port expected, got no value)`},
		{`m.query(nil)`, `!t:1: bad argument #1 to 'm.query' (server: ip:port expected, got nil)`},
		{`m.query("x")`, `!t:1: bad argument #1 to 'm.query' (server: ip:port expected, got 'x')`},
		{`m.query("10.0.0.1:1", 3)`, `!t:1: bad argument #2 to 'm.query' (opts: table expected, got number)`},
		{`m.query("10.0.0.1:1", {timout=3})`,
			`!t:1: bad option 'timout' to 'm.query' (did you mean 'timeout'? expected one of: timeout, version)`},
		{`m.query("10.0.0.1:1", {zzz=3})`, `!t:1: bad option 'zzz' to 'm.query' (expected one of: timeout, version)`},
		{`m.query("10.0.0.1:1", {timeout="soon"})`,
			`!t:1: bad option 'timeout' to 'm.query' (number of seconds expected, got string)`},
		{`m.query("10.0.0.1:1", {version=0})`, `!t:1: bad option 'version' to 'm.query' (no such version)`},
		{`m.query("10.0.0.1:1", {version=2})`, `!t:1: m.query: nothing to do`},
		{`m.query("10.0.0.1:1", {version=3})`, `!t:1: bad argument #1 to 'm.query' (server: not that one)`},
		{`m.count("a", "x")`, `!t:1: bad argument #2 to 'm.count' (rest: ip address expected, got 'x')`},
		{`p:say()`, `!t:1: bad argument #1 to 'probe:say' (text: string expected, got no value)`},
		{`p:say("x", 11)`, `!t:1: bad argument #2 to 'probe:say' (count: 0 to 10 expected, got 11)`},
		{`p:say("x", 1.5)`, `!t:1: bad argument #2 to 'probe:say' (count: integer expected, got 1.5)`},
		{`p.say("x")`, `!t:1: calling 'probe:say' on bad self (probe expected, got string)`},
		{`p:say("x", 1, {mode="txt"})`, `!t:1: bad option 'mode' to 'probe:say' ` +
			`(invalid choice 'txt': did you mean 'text'? one of: text, binary)`},
		{`m.big(-1)`, `!t:1: bad argument #1 to 'm.big' (n: 0 to 2^53 expected (above, write u64 "..."), got -1)`},
		{`pcall(m.query)`, "false,t:1: bad argument #1 to 'm.query' (server: ip:port expected, got no value)"},
	} {
		if got := eval(newState(t), tt.code); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.code, got, tt.want)
		}
	}
}

// eval runs an expression and joins its values with commas; an error follows an exclamation mark.
func eval(L *lua.LState, code string) string {
	fn, err := L.Load(strings.NewReader("return "+code), "t")
	if err != nil {
		return "!" + err.Error()
	}
	if err := L.CallByParam(lua.P{Fn: fn, NRet: lua.MultRet, Protect: true}); err != nil {
		return "!" + err.(*lua.ApiError).Object.String()
	}
	var values []string
	for i := 1; i <= L.GetTop(); i++ {
		values = append(values, L.Get(i).String())
	}
	return strings.Join(values, ",")
}

func TestNearest(t *testing.T) {
	names := []string{"timeout", "version", "family", "retry", "last"}
	for word, want := range map[string]string{
		"timout": "timeout", "tiemout": "timeout", "Timeout": "timeout", "versoin": "version", "familly": "family",
		"lsat": "last", "lst": "last", "xyz": "", "": "", "retris": "retry",
	} {
		if got := Nearest(word, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

// BenchmarkCall compares a checked call with the same one written by hand: an address, an option, a number.
func BenchmarkCall(b *testing.B) {
	checked := Fn[echoArgs, uint16]{Name: "checked", Default: echoArgs{Timeout: time.Second},
		Run: func(_ context.Context, a echoArgs) (uint16, error) { return a.Server.Port(), nil }}
	for _, bb := range []struct {
		name string
		run  lua.LGFunction
	}{{"checked", checked.Bind("m")}, {"by hand", byHand}} {
		b.Run(bb.name, func(b *testing.B) {
			L := newState(b)
			L.SetGlobal("f", L.NewFunction(bb.run))
			L.SetGlobal("n", lua.LNumber(b.N))
			fn, err := L.LoadString(`local f, opts = f, {timeout=1}; for i = 1, n do f("10.0.0.1:123", opts) end`)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.ResetTimer()
			L.Push(fn)
			L.Call(0, 0)
		})
	}
}

func byHand(L *lua.LState) int {
	server, err := netip.ParseAddrPort(L.CheckString(1))
	if err != nil {
		L.ArgError(1, err.Error())
	}
	timeout := time.Second
	if opts := L.OptTable(2, nil); opts != nil {
		if v, ok := opts.RawGetString("timeout").(lua.LNumber); ok {
			timeout = time.Duration(float64(v) * float64(time.Second))
		}
	}
	_ = timeout
	L.Push(lua.LNumber(server.Port()))
	return 1
}

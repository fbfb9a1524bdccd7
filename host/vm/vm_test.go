package vm

import (
	"bytes"
	"context"
	"net"
	"strings"
	"testing"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// run runs a chunk in a fresh runtime and returns its output.
func run(t testing.TB, source string, change ...func(*Options)) (string, error) {
	t.Helper()
	var out bytes.Buffer
	opt := Options{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out}
	for _, f := range change {
		f(&opt)
	}
	rt, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	err = rt.Run(context.Background(), "test.lua", source)
	return out.String(), err
}

// The report of an uncaught error has message, source line and traceback.
func TestReport(t *testing.T) {
	for source, want := range map[string]string{
		"local function f(x)\n  local y = x.b.c\n  return y\nend\nprint(f({}))": `moonwire: test.lua:2: attempt to index field 'b' (a nil value)
     2 |   local y = x.b.c
stack traceback:
	test.lua:2: in function 'f'
	test.lua:5: in main chunk
	[C]: ?
`,
		"error({code = 1})": `moonwire: (error object is a table value)
stack traceback:
	[C]: in function 'error'
	test.lua:1: in main chunk
	[C]: ?
`,
		"local task = require 'task'\nlocal t = task.spawn(function()\n  error 'inside'\nend)\nt:join()": `moonwire: test.lua:3: inside
     3 |   error 'inside'
in task 2 (spawned at test.lua:2):
stack traceback:
	[C]: in function 'error'
	test.lua:3: in function <test.lua:2>
	[C]: ?
raised again in main task:
stack traceback:
	[C]: in function 'join'
	test.lua:5: in main chunk
	[C]: ?
`,
		"local gen = coroutine.wrap(function()\n  error 'inside'\nend)\ngen()": `moonwire: test.lua:4: test.lua:2: inside
     4 | gen()
in a coroutine:
stack traceback:
	[C]: in function 'error'
	test.lua:2: in function <test.lua:1>
raised again in main task:
stack traceback:
	[C]: in function 'gen'
	test.lua:4: in main chunk
	[C]: ?
`,
		"x = = 1": `moonwire: test.lua:1: unexpected symbol near '='
     1 | x = = 1
`,
	} {
		_, err := run(t, source)
		raised, ok := err.(*Error)
		if !ok {
			t.Errorf("%q: got %v, want an *Error", source, err)
			continue
		}
		if got := raised.Report(); got != want {
			t.Errorf("%q reports\n%s\nwant\n%s", source, got, want)
		}
	}
}

// A stack overflow is an error like any other, in the main task and elsewhere.
func TestStackOverflow(t *testing.T) {
	const deep = "local function f(x)\n return 1 + f(x)\nend\n"
	for name, source := range map[string]string{
		"main":       deep + "f()",
		"task":       deep + "require 'task'.spawn(f):join()",
		"coroutine":  deep + "coroutine.wrap(f)()",
		"metamethod": "local t = {} setmetatable(t, {__index = function(t, k)\n return t[k] end})\nprint(t.x)",
		"pcall":      "local function f()\n assert(pcall(f)) end f()",
		"gsub":       "local function f()\n return (('x'):gsub('.', f)) end f()",
		"sort":       "local function f()\n table.sort({1, 2, 3}, f) return true end f()",
	} {
		_, err := run(t, source)
		if err == nil || !strings.Contains(err.Error(), "stack overflow") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestDepth(t *testing.T) {
	const source = `
local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end
print(pcall(f, 21000) == false, pcall(f, 19000))`
	out, err := run(t, source)
	if err != nil || out != "true\ttrue\t19000\n" {
		t.Errorf("%q, %v", out, err)
	}
}

// A fault of ours in a binding is an error that names it.
func TestFault(t *testing.T) {
	module := &decl.Module{Name: "faulty", Funcs: []decl.Function{decl.Raw{Name: "f", Run: func(L *lua.LState) int {
		return []int{}[L.GetTop()]
	}}, decl.Raw{Name: "wait", Run: func(L *lua.LState) int {
		return int(decl.HostOf(L).Block(L, func(context.Context) error { var p *net.IPNet; p.IP = nil; return nil }).Error()[0])
	}}}}
	out, err := run(t, `
local faulty = require "faulty"
print(pcall(function() faulty.f() end))
print(pcall(function() faulty.wait() end))
print(pcall(function() string.rep() end))
faulty.f()`, func(o *Options) { o.Modules = []*decl.Module{module} })
	const want = `false	test.lua:3: moonwire is at fault in 'faulty.f' (please report it, with what MOONWIRE_GOTRACE=1 shows)
false	test.lua:4: moonwire is at fault in 'faulty.wait' (please report it, with what MOONWIRE_GOTRACE=1 shows)
false	test.lua:5: bad argument #1 to 'rep' (string expected, got no value)
`
	if out != want {
		t.Errorf("got\n%swant\n%s", out, want)
	}
	if err == nil || strings.Contains(err.(*Error).Report(), "goroutine") || !strings.HasPrefix(err.Error(), "test.lua:6: moonwire is at fault in 'faulty.f'") {
		t.Errorf("got %v", err)
	}
}

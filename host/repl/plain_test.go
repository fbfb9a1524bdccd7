package repl_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"moonwire/host"
	"moonwire/host/catalog"
	"moonwire/host/decl"
	"moonwire/host/docgen"
	"moonwire/host/repl"
	"moonwire/host/vm"
	"moonwire/stdlib"
)

func library() *docgen.Library {
	lib, err := docgen.New(append(append([]*decl.Module{}, vm.Modules()...), catalog.Modules()...), stdlib.FS)
	if err != nil {
		panic(err)
	}
	return lib
}

// pipe runs lines as they come from a pipe.
func pipe(lines string) (string, error) {
	var out, errs bytes.Buffer
	err := repl.Run(context.Background(), repl.Options{Library: library(),
		Host: host.Options{Stdin: strings.NewReader(lines), Stdout: &out, Stderr: &errs}})
	return out.String() + errs.String(), err
}

func TestPipe(t *testing.T) {
	for _, tt := range []struct{ name, lines, want string }{
		{"values", "1 + 1\n'a', nil, true\nprint 'x'\nlocal y\n;\n", "2\n\"a\", nil, true\nx\n"},
		{"an equals sign before an expression", "= 1 + 1\n", "2\n"},
		{"the last result", "6 * 7\n_ + 1\n_\n", "42\n43\n43\n"},
		{"no newline at the end", "1", "1\n"},
		{"blank lines and comments", "\n  \n-- nothing\n1 -- one\n", "1\n"},
		{"a statement over lines", "for i = 1, 2 do\n\nprint(i)\nend\n", "1\n2\n"},
		{"an expression over lines", "1 +\n2\n{\n3\n}\n", "3\n{3}\n"},
		{"a long string over lines", "[[a\nb]]\n", "\"a\\nb\"\n"},
		{"locals live on", "local a, b = 1, 2\na + b\na = 5\na + b\n", "3\n7\n"},
		{"a local function calls itself", "local function f(n) return n < 2 and 1 or n * f(n - 1) end\nf(5)\n", "120\n"},
		{"a closure sees assignments", "local n = 0\nlocal function up() n = n + 1 end\nup() up()\nn\n", "2\n"},
		{"a new local hides the old one", "local x = 1\nfunction old() return x end\nlocal x = x + 1\nold(), x\n", "1, 2\n"},
		{"a closure made twice on one line", "local x = 1 local f = function() return x end local x = 2 print(f(), x)\nf(), x\n",
			"1\t2\n1, 2\n"},
		{"a local of a block ends with it", "do local z = 1 end\nz\n", "nil\n"},
		{"a local in a loop is none of the session's", "for i = 1, 2 do local q = i end\nq, i\n", "nil, nil\n"},
		{"a local is no global", "local v = 1\n_G.v\n", "nil\n"},
		{"a local named like a module", "local socket = 5\nsocket\n", "5\n"},
		{"locals before an error stay", "local p = 3 pcall(error)\np\n", "3\n"},
		{"goto", "local i = 1\n::top:: i = i + 1 if i < 4 then goto top end\ni\n", "4\n"},
		{"coroutines keep locals", "local g = coroutine.wrap(function() local n = 1 while true do coroutine.yield(n) n = n + 1 end end)\ng()\ng()\n",
			"1\n2\n"},
		{"io.read takes the next line", "local a = io.read()\nword\na\n", "\"word\"\n"},
		{"the label of a statement is no command", "::here:: print 'lua'\n", "lua\n"},
		{"many locals", many(300) + "v1 + v300\n", "301\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := pipe(tt.lines)
			if err != nil || got != tt.want {
				t.Errorf("%s\ngot  %q, %v\nwant %q", tt.lines, got, err, tt.want)
			}
		})
	}
}

// many declares n locals, more than one function may have.
func many(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		b.WriteString("local v" + strconv.Itoa(i) + " = " + strconv.Itoa(i) + "\n")
	}
	return b.String()
}

func TestPipeStopsAtTheFirstError(t *testing.T) {
	for _, tt := range []struct{ lines, want string }{
		{"print 'before'\nerror('boom')\nprint 'after'\n", "boom"},
		{"print 'before'\nx x\nprint 'after'\n", "repl[2]:1: '=' expected near 'x'"},
		{"print 'before'\nfor i = 1, 2 do\n", "ends in the middle"},
		{"print 'before'\n:nosuch\nprint 'after'\n", "unknown command ':nosuch'"},
	} {
		got, err := pipe(tt.lines)
		if err == nil || !strings.Contains(err.Error(), tt.want) || got != "before\n" {
			t.Errorf("%q: got %q, %v; want an error with %q", tt.lines, got, err, tt.want)
		}
	}
}

func TestPipeExit(t *testing.T) {
	var exit *vm.Exit
	if _, err := pipe("os.exit(7)\nprint 'after'\n"); !errors.As(err, &exit) || exit.Code != 7 {
		t.Errorf("got %v, want status 7", err)
	}
}

func TestErrorNamesTheLine(t *testing.T) {
	_, err := pipe("local t = {}\nlocal function f()\n  return t.x.y\nend\nf()\n")
	var raised *vm.Error
	if !errors.As(err, &raised) {
		t.Fatal(err)
	}
	for _, want := range []string{"repl[2]:2:", "return t.x.y", "repl[3]:1: in main chunk"} {
		if !strings.Contains(raised.Report(), want) {
			t.Errorf("no %q in\n%s", want, raised.Report())
		}
	}
	if strings.Contains(raised.Report(), "[C]: ?") {
		t.Errorf("the traceback shows the prompt's own frames:\n%s", raised.Report())
	}
}

// What a line opened stays open for the next.
func TestHandlesStay(t *testing.T) {
	got, err := pipe("s = assert(socket.bind('127.0.0.1', 0))\nlocal ip, port = s:getsockname()\nport > 0\n" +
		"c = assert(socket.connect(ip, port))\np = s:accept()\np:send('hi\\n')\nc:receive()\n")
	if want := "true\n3, nil, nil\n\"hi\", nil, nil\n"; err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func TestHelp(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"help(socket.tcp4)", "socket.tcp4("},
		{"help 'socket.tcp4'", "socket.tcp4("},
		{":doc socket.tcp4", "socket.tcp4("},
		{"help(socket)", `require "socket"`},
		{"help(socket.tcp())", "tcp:connect("},
		{"help()", "socket "},
		{"help(print)", "print: "},
		{"help(function(a, b) end)", "defined at repl[1]:1, with 2 named parameters"},
		{"packet.protocol('hb', {'a', bits=8, doc='the first'})\nhelp(packet.hb)", "{a}  the first"},
		{"help(packet.ip{})", "class packet"},
		{"help(5)", "a number: 5"},
		{"help 'nosuchthing'", "no documentation for 'nosuchthing'"},
		{":help", ":save FILE"},
		{":tasks", "no task runs"},
		{"task.spawn(task.sleep, 100)\n:tasks", "waiting"},
	} {
		got, err := pipe(tt.line + "\n")
		if err != nil || !strings.Contains(got, tt.want) {
			t.Errorf("%s: no %q in %q, %v", tt.line, tt.want, got, err)
		}
	}
}

func TestSave(t *testing.T) {
	file := filepath.Join(t.TempDir(), "walk.lua")
	lines := "local n = 20\nfunction double(x)\n  return 2 * x\nend\n-- a remark\ndouble(n) + 2\n_ / 2\nhelp(socket)\n" +
		"bit.band(7, 3)\nprint 'done'\n:save " + file + "\n"
	out, err := pipe(lines)
	if err != nil {
		t.Fatal(out, err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := "-- title: walk\n-- about: say here what one sees when this runs, and why\n\nlocal bit = require \"bit\"\n\n" +
		"local n = 20\nfunction double(x)\n  return 2 * x\nend\n-- a remark\nlocal _ = double(n) + 2\nprint(_)\nprint(_ / 2)\n" +
		"print(bit.band(7, 3))\nprint 'done'\n"
	if string(b) != want {
		t.Errorf("got\n%s\nwant\n%s", b, want)
	}
	if _, err := pipe("1\n:save " + file + "\n"); !errors.Is(err, os.ErrExist) {
		t.Errorf("saving over a file: %v", err)
	}
}

// A session that waits for a line ends with its context.
func TestPipeEndsWithItsContext(t *testing.T) {
	in, out := io.Pipe()
	defer out.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("told to")
	go func() {
		io.WriteString(out, "print 'here'\n")
		cancel(why)
	}()
	err := repl.Run(ctx, repl.Options{Host: host.Options{Stdin: in, Stdout: io.Discard, Stderr: io.Discard}})
	if !errors.Is(err, why) {
		t.Errorf("got %v", err)
	}
}

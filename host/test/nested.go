package test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"moonwire/host"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/result"
	"moonwire/host/script"
	"moonwire/host/vm"

	lua "github.com/yuin/gopher-lua"
)

// runOptions are test.run's.
type runOptions struct {
	Lab   string `lua:"lab?" doc:"the lab to run in"`
	On    string `lua:"on?" doc:"the host there"`
	Iface string `lua:"iface?" doc:"the interface that script.iface() gives"`
	Input string `lua:"input?" doc:"what the script reads from its standard input"`

	Interrupt *time.Duration `lua:"interrupt?" doc:"when to interrupt it as Ctrl-C does, in seconds"`
}

// nested is test.run(script, args, opts), with the line that calls it: a script in a state of its own, in the test's time.
func (c *core) nested(L *lua.LState) int {
	var o runOptions
	decl.Options(L, "test.run", 3, &o)
	s, h, err := c.theatre.Script(c.stage.Script.Dir, L.CheckString(1))
	if err != nil {
		decl.Raisef(L, "test.run: %s", err)
	}
	words := wordsOf(L.CheckTable(2))
	r := &run{play: c.play, script: s, header: h, options: o}
	decl.HostOf(L).Block(L, func(ctx context.Context) error {
		r.perform(ctx, words, c.world)
		return nil
	})
	c.ended(Ended{Script: s.Name, At: L.CheckString(4), Code: r.code, Said: r.err.String()})
	t, left := L.CreateTable(0, 6), L.CreateTable(len(r.left), 0)
	for i, what := range r.left {
		left.RawSetInt(i+1, lua.LString(what))
	}
	t.RawSetString("left", left)
	t.RawSetString("code", lua.LNumber(r.code))
	t.RawSetString("stdout", lua.LString(r.out.String()))
	t.RawSetString("stderr", lua.LString(r.err.String()))
	t.RawSetString("shown", lua.LString(script.Masked(strings.TrimRight(r.out.String(), "\n"))))
	t.RawSetString("shows", lua.LString(script.Masked(h.Shows)))
	L.Push(t)
	return 1
}

// wordsOf are arguments as on the command line: a list as it is, entries with names as flags, in the order of the names.
func wordsOf(t *lua.LTable) (words []string) {
	var named []string
	decl.Each(t, func(k, v lua.LValue) {
		name, ok := k.(lua.LString)
		flag := "--" + strings.ReplaceAll(string(name), "_", "-")
		switch {
		case !ok:
			words = append(words, v.String())
		case v == lua.LTrue:
			named = append(named, flag)
		case v == lua.LFalse:
			named = append(named, "--no-"+flag[2:])
		default:
			named = append(named, flag+"="+text(v))
		}
	})
	slices.Sort(named)
	return append(named, words...)
}

// text is a value as one types it.
func text(v lua.LValue) string {
	if n, ok := v.(lua.LNumber); ok {
		return decl.FormatNumber(float64(n))
	}
	return v.String()
}

// A run is a script that a test runs.
type run struct {
	*play
	script  host.Script
	header  *script.Header
	options runOptions

	code     int
	out, err bytes.Buffer
	left     []string
}

// Exit codes that the command has for what a script doesn't choose itself.
const (
	failed        = 1
	wrongUsage    = 2
	interruptCode = 130
)

// errInterrupted ends a script that was to be interrupted.
var errInterrupted = errors.New("interrupted")

// perform runs the script. world is the test's own network.
func (r *run) perform(ctx context.Context, words []string, world network.Network) {
	o := r.stage.Options
	if len(r.header.Args) > 0 {
		values, err := r.header.Read(words)
		if err != nil {
			r.code = wrongUsage
			fmt.Fprintf(&r.err, "moonwire: %s: %s\n", r.script.Name, err)
			return
		}
		r.script.Args = values
	} else {
		o.Args = words
	}
	o.Stdin, o.Stdout, o.Stderr = strings.NewReader(r.options.Input), &r.out, &r.err
	o.Iface, o.Hooks.OnFailure, o.Hooks.OnLine, o.Hooks.OnOpen = r.options.Iface, nil, nil, nil
	if r.lines != nil {
		o.Hooks.OnLine = r.lines.count
	}
	r.read.note(r.script.Name, false)
	o.OnLeak = func(l vm.Leak) { r.left = append(r.left, l.String()) }
	o.OnResult = r.deliver
	r.settle(ctx, &o, world)
	if after := r.options.Interrupt; after != nil {
		var interrupt func(error)
		ctx, interrupt = network.WithReason(ctx)
		timer := network.ClockFrom(ctx).AfterFunc(*after, func() { interrupt(errInterrupted) })
		defer timer.Stop()
	}
	r.end(host.New(o).Run(ctx, r.script))
}

// deliver writes the script's result where it has printed nothing, as the command does.
func (r *run) deliver(v any) error {
	if r.out.Len() == 0 {
		r.out.WriteString(result.Readable(v, r.header.Columns()))
	}
	return nil
}

// settle chooses where the script runs: where it was told, or where the test is. Where that is no lab, the script has its
// own.
func (r *run) settle(ctx context.Context, o *host.Options, world network.Network) {
	here := network.From(ctx)
	inLab := o.Lab.Name != "" || here != world
	o.Lab = host.Lab{Name: r.options.Lab, On: r.options.On}
	if o.Lab.Name == "" && !inLab {
		o.Lab.Name, o.Lab.On = r.header.Where()
	}
	if o.Lab.Name == "" {
		o.Network = here
	}
	if c := network.ClockFrom(ctx); c.Virtual() {
		o.Hooks.Clock = c
	}
}

// end notes how the script ended, as the command would.
func (r *run) end(err error) {
	var asked *vm.Exit
	var raised *vm.Error
	switch {
	case err == nil:
	case errors.As(err, &asked):
		r.code = asked.Code
	case errors.As(err, &raised):
		r.code = failed
		if errors.Is(err, errInterrupted) {
			r.code = interruptCode
		}
		io.WriteString(&r.err, raised.Report())
	default:
		r.code = failed
		fmt.Fprintf(&r.err, "moonwire: %s\n", err)
	}
}

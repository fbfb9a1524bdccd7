package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host"
	"moonwire/host/docgen"
	"moonwire/host/ink"
	"moonwire/host/repl/pretty"
	"moonwire/host/vm"
)

// session is what lives between two lines.
type session struct {
	rt          *vm.Runtime
	lab         bool // it runs in one
	locals      locals
	library     *docgen.Library
	out, errs   io.Writer
	ink         ink.Ink // of errs
	interactive bool
	count       int           // of inputs
	worked      []entry       // inputs that ran without an error, for :save
	patience    time.Duration // how long Tab waits for a task that holds the interpreter
}

// entry is an input that worked.
type entry struct {
	source     string
	expression bool // its values were printed
}

func newSession(o Options, interactive bool) (*session, error) {
	s := &session{lab: o.Host.Lab.Name != "", locals: locals{}, library: o.Library, out: o.Host.Stdout, errs: o.Host.Stderr,
		ink: ink.Of(o.Host.Stderr), interactive: interactive, patience: 300 * time.Millisecond}
	if s.library == nil {
		s.library, _ = docgen.New(nil, nil)
	}
	o.Host.Hooks.OnFailure = s.taskFailed
	o.Host.Limits.Yield = true
	s.locals.set("_", lua.LNil)
	o.Host.Hooks.Use = func(rt *vm.Runtime) error {
		s.rt = rt
		return rt.Do(context.Background(), "prompt", s.prepare)
	}
	return s, host.New(o.Host).Run(context.Background(), host.Script{Name: "repl"})
}

// prepare sets the globals that only a session has.
func (s *session) prepare(L *lua.LState) int {
	s.preload(L)
	L.SetGlobal("help", L.NewFunction(s.help))
	if s.lab {
		L.SetGlobal("net", s.rt.Lab(L))
	}
	return 0
}

func (s *session) close() { s.rt.Close() }

// taskFailed reports the error of a task in the background, which ends that task only.
func (s *session) taskFailed(err *vm.Error) {
	fmt.Fprintf(s.errs, "%s: %s", err.Task, s.ink.Complaint(err.Report()))
}

// run runs one input.
func (s *session) run(ctx context.Context, source string) error {
	if strings.TrimSpace(source) == "" {
		return nil
	}
	if isCommand(source) {
		return s.command(source)
	}
	s.count++
	name := fmt.Sprintf("repl[%d]", s.count)
	c, err := read(name, source)
	if err != nil {
		return err
	}
	proto, err := c.compile(s.locals.seen(words(source)))
	if err != nil {
		return err
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	printed := false
	show := func(L *lua.LState) int {
		printed = s.show(L) || printed
		return 0
	}
	err = s.rt.Do(ctx, name, func(L *lua.LState) int {
		defer s.locals.settle()
		s.rt.Note(name, source)
		L.Push(s.locals.load(L, proto, show))
		L.Call(0, lua.MultRet)
		return show(L)
	})
	if err != nil {
		return tidy(err)
	}
	s.worked = append(s.worked, entry{source, c.expression && printed})
	return nil
}

var errStopped = errors.New("interrupted")

// interruptible is a context that Ctrl-C ends while a line runs; the second Ctrl-C ends the process.
func interruptible(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt)
	done := make(chan struct{})
	go func() {
		select {
		case <-signals:
			cancel(errStopped)
		case <-done:
			return
		}
		select {
		case <-signals:
			os.Exit(130)
		case <-done:
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel(nil)
	}
}

// show prints the values on L's stack and sets _ to the first. It says whether there were any.
func (s *session) show(L *lua.LState) bool {
	values := make([]lua.LValue, L.GetTop())
	for i := range values {
		values[i] = L.Get(i + 1)
	}
	if len(values) == 0 {
		return false // print, or a statement
	}
	s.locals.set("_", values[0])
	fmt.Fprintln(s.out, s.printer(L).Values(values))
	return true
}

func (s *session) printer(L *lua.LState) pretty.Printer {
	p := pretty.Defaults()
	p.Naming = s.naming(L)
	p.ToString = func(v lua.LValue) string { return toString(L, v) }
	return p
}

// toString is Lua's tostring; an error in a __tostring becomes text.
func toString(L *lua.LState, v lua.LValue) string {
	err := L.CallByParam(lua.P{Fn: L.GetGlobal("tostring"), NRet: 1, Protect: true}, v)
	if err != nil {
		var e *lua.ApiError
		if errors.As(err, &e) {
			return "<tostring failed: " + e.Object.String() + ">"
		}
		return v.Type().String()
	}
	text := L.Get(-1).String()
	L.Pop(1)
	return text
}

package vm

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/vm/lua51"

	lua "github.com/yuin/gopher-lua"
)

// Run runs a chunk as the main task, waits until every task has ended, and closes what they forgot. The error is an
// *Error where Lua raised it or the script was stopped, an *Exit where it asked for a status. The end of ctx
// interrupts the script; bindings see its values.
func (rt *Runtime) Run(ctx context.Context, name, source string, args ...string) error {
	return rt.RunThen(ctx, name, source, nil, args...)
}

// RunThen is Run that hands what the chunk returned to then, in a task, when all others have ended and before what they
// forgot is closed. An error of the script, or its status, comes instead of then; its error is that of the run. A script that is
// interrupted, or whose time is over, hands over what it said to have found (script.found).
func (rt *Runtime) RunThen(ctx context.Context, name, source string, then func(L *lua.LState, results []lua.LValue) error, args ...string) error {
	defer rt.Close()
	rt.deliver = then
	results, err := rt.runChunk(ctx, name, source, func(*lua.LState) []lua.LValue {
		values := make([]lua.LValue, len(args))
		for i, a := range args {
			values[i] = lua.LString(a)
		}
		return values
	})
	switch {
	case err != nil, then == nil:
		return err
	case len(results) == 0:
		return then(rt.base, nil)
	}
	var late error
	err = rt.Do(ctx, "result", func(L *lua.LState) int {
		late = then(L, results)
		return 0
	})
	if err == nil {
		err = late
	}
	return err
}

func (rt *Runtime) runChunk(ctx context.Context, name, source string, args func(*lua.LState) []lua.LValue) ([]lua.LValue, error) {
	fn, err := rt.load(name, source)
	if err != nil {
		return nil, err
	}
	defer rt.limitTime()()
	defer network.OnEnd(ctx, func() { rt.stopFromOutside(interruptBy(ctx)) })()
	rt.enter(nil)
	rt.watchOver()
	t := rt.spawn(rt.within(ctx), fn, args(rt.base), taskOptions{name: "main task", depth: rt.depth(), scope: rt.root})
	rt.main = t
	rt.running[rt.root] = struct{}{}
	rt.leave()
	rt.root.await(rt.clock, rt.root.drained)
	rt.enter(nil)
	defer rt.leave()
	delete(rt.running, rt.root)
	return t.results, rt.result(rt.root, t)
}

// Eval runs a chunk as a task while the others go on, and hands its results to then, which may touch Lua values. When
// ctx ends, that task is stopped and no other. What it leaves open stays open.
func (rt *Runtime) Eval(ctx context.Context, name, source string, then func(L *lua.LState, results []lua.LValue)) error {
	fn, err := rt.load(name, source)
	if err != nil {
		return err
	}
	return rt.evaluate(ctx, name, fn, then)
}

// Do is Eval for a function in Go. It must not keep its state.
func (rt *Runtime) Do(ctx context.Context, name string, f lua.LGFunction) error {
	return rt.evaluate(ctx, name, rt.base.NewFunction(f), nil)
}

func (rt *Runtime) evaluate(ctx context.Context, name string, fn *lua.LFunction, then func(*lua.LState, []lua.LValue)) error {
	rt.enter(nil)
	rt.born++
	s := newScope(rt.root, rt.born)
	defer s.leave(rt.root)
	rt.watchOver()
	t := rt.spawn(rt.within(ctx), fn, nil, taskOptions{name: name, depth: rt.depth(), scope: s, keeps: true})
	t.inner = rt.root
	rt.running[s] = struct{}{}
	rt.leave()
	defer network.OnEnd(ctx, func() { s.stop(interruptBy(ctx)) })()
	s.await(rt.clock, s.empty)
	rt.enter(nil)
	defer rt.leave()
	delete(rt.running, s)
	if err := rt.result(s, t); err != nil {
		return err
	}
	if then != nil {
		then(rt.base, t.results)
	}
	return nil
}

// load compiles a chunk and notes its source.
func (rt *Runtime) load(name, source string) (*lua.LFunction, error) {
	rt.enter(nil)
	defer rt.leave()
	rt.sources[name] = source
	proto, err := lua51.Compile("@"+name, source)
	if err != nil {
		return nil, rt.syntaxError(err)
	}
	return rt.base.NewFunctionFromProto(proto), nil
}

// watchOver starts the watch with the first task. It needs the baton.
func (rt *Runtime) watchOver() {
	if rt.watch == nil {
		rt.watch = rt.startWatch()
	}
}

// within is a context with ctx's values, the runtime's network and files, and no end.
func (rt *Runtime) within(ctx context.Context) context.Context {
	ctx = network.WithRandOf(context.WithoutCancel(ctx), rt.own)
	ctx = decl.WithLocalsOf(decl.WithAddressesOf(ctx, rt.own), rt.own)
	ctx = rt.tracing(ctx)
	if rt.opt.Network != nil {
		ctx = network.With(ctx, rt.opt.Network)
	}
	if rt.opt.Files != nil {
		ctx = network.WithFiles(ctx, rt.opt.Files)
	}
	if rt.opt.Within != nil {
		ctx = rt.opt.Within(ctx)
	}
	return ctx
}

// result is how a scope ended: its first failure, or why it was stopped. It needs the baton.
func (rt *Runtime) result(s *scope, main *Task) error {
	failed, why := s.outcome()
	switch {
	case failed != nil:
		return failed
	case why == nil:
		return nil
	case why.kind == stopExit:
		return &Exit{Code: why.code}
	case why.loud():
		return rt.explain(why, main)
	}
	return nil
}

// explained is how many tasks an explanation lists.
const explained = 20

// explain tells what the tasks were doing when they were stopped, the main one first.
func (rt *Runtime) explain(why *stop, main *Task) *Error {
	var tasks []*Task
	for _, t := range rt.stopped {
		switch {
		case t == main:
			tasks = slices.Insert(tasks, 0, t)
		case t.why == why:
			tasks = append(tasks, t)
		}
	}
	rt.stopped = nil
	e := &Error{Message: why.text, Value: lua.LString(why.text), cause: why}
	if len(tasks) == 0 {
		return e
	}
	first := tasks[0]
	if first.err != nil {
		e.Task, e.Traceback = first.name, first.err.Traceback
		e.Line, e.Source = rt.sourceLine(first.seen().at.prefix())
	}
	lines := []string{why.text + ": " + first.name + " was " + first.seen().doing}
	for _, t := range tasks[1:min(len(tasks), explained)] {
		lines = append(lines, t.String()+" was "+t.seen().doing)
	}
	if more := len(tasks) - explained; more > 0 {
		lines = append(lines, "and "+strconv.Itoa(more)+" more")
	}
	e.Message = strings.Join(lines, "\n\t")
	return e
}

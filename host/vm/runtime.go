package vm

import (
	"context"
	"io"
	"io/fs"
	"os"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/vm/lua51"

	lua "github.com/yuin/gopher-lua"
)

// Options are what a Runtime is made of. Every field may be left zero.
type Options struct {
	Modules []*decl.Module // beside this package's own
	Lib     fs.FS          // modules written in Lua: a/b.lua is require "a.b"
	Path    []string       // further directories that require searches
	Dir     string         // the script's own directory, which require searches first

	Stdin  io.Reader // nil: the process's
	Stdout io.Writer // nil: the process's
	Stderr io.Writer // nil: the process's

	Network network.Network // where tasks run unless they say otherwise; nil: this machine
	Files   network.Files   // what scripts may touch of the file system; nil: nothing
	Getenv  func(string) string
	Seed    int64 // of math.random; 0: from the clock
	Limits  Limits
	Script  Script

	// OnFailure is told of a task's uncaught error, which then ends that task only. Where it is nil, such an error ends
	// the script.
	OnFailure func(*Error)
}

// Runtime is one Lua state and its tasks.
type Runtime struct {
	opt    Options
	baton  baton
	ctx    context.Context
	cancel context.CancelCauseFunc
	base   *lua.LState // owns the globals and makes threads; runs nothing itself after New
	root   *scope
	start  time.Time

	// What follows belongs to who holds the baton.
	cur     *Task
	left    int64 // instructions until the next tick
	granted int64 // what left was set to
	used    int64 // instructions before that
	live    int   // tasks that have not ended
	parked  int   // tasks that wait for another task and for no clock
	ids     int
	sources map[string]string // chunks by name, for the source line of an error

	handles handles
}

// New makes a state, fills it with the libraries and preloads the modules.
func New(opt Options) (*Runtime, error) {
	opt.defaults()
	rt := &Runtime{opt: opt, start: time.Now(), sources: make(map[string]string)}
	ctx := context.Background()
	if opt.Network != nil {
		ctx = network.With(ctx, opt.Network)
	}
	if opt.Files != nil {
		ctx = network.WithFiles(ctx, opt.Files)
	}
	rt.ctx, rt.cancel = context.WithCancelCause(ctx)
	rt.root = newScope(rt.ctx)
	rt.base = lua.NewState(lua.Options{SkipOpenLibs: true, RegistrySize: 256, RegistryMaxSize: 1 << 20})
	rt.base.G.MainThread, rt.base.G.CurrentThread = rt.base, rt.base
	rt.open()
	return rt, nil
}

func (o *Options) defaults() {
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	if o.Stdout == nil {
		o.Stdout = os.Stdout
	}
	if o.Stderr == nil {
		o.Stderr = os.Stderr
	}
}

// open fills the state.
func (rt *Runtime) open() {
	lua51.Open(rt.base, lua51.Env{
		Stdin: rt.opt.Stdin, Stdout: rt.opt.Stdout, Stderr: rt.opt.Stderr,
		Now:       func() time.Time { return rt.clock().Now() },
		Seed:      rt.opt.Seed,
		Exit:      rt.exit,
		Files:     rt.opt.Files,
		ScriptDir: rt.opt.Dir,
		Path:      rt.opt.Path,
		Lib:       rt.opt.Lib,
		Preload:   append(Modules(), rt.opt.Modules...),
		Getenv:    rt.opt.Getenv,
	})
	openCoroutine(rt.base)
	rt.openArg()
}

// clock is the current task's.
func (rt *Runtime) clock() network.Clock {
	if rt.cur != nil {
		return network.ClockFrom(rt.cur.ctx)
	}
	return network.ClockFrom(rt.ctx)
}

// enter takes the baton for t.
func (rt *Runtime) enter(t *Task) {
	rt.baton.acquire()
	rt.cur = t
	if t != nil && (rt.left <= 0 || t.stopping() != nil) {
		rt.recount(0)
	}
}

// leave gives the baton up.
func (rt *Runtime) leave() {
	rt.cur = nil
	rt.baton.release()
}

// Run runs a chunk as the main task, waits until every task has ended, and closes what they forgot. The error is an
// *Error where Lua raised it, an *Exit where the script asked for a status.
func (rt *Runtime) Run(ctx context.Context, name, source string, args ...string) error {
	rt.sources[name] = source
	proto, err := lua51.Compile("@"+name, source)
	if err != nil {
		return rt.syntaxError(err)
	}
	defer context.AfterFunc(ctx, func() { rt.root.stop(&stop{kind: stopInterrupt, text: context.Cause(ctx).Error()}) })()
	rt.enter(nil)
	fn := rt.base.NewFunctionFromProto(proto)
	rt.spawn(nil, fn, luaStrings(args), taskOptions{name: "main", depth: mainDepth})
	rt.leave()
	rt.root.await(rt.root.drained)
	result := rt.root.result()
	rt.Close()
	return result
}

// Close ends all tasks, waits for them, and closes every handle.
func (rt *Runtime) Close() error {
	rt.root.stop(&stop{kind: stopCancelled, text: "the script has ended"})
	rt.root.await(rt.root.empty)
	closeHandles(rt.handles.takeAll())
	rt.cancel(nil)
	return nil
}

func luaStrings(list []string) []lua.LValue {
	values := make([]lua.LValue, len(list))
	for i, s := range list {
		values[i] = lua.LString(s)
	}
	return values
}

// Prepare runs a chunk to its end before Run, for the globals it leaves.
func (rt *Runtime) Prepare(name, source string) error {
	return rt.Eval(context.Background(), name, source, nil)
}

// Eval runs a chunk as a task while the others go on, and hands its results to then, which may touch Lua values.
// When ctx ends, that task is cancelled, no other.
func (rt *Runtime) Eval(ctx context.Context, name, source string, then func(L *lua.LState, results []lua.LValue)) error {
	rt.enter(nil)
	rt.sources[name] = source
	proto, err := lua51.Compile("@"+name, source)
	if err != nil {
		defer rt.leave()
		return rt.syntaxError(err)
	}
	s := newScope(rt.ctx)
	t := rt.spawn(nil, rt.base.NewFunctionFromProto(proto), nil, taskOptions{name: name, depth: mainDepth, scope: s})
	t.inner = rt.root
	rt.leave()
	defer context.AfterFunc(ctx, func() { s.stop(&stop{kind: stopInterrupt, text: "interrupted"}) })()
	s.await(s.empty)
	rt.enter(nil)
	defer rt.leave()
	if err := s.result(); err != nil {
		return err
	}
	if then != nil {
		then(rt.base, t.results)
	}
	return nil
}

package vm

import (
	"context"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/vm/lua51"
	"moonwire/host/vm/lua51/machine"

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

	Network network.Network             // where tasks run unless they say otherwise; nil: this machine
	Files   network.Files               // what scripts may touch of the file system; nil: nothing
	Command func(line string) *exec.Cmd // what os.execute and io.popen start; nil: they are refused
	Getenv  func(string) string
	// Processes stands between scripts and the processes that they start; nil: nothing does.
	Processes lua51.Processes

	// Restricted closes Lua's own ways out of the script, for scripts that nobody vouches for: no native libraries, no
	// precompiled chunks, no way into other functions by debug, no modules but Lib's and those in Own.
	Restricted bool
	Own        []fs.FS // where it is set, and in a restricted run, all that require searches beside Lib

	// Within adds to the context that tasks live in; nil: nothing is added.
	Within func(context.Context) context.Context
	Seed   int64 // of all that is chosen by chance; 0: another in each run
	Limits Limits
	Script Script

	OnLine OnLine // nil: nobody is told of lines, which costs nothing
	OnTurn OnTurn // nil: nobody is told of turns
	OnWork OnWork // nil: nobody is told when tasks run and when they wait
	OnStop OnStop // nil: nobody is told
	// OnCall is told of each call on the network, at its end and one after the other; nil costs nothing.
	OnCall func(network.Call)

	// Progress is told how far the script is: total is 0 where it isn't known. nil: nobody is.
	Progress func(done, total float64, text string)

	// OnLeak is told of each handle that a script forgot to close, when the runtime closes it.
	OnLeak func(Leak)

	// OnFailure is told of a task's uncaught error, which then ends that task only. Where it is nil, such an error ends
	// the script.
	OnFailure func(*Error)

	ration *ration       // of output, shared with workers; nil: no bound
	spent  *atomic.Int64 // instructions, those of workers included
	opened *atomic.Int64 // handles that are open, those of workers included
}

// Runtime is one Lua state and its tasks.
type Runtime struct {
	opt          Options
	values       context.Context   // what tasks' contexts are made of
	own          context.Context   // with what is the runtime's own: its Locals, its source of randomness if it has one
	seeds        bool              // it has
	clock        network.Clock     // the network's; every world that tasks run in lives by it
	sim          network.Simulated // that clock, when it is simulated
	forgetStalls func()            // of sim
	base         *lua.LState       // owns the globals and makes threads; runs nothing itself after New
	root         *scope
	handles      handles
	start        time.Time // by the network's clock
	begun        time.Time // by the wall's
	workers      sync.WaitGroup
	simulated    []*worker // in simulated time, those that were started; belongs to who holds the baton

	callers callers // for OnCall

	main    *Task                                           // that of RunThen
	deliver func(L *lua.LState, results []lua.LValue) error // RunThen's then
	found   lua.LValue                                      // what script.found was told; nil: nothing

	baton baton
	alarm atomic.Uint64 // the turn that has lasted too long; 0: none
	watch *watch        // nil before the first chunk runs

	// What follows belongs to who holds the baton.
	meter   machine.Meter       // counts instructions until the next tick
	granted int64               // what meter was set to
	used    int64               // instructions before that
	told    int64               // how many of those opt.spent has
	enough  uint64              // bytes of heap that call for a closer look; 0: no limit
	ticks   uint                // so far
	spawned int                 // tasks so far, inputs of a prompt aside
	born    uint64              // tasks and scopes so far
	live    int                 // tasks that have not ended
	timers  int                 // of task.timeout, each of which will stop something
	parked  int                 // tasks that wait for another one and for no clock
	running map[*scope]struct{} // of Run and Eval that are under way
	stopped []*Task             // who was told to stop by what the result must explain
	sources map[string]string   // chunks by name, for the source line of an error
}

// New makes a state, fills it with the libraries and preloads the modules.
func New(opt Options) (*Runtime, error) {
	root := newScope(nil, 0)
	opt.defaults(root)
	rt := &Runtime{opt: opt, root: root,
		running: make(map[*scope]struct{}), sources: make(map[string]string)}
	rt.own = decl.WithLocals(context.Background())
	if rt.seeds = opt.Seed != 0; rt.seeds {
		rt.own = decl.WithAddresses(network.WithRand(rt.own, opt.Seed))
	}
	rt.handles.all = rt.opt.opened
	rt.values = rt.within(context.Background())
	rt.clock = network.ClockFrom(rt.values)
	if rt.sim, _ = rt.clock.(network.Simulated); rt.sim != nil {
		rt.forgetStalls = rt.sim.OnStall(rt.stalled)
	}
	rt.start, rt.begun = rt.clock.Now(), time.Now()
	if opt.Seed == 0 {
		rt.opt.Seed = rand.Int64()
	}
	rt.base = lua.NewState(lua.Options{SkipOpenLibs: true, RegistrySize: 256, RegistryMaxSize: 1 << 20})
	rt.base.G.MainThread, rt.base.G.CurrentThread = rt.base, rt.base
	rt.meter.Spent = func(L *lua.LState) { threadOf(L).step(L) }
	if rt.enough = opt.Limits.Memory; rt.enough > 0 {
		rt.meter.Large = rt.large
	}
	rt.open()
	return rt, nil
}

func (o *Options) defaults(root *scope) {
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	if o.Stdout == nil {
		o.Stdout = os.Stdout
	}
	if o.Stderr == nil {
		o.Stderr = os.Stderr
	}
	o.Stdin, o.Stdout, o.Stderr = sharedInput(o.Stdin), shared(o.Stdout), shared(o.Stderr)
	if o.spent == nil {
		o.spent, o.opened = new(atomic.Int64), new(atomic.Int64)
	}
	if o.Limits.Output > 0 && o.ration == nil {
		o.share(root)
	}
}

// open fills the state.
func (rt *Runtime) open() {
	lua51.Open(rt.base, lua51.Env{
		Stdin: rt.opt.Stdin, Stdout: rt.opt.Stdout, Stderr: rt.opt.Stderr,
		Now:        func(L *lua.LState) time.Time { return network.ClockFrom(threadOf(L).Context()).Now() },
		CPU:        rt.cpu(),
		Seed:       rt.opt.Seed,
		Exit:       rt.exit,
		Files:      rt.opt.Files,
		ScriptDir:  rt.opt.Dir,
		Path:       rt.opt.Path,
		Lib:        rt.opt.Lib,
		Preload:    append(Modules(), rt.opt.Modules...),
		Command:    rt.command(),
		Processes:  rt.opt.Processes,
		Getenv:     rt.opt.Getenv,
		Restricted: rt.opt.Restricted,
		Own:        rt.opt.Own,
	})
	machine.Of(rt.base).OnLine(machine.Lines(rt.opt.OnLine))
	openCoroutine(rt.base)
	rt.openArg()
}

// cpu is what os.clock tells: under simulated time that, since computing takes none. nil: the library's own choice.
func (rt *Runtime) cpu() func() time.Duration {
	if rt.sim == nil {
		return nil
	}
	return func() time.Duration { return rt.clock.Now().Sub(rt.start) }
}

// command is what os.execute and io.popen start: under simulated time only an error.
func (rt *Runtime) command() func(string) *exec.Cmd {
	if rt.sim == nil || rt.opt.Command == nil || network.IsPaced(rt.clock) {
		return rt.opt.Command
	}
	return func(line string) *exec.Cmd {
		return &exec.Cmd{Err: &network.RealTimeError{Tried: "running '" + line + "'"}}
	}
}

// enter takes the baton for t, which is nil for goroutines that are no tasks.
func (rt *Runtime) enter(t *Task) {
	rt.baton.acquire()
	rt.enterAs(t)
}

// enterAs says who has the baton now.
func (rt *Runtime) enterAs(t *Task) {
	if rt.opt.OnTurn != nil && t != nil {
		rt.opt.OnTurn(t)
	}
	if t != nil && t.stopping() != nil {
		rt.recount(0)
	} else if rt.meter.Left <= 0 {
		rt.recount(1)
	}
}

// leave gives the baton up.
func (rt *Runtime) leave() {
	rt.baton.release()
}

// Close ends all tasks, waits for them, and closes every handle.
func (rt *Runtime) Close() error {
	rt.root.stop(&stop{text: "the script has ended"})
	rt.root.await(rt.clock, rt.root.empty)
	rt.enter(nil)
	watch := rt.watch
	rt.watch = nil
	if rt.sim != nil {
		rt.forgetStalls()
	}
	rt.closeAll()
	rt.leave()
	rt.root.endCoroutines()
	for _, w := range rt.simulated {
		w.line.wait(context.Background(), w.done)
	}
	rt.workers.Wait()
	if watch != nil {
		watch.stop()
	}
	return nil
}

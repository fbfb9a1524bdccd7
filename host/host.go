package host

import (
	"cmp"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/catalog"
	"moonwire/host/decl"
	"moonwire/host/internal/hook"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/permit"
	"moonwire/host/result"
	"moonwire/host/vm"
	"moonwire/host/vm/lua51"
	"moonwire/stdlib"
)

// shipped are the modules that all hosts share: they are values, and hold nothing of a run.
var shipped = sync.OnceValue(catalog.Modules)

// Options are what scripts find. Every field may be left zero.
type Options struct {
	Modules []*decl.Module // of your own, beside those of package catalog
	Path    []string       // directories that require searches, after the script's own

	Stdin  io.Reader // nil: the process's
	Stdout io.Writer // nil: the process's
	Stderr io.Writer // nil: the process's

	Network   network.Network     // where scripts run; nil: this machine
	Lab       Lab                 // that they run in instead
	Getenv    func(string) string // nil: the process's environment
	Args      []string            // of the chunk: its ... and its global arg
	Iface     string              // the interface that scripts should use; "": none was chosen
	Simulated bool                // time jumps to what happens next whenever all tasks wait
	Seed      int64               // of all that scripts choose by chance; 0: another in each run
	Limits    vm.Limits

	// Permissions are what scripts may do to this machine and the networks around it; labs are always allowed. nil:
	// everything, load outside labs aside (permit.Allows).
	Permissions *permit.Policy

	// OnResult is told what the chunk of a Run returned, as data (package result), when all its tasks have ended; its
	// error is that of the run. Values of several are a list; nil: the chunk returned nothing.
	OnResult func(any) error
	// OnProgress is told how far a script is (script.progress); a total of 0 isn't known. It must be quick.
	OnProgress func(done, total float64, text string)
	// OnLeak is told of each socket or other handle that a script forgot to close, when the runtime closes it.
	OnLeak func(vm.Leak)
	// OnCall is told of each call of scripts on the network, at its end; nil costs nothing.
	OnCall func(network.Call)

	// Hooks are for moonwire's own commands.
	Hooks hook.Set
}

// Host runs scripts.
type Host struct{ opt Options }

// New makes a Host.
func New(opt Options) *Host {
	if opt.Getenv == nil {
		opt.Getenv = os.Getenv
	}
	if opt.Hooks.Files == nil {
		opt.Hooks.Files = network.OSFiles()
	}
	return &Host{opt}
}

// Script is a chunk of Lua and its name.
type Script struct {
	Name   string // as error messages call it
	Source string
	Dir    string         // where require looks first; "": the current directory
	FS     fs.FS          // the script's own modules and data, as in a pack; nil: what lies in Dir
	Args   map[string]any // what require "script".args() gives: string, float64 and bool by name
}

// Code is a script given as text.
func Code(name, source string) Script { return Script{Name: name, Source: source} }

// File reads a script.
func File(name string) (Script, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return Script{}, err
	}
	return Script{Name: name, Source: string(b), Dir: filepath.Dir(name)}, nil
}

// Run runs a script until all its tasks have ended, or ctx has. Runs of one Host may go on side by side. The error is a
// [*vm.Error] where Lua raised it, whose Report has the traceback, and a [*permit.Refusal], too, where that is what it tells;
// a [*vm.Exit] is the status that the script asked for.
func (h *Host) Run(ctx context.Context, s Script) error {
	opt := h.opt
	if opt.Simulated && opt.Hooks.Clock == nil {
		clock := simtime.New(time.Time{})
		defer clock.Close()
		opt.Hooks.Clock = clock
	}
	var last lastRefusal
	rt, err := opt.runtime(s, last.noted(h.opt.Permissions.Fresh()))
	switch {
	case err != nil:
		return err
	case opt.Hooks.Use != nil:
		return opt.Hooks.Use(rt)
	}
	return last.in(rt.RunThen(opt.watched(ctx), s.Name, s.Source, opt.received(), opt.Args...))
}

// received gives OnResult what a chunk returned.
func (o *Options) received() func(*lua.LState, []lua.LValue) error {
	if o.OnResult == nil {
		return nil
	}
	return func(L *lua.LState, values []lua.LValue) error {
		v, err := result.Of(L, values)
		if err != nil {
			return err
		}
		return o.OnResult(v)
	}
}

// runtime makes the state that s runs in, with what it may do.
func (o *Options) runtime(s Script, may *permit.Policy) (*vm.Runtime, error) {
	rt, err := vm.New(vm.Options{
		Modules:    slices.Concat(shipped(), o.Modules),
		Lib:        stdlib.FS,
		Path:       o.Path,
		Dir:        s.Dir,
		Own:        o.through(s.own(o.Path, may.Restricted())),
		Stdin:      o.Stdin,
		Stdout:     o.Stdout,
		Stderr:     o.Stderr,
		Network:    o.world(may),
		Files:      may.Files(o.Hooks.Files),
		Command:    may.Command(lua51.Shell, o.Getenv),
		Getenv:     may.Getenv(o.Getenv),
		Within:     func(ctx context.Context) context.Context { return permit.With(ctx, may) },
		Restricted: may.Restricted(),
		Seed:       o.Seed,
		Limits:     o.bounds(may),
		Progress:   o.OnProgress,
		OnFailure:  o.Hooks.OnFailure,
		OnLeak:     o.OnLeak,
		OnLine:     o.Hooks.OnLine,
		Processes:  o.Hooks.Processes,
		OnTurn:     o.Hooks.OnTurn,
		OnWork:     o.Hooks.OnWork,
		OnStop:     o.Hooks.OnStop,
		OnCall:     o.OnCall,
		Script:     vm.Script{Name: s.Name, Args: s.Args, Argv: o.Args, Command: o.command(s), Iface: o.Iface, Data: o.data(s, may)},
	})
	if err != nil || o.Lab.Name == "" {
		return rt, err
	}
	if err := o.enter(rt); err != nil {
		rt.Close()
		return nil, err
	}
	return rt, nil
}

// world is the network that scripts find, under the clock that they are to live by, as they may use it.
func (o *Options) world(may *permit.Policy) network.Network {
	n := cmp.Or(o.Network, network.Kernel())
	if o.Hooks.Clock != nil && n.Clock() != o.Hooks.Clock {
		n = network.Virtual(n, o.Hooks.Clock)
	}
	return may.Network(n)
}

// command is what the global arg has at 0 and below.
func (o *Options) command(s Script) []string {
	if o.Hooks.Command == nil {
		return []string{s.Name}
	}
	return o.Hooks.Command
}

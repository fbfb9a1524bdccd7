// Package host runs Lua scripts from Go. A Host holds what scripts find when they start: modules, streams, limits, a
// network; each Run has a state of its own.
//
//	err := host.New(host.Options{Stdout: &out}).Run(ctx, host.Code("hello", `print "hello"`))
package host

import (
	"cmp"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/catalog"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/permit"
	"moonwire/host/result"
	"moonwire/host/vm"
	"moonwire/host/vm/lua51"
	"moonwire/stdlib"
)

// Options are what scripts find. Every field may be left zero.
type Options struct {
	Modules []*decl.Module // of your own, beside those of package catalog
	Path    []string       // directories that require searches, after the script's own

	Stdin  io.Reader // nil: the process's
	Stdout io.Writer // nil: the process's
	Stderr io.Writer // nil: the process's

	Network network.Network     // where scripts run; nil: this machine
	Lab     Lab                 // that they run in instead
	Files   network.Files       // what they may touch of the file system; nil: this machine's
	Getenv  func(string) string // nil: the process's environment
	Args    []string            // of the chunk: its ... and its global arg
	Command []string            // the words before those: arg[0] is the last one; nil: the script's name
	Iface   string              // the interface that scripts should use; "": none was chosen
	Clock   network.Clock       // of a simulated time (package simtime), whose maker runs the scripts; nil: the network's
	Seed    int64               // of all that scripts choose by chance; 0: another in each run
	Limits  vm.Limits

	// Permissions are what scripts may do to this machine and the networks around it; labs are always allowed. nil:
	// everything, load outside labs aside (permit.Allows).
	Permissions *permit.Policy

	// OnResult is told what the chunk of a Run returned, as data (package result), when all its tasks have ended; its
	// error is that of the run. Values of several are a list; nil: the chunk returned nothing.
	OnResult func(any) error
	// OnProgress is told how far a script is (script.progress); a total of 0 isn't known. It must be quick.
	OnProgress func(done, total float64, text string)
	// OnFailure is told of a task's uncaught error, which then ends that task only; nil: such an error ends the script.
	OnFailure func(*vm.Error)
	// OnLeak is told of each socket or other handle that a script forgot to close, when the runtime closes it.
	OnLeak func(vm.Leak)
	// OnLine is told of each line of Lua that runs; nil costs nothing.
	OnLine vm.OnLine
	// Processes stands between scripts and the processes that they start; nil: nothing does.
	Processes lua51.Processes
	// Data stands between scripts and the files that come with them; nil: nothing does.
	Data func(fs.FS) fs.FS
	// OnTurn and OnStop are told of tasks that go on, and why a script is stopped from outside.
	OnTurn vm.OnTurn
	OnStop vm.OnStop
	// OnWork is told when tasks run and when they wait; nil costs nothing.
	OnWork vm.OnWork
	// OnCall is told of each call of scripts on the network, at its end; nil costs nothing.
	OnCall func(network.Call)
}

// Host runs scripts.
type Host struct{ opt Options }

// New makes a Host.
func New(opt Options) *Host {
	if opt.Getenv == nil {
		opt.Getenv = os.Getenv
	}
	if opt.Files == nil {
		opt.Files = network.OSFiles()
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

// Run runs a script until all its tasks have ended. The error is a *vm.Error where Lua raised it: its Report has the
// traceback.
func (h *Host) Run(ctx context.Context, s Script) error {
	rt, err := h.Runtime(s)
	if err != nil {
		return err
	}
	return rt.RunThen(h.opt.Lab.watched(ctx), s.Name, s.Source, h.opt.received(), h.opt.Args...)
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

// Runtime makes the state that Run would run s in.
func (h *Host) Runtime(s Script) (*vm.Runtime, error) {
	may := h.opt.Permissions.Fresh()
	rt, err := vm.New(vm.Options{
		Modules:    append(catalog.Modules(), h.opt.Modules...),
		Lib:        stdlib.FS,
		Path:       h.opt.Path,
		Dir:        s.Dir,
		Own:        h.opt.through(s.own(h.opt.Path, may.Restricted())),
		Stdin:      h.opt.Stdin,
		Stdout:     h.opt.Stdout,
		Stderr:     h.opt.Stderr,
		Network:    h.opt.world(may),
		Files:      may.Files(h.opt.Files),
		Command:    may.Command(lua51.Shell, h.opt.Getenv),
		Getenv:     may.Getenv(h.opt.Getenv),
		Within:     func(ctx context.Context) context.Context { return permit.With(ctx, may) },
		Restricted: may.Restricted(),
		Seed:       h.opt.Seed,
		Limits:     h.opt.bounds(may),
		Progress:   h.opt.OnProgress,
		OnFailure:  h.opt.OnFailure,
		OnLeak:     h.opt.OnLeak,
		OnLine:     h.opt.OnLine,
		Processes:  h.opt.Processes,
		OnTurn:     h.opt.OnTurn,
		OnWork:     h.opt.OnWork,
		OnStop:     h.opt.OnStop,
		OnCall:     h.opt.OnCall,
		Script:     vm.Script{Name: s.Name, Args: s.Args, Argv: h.opt.Args, Command: h.command(s), Iface: h.opt.Iface, Data: h.opt.data(s)},
	})
	if err != nil || h.opt.Lab.Name == "" {
		return rt, err
	}
	if err := h.opt.Lab.enter(rt); err != nil {
		rt.Close()
		return nil, err
	}
	return rt, nil
}

// world is the network that scripts find, under the clock that they are to live by, as they may use it.
func (o *Options) world(may *permit.Policy) network.Network {
	n := cmp.Or(o.Network, network.Kernel())
	if o.Clock != nil && n.Clock() != o.Clock {
		n = network.Virtual(n, o.Clock)
	}
	return may.Network(n)
}

// command is what the global arg has at 0 and below.
func (h *Host) command(s Script) []string {
	if h.opt.Command == nil {
		return []string{s.Name}
	}
	return h.opt.Command
}

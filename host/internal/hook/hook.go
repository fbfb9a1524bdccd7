// Package hook is how moonwire's own commands look into a run and stand between scripts and the world: recording,
// profiling, tests, the prompt. Embedders don't reach it, so it may change with what those need.
package hook

import (
	"io/fs"

	"moonwire/host/lab/capture"
	"moonwire/host/lab/share"
	"moonwire/host/network"
	"moonwire/host/vm"
	"moonwire/host/vm/lua51"
)

// A Set is the hooks of a run; each may be nil, and then costs nothing.
type Set struct {
	// Use is given the runtime in place of the script's chunk, and closes it; Run returns what it returns.
	Use func(*vm.Runtime) error

	// Clock is that of a simulated time (package simtime), whose maker runs the script.
	Clock network.Clock
	// Files are what scripts may touch of the file system, in place of this machine's.
	Files network.Files
	// Processes stands between scripts and the processes that they start.
	Processes lua51.Processes
	// Data stands between scripts and the files that come with them.
	Data func(fs.FS) fs.FS
	// Command is the words before Options.Args: arg[0] is the last one; nil: the script's name.
	Command []string

	// OnFailure is told of a task's uncaught error, which then ends that task only; nil: such an error ends the script.
	OnFailure func(*vm.Error)
	// OnLine is told of each line of Lua that runs.
	OnLine vm.OnLine
	// OnTurn and OnStop are told of tasks that go on, and why a script is stopped from outside.
	OnTurn vm.OnTurn
	OnStop vm.OnStop
	// OnWork is told when tasks run and when they wait.
	OnWork vm.OnWork

	// OnOpen is told which lab scripts run in and on which host, before they begin.
	OnOpen func(l Lab, host string)
	// Frames is told every frame of that lab, and of those that scripts open.
	Frames *capture.File
}

// Lab is a lab that scripts run in.
type Lab interface {
	Hosts() []string // the first is where scripts run unless told otherwise
	Network(host string) (network.Network, error)
	share.Lab
}

package lua51_test

import (
	"os/exec"

	"moonwire/host/vm/lua51"
)

// inDir is lua51.Shell in a directory.
func inDir(dir string) func(string) *exec.Cmd {
	return func(command string) *exec.Cmd {
		cmd := lua51.Shell(command)
		cmd.Dir = dir
		return cmd
	}
}

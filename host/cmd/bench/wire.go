package main

import (
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// The wire is a veth pair between two network namespaces.
const (
	nearSpace, nearEnd = "mw-bench-a", "mwbench0"
	farSpace, farEnd   = "mw-bench-b", "mwbench1"
)

// newWire makes the wire and returns what removes it.
func newWire() (remove func(), err error) {
	remove = func() {
		exec.Command("ip", "netns", "del", nearSpace).Run()
		exec.Command("ip", "netns", "del", farSpace).Run()
	}
	for _, line := range []string{
		"ip netns add " + nearSpace,
		"ip netns add " + farSpace,
		fmt.Sprintf("ip link add %s netns %s type veth peer name %s netns %s", nearEnd, nearSpace, farEnd, farSpace),
		fmt.Sprintf("ip -n %s link set %s up", nearSpace, nearEnd),
		fmt.Sprintf("ip -n %s link set %s up", farSpace, farEnd),
	} {
		argv := strings.Fields(line)
		if out, err := exec.Command(argv[0], argv[1:]...).CombinedOutput(); err != nil {
			remove()
			return nil, fmt.Errorf("%s: %w: %s", line, err, strings.TrimSpace(string(out)))
		}
	}
	return remove, nil
}

// in is a command that runs in a namespace.
func in(space string, argv ...string) *exec.Cmd {
	return exec.Command("ip", append([]string{"netns", "exec", space}, argv...)...)
}

// used is what a command took.
type used struct{ wall, processor time.Duration }

// spend runs a command to its end.
func spend(cmd *exec.Cmd) (used, string, error) {
	start := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return used{}, "", fmt.Errorf("%v: %w: %s", cmd.Args, err, out)
	}
	return used{time.Since(start), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}, string(out), nil
}

package cli_test

import (
	"fmt"
	"os/exec"
	"runtime"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// namespaces says whether this process may make network namespaces and enter them. The thread that tries ends with its
// goroutine, in the namespace where it is then.
func namespaces() bool {
	able := make(chan bool)
	go func() {
		runtime.LockOSThread()
		able <- syscall.Unshare(syscall.CLONE_NEWNET) == nil
	}()
	return <-able
}

// namespace makes a network namespace that lasts as long as its script, and sets NETNS to its path.
func namespace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: namespace")
	}
	cmd := exec.Command("moonwire", "-e", `require("task").sleep(600)`)
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	ts.Setenv("NETNS", fmt.Sprintf("/proc/%d/ns/net", cmd.Process.Pid))
}

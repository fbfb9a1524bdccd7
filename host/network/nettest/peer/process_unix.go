//go:build interop && unix

package peer

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Patience is how long a program may take for a step; a busy machine with two processors is slow.
const Patience = 60 * time.Second

// A Process is a program of others that runs until the test ends.
type Process struct {
	name string
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended

	mu  sync.Mutex
	out bytes.Buffer
}

// Start runs a program; env is beside the environment of the test. What it printed is in the log of a failed test.
func Start(t *testing.T, env []string, program string, args ...string) *Process {
	t.Helper()
	return StartIn(t, func(start func() error) error { return start() }, env, program, args...)
}

// StartIn is Start in a place: do calls a function there, such as in a network namespace.
func StartIn(t *testing.T, do func(func() error) error, env []string, program string, args ...string) *Process {
	t.Helper()
	p := &Process{name: program, cmd: exec.Command(program, args...), done: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = p, p
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	p.cmd.WaitDelay = time.Second // a child that lives on keeps the output open
	if err := do(p.cmd.Start); err != nil {
		t.Fatalf("%v: install it with .ci/peers", err)
	}
	go func() {
		p.cmd.Wait()
		close(p.done)
	}()
	t.Cleanup(func() {
		p.Kill()
		if t.Failed() {
			t.Logf("%s printed:\n%s", strings.Join(p.cmd.Args, " "), p.Log())
		}
	})
	return p
}

// Write takes what the program prints.
func (p *Process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.Write(b)
}

// Log is what the program has printed.
func (p *Process) Log() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

// Done is closed when the program has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// PID is the number of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Expect waits until the program has printed text.
func (p *Process) Expect(t *testing.T, text string) {
	t.Helper()
	p.Until(t, "printed "+text, func() bool { return strings.Contains(p.Log(), text) })
}

// Until waits until something holds; a program that has ended won't bring it about.
func (p *Process) Until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(Patience); !holds(); time.Sleep(20 * time.Millisecond) {
		select {
		case <-p.done:
			if holds() {
				return
			}
			t.Fatalf("%s ended (%v) and has not %s", p.name, p.cmd.ProcessState, what)
		default:
		}
		if time.Now().After(end) {
			t.Fatalf("%s has not %s in %v", p.name, what, Patience)
		}
	}
}

// Interrupt asks the program to end (SIGTERM) and waits until it has.
func (p *Process) Interrupt(t *testing.T) {
	t.Helper()
	p.cmd.Process.Signal(syscall.SIGTERM)
	p.Wait(t)
}

// Wait waits until the program has ended by itself, and returns what it printed.
func (p *Process) Wait(t *testing.T) string {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(Patience):
		t.Fatalf("%s still runs after %v", p.name, Patience)
	}
	return p.Log()
}

// Kill ends the program and its children at once, as a loss of power does.
func (p *Process) Kill() {
	syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.done
}

package lua51

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"moonwire/host/decl"
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// Shell is the usual Env.Command: the command line goes to the system's shell.
func Shell(command string) *exec.Cmd {
	if runtime.GOOS == "windows" {
		return exec.Command("cmd.exe", "/c", command)
	}
	return exec.Command("/bin/sh", "-c", command)
}

func disown(L *lua.LState, s *stream) { decl.HostOf(L).Disown(s) }

// ioPopen starts a process and opens its input or output.
func (l *library) ioPopen(L *lua.LState) int {
	command, mode := checkString(L, 1), optString(L, 2, "r")
	if l.Command == nil {
		return outcome(L, errNoPermission, command)
	}
	s := &stream{name: "popen " + command, waits: true}
	if err := l.popen(cstring(command), mode, s); err != nil {
		return outcome(L, err, command)
	}
	return ret(L, l.newStream(L, s))
}

// popen starts a process whose input or output s is.
func (l *library) popen(command, mode string, s *stream) error {
	if mode != "r" && mode != "w" {
		return syscall.EINVAL
	}
	if l.Processes != nil {
		return l.popenOutside(command, mode, s)
	}
	cmd, connect := l.Command(command), l.popenRead
	if mode == "w" {
		connect = l.popenWrite
	}
	if err := connect(cmd, s); err != nil {
		return err
	}
	return cmd.Start()
}

func (l *library) popenRead(cmd *exec.Cmd, s *stream) error {
	cmd.Stdin, cmd.Stderr = l.Stdin, l.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	s.r = bufio.NewReader(source{s, processOutput{pipe, cmd}})
	s.close = func() error { return errors.Join(pipe.Close(), exited(cmd.Wait())) }
	return nil
}

func (l *library) popenWrite(cmd *exec.Cmd, s *stream) error {
	cmd.Stdout, cmd.Stderr = l.Stdout, l.Stderr
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	s.w = bufio.NewWriter(pipe)
	s.close = func() error { return errors.Join(pipe.Close(), exited(cmd.Wait())) }
	return nil
}

// processOutput is what a process writes. A read that is interrupted ends the process.
type processOutput struct {
	io.Reader
	cmd *exec.Cmd
}

// Interrupt ends the process, and the read with it, whoever else holds the other end of the pipe.
func (o processOutput) Interrupt() {
	o.cmd.WaitDelay = patience
	_ = o.cmd.Process.Kill()
	if f, ok := o.Reader.(*os.File); ok {
		_ = f.SetReadDeadline(time.Now())
	}
}

// patience is how long a process that was killed may keep its outputs open.
const patience = 100 * time.Millisecond

// waitFor waits for a process, and ends it when the task is told to stop.
func (l *library) waitFor(L *lua.LState, cmd *exec.Cmd) error {
	cmd.WaitDelay = patience
	ctx := decl.HostOf(L).Context()
	defer context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })()
	return l.Block(L, func() error { return exited(cmd.Wait()) })
}

// exited drops an error that only says with which status a process ended.
func exited(err error) error {
	var status *exec.ExitError
	if errors.As(err, &status) {
		return nil
	}
	return err
}

// osExecute runs a command and returns what C's system returns: its wait status.
func (l *library) osExecute(L *lua.LState) int {
	if missing(L, 1) {
		if l.Command == nil {
			return ret(L, lua.LNumber(0))
		}
		return ret(L, lua.LNumber(1))
	}
	command := checkString(L, 1)
	if l.Command == nil {
		machine.Error(L, 1, "os.execute: %s: not permitted", command)
	}
	if l.Processes != nil {
		return l.executeOutside(L, cstring(command))
	}
	cmd := l.Command(cstring(command))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = l.Stdin, l.Stdout, l.Stderr
	if err := cmd.Start(); err != nil {
		if errors.Is(err, errors.ErrUnsupported) {
			machine.Error(L, 1, "os.execute: %s", err)
		}
		if cmd.Err != nil { // no program can be meant, or none that may be run
			return decl.Fail(L, cmd.Err)
		}
		return ret(L, lua.LNumber(-1))
	}
	if err := l.waitFor(L, cmd); err != nil {
		return ret(L, lua.LNumber(-1))
	}
	return ret(L, lua.LNumber(waitStatus(cmd.ProcessState.Sys(), cmd.ProcessState.ExitCode())))
}

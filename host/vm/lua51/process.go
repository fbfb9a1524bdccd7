package lua51

import (
	"bufio"
	"errors"
	"os/exec"
	"runtime"
	"syscall"

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
	cmd := l.Command(cstring(command))
	s := &stream{name: "popen " + command, waits: true}
	var err error
	switch mode {
	case "r":
		err = l.popenRead(cmd, s)
	case "w":
		err = l.popenWrite(cmd, s)
	default:
		err = syscall.EINVAL
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return outcome(L, err, command)
	}
	return ret(L, l.newStream(L, s))
}

func (l *library) popenRead(cmd *exec.Cmd, s *stream) error {
	cmd.Stdin, cmd.Stderr = l.Stdin, l.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	s.r = bufio.NewReader(source{s, pipe})
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
	cmd := l.Command(cstring(command))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = l.Stdin, l.Stdout, l.Stderr
	if err := l.Block(L, func() error { return exited(cmd.Run()) }); err != nil {
		return ret(L, lua.LNumber(-1))
	}
	return ret(L, lua.LNumber(waitStatus(cmd.ProcessState.Sys(), cmd.ProcessState.ExitCode())))
}

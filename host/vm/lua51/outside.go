package lua51

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"

	"moonwire/host/decl"
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// Processes stands between scripts and the processes that they start: it keeps what real answers, or answers in its stead.
// Such processes have no standard input, and what they print comes when they have ended.
type Processes interface {
	// Execute runs a line and gives its wait status, and what it printed.
	Execute(line string, real func() (status int, out []byte, err error)) (int, []byte, error)
	// Popen starts a line. What real gives is read from or written to, and gives at its Close what the process printed.
	Popen(line, mode string, real func() (Pipe, error)) (Pipe, error)
}

// A Pipe is a process's input or output.
type Pipe interface {
	io.ReadWriter
	End() (printed []byte, err error)
	decl.Interrupter
}

// executeOutside is os.execute under Processes.
func (l *library) executeOutside(L *lua.LState, command string) int {
	ctx := decl.HostOf(L).Context()
	var status int
	var out []byte
	err := l.Block(L, func() (err error) {
		status, out, err = l.Processes.Execute(command, func() (int, []byte, error) { return execute(ctx, l.Command(command), l.Stderr) })
		return err
	})
	var refusal decl.Kinder
	switch {
	case errors.As(err, &refusal) && refusal.Kind() == decl.Denied:
		return decl.Fail(L, err)
	case errors.Is(err, errors.ErrUnsupported):
		machine.Error(L, 1, "os.execute: %s", err)
	case err != nil:
		return ret(L, lua.LNumber(-1))
	}
	_, _ = l.Stdout.Write(out)
	return ret(L, lua.LNumber(status))
}

// execute runs a process to its end, and ends it with ctx.
func execute(ctx context.Context, cmd *exec.Cmd, errs io.Writer) (int, []byte, error) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, errs, patience
	if err := cmd.Start(); err != nil {
		return 0, nil, err
	}
	defer context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })()
	if err := exited(cmd.Wait()); err != nil {
		return 0, out.Bytes(), err
	}
	return waitStatus(cmd.ProcessState.Sys(), cmd.ProcessState.ExitCode()), out.Bytes(), nil
}

// popenOutside is io.popen under Processes.
func (l *library) popenOutside(command, mode string, s *stream) error {
	p, err := l.Processes.Popen(command, mode, func() (Pipe, error) { return startPipe(l.Command(command), mode, l.Stderr) })
	if err != nil {
		return err
	}
	if mode == "r" {
		s.r = bufio.NewReader(source{s, p})
	} else {
		s.w = bufio.NewWriter(p)
	}
	s.close = func() error {
		printed, err := p.End()
		_, _ = l.Stdout.Write(printed)
		return err
	}
	return nil
}

// pipe is a process that was started.
type pipe struct {
	processOutput
	in  io.WriteCloser // nil: its output is read
	out bytes.Buffer   // what it printed, when its input is written
	end io.Closer
}

func startPipe(cmd *exec.Cmd, mode string, errs io.Writer) (Pipe, error) {
	p := &pipe{}
	cmd.Stderr = errs
	if mode == "r" {
		from, err := cmd.StdoutPipe()
		if err != nil {
			return nil, err
		}
		p.processOutput, p.end = processOutput{from, cmd}, from
	} else {
		to, err := cmd.StdinPipe()
		if err != nil {
			return nil, err
		}
		cmd.Stdout = &p.out
		p.processOutput, p.in, p.end = processOutput{nil, cmd}, to, to
	}
	return p, cmd.Start()
}

func (p *pipe) Write(b []byte) (int, error) { return p.in.Write(b) }

// End closes this end and waits for the process.
func (p *pipe) End() ([]byte, error) {
	err := errors.Join(p.end.Close(), exited(p.cmd.Wait()))
	return p.out.Bytes(), err
}

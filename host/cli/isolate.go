package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// isolatedMark is the variable by which a process knows that it is the inner one of --isolate.
const isolatedMark = "MOONWIRE_ISOLATED"

// isolatedMemory is what an isolated script may use when --max-memory says nothing.
const isolatedMemory = 1 << 30

// grace is how long an isolated script may take to end after its --timeout before it is killed.
const grace = 2 * time.Second

// An inner process has, beside the three streams, a pipe from which it is told to end, and the script's standard error
// output: its own stream 2 goes to the outer process, which has better words than Go's runtime for a lack of memory.
const (
	toldFD = 3
	errFD  = 4
)

// isolated runs the command in a process of its own if --isolate says so and this isn't that process. done: it was run.
// Otherwise the streams are those to go on with.
func (c *call) isolated(s Streams) (_ Streams, done bool, err error) {
	s, inner, err := c.enterIsolation(s)
	if err != nil || inner || !c.isolate {
		return s, false, err
	}
	return s, true, c.runIsolated(s)
}

// runIsolated runs the same command in a process of its own and passes on how that ended.
func (c *call) runIsolated(s Streams) error {
	if err := isolationSupported(); err != nil {
		return err
	}
	errs, err := stream(s.Err)
	if err != nil {
		return err
	}
	listen, tell, err := os.Pipe()
	if err != nil {
		return err
	}
	defer tell.Close()
	cmd, last, err := c.inner(s, listen, errs)
	if err != nil {
		return err
	}
	err = cmd.Start()
	listen.Close()
	if err != nil {
		return err
	}
	killed := c.wait(cmd, tell)
	undoLeft(s.Err) // of the inner process, if that was killed
	if !crashed(last.String()) {
		_, _ = s.Err.Write(last.Bytes()) // what was wrong before the script began
	}
	return c.verdict(killed, cmd, last.String())
}

// stream is w as a file that another process can have.
func stream(w io.Writer) (*os.File, error) {
	if f, ok := w.(*os.File); ok {
		return f, nil
	}
	return nil, errors.New("--isolate needs a standard error output that is a file")
}

// inner is the command to run, and what its Go runtime says at the last.
func (c *call) inner(s Streams, listen, errs *os.File) (*exec.Cmd, *bytes.Buffer, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	cmd := exec.Command(self, c.again()...)
	cmd.Args[0] = os.Args[0]
	cmd.Env = append(os.Environ(), isolatedMark+"=1")
	last := &bytes.Buffer{}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.In, s.Out, last
	cmd.ExtraFiles = []*os.File{listen, errs}
	return cmd, last, nil
}

// again are the words by which this command runs a second time.
func (c *call) again() []string {
	if c.tool != "" {
		return c.words
	}
	return append([]string{"run"}, c.words...)
}

// wait passes the signals on, kills what outlives its limit, and returns why it did.
func (c *call) wait(cmd *exec.Cmd, tell io.Writer) error {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	signals := endings()
	go func() {
		first := <-signals
		fmt.Fprintln(tell, first.why)
		cancel(<-signals)
	}()
	if c.timeout > 0 {
		late := time.AfterFunc(c.timeout+grace, func() {
			cancel(fmt.Errorf("killed %v after its --timeout of %v", grace, c.timeout))
		})
		defer late.Stop()
	}
	defer context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })()
	_ = cmd.Wait()
	return context.Cause(ctx)
}

// verdict turns the inner process's end into that of this one.
func (c *call) verdict(killed error, cmd *exec.Cmd, last string) error {
	var ended *ending
	code := cmd.ProcessState.ExitCode()
	switch {
	case errors.As(killed, &ended):
		return exit(ended.code)
	case killed != nil:
		return killed
	case crashed(last) && (strings.Contains(last, "out of memory") || strings.Contains(last, "cannot allocate memory")):
		return fmt.Errorf("not enough memory: the script may use %s (--max-memory)", size(c.limitOfMemory()))
	case crashed(last):
		return fmt.Errorf("the isolated script ended with:\n%s", last)
	case code < 0:
		return fmt.Errorf("the isolated script was ended: %s", cmd.ProcessState)
	case code > 0:
		return exit(code)
	}
	return nil
}

// crashed says whether Go's runtime has ended a process that wrote this.
func crashed(last string) bool {
	return strings.Contains(last, "fatal error: ") || strings.Contains(last, "panic: ")
}

// limitOfMemory is --max-memory, or what stands for it.
func (o *options) limitOfMemory() uint64 {
	if o.memory == 0 && o.isolate {
		return isolatedMemory
	}
	return o.memory
}

// size is a number of bytes as --max-memory takes it.
func size(n uint64) string {
	for _, u := range []struct {
		letter string
		unit   uint64
	}{{"G", 1 << 30}, {"M", 1 << 20}, {"K", 1 << 10}} {
		if n >= u.unit && n%u.unit == 0 {
			return fmt.Sprintf("%d%s", n/u.unit, u.letter)
		}
	}
	return fmt.Sprint(n)
}

// enterIsolation makes this process the inner one, if it was started as that: it hears of signals from the outer one,
// and the system gives it so much memory and no more.
func (c *call) enterIsolation(s Streams) (Streams, bool, error) {
	if !c.isolate || os.Getenv(isolatedMark) == "" {
		return s, false, nil
	}
	os.Unsetenv(isolatedMark)
	heard = os.NewFile(toldFD, "signals")
	s.Err = os.NewFile(errFD, "stderr")
	return s, true, limitMemory(c.limitOfMemory())
}

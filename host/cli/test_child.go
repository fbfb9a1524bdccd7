package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// testMark is the variable by which a process knows that it runs one file for another one's test.
const testMark = "MOONWIRE_TEST"

// A child is a process that runs one test file: chance in a lab's stacks belongs to a process, so that files which shared one
// would not be the same each time; and what ends one leaves the others alone.
type child struct {
	file   string
	output bytes.Buffer
	err    error
	done   chan struct{}
}

// inChildren runs each file in a process of its own, as many at a time as there are processors, and tells how they ended in the
// order of the files.
func (t *testing) inChildren(ctx context.Context, files []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var all []*child
	places := make(chan struct{}, runtime.NumCPU())
	for _, file := range files {
		c := &child{file: file, done: make(chan struct{})}
		all = append(all, c)
		go func() {
			defer close(c.done)
			places <- struct{}{}
			defer func() { <-places }()
			if c.err = ctx.Err(); c.err == nil {
				c.run(ctx, self, t.words)
			}
		}()
	}
	for _, c := range all {
		<-c.done
		var ended *ending
		if errors.As(context.Cause(ctx), &ended) {
			return exit(ended.code)
		}
		if _, err := c.output.WriteTo(t.streams.Out); err != nil {
			return err
		}
		if c.err != nil {
			t.failed++
		}
	}
	return nil
}

// run runs the file in its process.
func (c *child) run(ctx context.Context, self string, flags []string) {
	cmd := exec.CommandContext(ctx, self, append(append([]string{"test"}, flags...), "--", c.file)...)
	cmd.Args[0] = os.Args[0]
	cmd.Env = append(os.Environ(), testMark+"=1")
	cmd.Stdout, cmd.Stderr = &c.output, &c.output
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = grace
	c.err = cmd.Run()
	var code *exec.ExitError
	if c.err != nil && !(errors.As(c.err, &code) && code.ExitCode() == exitFailed) {
		fmt.Fprintf(&c.output, "FAIL  %s: %s\n", c.file, c.err)
	}
}

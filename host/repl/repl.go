package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host"
	"moonwire/host/docgen"
	"moonwire/host/network"
	"moonwire/host/repl/pretty"
	"moonwire/host/vm"
)

// Options are what a session is made of.
type Options struct {
	Host    host.Options    // what lines of Lua find; its streams are the session's too
	Library *docgen.Library // what help and completion know; nil: nothing

	// OnCall makes what is told of calls on the network; what it writes to errs stands above the prompt. nil: nobody is told.
	OnCall func(errs io.Writer) func(network.Call)

	Welcome func() string // printed on a terminal before the first prompt; nil: nothing
	History string        // file of the lines typed, "" for none; only a terminal has one
}

// Run holds a session until its input or ctx ends. On a terminal it returns nil, on anything else the first error;
// os.exit in a line ends both with a *vm.Exit, the end of ctx with its cause.
func Run(ctx context.Context, o Options) error {
	streams(&o.Host)
	out := newOutput(o.Host.Stdout)
	errs := newOutput(o.Host.Stderr)
	o.Host.Stdout, o.Host.Stderr = out, errs
	editor, err := newEditor(&o, out, errs)
	if err != nil {
		return err
	}
	defer editor.Close()
	defer context.AfterFunc(ctx, func() { editor.Close() })()
	if o.OnCall != nil {
		o.Host.OnCall = o.OnCall(errs)
	}
	s, err := newSession(o, editor.Interactive())
	if err != nil {
		return err
	}
	defer s.close()
	if editor.Interactive() {
		if o.Welcome != nil {
			fmt.Fprint(out, o.Welcome())
		}
		editor.Complete(s.complete)
	}
	return s.loop(ctx, editor)
}

func streams(o *host.Options) {
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	if o.Stdout == nil {
		o.Stdout = os.Stdout
	}
	if o.Stderr == nil {
		o.Stderr = os.Stderr
	}
}

// loop reads inputs and runs them.
func (s *session) loop(ctx context.Context, editor LineEditor) error {
	for ctx.Err() == nil {
		source, err := s.input(editor)
		switch {
		case errors.Is(err, errInterrupted):
			continue
		case ctx.Err() != nil:
		case errors.Is(err, io.EOF):
			return nil
		case err == nil:
			err = s.run(ctx, source)
		}
		var exit *vm.Exit
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, errQuit):
			return nil
		case errors.As(err, &exit):
			return exit
		case err != nil && !s.interactive:
			return err
		case err != nil:
			s.report(err)
		}
	}
	return context.Cause(ctx)
}

// input reads lines until they are a whole input.
func (s *session) input(editor LineEditor) (string, error) {
	source, prompt := "", "> "
	for {
		line, err := editor.ReadLine(prompt)
		if err == io.EOF && source != "" {
			_, err := read("repl", source)
			if errors.Is(err, errIncomplete) {
				err = errors.New("the input ends in the middle of a statement")
			}
			return "", err
		}
		if err != nil {
			return "", err
		}
		source += line
		if isCommand(source) || !s.incomplete(source) {
			return source, nil
		}
		source, prompt = source+"\n", ">> "
	}
}

func (s *session) incomplete(source string) bool {
	_, err := read("repl", source)
	return errors.Is(err, errIncomplete)
}

// report writes why a line failed.
func (s *session) report(err error) {
	var raised *vm.Error
	if errors.As(err, &raised) {
		fmt.Fprint(s.errs, s.ink.Complaint(raised.Report()))
		if t, ok := raised.Value.(*lua.LTable); ok {
			fmt.Fprintln(s.errs, "error value:", pretty.Defaults().Value(t))
		}
		return
	}
	fmt.Fprintln(s.errs, err)
}

package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"moonwire/host/repl"
)

// notAtPrompt are flags of the host that a session has no use for.
var notAtPrompt = []string{"--here", "--isolate", "--timeout", "--max-instructions", "--profile", "--pprof"}

var replCommand = &Command{
	Usage: "repl [flags]",
	Short: "type Lua and see what it does (also plain moonwire)",
	Long: `
Reads lines of Lua, runs them and prints their values. Every module is a global, locals live as long as the session,
and tasks go on in the background. Tab completes, help(x) explains, :help lists what else the prompt knows. The lines are
kept in a history file that only you can read.

From a pipe it runs each input as it comes and stops at the first error, with exit code 1.`,
	Flags: func() flags { return new(options).flags().without(notAtPrompt...) },
	Run: func(args []string, s Streams) error {
		var o options
		words, err := o.flags().without(notAtPrompt...).parse(args)
		if err != nil {
			return err
		}
		if len(words) > 0 {
			return usagef("repl takes no script (moonwire run %s)", words[0])
		}
		return o.converse(s)
	},
}

// converse holds a session.
func (o *options) converse(s Streams) error {
	undoLeft(s.Err)
	p, err := o.place(source{}, nil)
	if err != nil {
		return err
	}
	defer p.close()
	lib, err := library()
	if err != nil {
		return err
	}
	ctx, cancel := untilTerminated()
	defer cancel()
	_, finish, err := o.record(ctx, p, "", s)
	if err != nil {
		return err
	}
	var where string
	found := o.hosted(p, s, func(text string) { where = text })
	err = repl.Run(ctx, repl.Options{
		Host:    found,
		OnCall:  o.traced,
		Library: lib,
		Welcome: func() string { return welcome(where) },
		History: repl.HistoryFile(os.Getenv),
	})
	if late := finish(); err == nil {
		err = late
	}
	if context.Cause(ctx) == terminated {
		fmt.Fprintf(s.Err, "\nmoonwire: %s\n", terminated)
		return exit(terminated.code)
	}
	return outcome(ctx, err, s)
}

func welcome(where string) string {
	v, _ := buildVersion()
	return fmt.Sprintf("moonwire %s, %s. help() lists the modules, :help the keys, Ctrl-D ends.\n", v, where)
}

// untilTerminated is a context that SIGTERM and its like end. Ctrl-C is the prompt's own business.
func untilTerminated() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, append(hangups(), syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGABRT)...)
	go func() {
		<-signals
		cancel(terminated)
	}()
	return ctx, func() { signal.Stop(signals) }
}

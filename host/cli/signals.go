package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"
)

// An ending is why a script was stopped from outside, and the exit code that says so.
type ending struct {
	why  string
	code int
}

func (e *ending) Error() string { return e.why }

var (
	hungUp      = &ending{"hung up", exitHungUp}
	interrupted = &ending{"interrupted", exitInterrupted}
	quit        = &ending{"quit", exitQuit}
	aborted     = &ending{"aborted", exitAborted}
	terminated  = &ending{"terminated", exitTerminated}
	unread      = &ending{"nobody reads the output", exitBrokenPipe}
)

// heard is where an isolated process hears of signals, nil in all others.
var heard *os.File

// endings are the signals that end a script, as they come.
func endings() <-chan *ending {
	list := make(chan *ending, 2)
	signals := make(chan os.Signal, 2)
	if heard != nil {
		signal.Ignore(os.Interrupt) // a terminal sends it to this process, too
		go hear(list)
		return list
	}
	signal.Notify(signals, append(hangups(), os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGABRT)...)
	go func() {
		for s := range signals {
			list <- endingOf(s)
		}
	}()
	return list
}

// hangups is SIGHUP, unless nohup(1) has told this process not to hear it.
func hangups() []os.Signal {
	if signal.Ignored(syscall.SIGHUP) {
		return nil
	}
	return []os.Signal{syscall.SIGHUP}
}

func endingOf(s os.Signal) *ending {
	switch s {
	case os.Interrupt:
		return interrupted
	case syscall.SIGHUP:
		return hungUp
	case syscall.SIGQUIT:
		return quit
	case syscall.SIGABRT:
		return aborted
	}
	return terminated
}

// hear reads what the outer process says. When that has gone, this one has nobody to work for: it ends as it would when
// it is told to, and at once after a while.
func hear(list chan<- *ending) {
	lines := bufio.NewScanner(heard)
	for lines.Scan() {
		for _, e := range []*ending{hungUp, interrupted, quit, aborted, terminated} {
			if lines.Text() == e.why {
				list <- e
			}
		}
	}
	list <- terminated
	time.Sleep(grace)
	list <- terminated
}

// withSignals returns a context that the first Ctrl-C, SIGTERM, SIGHUP, SIGQUIT or SIGABRT cancels, with an *ending as its cause. The
// second one ends the process at once, but for changes of this machine, which are undone; a person at a terminal is told so.
func withSignals(s Streams) (context.Context, context.CancelCauseFunc) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := endings()
	go func() {
		first := <-signals
		if first == interrupted && isTerminal(s.Err) {
			fmt.Fprint(s.Err, "\nmoonwire: ending (Ctrl-C again ends at once)\n")
		}
		cancel(first)
		second := <-signals
		abandon()
		os.Exit(second.code)
	}()
	return ctx, cancel
}

// isTerminal says whether a person reads what is written to w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

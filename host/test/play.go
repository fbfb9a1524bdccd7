package test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"moonwire/host"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/vm"
)

// A play is one job under way.
type play struct {
	job     Job
	theatre Theatre
	stage   *Stage
	rt      *vm.Runtime
	core    *core
	lines   *lines // nil: not counted
	read    *noted
	output  bytes.Buffer

	mu    sync.Mutex
	leaks []string
	runs  []Ended
}

// driver is the chunk that runs the tests' file.
const driver = `require "test.core".main()`

// driverName is what tracebacks would call it.
const driverName = "moonwire test"

// Play does a job in this process.
func Play(ctx context.Context, t Theatre, job Job) (r Result) {
	start := time.Now()
	defer func() {
		if fault := recover(); fault != nil {
			r = Result{Failure: &Failure{Message: fmt.Sprintf("moonwire is at fault: %v\n%s", fault, debug.Stack())}}
		}
		r.Seconds = time.Since(start).Seconds()
	}()
	p := &play{job: job, theatre: t}
	var err error
	if p.stage, err = t.Stage(job.File); err != nil {
		return Result{Failure: &Failure{Message: err.Error()}}
	}
	defer p.stage.Close()
	if p.stage.Shows != nil {
		return p.shows(ctx)
	}
	return p.run(ctx)
}

func (p *play) run(ctx context.Context) Result {
	p.core = &core{play: p}
	p.read = &noted{}
	o := p.options()
	o.Hooks.Use = func(rt *vm.Runtime) error {
		p.rt = rt
		return rt.Run(ctx, driverName, driver)
	}
	err := host.New(o).Run(ctx, p.stage.Script)
	r := Result{Cases: p.core.cases, Skipped: p.core.skip, Runs: p.runs, Output: p.output.String()}
	switch {
	case err != nil:
		r.Failure = p.failure(err)
	case p.core.err != nil:
		r.Failure = p.failure(p.core.err)
	case p.job.Case > 0 || len(r.Cases) == 0:
		r.Leaks = p.leaks
	}
	if p.lines != nil {
		r.Lines = p.lines.files
	}
	r.Read = p.read.names
	return r
}

// options are what the file's tests find.
func (p *play) options() host.Options {
	o := p.stage.Options
	out := &locked{mu: &p.mu, to: &p.output}
	o.Stdin, o.Stdout, o.Stderr = strings.NewReader(""), out, out
	o.OnLeak = func(l vm.Leak) { p.leak(l.String()) }
	if p.job.Cover {
		p.lines = newLines()
		o.Hooks.OnLine = p.lines.count
	}
	o.Modules = append([]*decl.Module{p.core.module()}, o.Modules...)
	o.Hooks.OnOpen = nil
	if p.read.Files = o.Hooks.Files; o.Hooks.Files == nil {
		p.read.Files = network.OSFiles()
	}
	o.Hooks.Files = p.read
	p.stage.Options.Hooks.Files = p.read // of scripts that the test runs, too
	return o
}

func (p *play) leak(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.leaks = append(p.leaks, what)
}

// locked is a writer that several tasks share.
type locked struct {
	mu *sync.Mutex
	to io.Writer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(b)
}

// failure is an error as a report tells it.
func (p *play) failure(err error) *Failure {
	var raised *vm.Error
	var asked *vm.Exit
	switch {
	case errors.As(err, &raised):
		return failureOf(raised)
	case errors.As(err, &asked):
		return &Failure{Message: fmt.Sprintf("os.exit was called with %d: a test ends by itself", asked.Code)}
	}
	return &Failure{Message: err.Error()}
}

func failureOf(e *vm.Error) *Failure {
	f := &Failure{Message: e.Message, Source: e.Source, Line: e.Line, Task: e.Task, Traceback: own(e.Traceback)}
	if file, _, ok := strings.Cut(e.Message, fmt.Sprintf(":%d:", e.Line)); ok && e.Line > 0 {
		f.File = file
	}
	if from := e.From; from != nil && from.Traceback != "" {
		f.Traceback = "in " + from.Task + ":\n" + own(from.Traceback) + "\nraised again in " + e.Task + ":\n" + f.Traceback
	}
	return f
}

// own leaves out of a traceback what called the test: the machinery of this package and of stdlib's test.
func own(trace string) string {
	lines := strings.Split(trace, "\n")
	for i, line := range lines {
		if at := strings.TrimSpace(line); strings.HasPrefix(at, "stdlib/test.lua:") || strings.HasPrefix(at, driverName+":") || strings.Contains(at, "in function 'main'") {
			for i > 0 && strings.HasPrefix(strings.TrimSpace(lines[i-1]), "[C]:") {
				i--
			}
			return strings.Join(lines[:i], "\n")
		}
	}
	return trace
}

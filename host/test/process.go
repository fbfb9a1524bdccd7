package test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// grace is how long a job may take beyond its time before its process is killed.
const grace = 3 * time.Second

// A process does one job at a time.
type process struct {
	start   func() *exec.Cmd
	timeout time.Duration // of one job

	cmd    *exec.Cmd // nil: none runs
	in     io.WriteCloser
	out    *bufio.Reader
	errors *lastWords
}

// do has a job done. What ends the process ends the job.
func (p *process) do(ctx context.Context, job Job) Result {
	begin := time.Now()
	if err := p.begin(); err != nil {
		return Result{Failure: &Failure{Message: "no process for the test: " + err.Error()}}
	}
	running := p.cmd.Process
	kill := func() { _ = running.Kill() }
	late := time.AfterFunc(p.timeout+grace, kill)
	stop := context.AfterFunc(ctx, kill)
	defer stop()
	b, _ := json.Marshal(job)
	_, err := p.in.Write(append(b, '\n'))
	var r Result
	var stray []byte
	if err == nil {
		r, stray, err = answer(p.out)
	}
	inTime := late.Stop()
	if err != nil {
		p.end()
		r = Result{Failure: p.death(inTime), Seconds: time.Since(begin).Seconds()}
	}
	if text := strings.TrimSpace(string(stray)); text != "" {
		r.Output += text + "\n"
	}
	return r
}

// begin starts the process, unless it runs.
func (p *process) begin() (err error) {
	if p.cmd != nil {
		return nil
	}
	cmd := p.start()
	p.errors = &lastWords{}
	cmd.Stderr = p.errors
	if p.in, err = cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	p.out = bufio.NewReader(out)
	if err = cmd.Start(); err == nil {
		p.cmd = cmd
	}
	return err
}

// end ends the process, if it runs.
func (p *process) end() {
	if p.cmd == nil {
		return
	}
	_ = p.in.Close()
	_ = p.cmd.Wait()
	p.errors.state = p.cmd.ProcessState.String()
	p.cmd = nil
}

// death tells how the process ended.
func (p *process) death(inTime bool) *Failure {
	if !inTime {
		return &Failure{Message: fmt.Sprintf("the test hangs: its process was killed %v after its %v were over", grace, p.timeout)}
	}
	f := &Failure{Message: "the test ended its process: " + p.errors.state}
	if text := p.errors.String(); text != "" {
		f.Message += "\n" + text
	}
	return f
}

// lastWords keeps the start of what is written: Go's runtime says first what happened.
type lastWords struct {
	mu    sync.Mutex
	text  bytes.Buffer
	state string // of the process, at its end
}

// kept is how much of a process's last words is shown.
const kept = 4 << 10

func (t *lastWords) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text.Write(b[:min(len(b), kept-min(kept, t.text.Len()))])
	return len(b), nil
}

func (t *lastWords) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(t.text.String())
}

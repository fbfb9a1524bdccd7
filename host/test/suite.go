package test

import (
	"context"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// A Suite is files whose tests are run, and how.
type Suite struct {
	Files    []string
	Start    func() *exec.Cmd // makes a process that calls Serve on its standard streams
	Parallel int              // how many processes
	Timeout  time.Duration    // of one test
	FailFast bool             // no further tests after the first that fails
	Cover    bool
	Filter   Filter
}

// A Test is one test and how it ended.
type Test struct {
	File  string
	Words []string // its name below those of its groups; none: the file is one test
	Line  int      // where it is declared; 0: the file is one test
	Again string   // a command that runs it again with the same seed
	Result
}

// Name is the test's, with its groups'.
func (t *Test) Name() string { return strings.Join(t.Words, " > ") }

// Status is how a test ended.
type Status string

// What may become of a test.
const (
	Passed  Status = "passed"
	Failed  Status = "failed"
	Skipped Status = "skipped"
)

// Status says how the test ended. What it left open fails it.
func (t *Test) Status() Status {
	switch {
	case t.Failure != nil || len(t.Leaks) > 0:
		return Failed
	case t.Skipped != "":
		return Skipped
	}
	return Passed
}

// Run runs the tests, and tells of each in the order of files and lines. Its error is the end of ctx.
func (s *Suite) Run(ctx context.Context, tell func(*Test)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	q := newQueue(s)
	var busy sync.WaitGroup
	for range max(s.Parallel, 1) {
		busy.Go(func() {
			p := &process{start: s.Start, timeout: s.Timeout}
			defer p.end()
			for {
				j := q.next()
				if j == nil {
					return
				}
				q.done(j, p.do(ctx, j.job))
				if ctx.Err() != nil {
					q.close()
				}
			}
		})
	}
	for _, f := range q.files {
		<-f.loaded
		for _, j := range f.tests {
			<-j.ended
			if j.ran {
				tell(&j.test)
			}
		}
	}
	cancelled := ctx.Err()
	busy.Wait()
	return cancelled
}

// A unit is one job and what became of it.
type unit struct {
	job   Job
	file  *fileRun
	test  Test
	ran   bool
	ended chan struct{}
}

// A fileRun is a file, and its tests when it was loaded.
type fileRun struct {
	load   *unit
	tests  []*unit
	loaded chan struct{}
}

// A queue hands out jobs: the tests of the first files before other files are loaded, so that reports come early.
type queue struct {
	suite *Suite
	files []*fileRun

	mu     sync.Mutex
	more   sync.Cond
	ready  []*unit // tests
	unread []*fileRun
	busy   int // jobs under way
	closed bool
}

func newQueue(s *Suite) *queue {
	q := &queue{suite: s}
	q.more.L = &q.mu
	for _, name := range s.Files {
		f := &fileRun{loaded: make(chan struct{})}
		f.load = &unit{job: Job{File: name, Cover: s.Cover}, file: f, ended: make(chan struct{})}
		f.load.test.File = name
		q.files = append(q.files, f)
	}
	q.unread = q.files
	return q
}

// next waits for a job; nil when there will be none.
func (q *queue) next() *unit {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		switch {
		case q.closed:
			return nil
		case len(q.ready) > 0:
			u := q.ready[0]
			q.ready = q.ready[1:]
			q.busy++
			return u
		case len(q.unread) > 0:
			f := q.unread[0]
			q.unread = q.unread[1:]
			q.busy++
			return f.load
		case q.busy == 0:
			return nil
		}
		q.more.Wait()
	}
}

// done takes a job's result.
func (q *queue) done(u *unit, r Result) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.busy--
	u.test.Result, u.ran = r, true
	if u.file.load == u {
		q.met(u.file)
	} else {
		close(u.ended)
	}
	if q.suite.FailFast && u.test.Status() == Failed {
		q.end()
	}
	q.more.Broadcast()
}

// met lists the tests that a file has been found to have.
func (q *queue) met(f *fileRun) {
	defer close(f.loaded)
	cases := f.load.test.Cases
	if len(cases) == 0 || f.load.test.Failure != nil {
		f.load.ran = f.load.test.Failure != nil || q.suite.Filter.wants(f.load.test.File, []Case{{}})[0]
		f.tests = []*unit{f.load}
		close(f.load.ended)
		return
	}
	wanted := q.suite.Filter.wants(f.load.test.File, cases)
	for i, c := range cases {
		u := &unit{job: f.load.job, file: f, ended: make(chan struct{})}
		u.job.Case, u.job.Name = i+1, c.Words[len(c.Words)-1]
		u.test = Test{File: u.job.File, Words: c.Words, Line: c.Line}
		switch {
		case wanted[i] && c.Skip == "" && !q.closed:
			q.ready = append(q.ready, u)
		default:
			u.ran, u.test.Skipped = wanted[i] && c.Skip != "", c.Skip
			close(u.ended)
		}
		f.tests = append(f.tests, u)
	}
}

// close has no further job handed out.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.end()
	q.more.Broadcast()
}

// end needs q.mu.
func (q *queue) end() {
	if q.closed {
		return
	}
	q.closed = true
	for _, u := range q.ready {
		close(u.ended)
	}
	for _, f := range q.unread {
		close(f.loaded)
	}
	q.ready, q.unread = nil, nil
}

package vm

import (
	"context"
	"sync"
)

// scope holds tasks that end together: a script's, a group's. Its first failure ends them all.
type scope struct {
	ctx    context.Context
	cancel context.CancelCauseFunc

	mu      sync.Mutex
	changed sync.Cond
	tasks   map[*Task]struct{}
	needed  int    // tasks that are no daemons
	failed  *Error // the first uncaught error
	ended   *stop  // why no task may start any more

	owner *wait // the task that waits for the scope's end; guarded by the baton
}

func newScope(ctx context.Context) *scope {
	s := &scope{tasks: make(map[*Task]struct{})}
	s.changed.L = &s.mu
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	return s
}

// add counts a task that starts; in a scope that has ended it is stopped at once.
func (s *scope) add(t *Task) {
	s.mu.Lock()
	s.tasks[t] = struct{}{}
	if !t.daemon {
		s.needed++
	}
	ended := s.ended
	s.mu.Unlock()
	if ended != nil {
		t.stopNow(ended)
	}
}

// remove counts a task that has ended.
func (s *scope) remove(t *Task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tasks, t)
	if !t.daemon {
		s.needed--
	}
	s.changed.Broadcast()
}

// stop ends every task of the scope, and those that are still to come.
func (s *scope) stop(why *stop) {
	s.mu.Lock()
	if s.ended == nil {
		s.ended = why
	}
	tasks := make([]*Task, 0, len(s.tasks))
	for t := range s.tasks {
		tasks = append(tasks, t)
	}
	s.mu.Unlock()
	s.cancel(why)
	for _, t := range tasks {
		t.stopNow(why)
	}
}

// reopen lets new tasks start after a stop.
func (s *scope) reopen() {
	s.mu.Lock()
	s.ended = nil
	s.mu.Unlock()
}

// fail notes an uncaught error and ends the scope.
func (s *scope) fail(err *Error) {
	s.mu.Lock()
	if s.failed == nil && s.ended == nil {
		s.failed = err
	}
	s.mu.Unlock()
	s.stop(&stop{kind: stopFailed, text: "another task failed: " + err.Message})
}

// await waits until done holds. It is for goroutines that are no tasks, without the baton.
func (s *scope) await(done func() bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !done() {
		s.changed.Wait()
	}
}

func (s *scope) drained() bool { return s.needed == 0 }
func (s *scope) empty() bool   { return len(s.tasks) == 0 }

// result is how the scope ended: its first failure, or the reason why it was stopped from outside.
func (s *scope) result() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.failed != nil:
		return s.failed
	case s.ended == nil || s.ended.kind == stopCancelled:
		return nil
	case s.ended.kind == stopExit:
		return &Exit{Code: s.ended.code}
	}
	return s.ended
}

package vm

import "sync"

// scope holds tasks that end together: a script's, a group's. Its first failure ends them all.
type scope struct {
	mu         sync.Mutex
	changed    sync.Cond
	tasks      map[*Task]struct{}
	children   map[*scope]struct{}
	coroutines map[*coroutine]struct{} // suspended ones that its tasks made
	needed     int                     // tasks that are no daemons
	depth      int                     // how many scopes it stands in
	failed     *Error                  // the first uncaught error
	ended      *stop                   // why no task may run any more

	owner *wait // of the task that waits for the scope's end; guarded by the baton
}

// newScope makes a scope that is stopped with its parent.
func newScope(parent *scope) *scope {
	s := &scope{tasks: make(map[*Task]struct{})}
	s.changed.L = &s.mu
	if parent == nil {
		return s
	}
	parent.mu.Lock()
	defer parent.mu.Unlock()
	if parent.children == nil {
		parent.children = make(map[*scope]struct{})
	}
	parent.children[s] = struct{}{}
	s.depth = parent.depth + 1
	s.ended = parent.ended
	return s
}

// leave takes a scope that is empty from its parent.
func (s *scope) leave(parent *scope) {
	parent.mu.Lock()
	defer parent.mu.Unlock()
	delete(parent.children, s)
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

// remove counts a task that has ended. Daemons end when the last other task does.
func (s *scope) remove(t *Task) {
	s.mu.Lock()
	delete(s.tasks, t)
	if !t.daemon {
		s.needed--
	}
	last, empty := s.needed == 0 && !t.daemon, len(s.tasks) == 0
	s.changed.Broadcast()
	s.mu.Unlock()
	if last && s.owner != nil {
		s.stop(&stop{text: "the group has ended"})
	}
	if empty && s.owner != nil {
		s.owner.fire(0)
	}
}

// last tells whether t is the only task that keeps the scope going.
func (s *scope) last(t *Task) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.needed == 1 && !t.daemon
}

func (s *scope) daemons() (list []*Task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for t := range s.tasks {
		if t.daemon {
			list = append(list, t)
		}
	}
	return list
}

// stop ends every task of the scope, those of the scopes inside, and those that are still to come.
func (s *scope) stop(why *stop) {
	s.mu.Lock()
	if s.ended == nil {
		s.ended = why
	}
	tasks := make([]*Task, 0, len(s.tasks))
	for t := range s.tasks {
		tasks = append(tasks, t)
	}
	children := make([]*scope, 0, len(s.children))
	for c := range s.children {
		children = append(children, c)
	}
	s.mu.Unlock()
	for _, t := range tasks {
		t.stopNow(why)
	}
	for _, c := range children {
		c.stop(why)
	}
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

// await waits until done holds. It is for goroutines that are no tasks and have no baton.
func (s *scope) await(done func() bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !done() {
		s.changed.Wait()
	}
}

func (s *scope) drained() bool { return s.needed == 0 }
func (s *scope) empty() bool   { return len(s.tasks) == 0 }

// outcome is the scope's first failure, and why it was stopped.
func (s *scope) outcome() (*Error, *stop) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed, s.ended
}

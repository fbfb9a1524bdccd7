package vm

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"moonwire/host/network"
)

// scope holds tasks that end together: a script's, a group's. Its first failure ends them all.
type scope struct {
	age        uint64 // what was made before has a lower one
	mu         sync.Mutex
	watchers   []network.Waiter // woken when a task has ended
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
func newScope(parent *scope, age uint64) *scope {
	s := &scope{age: age, tasks: make(map[*Task]struct{})}
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
	for _, w := range s.watchers {
		w.Wake()
	}
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
	for _, t := range s.byAge() {
		if t.daemon {
			list = append(list, t)
		}
	}
	return list
}

// byAge lists the tasks, the oldest first. It needs s.mu.
func (s *scope) byAge() []*Task {
	return slices.SortedFunc(maps.Keys(s.tasks), func(a, b *Task) int { return cmp.Compare(a.age, b.age) })
}

// stop ends every task of the scope, those of the scopes inside, and those that are still to come: the oldest first, so
// that a simulated run is the same each time.
func (s *scope) stop(why *stop) {
	s.mu.Lock()
	if s.ended == nil {
		s.ended = why
	}
	tasks := s.byAge()
	children := slices.SortedFunc(maps.Keys(s.children), func(a, b *scope) int { return cmp.Compare(a.age, b.age) })
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

// await waits by a clock until done holds. Who calls it has no baton.
func (s *scope) await(c network.Clock, done func() bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if done() {
		return
	}
	w := network.NewWaiter(c)
	s.watchers = append(s.watchers, w)
	for !done() {
		s.mu.Unlock()
		w.Wait(context.Background())
		s.mu.Lock()
	}
	s.watchers = slices.DeleteFunc(s.watchers, func(o network.Waiter) bool { return o == w })
}

func (s *scope) drained() bool { return s.needed == 0 }
func (s *scope) empty() bool   { return len(s.tasks) == 0 }

// outcome is the scope's first failure, and why it was stopped.
func (s *scope) outcome() (*Error, *stop) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed, s.ended
}

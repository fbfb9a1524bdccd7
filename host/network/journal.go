package network

import (
	"errors"
	"slices"
	"sync"
)

// A Journal holds how to undo the changes of a world, for its Configurator. The zero value is empty.
type Journal struct {
	mu    sync.Mutex
	steps []undoer // oldest first
	above *Journal // the one that this is a part of
}

// undoer is one change, or a journal of several.
type undoer interface{ Undo() error }

type step struct {
	what string
	undo func() error
}

func (s *step) Undo() error { return s.undo() }

// Add remembers how to undo what was done just now.
func (j *Journal) Add(what string, undo func() error) { j.append(&step{what, undo}) }

// Has says whether something that was done is to be undone.
func (j *Journal) Has(what string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.ContainsFunc(j.steps, func(u undoer) bool {
		s, one := u.(*step)
		return one && s.what == what
	})
}

// Part is a journal of changes that can be undone or kept by themselves. Undoing j undoes them too.
func (j *Journal) Part() *Journal { return &Journal{above: j} }

func (j *Journal) append(u undoer) {
	j.mu.Lock()
	first := len(j.steps) == 0
	j.steps = append(j.steps, u)
	j.mu.Unlock()
	if first && j.above != nil {
		j.above.append(j)
	}
}

// Undo undoes all changes, the last one first, and forgets them.
func (j *Journal) Undo() error {
	var failed []error
	for _, u := range slices.Backward(j.end()) {
		failed = append(failed, u.Undo())
	}
	return errors.Join(failed...)
}

// Keep forgets all changes: they stay.
func (j *Journal) Keep() { j.end() }

// end empties j, and takes it out of the one that it is a part of.
func (j *Journal) end() []undoer {
	j.mu.Lock()
	steps := j.steps
	j.steps = nil
	j.mu.Unlock()
	if j.above != nil {
		j.above.mu.Lock()
		defer j.above.mu.Unlock()
		j.above.steps = slices.DeleteFunc(j.above.steps, func(u undoer) bool { return u == undoer(j) })
	}
	return steps
}

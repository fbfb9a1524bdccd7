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
type undoer interface {
	Undo() error
	Keep() error
}

type step struct {
	what       string
	undo, keep func() error
}

func (s *step) Undo() error { return s.undo() }
func (s *step) Keep() error { return s.keep() }

// Add remembers how to undo what was done just now.
func (j *Journal) Add(what string, undo func() error) {
	j.AddLoose(what, undo, func() error { return nil })
}

// AddLoose is Add for what does not last by itself: keep makes it.
func (j *Journal) AddLoose(what string, undo, keep func() error) { j.append(&step{what, undo, keep}) }

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
func (j *Journal) Undo() error { return each(j.end(), undoer.Undo) }

// Keep makes all changes stay, and forgets them.
func (j *Journal) Keep() error { return each(j.end(), undoer.Keep) }

func each(steps []undoer, do func(undoer) error) error {
	var failed []error
	for _, u := range slices.Backward(steps) {
		failed = append(failed, do(u))
	}
	return errors.Join(failed...)
}

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

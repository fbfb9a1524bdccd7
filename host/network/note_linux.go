package network

import (
	"sync/atomic"

	"moonwire/host/network/journal"
)

// diary is the journal on the disk.
var diary atomic.Pointer[journal.Journal]

// Remember has each change that Config makes from now on stand in a journal, before it is made and until it is undone or
// kept: Recover undoes what a process that was killed has left there.
func Remember(j *journal.Journal) { diary.Store(j) }

// A note is a change in the journal. The zero value is none.
type note struct {
	in *journal.Journal
	id int
}

// note writes an edit of this thread's namespace into the journal, if there is one.
func (k *kernel) note(what string, e edit) (note, error) {
	j := diary.Load()
	if j == nil {
		return note{}, nil
	}
	here, err := journal.Here()
	if err != nil {
		return note{}, err
	}
	here.Path = k.path
	id, err := j.Begin(journal.Entry{What: what, Kind: e.kind(), Space: here}, e)
	return note{j, id}, err
}

// forget says that there is nothing to undo any more.
func (n note) forget() error {
	if n.in == nil {
		return nil
	}
	return n.in.End(n.id)
}

// after is forget, if what had to be done before has worked.
func (n note) after(err error) error {
	if err != nil {
		return err
	}
	return n.forget()
}

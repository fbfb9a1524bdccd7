package network

import (
	"errors"
	"fmt"
	"slices"

	"golang.org/x/sys/unix"

	"moonwire/host/network/journal"
)

// A Leftover is a change of a process that was killed.
type Leftover struct {
	What  string // that was done
	PID   int    // of the process
	Space string // the network namespace
	Err   error  // why it isn't undone; nil: it is
}

// ErrElsewhere is why a Leftover of another network namespace isn't undone.
var ErrElsewhere = errors.New("it is in a network namespace that this process isn't in")

// Recover undoes what stands in journals of processes that have gone, as far as it is in this network namespace, or in one
// with a name, and still as they left it. The error names journals that are refused.
func Recover(folders []string) (list []Leftover, err error) {
	journals, err := journal.Find(folders)
	for _, l := range journals {
		list = append(list, recoverAll(l)...)
		l.Close()
	}
	return list, err
}

// recoverAll undoes a journal's entries, the last one first.
func recoverAll(l *journal.Left) (list []Leftover) {
	for _, e := range slices.Backward(slices.Clone(l.Entries)) {
		if !l.Owner.SinceBoot() && e.Kind != (*resolverEdit)(nil).kind() {
			l.Done(e.ID) // the machine has started anew, and knows nothing of it
			continue
		}
		err := recoverOne(e)
		if err == nil {
			err = l.Done(e.ID)
		}
		list = append(list, Leftover{e.What, l.Owner.PID, e.Space.String(), err})
	}
	return list
}

// recoverOne undoes an entry.
func recoverOne(e journal.Entry) error {
	change, err := readEdit(e.Kind, e.Data)
	if err != nil {
		return err
	}
	if !mayConfigure() {
		return fmt.Errorf("needs CAP_NET_ADMIN: %w", unix.EPERM)
	}
	err = within(e.Space, change.undo)
	if isGone(err) {
		return nil
	}
	return err
}

// within runs f in a namespace, if that can be found.
func within(s journal.Space, f func() error) error {
	here, err := journal.Here()
	if err != nil {
		return err
	}
	if here.Is(s) {
		return f()
	}
	if s.Path == "" {
		return ErrElsewhere
	}
	var info unix.Stat_t
	if err := unix.Stat(s.Path, &info); err != nil || info.Ino != s.Inode {
		return ErrElsewhere
	}
	return Inside(s.Path, func() error {
		there, err := journal.Here()
		if err == nil && !there.Is(s) {
			err = ErrElsewhere
		}
		if err != nil {
			return err
		}
		return f()
	})
}

// Abandon undoes at once, as well as it can, what stands in this process's journal: for an end that waits for nobody.
func Abandon() {
	j := diary.Load()
	if j == nil {
		return
	}
	for _, e := range slices.Backward(j.Open()) {
		if recoverOne(e) == nil {
			j.End(e.ID)
		}
	}
}

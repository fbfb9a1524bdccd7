package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"moonwire/host/network"
	"moonwire/host/network/journal"
)

// undoLeft undoes what runs have left on this machine that were killed, and has the changes of this one written down. What
// is in other network namespaces is doctor's to tell.
func undoLeft(errs io.Writer) {
	folders := journal.Folders(os.Getenv)
	network.Remember(journal.At(folders))
	list, err := network.Recover(folders)
	if err != nil {
		fmt.Fprintf(errs, "moonwire: journals of earlier runs are left alone: %s\n", flat(err))
	}
	done, left := sorted(list)
	if len(done) > 0 {
		fmt.Fprintf(errs, "moonwire: undone, of a run that was killed: %s\n", strings.Join(done, "; "))
	}
	if len(left) > 0 {
		fmt.Fprintf(errs, "moonwire: a run that was killed has left: %s (moonwire doctor tells more)\n", strings.Join(left, "; "))
	}
}

// abandon undoes what this run has changed on this machine, whatever else it is at. It takes no longer than a person waits.
func abandon() {
	done := make(chan struct{})
	go func() {
		network.Abandon()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
	}
}

// sorted parts what was undone from what wasn't, though it is in this network namespace.
func sorted(list []network.Leftover) (done, left []string) {
	for _, l := range list {
		switch {
		case l.Err == nil:
			done = append(done, l.What)
		case !errors.Is(l.Err, network.ErrElsewhere):
			left = append(left, l.What+": "+flat(l.Err))
		}
	}
	return done, left
}

// flat is what an error says, on one line.
func flat(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

// leftBehind undoes what runs have left that were killed, and tells what it can't undo.
func leftBehind() (string, error) {
	list, err := network.Recover(journal.Folders(os.Getenv))
	done, _ := sorted(list)
	failed := []error{err}
	for _, l := range list {
		if l.Err != nil {
			failed = append(failed, fmt.Errorf("%s (process %d, %s): %w", l.What, l.PID, l.Space, l.Err))
		}
	}
	if err := errors.Join(failed...); err != nil {
		return "", errors.New(flat(err))
	}
	if len(done) == 0 {
		return "nothing", nil
	}
	return "undone now: " + strings.Join(done, "; "), nil
}

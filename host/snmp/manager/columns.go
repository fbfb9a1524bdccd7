package manager

import (
	"context"
	"errors"
	"sync"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// ColumnsOptions say how to fetch columns of tables.
type ColumnsOptions struct {
	WalkOptions
	Parallel int // columns under way at once; 0 and 1: one after the other
}

// fullColumn is how long the answers are that a column is fetched by when others are fetched beside it: the slowest of them
// says how long all take, so two fragments are worth it.
const fullColumn = 2 * FullAnswer

// Columns walks through columns, several at once over the session's socket: where the way is long, all take hardly longer
// than one. The first error ends them all.
func (s *Session) Columns(ctx context.Context, columns []oid.OID, o ColumnsOptions) ([][]message.Var, error) {
	ctx, cancel := network.WithCancel(ctx)
	defer cancel()
	found := make([][]message.Var, len(columns))
	var first firstError
	if o.Parallel > 1 {
		o.full = fullColumn
	}
	together(s.net.Clock(), max(min(o.Parallel, len(columns)), 1), func(next func() int) {
		for i := next(); i < len(columns); i = next() {
			err := s.Walk(ctx, columns[i], o.WalkOptions, func(v message.Var) bool {
				found[i] = append(found[i], v)
				return true
			})
			if err != nil {
				first.keep(err)
				cancel()
				return
			}
		}
	})
	return found, first.err
}

// A firstError is the first of the errors of many goroutines. The end of the others, which follows from it, is none.
type firstError struct {
	mu  sync.Mutex
	err error
}

func (f *firstError) keep(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil || errors.Is(f.err, context.Canceled) {
		f.err = err
	}
}

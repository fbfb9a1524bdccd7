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

// Columns walks through columns, several at once over the session's socket: where the way is long, all take hardly longer
// than one. The first error ends them all.
func (s *Session) Columns(ctx context.Context, columns []oid.OID, o ColumnsOptions) ([][]message.Var, error) {
	c := &columnWalk{s: s, columns: columns, o: o.WalkOptions, found: make([][]message.Var, len(columns)), waiter: network.NewWaiter(s.net.Clock())}
	ctx, cancel := network.WithCancel(ctx)
	defer cancel()
	c.running = max(min(o.Parallel, len(columns)), 1)
	for range c.running {
		network.GoBy(s.net.Clock(), func() { c.work(ctx, cancel) })
	}
	for c.busy() {
		c.waiter.Wait(context.Background()) // the walks end when ctx does
	}
	if c.err == nil {
		c.err = ctx.Err()
	}
	return c.found, c.err
}

// columnWalk is Columns under way.
type columnWalk struct {
	s       *Session
	columns []oid.OID
	o       WalkOptions
	found   [][]message.Var
	waiter  network.Waiter

	mu      sync.Mutex
	next    int // column that nobody has begun
	running int
	err     error // the first one
}

func (c *columnWalk) busy() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.running > 0
}

// work walks through columns until none is left.
func (c *columnWalk) work(ctx context.Context, cancel func()) {
	for {
		i, more := c.take()
		if !more {
			break
		}
		err := c.s.Walk(ctx, c.columns[i], c.o, func(v message.Var) bool {
			c.found[i] = append(c.found[i], v)
			return true
		})
		if err != nil {
			c.fail(err)
			cancel()
			break
		}
	}
	c.mu.Lock()
	c.running--
	c.mu.Unlock()
	c.waiter.Wake()
}

// take is a column to begin.
func (c *columnWalk) take() (i int, more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i = c.next
	c.next++
	return i, i < len(c.columns)
}

// fail keeps the first error; the end of the others, which follows from it, is none.
func (c *columnWalk) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil || errors.Is(c.err, context.Canceled) {
		c.err = err
	}
}

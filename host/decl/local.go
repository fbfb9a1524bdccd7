package decl

import (
	"context"
	"sync"
)

// A Local is a value that each runtime has one of, shared by its tasks and made when it is first asked for.
type Local[T any] struct{ Make func() T }

// From is the value of the runtime that runs ctx. Outside of runtimes there is one for all.
func (l *Local[T]) From(ctx context.Context) T {
	values, ok := ctx.Value(localsKey{}).(*sync.Map)
	if !ok {
		values = &outside
	}
	made, _ := values.LoadOrStore(l, sync.OnceValue(l.Make))
	return made.(func() T)()
}

type localsKey struct{}

var outside sync.Map

// WithLocals makes ctx that of a runtime, which has its own values of every Local.
func WithLocals(ctx context.Context) context.Context {
	return context.WithValue(ctx, localsKey{}, new(sync.Map))
}

// WithLocalsOf makes ctx that of the runtime that from belongs to.
func WithLocalsOf(ctx, from context.Context) context.Context {
	return context.WithValue(ctx, localsKey{}, from.Value(localsKey{}))
}

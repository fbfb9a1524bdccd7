package decl_test

import (
	"context"
	"testing"

	"moonwire/host/decl"
)

// Each runtime has its own value, the same one in all contexts of that runtime.
func TestLocal(t *testing.T) {
	counter := decl.Local[*int]{Make: func() *int { return new(int) }}
	one, other := decl.WithLocals(context.Background()), decl.WithLocals(context.Background())
	*counter.From(one) = 1
	*counter.From(other) = 2
	task, cancel := context.WithCancel(decl.WithLocalsOf(context.Background(), one))
	defer cancel()
	if got := *counter.From(task); got != 1 {
		t.Errorf("a task of the first runtime finds %d, want 1", got)
	}
	if got := *counter.From(other); got != 2 {
		t.Errorf("the second runtime finds %d, want 2", got)
	}
	if got := *counter.From(context.Background()); got != 0 {
		t.Errorf("outside of runtimes: %d, want 0", got)
	}
}

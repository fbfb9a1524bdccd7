package network

import (
	"context"
	"sync"
)

// An ending is a context that tells its end at once: whoever ends it runs the calls that AfterFunc left, in their order,
// before it goes on. Package context runs them on goroutines, and a simulated clock might move on before these do.
type ending struct {
	context.Context // where it comes from: its values

	mu    sync.Mutex
	done  chan struct{} // nil until somebody asks
	err   error
	calls *farewell // a ring: calls.next is the first; nil: none
	leave func() bool
}

// farewell is a call that an ending left to do.
type farewell struct {
	prev, next *farewell
	f          func()
}

type endingKey struct{}

// WithCancel is context.WithCancel with an end that OnEnd's functions see at once.
func WithCancel(ctx context.Context) (context.Context, context.CancelFunc) {
	e := newEnding(ctx)
	return e, func() { e.end(context.Canceled) }
}

// WithReason is WithCancel for an end that has a reason: it is the context's error.
func WithReason(ctx context.Context) (context.Context, func(why error)) {
	e := newEnding(ctx)
	return e, e.end
}

func newEnding(ctx context.Context) *ending {
	e := &ending{Context: ctx}
	if ctx.Done() != nil {
		leave := OnEnd(ctx, func() { e.end(ctx.Err()) })
		e.mu.Lock()
		e.leave = leave
		e.mu.Unlock()
	}
	return e
}

// OnEnd is context.AfterFunc, but f runs at once, before whoever ends ctx goes on, when ctx is a task's or was made by
// WithCancel. When ctx has ended already, so does f.
func OnEnd(ctx context.Context, f func()) (stop func() bool) {
	if e := endingOf(ctx); e != nil {
		return e.onEnd(f)
	}
	return context.AfterFunc(ctx, f)
}

// endingOf is the ending that ctx ends with, if it is one.
func endingOf(ctx context.Context) *ending {
	if e, ok := ctx.(*ending); ok {
		return e
	}
	if e, ok := ctx.Value(endingKey{}).(*ending); ok && e.Done() == ctx.Done() {
		return e
	}
	return nil
}

// Value is the parent's, and the ending itself for who looks for it.
func (e *ending) Value(key any) any {
	if key == (endingKey{}) {
		return e
	}
	return e.Context.Value(key)
}

// Done is closed at the end.
func (e *ending) Done() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.done == nil {
		e.done = make(chan struct{})
		if e.err != nil {
			close(e.done)
		}
	}
	return e.done
}

// Err is why it ended, nil before.
func (e *ending) Err() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.err
}

// onEnd has f called at the end, or now when that has come.
func (e *ending) onEnd(f func()) (stop func() bool) {
	c := e.leaveCall(f)
	if c == nil {
		f()
		return func() bool { return false }
	}
	return func() bool { return e.drop(c) }
}

// AfterFunc is onEnd for package context, which holds a lock of the child meanwhile that f takes too: what comes after
// the end must not run here.
func (e *ending) AfterFunc(f func()) (stop func() bool) {
	c := e.leaveCall(f)
	if c == nil {
		go f()
		return func() bool { return false }
	}
	return func() bool { return e.drop(c) }
}

// leaveCall leaves f to do at the end; nil: that has come.
func (e *ending) leaveCall(f func()) *farewell {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err != nil {
		return nil
	}
	c := &farewell{f: f}
	if e.calls == nil {
		e.calls = &farewell{}
		e.calls.prev, e.calls.next = e.calls, e.calls
	}
	last := e.calls.prev
	c.prev, c.next = last, e.calls
	last.next, e.calls.prev = c, c
	return c
}

// drop takes a call back, and reports whether it was still to come.
func (e *ending) drop(c *farewell) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if c.next == nil {
		return false
	}
	c.prev.next, c.next.prev = c.next, c.prev
	c.prev, c.next = nil, nil
	return true
}

// end ends the context, once.
func (e *ending) end(err error) {
	e.mu.Lock()
	if e.err != nil {
		e.mu.Unlock()
		return
	}
	e.err = err
	if e.done != nil {
		close(e.done)
	}
	leave := e.leave
	e.mu.Unlock()
	if leave != nil {
		leave()
	}
	for f := e.first(); f != nil; f = e.first() {
		f()
	}
}

// first takes the call that has waited longest.
func (e *ending) first() func() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.calls == nil || e.calls.next == e.calls {
		return nil
	}
	c := e.calls.next
	e.calls.next, c.next.prev = c.next, e.calls
	c.prev, c.next = nil, nil
	return c.f
}

// Package events gives Lua what happens at a server as an iterator.
package events

import (
	"context"
	"errors"
	"net"
	"os"
	"reflect"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network/feed"
)

// An Iterator is an iterator over what happens at a server.
type Iterator[E any] struct {
	*feed.Listener[E]
	server  Source[E]
	timeout *time.Duration
}

// A Source is a server that things happen at.
type Source[E any] interface {
	Listen() *feed.Listener[E]
	Now() time.Time
	String() string
}

// Options are server:events'.
type Options struct {
	Timeout *time.Duration `lua:"timeout?" doc:"longest wait for each, in seconds; else no limit"`
}

// String says whose they are.
func (e *Iterator[E]) String() string { return "events of " + e.server.String() }

// Class is the iterators' class; row is an event as a script sees it.
func Class[E any](name string, row func(E) any) *decl.Class {
	next := func(L *lua.LState) int {
		x, ok := decl.Self[*Iterator[E]](L, name, name).next(L)
		if !ok {
			return 0
		}
		L.Push(decl.Push(L, row(x)))
		return 1
	}
	return &decl.Class{Name: name, Doc: "What happens at a server, for a generic for.", Type: reflect.TypeFor[*Iterator[E]](),
		Meta: map[string]lua.LGFunction{"__call": next, "__tostring": decl.ToString}}
}

// New is server:events(opts), which a script knows by a name.
func New[E any](L *lua.LState, name string, s Source[E]) int {
	var o Options
	decl.Options(L, name, 2, &o)
	e := &Iterator[E]{s.Listen(), s, o.Timeout}
	decl.HostOf(L).Own(L, e)
	L.Push(decl.NewUserData(L, e))
	return 1
}

// next waits for an event; false at the end.
func (e *Iterator[E]) next(L *lua.LState) (x E, ok bool) {
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		var until time.Time
		if e.timeout != nil {
			until = e.server.Now().Add(*e.timeout)
		}
		x, err = e.Next(ctx, until)
		return err
	})
	if errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, net.ErrClosed) {
		decl.HostOf(L).Disown(e)
		e.Close()
		return x, false
	} else if err != nil {
		decl.RaiseFailure(L, err)
	}
	return x, true
}

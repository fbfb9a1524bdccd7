package decl

import (
	"context"
	"io"

	lua "github.com/yuin/gopher-lua"
)

// Host is the runtime as a binding sees it. Use HostOf at each call, with the state passed in: it may be a
// coroutine's.
type Host interface {
	// Context is the current task's: cancelled with it, and carrying network.From and network.ClockFrom.
	Context() context.Context

	// Block is the only way to wait. It releases the interpreter, runs f, and takes the interpreter back; f touches
	// no Lua value. It returns f's error, and raises in Lua when the task was cancelled meanwhile.
	Block(L *lua.LState, f func(ctx context.Context) error) error

	// BlockOn is Block for waits that i.Interrupt ends: cheaper where a context would need a goroutine or an
	// AfterFunc per call. Interrupt runs on another goroutine, once, when the task is cancelled.
	BlockOn(L *lua.LState, i Interrupter, f func() error) error

	// Own ties h to the current task: it is closed when the task's scope ends. Userdata whose Value is a Handle
	// move to the receiver when returned by a task, sent on a channel or passed to spawn. Disown ends that, and is
	// called by the handle's close.
	Own(L *lua.LState, h Handle)
	Disown(h Handle)

	// CloseWhenLost closes h when nothing in Lua refers to ud any more, which stands for it: h must not refer to ud.
	// NewUserData does that for every Handle.
	CloseWhenLost(ud *lua.LUserData, h Handle)

	// Spawn starts fn as a task in the current task's scope, as task.spawn does.
	Spawn(L *lua.LState, fn *lua.LFunction, args ...lua.LValue)

	// Task is the current task's name.
	Task() string

	// Iface is the interface that the script was told to use; "" when it was told none.
	Iface() string

	// With calls fn in another world and returns its results: in gives the context to run in, from the current one.
	// A lab's host, for example, gives one with network.With. Tasks that fn starts run there too.
	With(L *lua.LState, in func(context.Context) context.Context, fn *lua.LFunction, args ...lua.LValue) []lua.LValue

	// Poll raises when the current task must stop. Long loops in Go call it every few thousand steps.
	Poll(L *lua.LState)

	// Streams are the script's standard streams.
	Stdin() io.Reader
	Stdout() io.Writer
	Stderr() io.Writer
}

// An Interrupter can be woken from a wait; a later wait on it works again.
type Interrupter interface{ Interrupt() }

// A Handle is something that must be closed: a socket, a link, a session. Close may be called twice; the runtime calls
// it while no Lua runs, so it should not wait. String says what it is ("tcp{client} 127.0.0.1:80"), for leak reports.
type Handle interface {
	io.Closer
	String() string
}

// Lasting is a Handle that goes on when nothing in Lua refers to it any more: what it belongs to ends it.
type Lasting interface {
	Handle
	Lasts()
}

// Ending is a Handle that may end by itself: over, it is nothing that a script forgot.
type Ending interface {
	Handle
	Over() bool
}

// HostOf finds the runtime behind a state. Outside a runtime (a bare lua.LState, as in a codec's unit test) it
// returns a Host that blocks in place, with a background context.
func HostOf(L *lua.LState) Host {
	if h, ok := L.Context().(Host); ok {
		return h
	}
	return bareHost{}
}

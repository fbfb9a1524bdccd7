package network

import (
	"context"
	"time"
)

// A Call is one call of a script on a socket, told at its end.
type Call struct {
	Time  time.Time // when it ended, by the task's clock
	Task  string    // name of the task that called
	Name  string    // "bind", "listen", "connect", "accept", "send", "receive", "shutdown", "close" …
	Class string    // of the object: "tcp{client}"
	Here  string    // the object's own address after the call; "" when it has none
	Peer  string    // the far end's; for accept the new connection's
	Bytes int       // sent or received
	Data  string    // those bytes
	What  string    // argument of shutdown
	Err   string    // why it failed, in the words the script got
}

type watchKey struct{}

// Watch tells watch of every call on sockets under ctx. It is called on the calling task's goroutine, while the
// interpreter stands still.
func Watch(ctx context.Context, watch func(Call)) context.Context {
	return context.WithValue(ctx, watchKey{}, watch)
}

// Watching is what Watch put into ctx; nil when nobody watches.
func Watching(ctx context.Context) func(Call) {
	watch, _ := ctx.Value(watchKey{}).(func(Call))
	return watch
}

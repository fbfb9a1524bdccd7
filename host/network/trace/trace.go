// Package trace tells of each call on a network: on its sockets, links, names and configuration. It stands around the
// network in one place, so that no binding has to know of it, and costs nothing where it isn't.
package trace

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"

	"moonwire/host/network"
)

// A Watcher is told of calls, by several goroutines at once.
type Watcher interface {
	// Caller is the task that the running goroutine belongs to and the line of Lua that it is at; "" for other goroutines.
	Caller() (task, line string)
	Call(network.Call)
}

// With has all calls under ctx told to w, those in labs included.
func With(ctx context.Context, w Watcher) context.Context {
	t := &tracer{watcher: w, worlds: map[network.Network]*world{}}
	return network.Wrapping(ctx, t.around)
}

// A tracer knows the networks it stands around: each has one world.
type tracer struct {
	watcher Watcher

	mu     sync.Mutex
	worlds map[network.Network]*world
}

func (t *tracer) around(n network.Network) network.Network {
	if w, ok := n.(*world); ok {
		return w
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	w := t.worlds[n]
	if w == nil {
		w = &world{Network: n, watcher: t.watcher}
		if n.Caps().Lab {
			w.name, _ = n.Hostname()
		}
		t.worlds[n] = w
	}
	return w
}

// tell completes a call and hands it on.
func (w *world) tell(c network.Call) {
	if task, line := w.watcher.Caller(); task != "" {
		c.Task, c.Line = task, line
	}
	c.Time, c.World = w.Clock().Now(), w.name
	w.watcher.Call(c)
}

// An owner is what a socket's calls have in common.
type owner struct {
	world      *world
	class      string
	task, line string // that made it
}

func (w *world) owner(class string) owner {
	o := owner{world: w, class: class}
	o.task, o.line = w.watcher.Caller()
	return o
}

// tell tells of a call on what has the addresses.
func (o *owner) tell(c network.Call, here, peer net.Addr) {
	c.Task, c.Line = o.task, o.line
	if c.Class == "" {
		c.Class = o.class
	}
	if c.Here == "" {
		c.Here = text(here)
	}
	if c.Peer == "" {
		c.Peer = text(peer)
	}
	o.world.tell(c)
}

// text is an address as calls have it.
func text(a net.Addr) string {
	switch a := a.(type) {
	case nil:
		return ""
	case *net.TCPAddr:
		if a == nil {
			return ""
		}
	case *net.UDPAddr:
		if a == nil {
			return ""
		}
	case *net.IPAddr:
		if a == nil {
			return ""
		}
	case *net.UnixAddr:
		if a == nil {
			return ""
		}
	}
	return a.String()
}

// reason is why a call failed, "" when it didn't.
func reason(err error) string {
	var op *net.OpError
	var sys *os.SyscallError
	switch {
	case err == nil:
		return ""
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "timeout"
	case errors.As(err, &sys):
		return sys.Err.Error()
	case errors.As(err, &op) && op.Err != nil:
		return op.Err.Error()
	}
	return err.Error()
}

// closed says whether a call failed for its socket was closed, which is told of on its own.
func closed(err error) bool { return errors.Is(err, net.ErrClosed) }

// early says whether a call that doesn't wait had nothing to do yet.
func early(n int, err error) bool { return n <= 0 && errors.Is(err, os.ErrDeadlineExceeded) }

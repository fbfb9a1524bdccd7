package dhcpserver

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// A Server answers requests.
type Server[R, A any] interface {
	decl.Interrupter
	Receive(until time.Time, count int) ([]R, error)
	Answer(R) A
	Put(R, A)
	Flush()
	Now() time.Time
}

// ServeOptions are server:serve's.
type ServeOptions struct {
	Count   *int           `lua:"count?" range:"0.." doc:"messages to answer or drop; else no limit"`
	Timeout *time.Duration `lua:"timeout?" doc:"how long in all, in seconds; else no limit"`
}

// Serve is server:serve(opts), which a script knows by a name. handle puts the answer to a request, where the script has a say.
func Serve[R, A any](L *lua.LState, name string, s Server[R, A], script *Script, handle func(R)) int {
	var o ServeOptions
	decl.Options(L, name, 2, &o)
	defer script.Begin(L, name)()
	run := run[R, A]{Server: s, script: script, left: -1}
	if o.Count != nil {
		run.left = *o.Count
	}
	if o.Timeout != nil {
		run.until = s.Now().Add(*o.Timeout)
	}
	if err := run.all(L, handle); err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.Push(lua.LNumber(run.done))
	return 1
}

// A run is one call of serve.
type run[R, A any] struct {
	Server[R, A]
	script *Script
	until  time.Time
	left   int // messages; negative: no limit
	done   int
}

// all serves until its end: a time, a number of messages, or the server's.
func (r *run[R, A]) all(L *lua.LState, handle func(R)) error {
	for r.left != 0 {
		var list []R
		err := decl.HostOf(L).BlockOn(L, r.Server, func() (err error) {
			list, err = r.receive()
			return err
		})
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, net.ErrClosed):
			return nil
		case err != nil:
			return err
		}
		r.script.SetState(L)
		for _, m := range list {
			handle(m)
		}
		r.counted(len(list))
	}
	return decl.HostOf(L).BlockOn(L, r.Server, func() error {
		r.Flush()
		return nil
	})
}

// receive waits for messages that the script has a say in; others are answered here.
func (r *run[R, A]) receive() ([]R, error) {
	for {
		list, err := r.Receive(r.until, r.left)
		if err != nil || r.script.HasSay {
			return list, err
		}
		for _, m := range list {
			r.Put(m, r.Answer(m))
		}
		r.counted(len(list))
		if r.left == 0 || !r.until.IsZero() && !r.Now().Before(r.until) {
			r.Flush()
			return nil, os.ErrDeadlineExceeded
		}
	}
}

func (r *run[R, A]) counted(n int) {
	r.done += n
	if r.left > 0 {
		r.left = max(0, r.left-n)
	}
}

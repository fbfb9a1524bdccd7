package bridge

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"moonwire/host/network"
)

const (
	dialTime = 10 * time.Second      // that Target may take to answer a new connection
	retry    = 50 * time.Millisecond // after a failed accept
	chunk    = 64 << 10              // bytes read at once
)

// accept serves connections until the door is closed.
func (w *Forwarder) accept(l network.Listener) {
	for {
		c, err := l.AcceptConn()
		switch {
		case err == nil && w.admit():
			w.work.Go(func() {
				defer w.count(func(s *ForwardStats) { s.Active-- })
				w.join(c)
			})
		case err == nil:
			reset(c)
		case w.ctx.Err() != nil || errors.Is(err, net.ErrClosed):
			return
		default: // too many open files: others will be closed
			w.failed(err)
			w.forward.From.Clock().Sleep(w.ctx, retry)
		}
	}
}

// join carries one connection.
func (w *Forwarder) join(client network.Conn) {
	if !w.own(client) {
		reset(client)
		return
	}
	defer w.release(client)
	ctx, cancel := context.WithTimeout(w.ctx, dialTime)
	server, err := w.forward.To.Dial(ctx, familyOf("tcp", w.forward.Target), w.forward.Target.String(), nil)
	cancel()
	if err != nil {
		w.failed(err)
		reset(client)
		return
	}
	if !w.own(server) {
		reset(server)
		return
	}
	defer w.release(server)
	w.count(func(s *ForwardStats) { s.Clients++ })
	w.exchange(client, server)
}

// exchange copies both ways until both have ended. An end of data is passed on as such, a failure as a reset of both.
func (w *Forwarder) exchange(client, server network.Conn) {
	var once sync.Once
	abort := func() {
		once.Do(func() {
			reset(client)
			reset(server)
		})
	}
	back := make(chan struct{})
	go func() {
		defer close(back)
		if w.pour(client, server, func(s *ForwardStats) *uint64 { return &s.BytesOut }) != nil {
			abort()
		}
	}()
	if w.pour(server, client, func(s *ForwardStats) *uint64 { return &s.BytesIn }) != nil {
		abort()
	}
	<-back
}

// pour copies one direction to its end.
func (w *Forwarder) pour(to, from network.Conn, bytes func(*ForwardStats) *uint64) error {
	b := make([]byte, chunk)
	for {
		n, err := from.Read(b)
		if n > 0 {
			w.count(func(s *ForwardStats) { *bytes(s) += uint64(n) }) // before anybody sees them
			if _, err := to.Write(b[:n]); err != nil {
				return err
			}
		}
		switch {
		case err == io.EOF:
			return to.CloseWrite()
		case err != nil:
			return err
		}
	}
}

// reset closes a connection so that the far end learns that it failed.
func reset(c network.Conn) {
	c.SetOption("linger", network.Linger{On: true})
	c.Close()
}

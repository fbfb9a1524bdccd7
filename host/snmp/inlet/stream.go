package inlet

import (
	"bufio"
	"errors"
	"io"
	"net"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/transport"
)

// The bounds of connections: how many there are, how long one may be silent, and how long a message may take that has begun.
const (
	most     = 200
	idle     = 10 * time.Minute
	patience = 30 * time.Second
)

// longest is the longest message by TCP: twice what a datagram holds. All connections together stay small.
const longest = 1 << 17

// accept takes connections until the socket is closed.
func (i *Inlet) accept(l network.Listener) {
	for {
		c, err := l.AcceptConn()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			i.failed.Add(1)
			if i.clock.Sleep(i.ctx, pause) != nil {
				return
			}
		case !i.enter():
			i.refused.Add(1)
			c.Close()
		case i.keep(c):
			i.connections.Add(1)
			network.Go(i.ctx, func() {
				i.converse(c)
				i.drop(c)
				i.leave()
			})
		}
	}
}

// enter counts a connection in; false when there are too many.
func (i *Inlet) enter() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.conns == most {
		return false
	}
	i.conns++
	return true
}

func (i *Inlet) leave() {
	i.mu.Lock()
	i.conns--
	i.mu.Unlock()
}

// errTooLong is about a message that is not taken.
var errTooLong = errors.New("the message is too long")

// converse takes the messages of a connection.
func (i *Inlet) converse(c network.Conn) {
	in := bufio.NewReader(c)
	var writing network.Turn
	reply := func(b []byte) error {
		if err := writing.Take(i.ctx, time.Time{}); err != nil {
			return err
		}
		defer writing.Give()
		c.SetWriteDeadline(i.clock.Now().Add(patience))
		_, err := c.Write(b)
		if err != nil {
			i.failed.Add(1)
		}
		return err
	}
	for {
		c.SetReadDeadline(i.clock.Now().Add(idle))
		if _, err := in.Peek(1); err != nil {
			return
		}
		c.SetReadDeadline(i.clock.Now().Add(patience))
		b, err := Next(in)
		if err != nil {
			i.unframed.Add(1)
			return
		}
		i.config.Handle(&Message{Bytes: b, Source: transport.AddrPort(c.RemoteAddr()), Local: transport.AddrPort(c.LocalAddr()), Stream: true,
			Time: i.clock.Now(), Reply: reply})
	}
}

// Next takes the next message off a stream (RFC 3430 section 2.1).
func Next(in *bufio.Reader) ([]byte, error) {
	for peek := 1; ; peek++ {
		head, err := in.Peek(peek)
		if err != nil {
			return nil, err
		}
		switch size, err := transport.FrameSize(head); {
		case err != nil:
			return nil, err
		case size > longest:
			return nil, errTooLong
		case size > 0:
			return take(in, size)
		}
	}
}

// take reads n bytes. Memory grows with what has come, not with what was announced.
func take(in *bufio.Reader, n int) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(in, int64(n)))
	if err == nil && len(b) < n {
		err = io.ErrUnexpectedEOF
	}
	return b, err
}

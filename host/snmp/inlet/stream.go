package inlet

import (
	"bufio"
	"errors"
	"io"
	"net"
	"time"

	"moonwire/host/network"
)

// The bounds of connections: how many there are, how long one may be silent, and how long a message may take that has begun.
const (
	most     = 200
	idle     = 10 * time.Minute
	patience = 30 * time.Second
)

// longest is the longest message by TCP: what a msgMaxSize of other engines asks for at most here.
const longest = 1 << 20

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

// errUnframed is about bytes that begin no message.
var errUnframed = errors.New("no message begins here")

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
		i.config.Handle(&Message{Bytes: b, Source: addrPort(c.RemoteAddr()), Local: addrPort(c.LocalAddr()), Stream: true,
			Time: i.clock.Now(), reply: reply})
	}
}

// Next takes the next message off a stream: its length is that of the SEQUENCE which it is (RFC 3430 section 2.1).
func Next(in *bufio.Reader) ([]byte, error) {
	head, err := in.Peek(2)
	if err != nil {
		return nil, err
	}
	if head[0] != 0x30 {
		return nil, errUnframed
	}
	header, length := 2, int(head[1])
	if more := int(head[1]) - 0x80; more >= 0 {
		if more == 0 || more > 4 {
			return nil, errUnframed
		}
		header += more
		if head, err = in.Peek(header); err != nil {
			return nil, err
		}
		length = 0
		for _, b := range head[2:] {
			length = length<<8 | int(b)
		}
	}
	if length > longest {
		return nil, errUnframed
	}
	return take(in, header+length)
}

// take reads n bytes. Memory grows with what has come, not with what was announced.
func take(in *bufio.Reader, n int) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(in, int64(n)))
	if err == nil && len(b) < n {
		err = io.ErrUnexpectedEOF
	}
	return b, err
}

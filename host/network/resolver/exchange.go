package resolver

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// exchange asks the servers, each in turn and all of them again, until one answers. It returns a message whose code
// is success; the others are errors.
func (r *Resolver) exchange(ctx context.Context, c *config, name string, kind dnsmessage.Type) (*dnsmessage.Message, error) {
	q, packed, err := question(name, kind)
	if err != nil {
		return nil, ErrNotFound // too long, or with an empty label: nobody can have it
	}
	servers := c.servers
	if c.rotate {
		n := rand.IntN(len(servers))
		servers = slices.Concat(servers[n:], servers[:n])
	}
	for range c.attempts {
		for _, server := range servers {
			msg, err := r.askServer(ctx, c, server, q, packed)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				continue
			}
			switch msg.RCode {
			case dnsmessage.RCodeSuccess:
				return msg, nil
			case dnsmessage.RCodeNameError:
				return nil, ErrNotFound
			}
		}
	}
	return nil, ErrTemporary
}

// question makes the query for one name and type.
func question(name string, kind dnsmessage.Type) (*dnsmessage.Message, []byte, error) {
	n, err := dnsmessage.NewName(name)
	if err != nil {
		return nil, nil, err
	}
	q := &dnsmessage.Message{
		Header:    dnsmessage.Header{ID: uint16(rand.Uint32()), RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: n, Type: kind, Class: dnsmessage.ClassINET}},
	}
	packed, err := q.Pack()
	return q, packed, err
}

// askServer asks one server by UDP, and again by TCP when the answer didn't fit (RFC 1035 section 4.2.1).
func (r *Resolver) askServer(ctx context.Context, c *config, server netip.AddrPort, q *dnsmessage.Message, packed []byte) (*dnsmessage.Message, error) {
	if !c.tcp {
		msg, err := r.overUDP(ctx, c, server, q, packed)
		if err != nil || !msg.Truncated {
			return msg, err
		}
	}
	return r.overTCP(ctx, c, server, q, packed)
}

func (r *Resolver) overUDP(ctx context.Context, c *config, server netip.AddrPort, q *dnsmessage.Message, packed []byte) (*dnsmessage.Message, error) {
	conn, done, err := r.dial(ctx, c, "udp", server)
	if err != nil {
		return nil, err
	}
	defer done()
	if _, err := conn.Write(packed); err != nil {
		return nil, err
	}
	b := make([]byte, 64<<10)
	for {
		n, err := conn.Read(b)
		if err != nil {
			return nil, err
		}
		if msg, err := answerTo(q, b[:n]); err == nil {
			return msg, nil // others are strays: late, or forged
		}
	}
}

// overTCP frames the messages with two bytes of length (RFC 1035 section 4.2.2).
func (r *Resolver) overTCP(ctx context.Context, c *config, server netip.AddrPort, q *dnsmessage.Message, packed []byte) (*dnsmessage.Message, error) {
	conn, done, err := r.dial(ctx, c, "tcp", server)
	if err != nil {
		return nil, err
	}
	defer done()
	if _, err := conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(packed))), packed...)); err != nil {
		return nil, err
	}
	var size [2]byte
	if _, err := io.ReadFull(conn, size[:]); err != nil {
		return nil, err
	}
	b := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(conn, b); err != nil {
		return nil, err
	}
	return answerTo(q, b)
}

// dial opens a socket whose waits end after the time-out, or with ctx.
func (r *Resolver) dial(ctx context.Context, c *config, network string, server netip.AddrPort) (net.Conn, func(), error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	conn, err := r.Dial(ctx, network, server.String())
	if err != nil {
		cancel()
		return nil, nil, err
	}
	conn.SetDeadline(r.Now().Add(c.timeout))
	stop := context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })
	return conn, func() { stop(); cancel(); conn.Close() }, nil
}

// answerTo reads b as the answer to q.
func answerTo(q *dnsmessage.Message, b []byte) (*dnsmessage.Message, error) {
	var msg dnsmessage.Message
	if err := msg.Unpack(b); err != nil {
		return nil, err
	}
	if !msg.Response || msg.ID != q.ID || len(msg.Questions) != 1 || !sameQuestion(msg.Questions[0], q.Questions[0]) {
		return nil, fmt.Errorf("not an answer to %s", q.Questions[0].Name)
	}
	return &msg, nil
}

func sameQuestion(a, b dnsmessage.Question) bool {
	return a.Type == b.Type && a.Class == b.Class && strings.EqualFold(a.Name.String(), b.Name.String())
}

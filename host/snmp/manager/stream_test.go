package manager_test

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/transport"
)

func tcp(o *manager.Options) { o.Network = "tcp" }

// streamAgent answers over TCP as write does.
func streamAgent(t *testing.T, write func(c net.Conn, answer []byte)) string {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	f := &fake{t: t, mib: sample(20)}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				var in transport.Frames
				for {
					b, err := in.Next()
					if b == nil && err == nil {
						err = in.Fill(c)
					}
					if err != nil {
						return
					}
					if b == nil {
						continue
					}
					m, err := message.Decode(b)
					if err != nil {
						return
					}
					answer, _ := f.answer(m).Encode()
					write(c, answer)
				}
			}()
		}
	}()
	return l.Addr().String()
}

// TestStreamByBytes asks an agent whose answers come a byte at a time.
func TestStreamByBytes(t *testing.T) {
	t.Parallel()
	s := open(t, streamAgent(t, func(c net.Conn, answer []byte) {
		for i := range answer {
			c.Write(answer[i : i+1])
		}
	}), tcp)
	for range 3 {
		names, err := walk(t, s, column, manager.WalkOptions{})
		if err != nil || len(names) != 20 {
			t.Errorf("%d variables, %v", len(names), err)
		}
	}
}

// TestStreamClosed asks an agent that closes the connection after each answer.
func TestStreamClosed(t *testing.T) {
	t.Parallel()
	s := open(t, streamAgent(t, func(c net.Conn, answer []byte) {
		c.Write(answer)
		c.Close()
	}), tcp)
	for range 3 {
		if vars, err := s.Get(t.Context(), sysName); err != nil || vars[0].Value.String() != "R2" {
			t.Errorf("%v, %v", vars, err)
		}
	}
}

// TestStreamEnds ends questions to agents that close without an answer, answer in part, say something else, and do nothing.
func TestStreamEnds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, kind string
		write      func(c net.Conn, answer []byte)
	}{
		{"closes", decl.Closed, func(c net.Conn, _ []byte) { c.Close() }},
		{"half an answer", decl.Timeout, func(c net.Conn, b []byte) { c.Write(b[:len(b)/2]) }},
		{"half and closes", decl.Closed, func(c net.Conn, b []byte) { c.Write(b[:len(b)/2]); c.Close() }},
		{"another protocol", decl.Malformed, func(c net.Conn, _ []byte) { c.Write([]byte("HTTP/1.1 400 Bad Request\r\n")) }},
		{"nothing", decl.Timeout, func(net.Conn, []byte) {}},
	} {
		s := open(t, streamAgent(t, tt.write), tcp, func(o *manager.Options) {
			if tt.kind == decl.Timeout {
				quick(o)
			}
		})
		if _, err := s.Get(t.Context(), sysName); decl.KindOf(err) != tt.kind {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	s := open(t, streamAgent(t, func(net.Conn, []byte) {}), tcp)
	ctx, cancel := network.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := s.Get(ctx, sysName); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

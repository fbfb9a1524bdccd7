package manager_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

var sysName = system.Append(5, 0)

func TestGet(t *testing.T) {
	t.Parallel()
	f := newFake(t, sample(3)...)
	for _, version := range []message.Version{message.V1, message.V2c} {
		s := open(t, f.addr(), func(o *manager.Options) { o.Version = version })
		vars, err := s.Get(t.Context(), sysName, system.Append(7, 0))
		if err != nil || len(vars) != 2 || vars[0].Value.String() != "R2" || vars[1].Value.Int() != 72 {
			t.Errorf("get: %v, %v", vars, err)
		}
		if vars, err = s.Next(t.Context(), sysName); err != nil || !vars[0].Name.Equal(system.Append(7, 0)) {
			t.Errorf("next: %v, %v", vars, err)
		}
	}
	s := open(t, f.addr())
	if vars, err := s.Get(t.Context(), system); err != nil || vars[0].Value.Type != message.TypeNoSuchInstance {
		t.Errorf("exception: %v, %v", vars, err)
	}
	if vars, err := s.Bulk(t.Context(), 1, 2, system, column); err != nil || len(vars) != 3 {
		t.Errorf("bulk: %v, %v", vars, err)
	}
	if _, err := open(t, f.addr(), v1).Bulk(t.Context(), 0, 2, system); decl.KindOf(err) != decl.Unsupported {
		t.Errorf("bulk of version 1: %v", err)
	}
}

// TestStatus turns error statuses to errors that name the variable.
func TestStatus(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.does(func(m *message.Message, from net.Addr) bool {
		f.send(refuse(m, message.NotWritable, 2), from)
		return true
	})
	_, err := open(t, f.addr()).Set(t.Context(), message.Var{Name: system, Value: message.Integer(1)}, message.Var{Name: sysName, Value: message.Text("x")})
	var e *manager.StatusError
	if !errors.As(err, &e) || e.Index != 2 || !e.Name.Equal(sysName) || decl.KindOf(err) != decl.NotWritable {
		t.Errorf("%v", err)
	}
}

// TestDisturbed asks agents that answer in wrong ways before they answer right.
func TestDisturbed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		wrong func(answer *message.Message)
		count func(manager.Stats) uint64
	}{
		{"request id", func(m *message.Message) { m.PDU.RequestID ^= 1 << 20 }, func(s manager.Stats) uint64 { return s.WrongID }},
		{"type", func(m *message.Message) { m.PDU.Type = message.Get }, func(s manager.Stats) uint64 { return s.Rejected }},
		{"version", func(m *message.Message) { m.Version = message.V1 }, func(s manager.Stats) uint64 { return s.Rejected }},
		{"no answer at first", nil, func(s manager.Stats) uint64 { return s.Retries }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, sample(1)...)
			first := true
			f.does(func(m *message.Message, from net.Addr) bool {
				if !first {
					return false
				}
				first = false
				if tt.wrong != nil {
					r := f.answer(m)
					tt.wrong(r)
					f.send(r, from)
				}
				return true
			})
			s := open(t, f.addr(), func(o *manager.Options) { o.Timeout, o.Retries = 300*time.Millisecond, 20 })
			vars, err := s.Get(t.Context(), sysName)
			if err != nil || vars[0].Value.String() != "R2" {
				t.Errorf("%v, %v", vars, err)
			}
			if tt.count(s.Stats()) != 1 {
				t.Errorf("%+v", s.Stats())
			}
		})
	}
}

// TestSilence tells in the text of a timeout what came instead of an answer.
func TestSilence(t *testing.T) {
	t.Parallel()
	other, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	for _, tt := range []struct {
		name string
		do   func(f *fake, m *message.Message, back net.Addr)
		want string
	}{
		{"nothing", func(*fake, *message.Message, net.Addr) {}, "community is wrong: 'public'"},
		{"another address", func(f *fake, m *message.Message, back net.Addr) {
			data, _ := f.answer(m).Encode()
			other.WriteTo(data, back)
		}, "an answer came from " + other.LocalAddr().String()},
		{"other ids", func(f *fake, m *message.Message, back net.Addr) {
			r := f.answer(m)
			r.PDU.RequestID = 5
			f.send(r, back)
		}, "request ids that were not asked"},
		{"no message", func(f *fake, _ *message.Message, back net.Addr) { f.conn.WriteTo([]byte("hello"), back) }, "could not be read"},
		{"a question", func(f *fake, m *message.Message, back net.Addr) { f.send(m, back) }, "it is a get"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFake(t, sample(1)...)
			s := open(t, f.addr(), quick)
			f.does(func(m *message.Message, from net.Addr) bool {
				tt.do(f, m, from)
				return true
			})
			start := time.Now()
			_, err := s.Get(t.Context(), sysName)
			if decl.KindOf(err) != decl.Timeout || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v", err)
			}
			if d := time.Since(start); d < 100*time.Millisecond {
				t.Errorf("ended after %v", d)
			}
			if s.Stats().Timeouts != 1 || s.Stats().Sent != 2 {
				t.Errorf("%+v", s.Stats())
			}
		})
	}
}

// TestWrongCount has an answer with more or fewer variables than were asked for.
func TestWrongCount(t *testing.T) {
	t.Parallel()
	f := newFake(t, sample(1)...)
	for _, n := range []int{0, 2} {
		f.does(func(m *message.Message, from net.Addr) bool {
			a := f.answer(m)
			a.PDU.Vars = slices.Repeat(a.PDU.Vars, n)
			f.send(a, from)
			return true
		})
		_, err := open(t, f.addr()).Get(t.Context(), sysName)
		if want := fmt.Sprintf("the answer has %d variables, 1 were asked for", n); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestTwice takes the first of two answers, and no late one for the answer to the next question.
func TestTwice(t *testing.T) {
	t.Parallel()
	f := newFake(t, sample(1)...)
	f.does(func(m *message.Message, from net.Addr) bool {
		f.send(f.answer(m), from)
		return false
	})
	s := open(t, f.addr())
	for range 10 {
		for i, name := range []oid.OID{sysName, system.Append(7, 0)} {
			vars, err := s.Get(t.Context(), name)
			if err != nil || vars[0].Value.String() != []string{"R2", "72"}[i] {
				t.Fatalf("%v, %v", vars, err)
			}
		}
	}
	if n := s.Stats().Late; n < 19 {
		t.Errorf("%d late answers", n)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	c, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	for _, transport := range []string{"udp", "tcp"} {
		s := open(t, c.LocalAddr().String(), func(o *manager.Options) { o.Network = transport })
		for range 2 {
			if _, err := s.Get(t.Context(), sysName); decl.KindOf(err) != decl.Refused || !strings.Contains(err.Error(), "is an agent running") {
				t.Errorf("%s: %v", transport, err)
			}
		}
	}
}

// TestEnds ends questions by cancelling and by Close.
func TestEnds(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.does(func(*message.Message, net.Addr) bool { return true })
	s := open(t, f.addr())
	ctx, cancel := network.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := s.Get(ctx, sysName); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	time.AfterFunc(20*time.Millisecond, func() { s.Close() })
	if _, err := s.Get(t.Context(), sysName); decl.KindOf(err) != decl.Closed {
		t.Errorf("closed: %v", err)
	}
	if _, err := s.Get(t.Context(), sysName); decl.KindOf(err) != decl.Closed {
		t.Errorf("after Close: %v", err)
	}
}

// TestTogether has many goroutines ask by one session.
func TestTogether(t *testing.T) {
	t.Parallel()
	f := newFake(t, sample(100)...)
	s := open(t, f.addr())
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			for range 50 {
				vars, err := s.Get(t.Context(), column.Append(uint32(i+1)))
				if err != nil || vars[0].Value.Uint() != uint64(i*100) {
					t.Errorf("%v, %v", vars, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

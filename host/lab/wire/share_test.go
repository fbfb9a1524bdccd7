package wire

import (
	"testing"
	"time"
)

// TestShare puts a third station on a link: it hears both ends, is heard by the one it writes to, and hears itself never.
func TestShare(t *testing.T) {
	t.Parallel()
	e := NewRealtime()
	t.Cleanup(e.Close)
	type heard struct {
		who  string
		what byte
	}
	got := make(chan heard, 16)
	station := func(p *Port, name string) {
		p.Handle(func(f []byte) { got <- heard{name, f[headerLen]} })
	}
	frame := func(to, from, what byte) []byte {
		f := make([]byte, headerLen+1)
		f[0], f[6], f[headerLen] = to, from, what
		return f
	}
	a, b := NewPort("a"), NewPort("b")
	l := Connect(e, "a--b", a, b, LinkOptions{})
	c, remove := Share(e, l)
	station(a, "a")
	station(b, "b")
	station(c, "c")
	expect := func(want ...heard) {
		t.Helper()
		for range want {
			select {
			case h := <-got:
				found := false
				for i, w := range want {
					if w == h {
						want[i], found = heard{}, true
						break
					}
				}
				if !found {
					t.Errorf("%s heard %d", h.who, h.what)
				}
			case <-time.After(time.Minute):
				t.Fatalf("nobody heard %v", want)
			}
		}
		for range 4 { // as far as a frame has to go
			passed := make(chan struct{})
			e.Schedule(0, passing(passed))
			<-passed
		}
		select {
		case h := <-got:
			t.Errorf("%s heard %d, too", h.who, h.what)
		default:
		}
	}
	a.Send(frame(0xff, 'a', 1))
	expect(heard{"b", 1}, heard{"c", 1})
	b.Send(frame('a', 'b', 2))
	expect(heard{"a", 2}, heard{"c", 2})
	c.Send(frame('a', 'c', 3))
	expect(heard{"a", 3})
	c.Send(frame('b', 'c', 4))
	expect(heard{"b", 4})
	c.Send(frame(0xff, 'c', 5))
	expect(heard{"a", 5}, heard{"b", 5})
	l.SetUp(false)
	c.Send(frame(0xff, 'c', 6))
	expect()
	l.SetUp(true)
	remove()
	a.Send(frame(0xff, 'a', 7))
	expect(heard{"b", 7})
}

// passing is an event that tells when it comes.
type passing chan struct{}

func (p passing) Run() { close(p) }

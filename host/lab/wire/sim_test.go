package wire_test

import (
	"container/heap"
	"testing"
	"time"

	"moonwire/host/lab/wire"
)

// sim is an engine whose time jumps.
type sim struct {
	now    time.Time
	events simEvents
	calls  int
}

type simEvent struct {
	at   time.Time
	call int
	e    wire.Event
}

// simEvents is a heap.
type simEvents []simEvent

func (s simEvents) Len() int      { return len(s) }
func (s simEvents) Swap(i, j int) { s[i], s[j] = s[j], s[i] }
func (s simEvents) Less(i, j int) bool {
	if s[i].at.Equal(s[j].at) {
		return s[i].call < s[j].call
	}
	return s[i].at.Before(s[j].at)
}
func (s *simEvents) Push(e any) { *s = append(*s, e.(simEvent)) }
func (s *simEvents) Pop() any {
	last := len(*s) - 1
	e := (*s)[last]
	*s = (*s)[:last]
	return e
}

func newSim() *sim { return &sim{now: time.Unix(1e9, 0)} }

func (s *sim) Now() time.Time { return s.now }
func (s *sim) Virtual() bool  { return true }

func (s *sim) Schedule(d time.Duration, e wire.Event) {
	s.calls++
	heap.Push(&s.events, simEvent{s.now.Add(max(0, d)), s.calls, e})
}

// until runs what happens in a time, or all when it is 0.
func (s *sim) until(d time.Duration) {
	end := s.now.Add(d)
	for len(s.events) > 0 && (d == 0 || !s.events[0].at.After(end)) {
		next := heap.Pop(&s.events).(simEvent)
		s.now = next.at
		next.e.Run()
	}
	if d > 0 {
		s.now = end
	}
}

// run is a function as an event.
type run func()

func (f run) Run() { f() }

// arrival is a frame that came.
type arrival struct {
	frame []byte
	at    time.Duration // since the start
}

// cable is a link of a simulated lab, with what arrives at b.
type cable struct {
	*sim
	*wire.Link
	a, b *wire.Port
	got  []arrival
}

func newCable(t *testing.T, seed int64, i wire.Impairment) *cable {
	t.Helper()
	c := &cable{sim: newSim(), a: wire.NewPort("a"), b: wire.NewPort("b")}
	start := c.now
	c.Link = wire.Connect(c.sim, "a--b", c.a, c.b, wire.LinkOptions{Seed: seed})
	c.b.Handle(func(f []byte) { c.got = append(c.got, arrival{f, c.now.Sub(start)}) })
	if err := c.Impair(c.a, i); err != nil {
		t.Fatal(err)
	}
	return c
}

// send sends n frames of size bytes in all, numbered, one each gap.
func (c *cable) send(n, size int, gap time.Duration) {
	for i := range n {
		c.Schedule(time.Duration(i)*gap, run(func() { c.a.Send(numbered(size, i)) }))
	}
	c.until(0)
}

func numbered(size, n int) []byte {
	f := frame(size-14, 0)
	f[14], f[15], f[16], f[17] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
	return f
}

func number(f []byte) int { return int(f[14])<<24 | int(f[15])<<16 | int(f[16])<<8 | int(f[17]) }

// numbers are those of the frames that arrived, in their order.
func (c *cable) numbers() (list []int) {
	for _, a := range c.got {
		list = append(list, number(a.frame))
	}
	return list
}

// frame is a broadcast frame of n payload bytes that begin with mark.
func frame(n int, mark byte) []byte {
	f := append([]byte{255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1, 8, 0}, make([]byte, n)...)
	if n > 0 {
		f[14] = mark
	}
	return f
}

package link

import (
	"context"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/packet"
)

// A single sends one packet at a time, the most frequent way to send: its memory and functions are made once.
type single struct {
	link  *Link
	busy  bool // a task is sending; another one takes the long way
	frame []byte
	fill  func(int, []byte) int
	write func(context.Context) error
	flush func(context.Context) error
}

func newSingle(l *Link) *single {
	s := &single{link: l}
	s.fill = func(_ int, slot []byte) int { return put(slot, s.frame) }
	s.write = func(ctx context.Context) error {
		if err := l.outbox.failure(); err != nil {
			return err
		}
		return l.outbox.alone(ctx, s.fill)
	}
	s.flush = func(ctx context.Context) error {
		l.outbox.flush(ctx)
		return l.outbox.failure()
	}
	return s
}

// send builds p and sends it.
func (s *single) send(L *lua.LState, name string, p *packet.Packet) (results int) {
	s.busy = true
	defer func() { s.busy = false }()
	frame, err := s.link.append(L, s.frame[:0], p, nil)
	s.frame = frame
	switch out := s.link.outbox; {
	case err != nil:
	case !out.takes(len(frame)):
		err = decl.HostOf(L).Block(L, s.write)
	case out.add(frame):
		err = decl.HostOf(L).Block(L, s.flush)
	}
	if err != nil {
		return fail(L, name, explainSend(s.link, &frames{s.frame, []int{len(s.frame)}}, 0, err))
	}
	L.Push(lua.LNumber(1))
	return 1
}

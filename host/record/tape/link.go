package tape

import (
	"bytes"
	"context"
	"time"

	"golang.org/x/net/bpf"

	"moonwire/host/network"
	"moonwire/host/record"
)

// link sends and receives whole frames.
type link struct {
	object
	real   network.LinkConn
	iface  network.Interface
	method string
}

// frame is network.Frame in a record.
type frame struct {
	Data      record.Bytes      `json:"data"`
	Len       int               `json:"len"`
	Time      time.Time         `json:"time"`
	Interface int               `json:"interface,omitempty"`
	Direction network.Direction `json:"direction,omitempty"`
	Checksum  network.Checksum  `json:"checksum,omitempty"`
	VLAN      *network.VLANTag  `json:"vlan,omitempty"`
}

func (t *Tape) frameOf(f *network.Frame) frame {
	out := frame{bytes.Clone(f.Data), f.Len, t.stamp(f.Time), f.Interface, f.Direction, f.Checksum, nil}
	if f.VLAN.TPID != 0 {
		tag := f.VLAN
		out.VLAN = &tag
	}
	return out
}

func (f *frame) std() network.Frame {
	out := network.Frame{Data: f.Data, Len: f.Len, Time: f.Time, Interface: f.Interface, Direction: f.Direction, Checksum: f.Checksum}
	if f.VLAN != nil {
		out.VLAN = *f.VLAN
	}
	return out
}

func (l *link) ReadFrames(into []network.Frame) (int, error) {
	got, err := awaited(l.t, l.question("readframes", len(into)), func() ([]frame, error) {
		room := make([]network.Frame, len(into))
		n, err := l.real.ReadFrames(room)
		out := make([]frame, n)
		for i := range out {
			out[i] = l.t.frameOf(&room[i])
		}
		l.t.frames.received(l, room[:n])
		return out, err
	})
	for i := range got {
		into[i] = got[i].std()
	}
	return len(got), err
}

// frameRoom is a slot that every frame fits into, and some that are refused.
const frameRoom = 1 << 17

// mostAtOnce is how many frames one event of the record holds.
const mostAtOnce = 64

// WriteFrames makes the frames before it sends them: the script's part, which others must not run beside.
func (l *link) WriteFrames(ctx context.Context, n int, fill func(i int, slot []byte) int) (total int, err error) {
	room := make([]byte, frameRoom)
	for {
		q := l.question("writeframes")
		for i := total; i < n && len(q.Sent) < mostAtOnce; i++ {
			size := fill(i, room)
			q.Sent = append(q.Sent, bytes.Clone(room[:min(size, len(room))]))
		}
		m, err := awaited(l.t, q, func() (int, error) {
			n, err := l.real.WriteFrames(ctx, len(q.Sent), func(i int, slot []byte) int {
				copy(slot, q.Sent[i])
				return len(q.Sent[i])
			})
			l.t.frames.sent(l, q.Sent[:max(n, 0)])
			return n, err
		})
		if total += m; err != nil || total >= n || m < len(q.Sent) {
			return total, err
		}
	}
}

func (l *link) SetFilter(program []bpf.RawInstruction) error {
	return l.do("setfilter", func() error { return l.real.SetFilter(program) }, program)
}

func (l *link) SetReadDeadline(t time.Time) error {
	return l.do("setreaddeadline", func() error { return l.real.SetReadDeadline(t) }, l.t.since(t))
}

func (l *link) Interrupt() {
	_ = l.do("interrupt", func() error {
		l.real.Interrupt()
		return nil
	})
}

func (l *link) Interface() network.Interface { return l.iface }
func (l *link) Method() string               { return l.method }

func (l *link) Stats() network.LinkStats {
	s, _ := asked(l.t, l.question("stats"), func() (network.LinkStats, error) { return l.real.Stats(), nil })
	return s
}

func (l *link) Close() error { return l.do("close", func() error { return l.real.Close() }) }

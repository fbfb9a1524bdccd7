package trace

import (
	"context"
	"slices"

	"moonwire/host/network"
)

// A link sends and receives frames.
type link struct {
	network.LinkConn
	owner
	form string // how its frames begin
}

func (l *link) ReadFrames(into []network.Frame) (int, error) {
	n, err := l.LinkConn.ReadFrames(into)
	for i := range n {
		l.tell(network.Call{Name: "receive", Bytes: into[i].Len, Data: string(into[i].Data), Frame: l.form, What: direction(into[i].Direction)}, nil, nil)
	}
	if err != nil && !closed(err) && !early(0, err) { // its time-outs are of those who look whether they must stop
		l.tell(network.Call{Name: "receive", Err: reason(err)}, nil, nil)
	}
	return n, err
}

// direction says of whose a frame is, when it isn't for this host.
func direction(d network.Direction) string {
	switch d {
	case network.Outgoing:
		return "outgoing"
	case network.ToOther:
		return "for another"
	}
	return ""
}

// batch is how many frames are handed on at a time: their copies are kept until it is known what was sent.
const batch = 64

func (l *link) WriteFrames(ctx context.Context, n int, fill func(i int, slot []byte) int) (int, error) {
	for done := 0; done < n; {
		var frames [][]byte
		sent, err := l.LinkConn.WriteFrames(ctx, min(batch, n-done), func(i int, slot []byte) int {
			length := fill(done+i, slot)
			frames = append(frames, slices.Clone(slot[:max(min(length, len(slot)), 0)]))
			return length
		})
		for _, f := range frames[:min(sent, len(frames))] {
			l.tell(network.Call{Name: "send", Bytes: len(f), Data: string(f), Frame: l.form}, nil, nil)
		}
		done += sent
		if err != nil {
			l.tell(network.Call{Name: "send", Err: reason(err)}, nil, nil)
			return done, err
		}
		if sent == 0 {
			return done, nil
		}
	}
	return n, nil
}

func (l *link) Close() error {
	err := l.LinkConn.Close()
	l.closed(err, nil, nil)
	return err
}

package wire

import (
	"slices"
	"time"
)

// Sight is one frame as it left its sender.
type Sight struct {
	Frame []byte // not to be changed
	Time  time.Time
	From  *Port
	Drop  string // why it was lost; "": it wasn't
	Again bool   // it was seen before, when it was sent: now it was lost on the way
}

type tap struct{ see func(Sight) }

// Tap shows f every frame of both directions as it is sent, in order, and every drop with its reason. f is called while
// the link is held: it must not block, and neither send on the link nor change it.
func (l *Link) Tap(f func(Sight)) (remove func()) {
	t := &tap{f}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.retap(func(list []*tap) []*tap { return append(list, t) })
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.retap(func(list []*tap) []*tap {
			return slices.DeleteFunc(list, func(other *tap) bool { return other == t })
		})
	}
}

// retap replaces the list of taps: those that are being called go on with the old one.
func (l *Link) retap(change func([]*tap) []*tap) {
	var list []*tap
	if old := l.taps.Load(); old != nil {
		list = slices.Clone(*old)
	}
	if list = change(list); len(list) == 0 {
		l.taps.Store(nil)
		return
	}
	l.taps.Store(&list)
}

// show lets the taps see a frame.
func (d *direction) show(frame []byte, drop string, again bool) {
	list := d.link.taps.Load()
	if list == nil {
		return
	}
	s := Sight{Frame: frame, Time: d.link.engine.Now(), From: d.from, Drop: drop, Again: again}
	for _, t := range *list {
		t.see(s)
	}
}

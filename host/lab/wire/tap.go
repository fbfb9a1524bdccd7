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
	Note  string // what else happened to it: Corrupted, Duplicated …
	Again bool   // it was seen before, when it was sent: now it was lost on the way
}

// Notes about frames that arrive, but not as they were sent.
const (
	Corrupted  = "corrupted"
	Duplicated = "duplicated"
	Reordered  = "reordered"
	Replaced   = "replaced by the filter" // what stands in its place follows
)

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
func (d *direction) show(s Sight) {
	list := d.link.taps.Load()
	if list == nil {
		return
	}
	s.Time, s.From = d.link.engine.Now(), d.from
	for _, t := range *list {
		t.see(s)
	}
}

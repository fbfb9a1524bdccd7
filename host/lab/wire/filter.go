package wire

import "sync/atomic"

// Passing is a frame in the hands of a link's filter, until one call of Pass or Drop, which any goroutine may make.
type Passing struct {
	Frame []byte // not to be changed
	way   *direction
	ended atomic.Bool
}

// holdable is how many frames a filter may keep.
const holdable = 1 << 12

// hold makes a frame one that the filter has; nil: that has too many.
func (d *direction) hold(frame []byte) *Passing {
	if d.held >= holdable {
		d.refuse(frame, QueueFull)
		return nil
	}
	d.held++
	return &Passing{Frame: frame, way: d}
}

// From is who sent the frame.
func (p *Passing) From() *Port { return p.way.from }

// Link is the frame's.
func (p *Passing) Link() *Link { return p.way.link }

// Pass puts frames onto the wire in the frame's place: itself, another, several.
func (p *Passing) Pass(frames ...[]byte) {
	if p.ended.Swap(true) {
		return
	}
	d := p.way
	d.link.mu.Lock()
	defer d.link.mu.Unlock()
	d.held--
	switch {
	case len(frames) == 0:
		d.refuse(p.Frame, Filtered)
	case len(frames) > 1 || !same(frames[0], p.Frame):
		d.show(Sight{Frame: p.Frame, Note: Replaced})
	}
	for _, f := range frames {
		if reason := d.link.refuses(); reason != "" {
			d.refuse(f, reason)
		} else {
			d.carry(f)
		}
	}
}

// same says whether two frames are one slice.
func same(a, b []byte) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// Drop loses the frame, with a reason that the link's statistics and captures show.
func (p *Passing) Drop(reason string) {
	if p.ended.Swap(true) {
		return
	}
	if reason == "" {
		reason = Filtered
	}
	d := p.way
	d.link.mu.Lock()
	defer d.link.mu.Unlock()
	d.held--
	d.refuse(p.Frame, reason)
}

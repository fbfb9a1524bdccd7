package watch

import (
	"container/heap"
	"time"
)

// due are the leases that will expire, the next one first.
type due struct{ list []*Lease }

func (d *due) Len() int           { return len(d.list) }
func (d *due) Less(i, j int) bool { return d.list[i].Expires().Before(d.list[j].Expires()) }
func (d *due) Swap(i, j int) {
	d.list[i], d.list[j] = d.list[j], d.list[i]
	d.list[i].due, d.list[j].due = i, j
}

// Push and Pop are for package heap.
func (d *due) Push(x any) {
	l := x.(*Lease)
	l.due = len(d.list)
	d.list = append(d.list, l)
}

// Pop takes the last one.
func (d *due) Pop() any {
	l := d.list[len(d.list)-1]
	d.list[len(d.list)-1] = nil
	d.list = d.list[:len(d.list)-1]
	l.due = -1
	return l
}

// set notes that a lease's state or time has changed.
func (d *due) set(l *Lease) {
	ends := l.State == bound && !l.Expires().IsZero()
	switch {
	case ends && l.due < 0:
		heap.Push(d, l)
	case ends:
		heap.Fix(d, l.due)
	case l.due >= 0:
		heap.Remove(d, l.due)
	}
}

// next is when the next lease expires; zero when none does.
func (d *due) next() time.Time {
	if len(d.list) == 0 {
		return time.Time{}
	}
	return d.list[0].Expires()
}

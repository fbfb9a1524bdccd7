package lease

import "container/heap"

// An entry is a binding in its table.
type entry struct {
	Binding
	pool    *Pool  // nil: of no pool
	back    State  // what a lapsed offer becomes again
	sibling *entry // the next of the same client

	queued         bool // in its pool's queue of idle ones
	previous, next *entry
	place          int // in the table's calendar, from 1; 0: it is not there
}

// queue is entries in the order in which they became idle.
type queue struct{ first, last *entry }

func (q *queue) append(e *entry) {
	if e.queued {
		return
	}
	e.queued, e.previous = true, q.last
	if q.last == nil {
		q.first = e
	} else {
		q.last.next = e
	}
	q.last = e
}

func (q *queue) remove(e *entry) {
	if !e.queued {
		return
	}
	if e.previous == nil {
		q.first = e.next
	} else {
		e.previous.next = e.next
	}
	if e.next == nil {
		q.last = e.previous
	} else {
		e.next.previous = e.previous
	}
	e.queued, e.previous, e.next = false, nil, nil
}

// calendar is the entries that end, the next one first.
type calendar []*entry

func (c calendar) Len() int           { return len(c) }
func (c calendar) Less(i, j int) bool { return c[i].Until.Before(c[j].Until) }
func (c calendar) Swap(i, j int) {
	c[i], c[j] = c[j], c[i]
	c[i].place, c[j].place = i+1, j+1
}

// Push and Pop are heap.Interface's.
func (c *calendar) Push(x any) {
	e := x.(*entry)
	*c = append(*c, e)
	e.place = len(*c)
}

// Pop is heap.Interface's.
func (c *calendar) Pop() any {
	old := *c
	e := old[len(old)-1]
	old[len(old)-1] = nil
	*c = old[:len(old)-1]
	e.place = 0
	return e
}

// note puts an entry where its end belongs, or takes out one that has none.
func (c *calendar) note(e *entry) {
	ends := !e.Until.IsZero() && (e.State == Offered || e.State == Bound || e.State == Declined)
	switch {
	case ends && e.place == 0:
		heap.Push(c, e)
	case ends:
		heap.Fix(c, e.place-1)
	case e.place != 0:
		heap.Remove(c, e.place-1)
	}
}

package manager

import "time"

// A queue holds sendings in the order in which they are over. All have the same timeout, so it is the order of sending.
type queue struct {
	list []sending
	head int
}

// A sending is one of a target's.
type sending struct {
	over   time.Time
	target int
	number int // 1 for the first
}

func (q *queue) push(s sending) {
	if q.head > 0 && len(q.list) == cap(q.list) {
		q.list = q.list[:copy(q.list, q.list[q.head:])]
		q.head = 0
	}
	q.list = append(q.list, s)
}

// next is when the first one is over; the zero time when there is none.
func (q *queue) next() time.Time {
	if q.head == len(q.list) {
		return time.Time{}
	}
	return q.list[q.head].over
}

// due takes the first one when it is over.
func (q *queue) due(now time.Time) (s sending, ok bool) {
	if q.head == len(q.list) || q.list[q.head].over.After(now) {
		return s, false
	}
	q.head++
	return q.list[q.head-1], true
}

package wire

import "time"

// A due is an event and when it is to happen.
type due struct {
	at    time.Time
	order uint64 // of the call that asked for it
	event Event
}

func (a *due) before(b *due) bool {
	if a.at.Equal(b.at) {
		return a.order < b.order
	}
	return a.at.Before(b.at)
}

// agenda is a heap of events: the earliest is first.
type agenda []due

func (a *agenda) push(e due) {
	h := append(*a, e)
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !h[i].before(&h[up]) {
			break
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
	*a = h
}

// pop takes the earliest event out. There must be one.
func (a *agenda) pop() Event {
	h := *a
	first, last := h[0].event, len(h)-1
	h[0], h[last] = h[last], due{}
	h = h[:last]
	for i := 0; ; {
		least := i
		for _, down := range [2]int{2*i + 1, 2*i + 2} {
			if down < last && h[down].before(&h[least]) {
				least = down
			}
		}
		if least == i {
			break
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
	*a = h
	return first
}

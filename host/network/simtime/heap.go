package simtime

// entry is an event in the heap.
type entry struct {
	at    int64  // nanoseconds since the clock's epoch
	call  uint64 // which call of Schedule it came from
	event Event
	timer *timer // who may take it out again; nil: nobody
}

func (a *entry) before(b *entry) bool { return a.at < b.at || a.at == b.at && a.call < b.call }

// timer knows where in the heap its entry is.
type timer struct{ place int }

// none is the place of a timer that is in no heap.
const none = -1

// heap has the next event in front. It holds values, so that scheduling costs no memory of its own.
type heap []entry

func (h *heap) push(e entry) {
	*h = append(*h, e)
	h.rise(len(*h)-1, e)
}

// pop takes the next event.
func (h *heap) pop() entry {
	e := (*h)[0]
	h.take(0)
	return e
}

// remove takes a timer's event out, and reports whether it was there.
func (h *heap) remove(t *timer) bool {
	if t.place == none {
		return false
	}
	h.take(t.place)
	return true
}

// take takes the event at i out. The last one fills the gap.
func (h *heap) take(i int) {
	s := *h
	if t := s[i].timer; t != nil {
		t.place = none
	}
	n := len(s) - 1
	last := s[n]
	s[n] = entry{}
	*h = s[:n]
	switch {
	case i == n:
	case i > 0 && last.before(&s[(i-1)/2]):
		h.rise(i, last)
	default:
		h.sink(i, last)
	}
}

// rise puts e at i or above.
func (h *heap) rise(i int, e entry) {
	s := *h
	for i > 0 {
		up := (i - 1) / 2
		if !e.before(&s[up]) {
			break
		}
		s.put(i, s[up])
		i = up
	}
	s.put(i, e)
}

// sink puts e at i or below.
func (h *heap) sink(i int, e entry) {
	s := *h
	for {
		down := 2*i + 1
		if down >= len(s) {
			break
		}
		if right := down + 1; right < len(s) && s[right].before(&s[down]) {
			down = right
		}
		if !s[down].before(&e) {
			break
		}
		s.put(i, s[down])
		i = down
	}
	s.put(i, e)
}

func (h heap) put(i int, e entry) {
	h[i] = e
	if e.timer != nil {
		e.timer.place = i
	}
}

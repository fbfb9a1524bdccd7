package answer

import "moonwire/host/packet"

// A Table holds requests that wait for their answers.
type Table struct {
	caller   any
	multi    bool
	requests []*packet.Packet
	answers  []int // how many each request got
	left     int   // requests without any
	buckets  map[key]*bucket
}

// A bucket is the requests that some packets may answer, by number.
type bucket struct{ open, closed []int32 }

// NewTable makes an empty table. caller is handed to the rules of protocols that a script defined. With multi a request
// may have several answers.
func NewTable(caller any, multi bool) *Table {
	return &Table{caller: caller, multi: multi, buckets: map[key]*bucket{}}
}

// Add takes a request in, as it was sent, and returns its number, from 0.
func (t *Table) Add(request *packet.Packet) int {
	n := len(t.requests)
	t.requests = append(t.requests, request)
	t.answers = append(t.answers, 0)
	t.left++
	for i, k := range keysOf(requestKeys(request)) {
		if i > 0 && k == (key{}) {
			break
		}
		b := t.buckets[k]
		if b == nil {
			b = new(bucket)
			t.buckets[k] = b
		}
		b.open = append(b.open, int32(n))
	}
	return n
}

// keysOf lists the keys, each once; a zero second one says that it is the first again.
func keysOf(answers, errors key) [2]key {
	if answers == errors {
		return [2]key{answers}
	}
	return [2]key{answers, errors}
}

// Left is the number of requests without an answer.
func (t *Table) Left() int { return t.left }

// Answers is the number of answers that request n got.
func (t *Table) Answers(n int) int { return t.answers[n] }

// Take finds the request that a reply answers and notes it: the first that waits, or, when several answers are wanted,
// the first that it answers at all. ok is false when there is none.
func (t *Table) Take(reply *packet.Packet) (n int, ok bool) {
	keys, count := replyKeys(reply)
	for _, k := range keys[:count] {
		b := t.buckets[k]
		if b == nil {
			continue
		}
		n, ok = t.first(reply, b.waiting(t.answers), true)
		if !ok && t.multi {
			if n, ok = t.first(reply, b.open, false); !ok {
				n, ok = t.first(reply, b.closed, false)
			}
		}
		if ok {
			t.note(n)
			return n, true
		}
	}
	return 0, false
}

// waiting are the requests of the bucket that wait; the others are put aside.
func (b *bucket) waiting(answers []int) []int32 {
	for len(b.open) > 0 && answers[b.open[0]] > 0 {
		b.closed = append(b.closed, b.open[0])
		b.open = b.open[1:]
	}
	return b.open
}

// first is the first of some requests that the reply answers, of those that wait or of the others.
func (t *Table) first(reply *packet.Packet, numbers []int32, waiting bool) (int, bool) {
	for _, n := range numbers {
		if (t.answers[n] == 0) != waiting {
			continue
		}
		tr := trail{caller: t.caller}
		if tr.match(reply, t.requests[n]) {
			return int(n), true
		}
	}
	return 0, false
}

func (t *Table) note(n int) {
	if t.answers[n] == 0 {
		t.left--
	}
	t.answers[n]++
}

// explained is how many requests Why looks at.
const explained = 10000

// Why says why a packet answers no request: what the request that came nearest refused, or that it had its answer. n is
// that request; -1 when there is none.
func (t *Table) Why(caller any, p *packet.Packet) (n int, reason string) {
	n, deepest := -1, -1
	for i, q := range t.requests[:min(len(t.requests), explained)] {
		tr := trail{caller: caller}
		if tr.match(p, q) {
			return i, "it answers a packet that was answered before"
		}
		if tr.depth > deepest {
			n, deepest, reason = i, tr.depth, tr.String()
		}
	}
	if n < 0 {
		return n, "nothing was sent"
	}
	return n, reason
}

package load

// A queue is first in, first out, and keeps its memory.
type queue[T any] struct {
	items []T // a ring; its size is a power of two
	head  int
	n     int
}

func (q *queue[T]) push(v T) {
	if q.n == len(q.items) {
		q.grow()
	}
	q.items[(q.head+q.n)&(len(q.items)-1)] = v
	q.n++
}

func (q *queue[T]) grow() {
	items := make([]T, max(16, 2*len(q.items)))
	for i := range q.n {
		items[i] = q.items[(q.head+i)&(len(q.items)-1)]
	}
	q.items, q.head = items, 0
}

// first is the oldest; there must be one.
func (q *queue[T]) first() *T { return &q.items[q.head] }

func (q *queue[T]) pop() T {
	v := q.items[q.head]
	q.head = (q.head + 1) & (len(q.items) - 1)
	q.n--
	return v
}

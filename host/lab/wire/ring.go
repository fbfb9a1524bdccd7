package wire

// ring is a queue that grows as needed.
type ring[T any] struct {
	slots []T // a power of two of them
	head  int
	n     int
}

// roomy is the most slots that an empty ring keeps.
const roomy = 256

func (r *ring[T]) len() int { return r.n }

func (r *ring[T]) push(v T) {
	if r.n == len(r.slots) {
		r.grow()
	}
	r.slots[(r.head+r.n)&(len(r.slots)-1)] = v
	r.n++
}

func (r *ring[T]) grow() {
	slots := make([]T, max(4, 2*r.n))
	for i := range r.n {
		slots[i] = *r.at(i)
	}
	r.slots, r.head = slots, 0
}

// at is the value in place i, which must be less than len.
func (r *ring[T]) at(i int) *T { return &r.slots[(r.head+i)&(len(r.slots)-1)] }

// pop takes the oldest value. There must be one.
func (r *ring[T]) pop() T {
	var none T
	slot := r.at(0)
	v := *slot
	*slot = none
	r.head = (r.head + 1) & (len(r.slots) - 1)
	if r.n--; r.n == 0 && len(r.slots) > roomy {
		*r = ring[T]{}
	}
	return v
}

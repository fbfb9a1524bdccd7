package watch

import "cmp"

// mostRows is how many clients, leases and servers are kept of each, so that a flood of made up ones doesn't fill the memory.
const mostRows = 1 << 16

// rows are things by key, in the order in which they turned up. When there are too many, old ones are forgotten.
type rows[K comparable, T any] struct {
	by    map[K]T
	order []K
	most  int          // 0: mostRows
	done  func(T) bool // such go first; nil: all alike
	gone  func(T)      // is told of those that go; nil: nobody is
}

// get is the row of a key, or nothing.
func (r *rows[K, T]) get(key K) T { return r.by[key] }

// put adds a row of a new key, and says how many were forgotten for it.
func (r *rows[K, T]) put(key K, row T) (forgotten uint64) {
	if r.by == nil {
		r.by = map[K]T{}
	}
	if len(r.by) >= cmp.Or(r.most, mostRows) {
		if forgotten = r.drop(r.done); forgotten == 0 {
			forgotten = r.drop(nil)
		}
	}
	r.by[key] = row
	r.order = append(r.order, key)
	return forgotten
}

// drop forgets the oldest of those that may go, a sixteenth of all rows at most.
func (r *rows[K, T]) drop(may func(T) bool) (n uint64) {
	keep := r.order[:0]
	for _, key := range r.order {
		row := r.by[key]
		if n == uint64(cmp.Or(r.most, mostRows)/16) || may != nil && !may(row) {
			keep = append(keep, key)
			continue
		}
		n++
		delete(r.by, key)
		if r.gone != nil {
			r.gone(row)
		}
	}
	r.order = keep
	return n
}

// all are the rows in the order in which they turned up.
func (r *rows[K, T]) all() []T {
	list := make([]T, len(r.order))
	for i, key := range r.order {
		list[i] = r.by[key]
	}
	return list
}

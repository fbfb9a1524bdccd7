// Package later keeps what is to be done at a time, the next first: answers of servers that are to come late.
package later

import (
	"container/heap"
	"sync"
	"time"
)

// A Queue is what is to be done later. Any goroutine may use it.
type Queue[T any] struct {
	mu    sync.Mutex
	list  appointments[T]
	count uint64
}

// Most is how much a Queue holds.
const Most = 1 << 16

type appointment[T any] struct {
	time  time.Time
	order uint64
	what  T
}

type appointments[T any] []appointment[T]

func (a appointments[T]) Len() int      { return len(a) }
func (a appointments[T]) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a appointments[T]) Less(i, j int) bool {
	return a[i].time.Before(a[j].time) || a[i].time.Equal(a[j].time) && a[i].order < a[j].order
}

// Push is heap.Interface's.
func (a *appointments[T]) Push(x any) { *a = append(*a, x.(appointment[T])) }

// Pop is heap.Interface's.
func (a *appointments[T]) Pop() any {
	old := *a
	x := old[len(old)-1]
	old[len(old)-1] = appointment[T]{}
	*a = old[:len(old)-1]
	return x
}

// Add puts something off; false when too much waits.
func (q *Queue[T]) Add(t time.Time, what T) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) >= Most {
		return false
	}
	q.count++
	heap.Push(&q.list, appointment[T]{t, q.count, what})
	return true
}

// Next is when the next is due; zero when nothing is.
func (q *Queue[T]) Next() time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) == 0 {
		return time.Time{}
	}
	return q.list[0].time
}

// Due takes out the next when its time has come.
func (q *Queue[T]) Due(now time.Time) (what T, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) == 0 || q.list[0].time.After(now) {
		return what, false
	}
	return heap.Pop(&q.list).(appointment[T]).what, true
}

// Sooner is the earlier of two times; the zero one never comes.
func Sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

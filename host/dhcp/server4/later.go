package server4

import (
	"container/heap"
	"sync"
	"time"
)

// later is what is to be done at a time, the next first.
type later struct {
	mu    sync.Mutex
	list  appointments
	count uint64
}

type appointment struct {
	time  time.Time
	order uint64
	*outgoing
}

type appointments []appointment

func (a appointments) Len() int      { return len(a) }
func (a appointments) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a appointments) Less(i, j int) bool {
	return a[i].time.Before(a[j].time) || a[i].time.Equal(a[j].time) && a[i].order < a[j].order
}

// Push and Pop are heap.Interface's.
func (a *appointments) Push(x any) { *a = append(*a, x.(appointment)) }

// Pop is heap.Interface's.
func (a *appointments) Pop() any {
	old := *a
	x := old[len(old)-1]
	old[len(old)-1] = appointment{}
	*a = old[:len(old)-1]
	return x
}

// add puts something off; false when too much waits.
func (l *later) add(t time.Time, o *outgoing) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.list) >= mostLater {
		return false
	}
	l.count++
	heap.Push(&l.list, appointment{t, l.count, o})
	return true
}

// mostLater bounds what waits.
const mostLater = 1 << 16

// next is when the next is due.
func (l *later) next() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.list) == 0 {
		return time.Time{}
	}
	return l.list[0].time
}

// due is the next when its time has come.
func (l *later) due(now time.Time) *outgoing {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.list) == 0 || l.list[0].time.After(now) {
		return nil
	}
	return heap.Pop(&l.list).(appointment).outgoing
}

package manager

import (
	"net/netip"
	"slices"
	"sync"
	"time"
)

// A Datagram is a message that left or came.
type Datagram struct {
	Time                time.Time
	Out                 bool
	Source, Destination netip.AddrPort
	Data                []byte
}

// A journal keeps the last messages, some and not too long ones: an idle session is to be small.
type journal struct {
	mu    sync.Mutex
	list  []Datagram
	bytes int
}

// What a journal keeps at most; the last message stays, whatever its length.
const (
	journalLength = 32
	journalBytes  = 8 << 10
)

// note adds a message; a nil journal keeps none.
func (j *journal) note(d Datagram) {
	if j == nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.bytes += len(d.Data)
	drop := 0
	for list := j.list; drop < len(list) && (j.bytes > journalBytes || len(list)-drop >= journalLength); drop++ {
		j.bytes -= len(list[drop].Data)
	}
	if drop > 0 {
		n := copy(j.list, j.list[drop:])
		clear(j.list[n:])
		j.list = j.list[:n]
	}
	j.list = append(j.list, d)
}

// read gives what is kept, the oldest first.
func (j *journal) read() []Datagram {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.list)
}

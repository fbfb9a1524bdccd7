package socket

import "bytes"

// An inbox holds what arrived and was not yet asked for.
type inbox struct {
	buf         []byte
	first, last int // what is there is buf[first:last]
}

// Sizes of the buffer: it starts small, since most of ten thousand connections say little, and grows when a read
// fills it.
const (
	inboxMin = 2 << 10
	inboxMax = 64 << 10
)

func (b *inbox) empty() bool { return b.first >= b.last }

// space is where the next read goes. The inbox must be empty.
func (b *inbox) space() []byte {
	switch {
	case b.buf == nil:
		b.buf = make([]byte, inboxMin)
	case b.last == len(b.buf) && len(b.buf) < inboxMax:
		b.buf = make([]byte, 4*len(b.buf))
	}
	return b.buf
}

// filled says that a read put n bytes into space.
func (b *inbox) filled(n int) { b.first, b.last = 0, n }

// take removes up to n bytes; they stay valid until the next read.
func (b *inbox) take(n int) []byte {
	n = min(n, b.last-b.first)
	p := b.buf[b.first : b.first+n]
	b.first += n
	return p
}

// takeLine removes bytes up to the next newline, and says whether it was there; the newline is removed but not
// returned.
func (b *inbox) takeLine() (line []byte, whole bool) {
	rest := b.buf[b.first:b.last]
	n := bytes.IndexByte(rest, '\n')
	if n < 0 {
		b.first = b.last
		return rest, false
	}
	b.first += n + 1
	return rest[:n], true
}

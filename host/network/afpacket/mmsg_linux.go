package afpacket

import (
	"os"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	mmsgBatch  = 64        // frames of one call: more gain nothing
	mmsgMemory = 256 << 10 // of a batch, if its frames are that long
	alignment  = 64        // of a frame's first byte: a cache line
)

// Mmsg sends frames by sendmmsg(2), many by one call.
type Mmsg struct {
	fd    int
	room  int // of the longest frame
	buf   []byte
	used  int
	queue int // frames filled
	done  int // frames of those that are sent
	vecs  [mmsgBatch]unix.Iovec
	msgs  [mmsgBatch]mmsghdr
}

// mmsghdr is struct mmsghdr.
type mmsghdr struct {
	unix.Msghdr
	sent uint32
}

// NewMmsg sends frames of at most room bytes on the socket fd, which is bound to an interface.
func NewMmsg(fd, room int) *Mmsg {
	m := &Mmsg{fd: fd, room: room, buf: make([]byte, max(mmsgMemory, room))}
	for i := range m.msgs {
		m.msgs[i].Iov = &m.vecs[i]
		m.msgs[i].SetIovlen(1)
	}
	return m
}

// Slot is the memory of the next frame; nil when the batch is full.
func (m *Mmsg) Slot() []byte {
	if m.queue == mmsgBatch || m.used+m.room > len(m.buf) {
		return nil
	}
	return m.buf[m.used : m.used+m.room]
}

// Commit puts the frame in the slot, n bytes long, into the batch.
func (m *Mmsg) Commit(n int) {
	m.vecs[m.queue].Base = &m.buf[m.used]
	m.vecs[m.queue].SetLen(n)
	m.queue++
	m.used += (n + alignment - 1) &^ (alignment - 1)
}

// Flush sends what it can of the batch and returns the number of frames. With an error the next frame is the one that
// was refused, and the rest of the batch is kept; unix.EAGAIN and unix.ENOBUFS ask for patience.
func (m *Mmsg) Flush() (int, error) {
	sent := 0
	for m.done < m.queue {
		n, _, errno := unix.Syscall6(unix.SYS_SENDMMSG, uintptr(m.fd), uintptr(unsafe.Pointer(&m.msgs[m.done])), uintptr(m.queue-m.done), unix.MSG_DONTWAIT, 0, 0)
		runtime.KeepAlive(m)
		switch errno {
		case 0:
			m.done += int(n)
			sent += int(n)
		case unix.EINTR:
		default:
			return sent, os.NewSyscallError("sendmmsg", errno)
		}
	}
	m.Reset()
	return sent, nil
}

// Reset forgets the frames of the batch that are not sent.
func (m *Mmsg) Reset() { m.used, m.queue, m.done = 0, 0, 0 }

package afpacket

import (
	"os"
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
	fd      int
	longest int
	buf     []byte
	used    int
	queue   int // frames filled
	done    int // frames of those that are sent
	vecs    [mmsgBatch]unix.Iovec
	msgs    [mmsgBatch]mmsghdr
}

// mmsghdr is struct mmsghdr.
type mmsghdr struct {
	unix.Msghdr
	sent uint32
}

// NewMmsg sends frames of at most longest bytes on the socket fd, which is bound to an interface.
func NewMmsg(fd, longest int) (*Mmsg, error) {
	m := &Mmsg{fd: fd, longest: longest, buf: make([]byte, max(mmsgMemory, longest))}
	for i := range m.msgs {
		m.msgs[i].Iov = &m.vecs[i]
		m.msgs[i].SetIovlen(1)
	}
	if _, err := m.send(0); err != nil {
		return nil, err
	}
	return m, nil
}

// Slot is the memory of the next frame; nil when the batch is full.
func (m *Mmsg) Slot() []byte {
	if m.queue == mmsgBatch || m.used+m.longest > len(m.buf) {
		return nil
	}
	return m.buf[m.used : m.used+m.longest]
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
		n, err := m.send(m.queue - m.done)
		if err != nil {
			return sent, err
		}
		m.done += n
		sent += n
	}
	m.Reset()
	return sent, nil
}

// send offers n frames to the kernel and returns how many it took. For a single one there is a cheaper call.
func (m *Mmsg) send(n int) (int, error) {
	if n == 1 {
		frame := m.vecs[m.done]
		if err := write(m.fd, unsafe.Slice(frame.Base, frame.Len)); err != nil {
			return 0, err
		}
		return 1, nil
	}
	for {
		taken, _, errno := unix.Syscall6(unix.SYS_SENDMMSG, uintptr(m.fd), uintptr(unsafe.Pointer(&m.msgs[m.done])), uintptr(n), unix.MSG_DONTWAIT, 0, 0)
		switch errno {
		case 0:
			return int(taken), nil
		case unix.EINTR:
		default:
			return 0, os.NewSyscallError("sendmmsg", errno)
		}
	}
}

// Reset forgets the frames of the batch that are not sent.
func (m *Mmsg) Reset() { m.used, m.queue, m.done = 0, 0, 0 }

// Close does nothing.
func (m *Mmsg) Close() {}

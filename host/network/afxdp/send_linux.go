package afxdp

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

const (
	slots     = 1024 // frames in memory; a power of two
	smallSlot = 2048 // the kernel wants a power of two from here to a page
	largeSlot = 4096
	budget    = 512 // frames that the kernel takes in one call, where it can be told
)

// Sender sends frames on the first queue of an interface.
type Sender struct {
	*resources
	longest int
	free    []uint64 // addresses of slots that hold no frame
	queue   int      // frames that the kernel has not taken
}

// resources are what Close frees.
type resources struct {
	fd          int
	memory      []byte
	tx          ring[unix.XDPDesc]
	completions ring[uint64]
}

// Open makes a sender of frames of at most longest bytes on the interface of that index, in the caller's namespace.
func Open(index, longest int) (*Sender, error) {
	size := smallSlot
	if longest > size {
		size = largeSlot
	}
	if longest > size {
		return nil, fmt.Errorf("frames of %d bytes don't fit AF_XDP's memory of %d: %w", longest, size, unix.EMSGSIZE)
	}
	fd, err := unix.Socket(unix.AF_XDP, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("socket AF_XDP: %w", err)
	}
	s := &Sender{resources: &resources{fd: fd}, longest: longest}
	if err := s.start(index, size); err != nil {
		s.release()
		return nil, err
	}
	runtime.AddCleanup(s, (*resources).release, s.resources)
	return s, nil
}

// start gives the socket its memory and rings and binds it.
func (s *Sender) start(index, size int) (err error) {
	if s.memory, err = s.register(size); err != nil {
		return err
	}
	if err := s.mapRings(); err != nil {
		return err
	}
	unix.SetsockoptInt(s.fd, unix.SOL_XDP, unix.XDP_MAX_TX_SKB_BUDGET, budget) // from Linux 6.18 on
	if err := s.bind(index); err != nil {
		return fmt.Errorf("bind AF_XDP: %w", err)
	}
	for i := range slots {
		s.free = append(s.free, uint64(i*size))
	}
	return nil
}

// bind takes the interface's first queue, which one socket can have. The kernel frees it a moment after its last owner
// is closed.
func (s *Sender) bind(index int) (err error) {
	for pause := time.Millisecond; pause <= 128*time.Millisecond; pause *= 2 {
		err = unix.Bind(s.fd, &unix.SockaddrXDP{Flags: unix.XDP_COPY, Ifindex: uint32(index)})
		if err != unix.EBUSY {
			return err
		}
		time.Sleep(pause)
	}
	return err
}

// Slot is the memory of the next frame; nil when the kernel has all of it.
func (s *Sender) Slot() []byte {
	if len(s.free) == 0 {
		s.free = s.completions.drain(s.free)
	}
	if len(s.free) == 0 {
		return nil
	}
	at := s.free[len(s.free)-1]
	return s.memory[at : at+uint64(s.longest)]
}

// Commit queues the frame in the slot, n bytes long.
func (s *Sender) Commit(n int) {
	last := len(s.free) - 1
	s.tx.put(unix.XDPDesc{Addr: s.free[last], Len: uint32(n)})
	s.free = s.free[:last]
	s.queue++
}

// Flush makes the kernel take what is queued and returns the number of frames it took. With an error the next frame is
// the one that was refused; unix.ENOBUFS asks for patience.
func (s *Sender) Flush() (taken int, _ error) {
	s.tx.publish()
	for s.queue > 0 {
		err := s.kick()
		left := s.tx.waiting()
		n := s.queue - left
		s.queue = left
		taken += n
		switch {
		case errors.Is(err, unix.EBUSY): // taken, but the driver has no carrier
			return taken - 1, unix.ENETDOWN
		case errors.Is(err, unix.EAGAIN) && n == 0:
			return taken, unix.ENOBUFS
		case err != nil && !errors.Is(err, unix.EAGAIN):
			return taken, err
		}
	}
	return taken, nil
}

// Reset forgets the frames that the kernel has not taken.
func (s *Sender) Reset() {
	for ; s.queue > 0; s.queue-- {
		s.free = append(s.free, s.tx.takeBack().Addr)
	}
}

// Close frees everything. Frames that the kernel took are sent.
func (s *Sender) Close() { s.release() }

// kick makes the kernel look at the ring.
func (s *Sender) kick() error {
	_, _, errno := unix.Syscall6(unix.SYS_SENDTO, uintptr(s.fd), 0, 0, unix.MSG_DONTWAIT, 0, 0)
	if errno == 0 {
		return nil
	}
	return errno
}

// release closes the socket and unmaps its memory, once.
func (r *resources) release() {
	if r.fd < 0 {
		return
	}
	unix.Close(r.fd)
	r.fd = -1
	for _, mem := range [][]byte{r.memory, r.tx.mem, r.completions.mem} {
		if mem != nil {
			unix.Munmap(mem)
		}
	}
}

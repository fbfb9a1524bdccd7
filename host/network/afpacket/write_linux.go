package afpacket

import (
	"os"

	"golang.org/x/sys/unix"
)

// Write sends frames by write(2), one by one.
type Write struct {
	fd   int
	buf  []byte
	size int // of the frame that waits; 0: none
}

// NewWrite sends frames of at most longest bytes on the socket fd, which is bound to an interface.
func NewWrite(fd, longest int) *Write { return &Write{fd: fd, buf: make([]byte, longest)} }

// Slot is the memory of the next frame; nil while one waits.
func (w *Write) Slot() []byte {
	if w.size > 0 {
		return nil
	}
	return w.buf
}

// Commit makes the frame in the slot wait, n bytes long.
func (w *Write) Commit(n int) { w.size = n }

// Flush sends the frame that waits and returns the number of frames. unix.EAGAIN and unix.ENOBUFS ask for patience.
func (w *Write) Flush() (int, error) {
	if w.size == 0 {
		return 0, nil
	}
	if err := write(w.fd, w.buf[:w.size]); err != nil {
		return 0, err
	}
	w.size = 0
	return 1, nil
}

func write(fd int, frame []byte) error {
	_, err := unix.Write(fd, frame)
	for err == unix.EINTR {
		_, err = unix.Write(fd, frame)
	}
	return os.NewSyscallError("write", err)
}

// Reset forgets the frame that waits.
func (w *Write) Reset() { w.size = 0 }

// Close does nothing.
func (w *Write) Close() {}

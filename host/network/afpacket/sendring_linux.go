package afpacket

import (
	"fmt"
	"math/bits"
	"os"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// sendMemory is the size of a ring for sending, if its frames are not too long for that.
const (
	sendMemory = 2 << 20
	minFrames  = 16
	pageSize   = 64 << 10 // a multiple of every page size there is
)

// sendShape is the shape of a ring for sending: frames of one size, each in a block or several to a block.
type sendShape struct{ longest, frame, block, blocks int }

func (s sendShape) size() int   { return s.block * s.blocks }
func (s sendShape) frames() int { return s.size() / s.frame }

// requestSendRing asks for a ring of frames of at most longest bytes; none with 0.
func requestSendRing(fd, longest int) (sendShape, error) {
	if longest == 0 {
		return sendShape{}, nil
	}
	s := sendShape{longest: longest, frame: 1 << bits.Len(uint(recordHeader)+uint(longest)-1)}
	s.block = max(s.frame, pageSize)
	s.blocks = max(sendMemory, minFrames*s.frame) / s.block
	req := unix.TpacketReq3{Block_size: uint32(s.block), Block_nr: uint32(s.blocks), Frame_size: uint32(s.frame), Frame_nr: uint32(s.frames())}
	if err := unix.SetsockoptTpacketReq3(fd, unix.SOL_PACKET, unix.PACKET_TX_RING, &req); err != nil {
		return s, fmt.Errorf("a ring of %d bytes: %w", s.size(), os.NewSyscallError("setsockopt PACKET_TX_RING", err))
	}
	return s, nil
}

// SendRing is a packet socket's ring for sending: the kernel takes frames from it in turn and gives them back when they
// are sent.
type SendRing struct {
	fd    int
	mem   []byte
	shape sendShape
	head  int // next frame to fill
	queue int // frames before head that the kernel has not taken
}

// note is the kernel's description of frame i.
func (r *SendRing) note(i int) *unix.Tpacket3Hdr {
	return (*unix.Tpacket3Hdr)(unsafe.Pointer(&r.mem[i*r.shape.frame]))
}

func (r *SendRing) status(i int) *uint32 { return &r.note(i).Status }

// Slot is the memory of the next frame; nil when the ring is full.
func (r *SendRing) Slot() []byte {
	if atomic.LoadUint32(r.status(r.head)) != unix.TP_STATUS_AVAILABLE {
		return nil
	}
	at := r.head*r.shape.frame + int(recordHeader)
	return r.mem[at : at+r.shape.longest]
}

// Commit queues the frame in the slot, n bytes long.
func (r *SendRing) Commit(n int) {
	h := r.note(r.head)
	h.Len, h.Next_offset = uint32(n), 0
	atomic.StoreUint32(&h.Status, unix.TP_STATUS_SEND_REQUEST)
	r.head = r.step(r.head, 1)
	r.queue++
}

func (r *SendRing) step(i, by int) int {
	n := r.shape.frames()
	return (i + by + n) % n
}

// Flush makes the kernel take what is queued and returns the number of frames it took. With an error the next frame is
// the one that was refused; unix.EAGAIN and unix.ENOBUFS ask for patience.
func (r *SendRing) Flush() (int, error) {
	if r.queue == 0 {
		return 0, nil
	}
	err := kick(r.fd)
	taken := 0
	for r.queue > 0 {
		switch atomic.LoadUint32(r.status(r.step(r.head, -r.queue))) {
		case unix.TP_STATUS_SEND_REQUEST:
			if err == nil {
				err = unix.ENOBUFS
			}
			return taken, err
		case unix.TP_STATUS_WRONG_FORMAT:
			if err == nil {
				err = unix.EMSGSIZE
			}
			return taken, err
		}
		r.queue--
		taken++
	}
	return taken, nil
}

// Reset forgets the frames that the kernel has not taken. It goes on with the first of them.
func (r *SendRing) Reset() {
	for ; r.queue > 0; r.queue-- {
		r.head = r.step(r.head, -1)
		atomic.StoreUint32(r.status(r.head), unix.TP_STATUS_AVAILABLE)
	}
}

// Close does nothing: the ring goes with its Memory.
func (r *SendRing) Close() {}

// kick makes the kernel look at a ring.
func kick(fd int) error {
	for {
		_, _, errno := unix.Syscall6(unix.SYS_SENDTO, uintptr(fd), 0, 0, unix.MSG_DONTWAIT, 0, 0)
		switch errno {
		case 0:
			return nil
		case unix.EINTR:
		default:
			return os.NewSyscallError("sendto", errno)
		}
	}
}

package afxdp

import (
	"fmt"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ring is a queue between the kernel and us, of slots entries: one side advances the producer, the other the consumer.
type ring[T any] struct {
	mem                []byte
	producer, consumer *uint32
	entries            []T
	local              uint32 // our own side, published later
}

// register shares memory for the frames with the kernel.
func (s *Sender) register(size int) ([]byte, error) {
	mem, err := unix.Mmap(-1, 0, slots*size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS|unix.MAP_POPULATE)
	if err != nil {
		return nil, fmt.Errorf("mmap: %w", err)
	}
	reg := unix.XDPUmemReg{Addr: uint64(uintptr(unsafe.Pointer(&mem[0]))), Len: uint64(len(mem)), Size: uint32(size)}
	if err := s.set(unix.XDP_UMEM_REG, unsafe.Pointer(&reg), unsafe.Sizeof(reg)); err != nil {
		return mem, fmt.Errorf("setsockopt XDP_UMEM_REG: %w", err)
	}
	return mem, nil
}

func (s *Sender) set(name int, value unsafe.Pointer, size uintptr) error {
	_, _, errno := unix.Syscall6(unix.SYS_SETSOCKOPT, uintptr(s.fd), unix.SOL_XDP, uintptr(name), uintptr(value), size, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// mapRings makes the rings and maps the two that are used. The kernel insists on one for received frames, too.
func (s *Sender) mapRings() error {
	for _, r := range []struct{ name, entries int }{
		{unix.XDP_UMEM_FILL_RING, 2}, {unix.XDP_UMEM_COMPLETION_RING, slots}, {unix.XDP_TX_RING, slots},
	} {
		if err := unix.SetsockoptInt(s.fd, unix.SOL_XDP, r.name, r.entries); err != nil {
			return fmt.Errorf("setsockopt XDP ring: %w", err)
		}
	}
	var off unix.XDPMmapOffsets
	size := uint32(unsafe.Sizeof(off))
	_, _, errno := unix.Syscall6(unix.SYS_GETSOCKOPT, uintptr(s.fd), unix.SOL_XDP, unix.XDP_MMAP_OFFSETS,
		uintptr(unsafe.Pointer(&off)), uintptr(unsafe.Pointer(&size)), 0)
	if errno != 0 {
		return fmt.Errorf("getsockopt XDP_MMAP_OFFSETS: %w", errno)
	}
	if err := s.tx.mapAt(s.fd, unix.XDP_PGOFF_TX_RING, off.Tx); err != nil {
		return err
	}
	return s.completions.mapAt(s.fd, unix.XDP_UMEM_PGOFF_COMPLETION_RING, off.Cr)
}

// mapAt maps a ring.
func (r *ring[T]) mapAt(fd int, page int64, off unix.XDPRingOffset) error {
	var entry T
	mem, err := unix.Mmap(fd, page, int(off.Desc)+slots*int(unsafe.Sizeof(entry)), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED|unix.MAP_POPULATE)
	if err != nil {
		return fmt.Errorf("mmap: %w", err)
	}
	r.mem = mem
	r.producer = (*uint32)(unsafe.Pointer(&mem[off.Producer]))
	r.consumer = (*uint32)(unsafe.Pointer(&mem[off.Consumer]))
	r.entries = unsafe.Slice((*T)(unsafe.Pointer(&mem[off.Desc])), slots)
	return nil
}

// put adds an entry, which the kernel sees after publish. There is always room: entries are as many as slots.
func (r *ring[T]) put(v T) {
	r.entries[r.local%slots] = v
	r.local++
}

func (r *ring[T]) publish() { atomic.StoreUint32(r.producer, r.local) }

// waiting is the number of entries that the kernel has not consumed.
func (r *ring[T]) waiting() int { return int(r.local - atomic.LoadUint32(r.consumer)) }

// takeBack removes the youngest entry. The kernel must not be at work: in copy mode it is only inside kick.
func (r *ring[T]) takeBack() T {
	r.local--
	r.publish()
	return r.entries[r.local%slots]
}

// drain appends the entries that the kernel has produced.
func (r *ring[T]) drain(to []T) []T {
	end := atomic.LoadUint32(r.producer)
	for ; r.local != end; r.local++ {
		to = append(to, r.entries[r.local%slots])
	}
	atomic.StoreUint32(r.consumer, r.local)
	return to
}

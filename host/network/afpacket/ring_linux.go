package afpacket

import (
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The ring's shape. A block holds the longest frame that segmentation offload makes (64 KiB) with its header. The kernel
// hands a block over when it is full, or a millisecond after its first frame.
const (
	blockSize = 128 << 10
	retire    = 1 // milliseconds
	minBlocks = 4
)

// Ring is the receive ring of a packet socket: blocks of frames, filled by the kernel in turn (TPACKET_V3). It is not
// safe for concurrent use.
type Ring struct {
	mem     []byte
	blocks  int
	current int // block that is being read
	first   int // oldest block that is not the kernel's again
	lent    int // blocks from first that were read to their end, or in part
	record  uintptr
	left    int             // records left in the current block
	skip    int             // records of the next block that belong to an older filter
	lost    runtime.Cleanup // frees the socket of a ring that nobody closed
}

// NewRing gives the packet socket fd a receive ring of about size bytes.
func NewRing(fd, size int) (*Ring, error) {
	blocks := max(size/blockSize, minBlocks)
	if err := unix.SetsockoptInt(fd, unix.SOL_PACKET, unix.PACKET_VERSION, unix.TPACKET_V3); err != nil {
		return nil, os.NewSyscallError("setsockopt PACKET_VERSION", err)
	}
	req := unix.TpacketReq3{Block_size: blockSize, Block_nr: uint32(blocks), Frame_size: blockSize, Frame_nr: uint32(blocks), Retire_blk_tov: retire}
	if err := unix.SetsockoptTpacketReq3(fd, unix.SOL_PACKET, unix.PACKET_RX_RING, &req); err != nil {
		return nil, fmt.Errorf("a ring of %d bytes: %w", blocks*blockSize, os.NewSyscallError("setsockopt PACKET_RX_RING", err))
	}
	mem, err := share(fd, blocks*blockSize)
	if err != nil {
		return nil, err
	}
	r := &Ring{mem: mem, blocks: blocks}
	r.lost = runtime.AddCleanup(r, unshare, mem)
	return r, nil
}

// header is the kernel's description of block i.
func (r *Ring) header(i int) *unix.TpacketHdrV1 {
	desc := (*unix.TpacketBlockDesc)(unsafe.Pointer(&r.mem[i*blockSize]))
	return (*unix.TpacketHdrV1)(unsafe.Pointer(&desc.Hdr))
}

// ready reports whether the kernel has handed block i over.
func (r *Ring) ready(i int) bool {
	return atomic.LoadUint32(&r.header(i).Block_status)&unix.TP_STATUS_USER != 0
}

// Next is the next frame of the ring. Its memory is the ring's until Release.
func (r *Ring) Next() (Record, bool) {
	for r.left == 0 {
		if !r.enter() {
			return Record{}, false
		}
	}
	rec := r.take()
	if r.left == 0 {
		r.leave()
	}
	return rec, true
}

// enter begins to read the current block, if the kernel has handed it over. One without frames is left at once.
func (r *Ring) enter() bool {
	if r.lent == r.blocks || !r.ready(r.current) {
		return false
	}
	h := r.header(r.current)
	r.lent++
	r.left = int(h.Num_pkts)
	r.record = uintptr(r.current*blockSize) + uintptr(h.Offset_to_first_pkt)
	for ; r.skip > 0 && r.left > 0; r.skip-- {
		r.take()
	}
	r.skip = 0
	if r.left == 0 {
		r.leave()
	}
	return true
}

// take is the current block's next record.
func (r *Ring) take() Record {
	rec := Record{(*unix.Tpacket3Hdr)(unsafe.Pointer(&r.mem[r.record]))}
	r.record += uintptr(rec.Next_offset)
	r.left--
	return rec
}

// leave ends reading the current block.
func (r *Ring) leave() {
	r.left = 0
	r.current = (r.current + 1) % r.blocks
}

// Release gives the kernel the blocks back whose frames have all been taken by Next.
func (r *Ring) Release() {
	whole := r.lent
	if r.left > 0 {
		whole-- // the current one is still being read
	}
	for range whole {
		h := r.header(r.first)
		h.Num_pkts = 0
		atomic.StoreUint32(&h.Block_status, unix.TP_STATUS_KERNEL)
		r.first = (r.first + 1) % r.blocks
	}
	r.lent -= whole
}

// Discard drops the frames that are in the ring and returns their number. Those that Next has returned stay valid until
// Release.
func (r *Ring) Discard() (n int) {
	for r.left > 0 || r.enter() {
		n += r.left
		if r.left > 0 {
			r.leave()
		}
	}
	if r.lent < r.blocks { // the kernel is filling this one
		already := int(atomic.LoadUint32(&r.header(r.current).Num_pkts))
		n += already - r.skip
		r.skip = already
	}
	return n
}

// Close takes the ring from the socket. Frames that a reader still holds become zeros.
func (r *Ring) Close() {
	r.lost.Stop()
	unshare(r.mem)
}

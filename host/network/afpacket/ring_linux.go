package afpacket

import (
	"fmt"
	"os"
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

// Ring is the receive ring of a packet socket: blocks of frames, filled by the kernel in turn (TPACKET_V3). A block that
// is in hand stops the kernel when it comes round again, so blocks are copied and given back at once. Not safe for
// concurrent use.
type Ring struct {
	mem     []byte
	blocks  int
	current int // the oldest block that was not moved
	skip    int // frames of it that belong to an older filter
}

// requestRing asks for a receive ring of about size bytes and returns its true size; none with 0.
func requestRing(fd, size int) (int, error) {
	if size == 0 {
		return 0, nil
	}
	blocks := max(size/blockSize, minBlocks)
	req := unix.TpacketReq3{Block_size: blockSize, Block_nr: uint32(blocks), Frame_size: blockSize, Frame_nr: uint32(blocks), Retire_blk_tov: retire}
	if err := unix.SetsockoptTpacketReq3(fd, unix.SOL_PACKET, unix.PACKET_RX_RING, &req); err != nil {
		return 0, fmt.Errorf("a ring of %d bytes: %w", blocks*blockSize, os.NewSyscallError("setsockopt PACKET_RX_RING", err))
	}
	return blocks * blockSize, nil
}

// header is the kernel's description of the block that is i after the current one.
func (r *Ring) header(i int) *unix.TpacketHdrV1 {
	i = (r.current + i) % r.blocks
	desc := (*unix.TpacketBlockDesc)(unsafe.Pointer(&r.mem[i*blockSize]))
	return (*unix.TpacketHdrV1)(unsafe.Pointer(&desc.Hdr))
}

// ready reports whether the kernel has handed over the block that is i after the current one.
func (r *Ring) ready(i int) bool {
	return i < r.blocks && atomic.LoadUint32(&r.header(i).Block_status)&unix.TP_STATUS_USER != 0
}

// Crowded reports whether more than a quarter of the blocks wait to be moved.
func (r *Ring) Crowded() bool { return r.ready(r.blocks / 4) }

// Move copies the oldest block into b and gives it back to the kernel. It reports whether there was one.
func (r *Ring) Move(b *Block) bool {
	if !r.ready(0) {
		return false
	}
	h := r.header(0)
	b.mem = append(b.mem[:0], r.mem[r.current*blockSize:][:h.Blk_len]...)
	b.next, b.left = uintptr(h.Offset_to_first_pkt), int(h.Num_pkts)
	for ; r.skip > 0 && b.left > 0; r.skip-- {
		b.Next()
	}
	r.giveBack()
	return true
}

// giveBack lets the kernel fill the current block again.
func (r *Ring) giveBack() {
	h := r.header(0)
	h.Num_pkts = 0
	atomic.StoreUint32(&h.Block_status, unix.TP_STATUS_KERNEL)
	r.current = (r.current + 1) % r.blocks
	r.skip = 0
}

// Discard drops the frames that are in the ring and returns their number.
func (r *Ring) Discard() (n int) {
	for r.ready(0) {
		n += int(r.header(0).Num_pkts) - r.skip
		r.giveBack()
	}
	inside := int(atomic.LoadUint32(&r.header(0).Num_pkts)) // of the block that the kernel is filling
	n += inside - r.skip
	r.skip = inside
	return n
}

// Block is a copy of a block: frames in the order they came.
type Block struct {
	mem  []byte
	next uintptr
	left int
}

// Next is the block's next frame. Its memory is the block's.
func (b *Block) Next() (Record, bool) {
	if b.left == 0 {
		return Record{}, false
	}
	rec := Record{(*unix.Tpacket3Hdr)(unsafe.Pointer(&b.mem[b.next]))}
	b.next += uintptr(rec.Next_offset)
	b.left--
	return rec, true
}

// Left is the number of frames that Next has yet to return.
func (b *Block) Left() int { return b.left }

// Size is the memory that the block's frames take.
func (b *Block) Size() int { return len(b.mem) }

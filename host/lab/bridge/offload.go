package bridge

import (
	"encoding/binary"
	"errors"

	"gvisor.dev/gvisor/pkg/tcpip/checksum"
)

// offload is what the kernel left to the card for one frame (struct virtio_net_hdr of linux/virtio_net.h, in the
// machine's byte order): checksums that aren't there yet, and segments that are still together.
type offload struct {
	flags      uint8
	kind       uint8
	size       int // of a segment's payload
	start, off int // where the sum begins, and where it goes from there
}

const (
	offloadLen   = 10
	maxOffloaded = 14 + 4 + 64<<10 // the longest frame of segments

	needsChecksum = 1 // a flag

	udpChecksum = 6 // where it is in the header

	segmentsNone = 0
	segmentsTCP4 = 1
	segmentsTCP6 = 4
	segmentsUDP  = 5
	segmentsECN  = 0x80 // beside the kind
)

// tagged is how much longer than its MTU a frame may be: an Ethernet header with two VLAN tags.
const tagged = 14 + 2*4

var (
	errTooLong   = errors.New("longer than 64 KiB")
	errSegments  = errors.New("segments of an unknown kind")
	errMalformed = errors.New("malformed segments")
)

// parseOffload reads what stands before each frame.
func parseOffload(b []byte) offload {
	n := func(at int) int { return int(binary.NativeEndian.Uint16(b[at:])) }
	return offload{flags: b[0], kind: b[1] &^ segmentsECN, size: n(4), start: n(6), off: n(8)}
}

// apply does the card's work: out come the frames as they are on a wire. The frame is used up.
func (o offload) apply(frame []byte) ([][]byte, error) {
	if o.kind != segmentsNone {
		return o.segment(frame)
	}
	if o.flags&needsChecksum != 0 && o.start+o.off+2 <= len(frame) {
		sum := ^checksum.Checksum(frame[o.start:], 0)
		if sum == 0 && o.off == udpChecksum {
			sum = 0xffff // zero means none (RFC 768)
		}
		checksum.Put(frame[o.start+o.off:], sum)
	}
	return [][]byte{frame}, nil
}

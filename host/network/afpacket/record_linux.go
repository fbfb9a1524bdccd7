package afpacket

import (
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Record is a received frame in the ring: the kernel's notes (struct tpacket3_hdr, struct sockaddr_ll), then its bytes.
type Record struct{ *unix.Tpacket3Hdr }

// Data are the bytes that were kept of the frame.
func (r Record) Data() []byte {
	return unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(r.Tpacket3Hdr), r.Mac)), r.Snaplen)
}

// Time is when the kernel saw the frame.
func (r Record) Time() time.Time { return time.Unix(int64(r.Sec), int64(r.Nsec)) }

// Address says which interface the frame passed, and in which direction.
func (r Record) Address() *unix.RawSockaddrLinklayer {
	return (*unix.RawSockaddrLinklayer)(unsafe.Add(unsafe.Pointer(r.Tpacket3Hdr), recordHeader))
}

// recordHeader is TPACKET_ALIGN(sizeof(struct tpacket3_hdr)).
const recordHeader = (unsafe.Sizeof(unix.Tpacket3Hdr{}) + unix.TPACKET_ALIGNMENT - 1) &^ (unix.TPACKET_ALIGNMENT - 1)

// VLAN is the tag that the kernel took out of the frame; tpid is 0 when there was none.
func (r Record) VLAN() (tpid, tci uint16) {
	switch {
	case r.Status&unix.TP_STATUS_VLAN_VALID == 0:
		return 0, 0
	case r.Status&unix.TP_STATUS_VLAN_TPID_VALID == 0: // kernels before 3.14
		return unix.ETH_P_8021Q, uint16(r.Hv1.Vlan_tci)
	}
	return r.Hv1.Vlan_tpid, uint16(r.Hv1.Vlan_tci)
}

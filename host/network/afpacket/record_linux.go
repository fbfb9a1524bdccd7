package afpacket

import (
	"encoding/binary"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Record is a received frame as it stood in the ring: the kernel's notes (struct tpacket3_hdr, struct sockaddr_ll), then its bytes.
type Record struct{ *unix.Tpacket3Hdr }

// Data are the bytes that were kept of the frame.
func (r Record) Data() []byte {
	return unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(r.Tpacket3Hdr), r.Mac)), r.Snaplen)
}

// Cooked are the bytes that were kept of a frame without its link header, behind a header of one kind for every
// interface: that of LINKTYPE_LINUX_SLL2, which is written between the kernel's notes and the bytes.
func (r Record) Cooked() []byte {
	data := unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(r.Tpacket3Hdr), int(r.Mac)-CookedHeader)), r.Snaplen+CookedHeader)
	a := r.Address()
	binary.NativeEndian.PutUint16(data, a.Protocol) // in network order already
	binary.BigEndian.PutUint16(data[2:], 0)
	binary.BigEndian.PutUint32(data[4:], uint32(a.Ifindex))
	binary.BigEndian.PutUint16(data[8:], a.Hatype)
	data[10], data[11] = a.Pkttype, a.Halen
	copy(data[12:CookedHeader], a.Addr[:])
	return data
}

// CookedHeader is the length of the header that Cooked writes. The kernel leaves 28 bytes there.
const CookedHeader = 20

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

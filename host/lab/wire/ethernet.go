package wire

import "encoding/binary"

// Lengths and numbers of Ethernet (IEEE 802.3, 802.1Q).
const (
	headerLen = 14
	tagLen    = 4
	typeVLAN  = 0x8100 // customer tag
	typeSVLAN = 0x88a8 // service tag
)

// tooLong says whether the payload of a frame is longer than an MTU. VLAN tags belong to the header.
func tooLong(frame []byte, mtu int) bool {
	head := headerLen
	for len(frame) > head+mtu && tagged(frame[head-2:]) && head < headerLen+2*tagLen {
		head += tagLen
	}
	return len(frame) > head+mtu
}

// tagged says whether a VLAN tag begins here.
func tagged(b []byte) bool {
	t := binary.BigEndian.Uint16(b)
	return t == typeVLAN || t == typeSVLAN
}

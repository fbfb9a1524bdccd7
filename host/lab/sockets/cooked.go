package sockets

import (
	"encoding/binary"

	"moonwire/host/network"
)

// anyInterface is the name that stands for all interfaces, as tcpdump has it.
const anyInterface = "any"

// cookedType is the link type of frames whose header tells what any interface can tell (LINKTYPE_LINUX_SLL2).
const cookedType = "linux_sll2"

// cookedHeader is the length of that header.
const cookedHeader = 20

// The hardware types of linux/if_arp.h.
const (
	hardwareEthernet = 1
	hardwareLoopback = 772
)

// cook puts the header in the place of Ethernet's: protocol, interface, its type, direction, the sender's address.
func cook(frame []byte, i *network.Interface, d network.Direction) []byte {
	b := make([]byte, cookedHeader, cookedHeader+len(frame)-etherHeader)
	copy(b, frame[12:14])
	binary.BigEndian.PutUint32(b[4:], uint32(i.Index))
	hardware := uint16(hardwareEthernet)
	if i.MAC == nil {
		hardware = hardwareLoopback
	}
	binary.BigEndian.PutUint16(b[8:], hardware)
	b[10], b[11] = byte(d), 6
	copy(b[12:], frame[6:12])
	return append(b, frame[etherHeader:]...)
}

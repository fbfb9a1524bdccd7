package dgram

import (
	"encoding/binary"
)

// echo is one IP version's ping: ICMP's numbers (RFC 792, RFC 4443 section 4).
type echo struct {
	proto          int
	request, reply byte
	checksum       bool // raw sockets leave it to the program
}

var echoes = map[string]*echo{
	"inet":  {proto: 1, request: 8, reply: 0, checksum: true},
	"inet6": {proto: 58, request: 128, reply: 129},
}

const echoHeader = 8

// pack makes an echo request. The system overwrites id and checksum of ping sockets.
func (e *echo) pack(id, seq uint16, payload []byte) []byte {
	b := make([]byte, echoHeader, echoHeader+len(payload))
	b[0] = e.request
	binary.BigEndian.PutUint16(b[4:], id)
	binary.BigEndian.PutUint16(b[6:], seq)
	b = append(b, payload...)
	if e.checksum {
		binary.BigEndian.PutUint16(b[2:], checksum(b))
	}
	return b
}

// checksum is the Internet checksum (RFC 1071).
func checksum(b []byte) uint16 {
	var sum uint32
	for len(b) > 1 {
		sum += uint32(binary.BigEndian.Uint16(b))
		b = b[2:]
	}
	if len(b) == 1 {
		sum += uint32(b[0]) << 8
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return ^uint16(sum)
}

// parse reads an echo message: its type, id and sequence number.
func (e *echo) parse(b []byte) (typ byte, id, seq uint16, ok bool) {
	if len(b) < echoHeader {
		return 0, 0, 0, false
	}
	return b[0], binary.BigEndian.Uint16(b[4:]), binary.BigEndian.Uint16(b[6:]), true
}

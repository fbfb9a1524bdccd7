package lease

import (
	"encoding/hex"
	"strconv"
)

// A Client is whom a binding belongs to, as text that shows what it was recognized by.
type Client string

// ByID is a client of DHCPv4 that sent a client identifier (RFC 2132 section 9.14).
func ByID(id []byte) Client { return Client(appendColons(make([]byte, 0, 3+3*len(id)), "id ", id)) }

// ByMAC is a client of DHCPv4 that sent none: its hardware address stands for it (RFC 2131 section 4.2).
func ByMAC(mac []byte) Client {
	return Client(appendColons(make([]byte, 0, 4+3*len(mac)), "mac ", mac))
}

// ByDUID is one identity association of a client of DHCPv6: kind is "na", "ta" or "pd" (RFC 8415 section 12).
func ByDUID(duid []byte, kind string, iaid uint32) Client {
	b := appendColons(make([]byte, 0, 20+3*len(duid)), "duid ", duid)
	b = append(append(append(b, ' '), kind...), ' ')
	return Client(strconv.AppendUint(b, uint64(iaid), 10))
}

// appendColons appends a word and bytes as 00:11:22.
func appendColons(b []byte, word string, data []byte) []byte {
	b = append(b, word...)
	for i := range data {
		if i > 0 {
			b = append(b, ':')
		}
		b = hex.AppendEncode(b, data[i:i+1])
	}
	return b
}

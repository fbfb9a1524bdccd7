package option

import (
	"encoding/hex"
	"fmt"
	"strings"

	"moonwire/host/packet"
)

// MachineID is a client's machine (RFC 4578 section 2.3): {type=0, uuid="…"}, the first three parts of the UUID with their
// lowest byte first, as PXE clients write them.
var MachineID = Record(Field{"type", Uint8, uint64(0)}, Field{"uuid", uuid{}, nil})

type uuid struct{}

func (uuid) Type() string { return "string" }
func (uuid) Size() int    { return 16 }

func (uuid) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 16 {
		return nil, 0, tooShort("a UUID", 16, len(b))
	}
	u := swapped([16]byte(b))
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:]), 16, nil
}

// swapped is a UUID between its text's order and the wire's.
func swapped(u [16]byte) [16]byte {
	u[0], u[1], u[2], u[3] = u[3], u[2], u[1], u[0]
	u[4], u[5] = u[5], u[4]
	u[6], u[7] = u[7], u[6]
	return u
}

func (uuid) Append(dst []byte, v packet.Value) ([]byte, error) {
	s, _ := v.(string)
	b, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err != nil || len(b) != 16 {
		return dst, unexpected(`UUID as "00112233-4455-6677-8899-aabbccddeeff"`, v)
	}
	u := swapped([16]byte(b))
	return append(dst, u[:]...), nil
}

// NetworkInterface is the revision of a client's network interface (RFC 4578 section 2.2); type 1 is UNDI.
var NetworkInterface = Record(Field{"type", Uint8, uint64(1)}, Field{"major", Uint8, nil}, Field{"minor", Uint8, uint64(0)})

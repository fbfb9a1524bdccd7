package bytes

import (
	"context"
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"

	"moonwire/host/decl"
)

type checksumArgs struct {
	Data []byte `lua:"data" doc:"what to sum"`
	Kind string `lua:"kind" choices:"internet|crc32|crc32c|crc16|adler32|fletcher16" doc:"which sum"`
}

// sums are the checksums by name.
var sums = map[string]func([]byte) uint32{
	"internet":   internet,
	"crc32":      crc32.ChecksumIEEE,
	"crc32c":     func(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) },
	"crc16":      crc16,
	"adler32":    adler32.Checksum,
	"fletcher16": fletcher16,
}

func checksum(_ context.Context, a checksumArgs) (uint32, error) { return sums[a.Kind](a.Data), nil }

// internet is RFC 1071's sum: the complement of the one's complement sum of 16-bit words, an odd byte padded with
// zero.
func internet(b []byte) uint32 {
	var sum uint64
	for ; len(b) >= 2; b = b[2:] {
		sum += uint64(binary.BigEndian.Uint16(b))
	}
	if len(b) == 1 {
		sum += uint64(b[0]) << 8
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return uint32(^uint16(sum))
}

// crc16 is the CRC of X.25, HDLC and PPP (RFC 1662 appendix C): polynomial 0x1021 reflected, inverted at both ends.
func crc16(b []byte) uint32 {
	crc := uint16(0xffff)
	for _, c := range b {
		crc ^= uint16(c)
		for range 8 {
			low := crc & 1
			crc >>= 1
			if low != 0 {
				crc ^= 0x8408
			}
		}
	}
	return uint32(^crc)
}

// fletcher16 is RFC 1146's 8-bit checksum: two sums modulo 255.
func fletcher16(b []byte) uint32 {
	var lo, hi uint32
	for _, c := range b {
		lo = (lo + uint32(c)) % 255
		hi = (hi + lo) % 255
	}
	return hi<<8 | lo
}

type xorArgs struct {
	Data []byte `lua:"data" doc:"any bytes"`
	Key  []byte `lua:"key" doc:"repeated as long as data is; not empty"`
}

func xor(_ context.Context, a xorArgs) ([]byte, error) {
	if len(a.Key) == 0 {
		return nil, decl.BadArg("key", "at least one byte expected")
	}
	out := make([]byte, len(a.Data))
	for i, c := range a.Data {
		out[i] = c ^ a.Key[i%len(a.Key)]
	}
	return out, nil
}

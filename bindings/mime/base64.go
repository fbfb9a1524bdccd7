package mime

import (
	"encoding/base64"
	"strings"
)

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// encode64 encodes whole groups of three bytes and returns the bytes that are left.
func encode64(in string) (out, rest string) {
	n := len(in) - len(in)%3
	return base64.StdEncoding.EncodeToString([]byte(in[:n])), in[n:]
}

// pad64 encodes the last one or two bytes of a stream.
func pad64(rest string) string { return base64.StdEncoding.EncodeToString([]byte(rest)) }

// decode64 decodes whole groups of four digits and returns the digits that are left. Bytes outside the alphabet are
// passed over. Padding ends its group, not the stream.
func decode64(in string) (out, rest string) {
	var b strings.Builder
	b.Grow(len(in) / 4 * 3)
	group := make([]byte, 0, 4)
	for i := range len(in) {
		if c := in[i]; c == '=' || strings.IndexByte(alphabet, c) >= 0 {
			group = append(group, c)
		}
		if len(group) == 4 {
			b.Write(ungroup(group))
			group = group[:0]
		}
	}
	return b.String(), string(group)
}

// ungroup decodes four digits; '=' counts as zero.
func ungroup(group []byte) []byte {
	var bits uint32
	for _, c := range group {
		bits = bits<<6 | uint32(max(0, strings.IndexByte(alphabet, c)))
	}
	b := []byte{byte(bits >> 16), byte(bits >> 8), byte(bits)}
	switch {
	case group[2] == '=':
		return b[:1]
	case group[3] == '=':
		return b[:2]
	}
	return b
}

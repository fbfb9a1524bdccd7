package layers

import (
	"errors"
	"strings"
)

// Limits of names (RFC 1035 section 2.3.4). A chain of pointers as long as the most labels a name can have is enough.
const (
	longestLabel = 63
	longestName  = 255
	mostPointers = 127
)

var errName = errors.New("a name that ends nowhere")

// dnsName reads the name at offset at of a message, following pointers, which must point to places before them
// (RFC 1035 section 4.1.4). end is where the name ends at its first place. Names end with a dot; a dot or a backslash in
// a label has a backslash before it.
func dnsName(msg []byte, at int) (name string, end int, err error) {
	var b strings.Builder
	size, limit := 0, at
	for jumps := 0; ; {
		if at >= len(msg) {
			return "", 0, errName
		}
		n := int(msg[at])
		switch {
		case n == 0:
			if end == 0 {
				end = at + 1
			}
			if b.Len() == 0 {
				b.WriteByte('.')
			}
			return b.String(), end, nil
		case n&0xc0 == 0xc0:
			if at+2 > len(msg) {
				return "", 0, errName
			}
			if end == 0 {
				end = at + 2
			}
			at = n&0x3f<<8 | int(msg[at+1])
			if jumps++; at >= limit || jumps > mostPointers {
				return "", 0, errors.New("a name's pointer leads round or forward")
			}
			limit = at
		case n > longestLabel:
			return "", 0, errors.New("a label of an unknown kind")
		default:
			size += n + 1
			if at+1+n > len(msg) || size > longestName {
				return "", 0, errName
			}
			writeLabel(&b, msg[at+1:at+1+n])
			at += 1 + n
		}
	}
}

// writeLabel writes a label and its dot.
func writeLabel(b *strings.Builder, label []byte) {
	for _, c := range label {
		if c == '.' || c == '\\' {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	b.WriteByte('.')
}

// appendName writes a name without compression, as Scapy does. The dot at the end may be left out.
func appendName(dst []byte, name string) ([]byte, error) {
	start, label := len(dst), len(dst)
	dst = append(dst, 0)
	if name == "." {
		return dst, nil
	}
	for i := 0; i < len(name); i++ {
		if name[i] == '.' {
			if err := closeLabel(dst, label); err != nil {
				return dst[:start], err
			}
			label, dst = len(dst), append(dst, 0)
			continue
		}
		if name[i] == '\\' && i+1 < len(name) {
			i++
		}
		dst = append(dst, name[i])
	}
	if len(dst) > label+1 {
		if err := closeLabel(dst, label); err != nil {
			return dst[:start], err
		}
		dst = append(dst, 0)
	}
	if len(dst)-start > longestName {
		return dst[:start], errors.New("domain name of at most 255 bytes")
	}
	return dst, nil
}

// closeLabel writes the length of the label that begins at offset at.
func closeLabel(dst []byte, at int) error {
	n := len(dst) - at - 1
	if n == 0 || n > longestLabel {
		return errors.New("domain name with labels of 1 to 63 bytes")
	}
	dst[at] = byte(n)
	return nil
}

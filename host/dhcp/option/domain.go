package option

import (
	"errors"
	"fmt"
	"strings"

	"moonwire/host/packet"
)

// Limits of names (RFC 1035 section 2.3.4). As many pointers as a name can have labels are enough.
const (
	longestLabel = 63
	longestName  = 255
	mostPointers = 127
)

// Domain is one domain name without compression.
var Domain Kind = domain{}

// Domains are domain names, which may be compressed within the option (RFC 3397); they are written so.
var Domains Kind = domains{compress: true}

// PlainDomains are domain names that are written without compression.
var PlainDomains Kind = domains{}

type domain struct{}

func (domain) Type() string { return "string" }
func (domain) Size() int    { return 0 }

func (domain) Read(b []byte) (packet.Value, int, error) {
	name, n, err := ReadName(b, 0)
	if err != nil {
		return nil, 0, err
	}
	return name, n, nil
}

func (domain) Append(dst []byte, v packet.Value) ([]byte, error) {
	s, ok := v.(string)
	if !ok {
		return dst, unexpected("domain name", v)
	}
	labels, err := splitName(s)
	if err != nil {
		return dst, err
	}
	return append(appendLabels(dst, labels), 0), nil
}

type domains struct{ compress bool }

func (domains) Type() string { return "string[]" }
func (domains) Size() int    { return 0 }

func (domains) Read(b []byte) (packet.Value, int, error) {
	values, at := []packet.Value{}, 0
	for at < len(b) {
		name, end, err := ReadName(b, at)
		if err != nil {
			return atLeastOne(values), at, elementError(len(values), err)
		}
		values, at = append(values, name), end
	}
	if len(values) == 0 {
		return nil, 0, errors.New("a list of one or more is empty")
	}
	return values, at, nil
}

func (k domains) Append(dst []byte, v packet.Value) ([]byte, error) {
	values, ok := v.([]packet.Value)
	if !ok {
		values = []packet.Value{v}
	}
	if len(values) == 0 {
		return dst, unexpected("list of one domain name or more", v)
	}
	start, places := len(dst), map[string]int{}
	for i, v := range values {
		s, ok := v.(string)
		if !ok {
			return dst, elementError(i, unexpected("domain name", v))
		}
		labels, err := splitName(s)
		if err != nil {
			return dst, elementError(i, err)
		}
		if k.compress {
			dst = appendCompressed(dst, start, labels, places)
		} else {
			dst = append(appendLabels(dst, labels), 0)
		}
	}
	return dst, nil
}

// ReadName reads the name at offset at of b, following pointers, which must lead to places before them (RFC 1035 section
// 4.1.4). end is where the name ends at its first place. A dot or a backslash in a label has a backslash before it, bytes that
// can't be printed are as \255.
func ReadName(b []byte, at int) (name string, end int, err error) {
	var text strings.Builder
	size, limit := 0, at
	for jumps := 0; ; {
		if at >= len(b) {
			return "", 0, errors.New("a domain name has no end")
		}
		n := int(b[at])
		switch {
		case n == 0:
			if end == 0 {
				end = at + 1
			}
			if text.Len() == 0 {
				text.WriteByte('.')
			}
			return text.String(), end, nil
		case n&0xc0 == 0xc0:
			if at+2 > len(b) {
				return "", 0, errors.New("a domain name has no end")
			}
			if end == 0 {
				end = at + 2
			}
			at = n&0x3f<<8 | int(b[at+1])
			if jumps++; at >= limit || jumps > mostPointers {
				return "", 0, errors.New("the pointer of a domain name leads round or forward")
			}
			limit = at
		case n > longestLabel:
			return "", 0, fmt.Errorf("a label of a domain name has the unknown kind %#x", n)
		default:
			if size += n + 1; at+1+n > len(b) || size >= longestName {
				return "", 0, errors.New("a domain name is too long or cut off")
			}
			if text.Len() > 0 {
				text.WriteByte('.')
			}
			writeLabel(&text, b[at+1:at+1+n])
			at += 1 + n
		}
	}
}

// writeLabel writes a label as text.
func writeLabel(text *strings.Builder, label []byte) {
	for _, c := range label {
		switch {
		case c == '.' || c == '\\':
			text.WriteByte('\\')
			text.WriteByte(c)
		case c <= ' ' || c >= 0x7f:
			fmt.Fprintf(text, `\%03d`, c)
		default:
			text.WriteByte(c)
		}
	}
}

// splitName reads a name's labels from text; a dot at the end may be left out.
func splitName(s string) (labels [][]byte, err error) {
	if s == "" {
		return nil, unexpected("domain name", s)
	}
	size := 1
	for rest := strings.TrimSuffix(s, "."); rest != ""; {
		label, more, err := nextLabel(rest)
		if err != nil {
			return nil, fmt.Errorf("%w in %q", err, s)
		}
		if size += len(label) + 1; size > longestName {
			return nil, fmt.Errorf("domain name of at most %d bytes expected, got %q", longestName, s)
		}
		labels, rest = append(labels, label), more
	}
	return labels, nil
}

// nextLabel takes a label and the dot behind it.
func nextLabel(s string) (label []byte, rest string, err error) {
	for len(s) > 0 && s[0] != '.' {
		c := s[0]
		s = s[1:]
		if c == '\\' && len(s) > 0 {
			c, s = unescaped(s)
		}
		label = append(label, c)
	}
	if len(label) == 0 || len(label) > longestLabel {
		return nil, "", fmt.Errorf("a label of 1 to %d bytes expected, got one of %d", longestLabel, len(label))
	}
	return label, strings.TrimPrefix(s, "."), nil
}

// unescaped is the byte that stands behind a backslash: three digits, or itself.
func unescaped(s string) (c byte, rest string) {
	if len(s) >= 3 {
		if n, ok := decimal(s[:3]); ok {
			return n, s[3:]
		}
	}
	return s[0], s[1:]
}

func decimal(s string) (byte, bool) {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return byte(n), n < 256
}

// appendLabels writes labels without the end.
func appendLabels(dst []byte, labels [][]byte) []byte {
	for _, l := range labels {
		dst = append(append(dst, byte(len(l))), l...)
	}
	return dst
}

// appendCompressed writes a name, with a pointer for an end that was written before. places are the offsets of the ends.
func appendCompressed(dst []byte, start int, labels [][]byte, places map[string]int) []byte {
	for i, l := range labels {
		end := string(appendLabels(nil, labels[i:]))
		if at, ok := places[end]; ok {
			return append(dst, 0xc0|byte(at>>8), byte(at))
		}
		if at := len(dst) - start; at < 0x4000 {
			places[end] = at
		}
		dst = append(append(dst, byte(len(l))), l...)
	}
	return append(dst, 0)
}

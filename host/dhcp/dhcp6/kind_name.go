package dhcp6

import (
	"errors"
	"strings"

	"moonwire/host/packet"
)

// Domain is a domain name (RFC 8415 section 10). Partial ones may end without the root: then their text has no dot at the
// end, where that of whole names has one. Others are written without it.
type Domain struct{ Partial bool }

var errName = errors.New("no domain name")

func (k Domain) Read(b []byte) (packet.Value, int, error) {
	labels, at := []string{}, 0
	for at < len(b) && b[at] != 0 {
		n := int(b[at])
		if n > 63 || at+1+n > len(b) || at > 255 {
			return nil, 0, errName
		}
		labels = append(labels, escape(b[at+1:at+1+n]))
		at += 1 + n
	}
	name := strings.Join(labels, ".")
	switch {
	case at < len(b) && k.Partial, name == "" && !k.Partial && at < len(b):
		return name + ".", at + 1, nil
	case at < len(b):
		return name, at + 1, nil
	case k.Partial:
		return name, at, nil
	}
	return nil, 0, errName
}

func (k Domain) Append(dst []byte, v packet.Value) ([]byte, error) {
	s, ok := v.(string)
	if !ok && v != nil {
		return dst, expected("domain name", v)
	}
	labels, whole, ok := labelsOf(s)
	size := 1
	for _, l := range labels {
		size += 1 + len(l)
		ok = ok && len(l) > 0 && len(l) < 64
	}
	if !ok || size > 255 {
		return dst, expected("domain name of labels of 1 to 63 bytes", v)
	}
	for _, l := range labels {
		dst = append(append(dst, byte(len(l))), l...)
	}
	if k.Partial && !whole {
		return dst, nil
	}
	return append(dst, 0), nil
}

func (Domain) Type() string { return "string" }

// escape is a label as text: what would be read as something else gets a backslash (RFC 1035 section 5.1).
func escape(label []byte) string {
	var s strings.Builder
	for _, c := range label {
		if c == '.' || c == '\\' {
			s.WriteByte('\\')
		}
		s.WriteByte(c)
	}
	return s.String()
}

// labelsOf parts a name at its dots. A whole one ends in a dot.
func labelsOf(s string) (labels []string, whole, ok bool) {
	if s == "" || s == "." {
		return nil, s == ".", true
	}
	var label []byte
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if i++; i == len(s) {
				return nil, false, false
			}
			label = append(label, s[i])
		case '.':
			labels, label = append(labels, string(label)), nil
			if i == len(s)-1 {
				return labels, true, true
			}
		default:
			label = append(label, s[i])
		}
	}
	return append(labels, string(label)), false, true
}

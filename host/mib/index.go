package mib

import (
	"fmt"
	"strings"

	"moonwire/host/snmp/oid"
)

// A Part is one value of a row's index.
type Part struct {
	Index
	Number int64   // of a number
	Octets []byte  // of a string, an address, bits
	OID    oid.OID // of an object identifier
	inet   int64   // InetAddressType of the address, from the part before it; InetUnknown when there is none
}

// DecodeIndex reads a row's index from what follows a column in an OID (RFC 2578 section 7.7). Where the OID doesn't fit it
// gives the parts before and an error.
func (n *Node) DecodeIndex(rest oid.OID) ([]Part, error) {
	if len(n.Index) == 0 {
		return nil, fmt.Errorf("%s has no index", n)
	}
	parts := make([]Part, 0, len(n.Index))
	kind := int64(InetUnknown)
	for i, index := range n.Index {
		p, used, err := index.decode(rest, i == len(n.Index)-1)
		if err != nil {
			return parts, fmt.Errorf("index of %s: %s: %w", n, index.Name, err)
		}
		if index.Syntax != nil && index.Syntax.Name == "InetAddressType" {
			kind = p.Number
		}
		p.inet = kind
		parts, rest = append(parts, p), rest[used:]
	}
	if len(rest) > 0 {
		return parts, fmt.Errorf("index of %s: %s is left over", n, rest)
	}
	return parts, nil
}

// decode reads one part from the head of rest and says how many numbers it took.
func (i Index) decode(rest oid.OID, last bool) (p Part, used int, err error) {
	p.Index = i
	if len(rest) == 0 && !(i.Implied && last) {
		return p, 0, fmt.Errorf("the OID is too short")
	}
	base, head := i.base(), 0
	if base.Number() {
		p.Number = int64(rest[0])
		if base == Integer32 {
			p.Number = int64(int32(rest[0]))
		}
		return p, 1, nil
	}
	length, fixed := i.fixed()
	switch {
	case fixed && i.network():
		head = 1 // the kind of address, always 1 (RFC 1212 section 4.1.6)
	case fixed:
	case i.Implied && last:
		length = len(rest)
	default:
		head, length = 1, int(rest[0])
	}
	if length > len(rest)-head {
		return p, 0, fmt.Errorf("%d numbers expected, %d are left", length, len(rest)-head)
	}
	numbers := rest[head : head+length]
	if base == ObjectIdentifier {
		p.OID = numbers
		return p, head + length, nil
	}
	p.Octets = make([]byte, length)
	for j, n := range numbers {
		if n > 255 {
			return p, 0, fmt.Errorf("%d is no octet", n)
		}
		p.Octets[j] = byte(n)
	}
	return p, head + length, nil
}

// base is the part's type: a number when nothing is known of it.
func (i Index) base() Base {
	if i.Syntax == nil {
		return Unsigned32
	}
	return i.Syntax.Base
}

// fixed is the length of a string that always has the same.
func (i Index) fixed() (length int, ok bool) {
	if i.Syntax == nil || i.Syntax.Base == ObjectIdentifier {
		return 0, false
	}
	return i.Syntax.Fixed()
}

// network says whether the part is SMIv1's NetworkAddress, which has its kind before the octets.
func (i Index) network() bool { return i.Syntax != nil && i.Syntax.Name == "NetworkAddress" }

// Text is the value as people read it.
func (p Part) Text() string {
	switch base := p.base(); {
	case base == ObjectIdentifier:
		return p.OID.String()
	case base.Number() && p.Syntax == nil:
		return fmt.Sprint(p.Number)
	case base.Number():
		return p.Syntax.IntText(p.Number)
	case p.Syntax.Name == "InetAddress" && p.inet != InetUnknown:
		return InetAddressText(p.inet, p.Octets)
	}
	return p.Syntax.OctetsText(p.Octets)
}

// IndexText is a decoded index in brackets: [2], [ipv4][10.0.0.1], ["public"]. Strings are quoted, so that ParseIndex reads
// them back.
func IndexText(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		switch text := p.Text(); {
		case p.base() != OctetString || p.address():
			fmt.Fprintf(&b, "[%s]", text)
		case textual(p.Syntax.Hint):
			fmt.Fprintf(&b, "[%s]", quote(string(p.Octets)))
		default:
			fmt.Fprintf(&b, "[%s]", quote(text))
		}
	}
	return b.String()
}

// address says whether the text of the part is that of an address, which needs no quotes.
func (p Part) address() bool {
	return inetConventions[p.Syntax.Name] != 0 || p.Syntax.Name == "InetAddress" && p.inet != InetUnknown && p.inet != InetDNS ||
		p.Syntax.Hint == "1x:"
}

// textual says whether text of the hint is the octets themselves.
func textual(hint string) bool {
	list, err := octetHints(hint)
	return hint == "" || err == nil && len(list) == 1 && (list[0].format == 'a' || list[0].format == 't') && list[0].separator == 0 && !list[0].repeat
}

// quote puts text in quotes. Bytes that aren't printable ASCII become three decimal digits, as in Lua: \000.
func quote(text string) string {
	b := []byte{'"'}
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ' || c > '~':
			b = fmt.Appendf(b, "\\%03d", c)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}

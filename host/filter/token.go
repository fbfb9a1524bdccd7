package filter

import "fmt"

// A token is one word of an expression.
type token struct {
	kind kind
	text string // as written
	name string // kindName: the name without a leading backslash
	num  uint32 // kindNumber
	at   int    // byte offset
}

// A kind is a token's kind: one of these, an operator's first byte, or a keyword.
type kind uint16

const (
	kindEnd kind = iota
	kindName
	kindNumber
	kindIPv4   // two to four numbers with dots: an address, a prefix or a DECnet address
	kindIPv6   // an IPv6 address
	kindMAC    // a MAC address
	kindARCnet // an ARCnet address: $ and hexadecimal digits
)

// Operators of more than one character, beside those that are their own byte.
const (
	kindGreaterEqual kind = 256 + iota
	kindLessEqual
	kindNotEqual
	kindShiftLeft
	kindShiftRight
)

// describe says what a token is, for an error.
func (t token) describe() string {
	switch t.kind {
	case kindEnd:
		return "the end of the expression"
	case kindNumber:
		return "number " + t.text
	case kindName:
		return "name " + quote(t.text)
	case kindIPv4:
		return "IPv4 address " + t.text
	case kindIPv6:
		return "IPv6 address " + t.text
	case kindMAC:
		return "MAC address " + t.text
	case kindARCnet:
		return "ARCnet address " + t.text
	}
	return quote(t.text)
}

func quote(s string) string { return fmt.Sprintf("'%s'", s) }

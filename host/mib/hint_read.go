package mib

import (
	"fmt"
	"math/big"
	"strings"
)

// unhinted reads text that hinted writes. Where a specification has neither a separator nor digits to end it, it takes as
// much as it can hold.
func unhinted(hint, text string) ([]byte, error) {
	list, err := octetHints(hint)
	if err != nil {
		return nil, err
	}
	b, rest := []byte{}, text
	for i := 0; rest != ""; i++ {
		h := list[min(i, len(list)-1)]
		if i >= len(list) && h.length == 0 {
			return nil, fmt.Errorf("%q is longer than display hint %q", rest, hint)
		}
		before := len(rest)
		if h.repeat {
			b, rest, err = h.readAll(b, rest)
		} else {
			b, rest, err = h.read(b, rest)
			rest = cutMark(rest, h.separator)
		}
		if err != nil {
			return nil, fmt.Errorf("display hint %q: %w", hint, err)
		}
		if i >= len(list) && len(rest) == before {
			return nil, fmt.Errorf("display hint %q: %q doesn't fit", hint, rest)
		}
	}
	return b, nil
}

// readAll reads repetitions, behind an octet that counts them.
func (h octetHint) readAll(b []byte, rest string) ([]byte, string, error) {
	at := len(b)
	b = append(b, 0)
	for count := 1; count <= 255; count++ {
		var err error
		before := rest
		if b, rest, err = h.read(b, rest); err != nil {
			return nil, "", err
		}
		b[at] = byte(count)
		parted := cutMark(rest, h.separator)
		if parted == "" || parted == before || h.terminator != 0 && parted[0] == h.terminator {
			return b, cutMark(parted, h.terminator), nil
		}
		if h.separator != 0 && parted == rest {
			return b, rest, nil
		}
		rest = parted
	}
	return nil, "", fmt.Errorf("more than 255 repetitions")
}

// read reads one application.
func (h octetHint) read(b []byte, rest string) ([]byte, string, error) {
	if h.length == 0 {
		return b, rest, nil
	}
	if h.format == 'a' || h.format == 't' {
		end := min(h.length, len(rest))
		if i := strings.IndexByte(rest[:end], h.separator); h.separator != 0 && i >= 0 {
			end = i
		}
		return append(b, rest[:end]...), rest[end:], nil
	}
	base, room := map[byte]int{'x': 16, 'd': 10, 'o': 8}[h.format], 3*h.length
	if h.format == 'x' {
		room = 2 * h.length
	}
	end := 0
	for end < min(room, len(rest)) && digit(rest[end]) < base {
		end++
	}
	n, ok := new(big.Int).SetString(rest[:end], base)
	if !ok {
		return nil, "", fmt.Errorf("a number expected at %q", rest)
	}
	octets := h.length
	if octets == maxOctets {
		octets = (end + 1) / 2
	}
	if n.BitLen() > 8*octets {
		return nil, "", fmt.Errorf("%s doesn't fit into %d octets", rest[:end], octets)
	}
	return append(b, n.FillBytes(make([]byte, octets))...), rest[end:], nil
}

// digit is what a digit is worth; 99 for what is none.
func digit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return 99
}

// cutMark takes a separator or terminator from the head of text, when it is there.
func cutMark(rest string, mark byte) string {
	if mark != 0 && rest != "" && rest[0] == mark {
		return rest[1:]
	}
	return rest
}

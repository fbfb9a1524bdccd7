package mib

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"moonwire/host/decl/nearest"
)

// ParseInt reads a number of the type as people write it: a name of its enumeration, up(1), digits as the display hint has
// them. A number that the type's ranges or enumeration leave out is an error.
func (s *Syntax) ParseInt(text string) (int64, error) {
	if n, ok := s.EnumValue(text); ok {
		return n, nil
	}
	name, number, both := strings.Cut(strings.TrimSuffix(text, ")"), "(")
	if n, ok := s.EnumValue(name); ok && both && number == strconv.FormatInt(n, 10) {
		return n, nil
	}
	n, err := unhintedNumber(s.Hint, text)
	if err != nil && len(s.Enums) > 0 {
		return 0, s.noName(text)
	}
	if err != nil {
		return 0, err
	}
	return n, s.CheckInt(n)
}

// noName is the error for a word that the enumeration doesn't have.
func (s *Syntax) noName(word string) error {
	names := make([]string, len(s.Enums))
	for i, e := range s.Enums {
		names[i] = e.Name
	}
	if near := nearest.Word(word, names); near != "" {
		return fmt.Errorf("%s has no value '%s' (did you mean '%s'?)", s, word, near)
	}
	return fmt.Errorf("%s has no value '%s' (it has %s)", s, word, strings.Join(names, ", "))
}

// CheckInt says what keeps a number from being of the type.
func (s *Syntax) CheckInt(n int64) error {
	switch low, high := s.Base.limits(); {
	case len(s.Enums) > 0 && s.EnumName(n) == "":
		return s.noName(strconv.FormatInt(n, 10))
	case n < low || high >= low && n > high:
		return fmt.Errorf("%s has values from %d to %d, not %d", s, low, high, n)
	case !within(s.Ranges, n):
		return fmt.Errorf("%s has values %s, not %d", s, intervals(s.Ranges), n)
	}
	return nil
}

// limits are the least and the greatest number of a type; a greatest below the least is none.
func (b Base) limits() (low, high int64) {
	switch b {
	case Integer32:
		return -1 << 31, 1<<31 - 1
	case Counter64:
		return 0, -1
	}
	return 0, 1<<32 - 1
}

func within(list []Range, n int64) bool {
	for _, r := range list {
		if r.Min <= n && n <= r.Max {
			return true
		}
	}
	return len(list) == 0
}

// intervals is a list of ranges as text.
func intervals(list []Range) string {
	parts := make([]string, len(list))
	for i, r := range list {
		if parts[i] = fmt.Sprintf("%d to %d", r.Min, r.Max); r.Min == r.Max {
			parts[i] = strconv.FormatInt(r.Min, 10)
		}
	}
	return strings.Join(parts, " or ")
}

// ParseOctets reads a string of the type as people write it: bits by name, as the display hint says, an address. What has
// no form of its own is taken as it is.
func (s *Syntax) ParseOctets(text string) ([]byte, error) {
	b, err := s.parseOctets(text)
	if err != nil {
		return nil, err
	}
	return b, s.CheckSize(len(b))
}

func (s *Syntax) parseOctets(text string) ([]byte, error) {
	switch {
	case s.Base == Bits:
		return s.parseBits(text)
	case s.Base == IpAddress:
		a, err := netip.ParseAddr(text)
		if err != nil || !a.Is4() {
			return nil, fmt.Errorf("an IPv4 address expected, got %q", text)
		}
		return a.AsSlice(), nil
	case s.Name == "InetAddress":
		_, b := ParseInetAddress(text)
		return b, nil
	case inetConventions[s.Name] != 0:
		kind, b := ParseInetAddress(text)
		if kind != inetConventions[s.Name] {
			return nil, fmt.Errorf("%s expected, got %q", s, text)
		}
		return b, nil
	case s.Hint == "1x:":
		return unhinted(s.Hint, strings.ReplaceAll(text, "-", ":"))
	case s.Hint != "":
		return unhinted(s.Hint, text)
	}
	return []byte(text), nil
}

// CheckSize says what keeps a string of that length from being of the type.
func (s *Syntax) CheckSize(n int) error {
	if !within(s.Sizes, int64(n)) {
		return fmt.Errorf("%s has %s octets, not %d", s, intervals(s.Sizes), n)
	}
	return nil
}

// parseBits reads names and numbers of bits, parted by commas or spaces, or hexadecimal as 0x80.
func (s *Syntax) parseBits(text string) ([]byte, error) {
	if digits, ok := strings.CutPrefix(text, "0x"); ok {
		return hex.DecodeString(digits)
	}
	var b []byte
	for _, e := range s.Enums {
		for len(b) <= int(e.Value)/8 && e.Value < 8*maxOctets {
			b = append(b, 0)
		}
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, ok := s.EnumValue(word)
		if !ok {
			number, err := strconv.ParseUint(word, 10, 16)
			if err != nil {
				return nil, s.noName(word)
			}
			n = int64(number)
		}
		for len(b) <= int(n)/8 {
			b = append(b, 0)
		}
		b[n/8] |= 0x80 >> (n % 8)
	}
	return b, nil
}

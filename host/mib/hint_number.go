package mib

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"
)

// bigEndian is an unsigned number of any length.
func bigEndian(octets []byte) *big.Int { return new(big.Int).SetBytes(octets) }

// shown says whether a character can be printed as it is.
func shown(r rune) bool { return unicode.IsPrint(r) || r == '\n' || r == '\r' || r == '\t' }

// decimals are the digits behind the point that a number's DISPLAY-HINT (RFC 2579 section 3.1) wants: 2 for d-2.
func decimals(hint string) (places int, ok bool) {
	if hint == "d" {
		return 0, true
	}
	digits, found := strings.CutPrefix(hint, "d-")
	n, err := strconv.ParseUint(digits, 10, 8)
	return int(n), found && err == nil
}

// hintedNumber writes a number as a DISPLAY-HINT says; ok is false when the hint is none for numbers.
func hintedNumber(hint string, n int64) (text string, ok bool) {
	switch hint {
	case "x":
		return strconv.FormatInt(n, 16), true
	case "o":
		return strconv.FormatInt(n, 8), true
	case "b":
		return strconv.FormatInt(n, 2), true
	}
	places, ok := decimals(hint)
	if !ok || places == 0 {
		return strconv.FormatInt(n, 10), ok
	}
	sign, digits := "", strconv.FormatInt(n, 10)
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	if len(digits) <= places {
		digits = strings.Repeat("0", places+1-len(digits)) + digits
	}
	point := len(digits) - places
	return sign + digits[:point] + "." + digits[point:], true
}

// unhintedNumber reads what hintedNumber writes.
func unhintedNumber(hint, text string) (int64, error) {
	base, digits := 10, text
	switch hint {
	case "x":
		base, digits = 16, strings.TrimPrefix(text, "0x")
	case "o":
		base = 8
	case "b":
		base = 2
	}
	if places, ok := decimals(hint); ok && places > 0 {
		whole, fraction, _ := strings.Cut(text, ".")
		if len(fraction) > places {
			return 0, fmt.Errorf("%q has more than %d digits behind the point", text, places)
		}
		digits = whole + fraction + strings.Repeat("0", places-len(fraction))
	}
	n, err := strconv.ParseInt(digits, base, 64)
	if err != nil {
		return 0, fmt.Errorf("a whole number expected, got %q", text)
	}
	return n, nil
}

package number

import (
	"math"
	"strconv"
	"strings"
)

// Space says whether c is white space to C's isspace.
func Space(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// Parse reads a whole string as a number, as Lua's coercions do: decimal or hexadecimal, white space round it, what
// follows a zero byte not looked at.
func Parse(s string) (float64, bool) {
	s, _, _ = strings.Cut(s, "\x00")
	for len(s) > 0 && Space(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && Space(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	f, n := Prefix(s)
	return f, n > 0 && n == len(s)
}

// Prefix reads the longest number s begins with, as strtod does without its skipping of white space, and says how many
// bytes that took; 0 when s begins with none.
func Prefix(s string) (float64, int) {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	negative := i == 1 && s[0] == '-'
	if f, n := word(s[i:]); n > 0 {
		if negative {
			f = math.Copysign(f, -1)
		}
		return f, i + n
	}
	n := digits(s[i:])
	if n == 0 {
		return 0, 0
	}
	f := value(s[i : i+n])
	if negative {
		f = -f
	}
	return f, i + n
}

// word reads inf, infinity, nan and nan(...), in any case.
func word(s string) (float64, int) {
	for _, w := range []string{"infinity", "inf"} {
		if len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) {
			return math.Inf(1), len(w)
		}
	}
	if len(s) < 3 || !strings.EqualFold(s[:3], "nan") {
		return 0, 0
	}
	if len(s) > 3 && s[3] == '(' {
		n := 4
		for n < len(s) && (alnum(s[n]) || s[n] == '_') {
			n++
		}
		if n < len(s) && s[n] == ')' {
			return math.NaN(), n + 1
		}
	}
	return math.NaN(), 3
}

// digits is the length of the unsigned numeral that s begins with.
func digits(s string) int {
	if len(s) > 2 && s[0] == '0' && s[1]|0x20 == 'x' {
		if n := mantissa(s[2:], hexDigit); n > 0 {
			return 2 + n + exponent(s[2+n:], 'p')
		}
	}
	n := mantissa(s, decimal)
	if n > 0 {
		n += exponent(s[n:], 'e')
	}
	return n
}

// mantissa is the length of digits with at most one point among them; 0 when there is no digit.
func mantissa(s string, digit func(byte) bool) int {
	n, seen, point := 0, false, false
	for ; n < len(s); n++ {
		if digit(s[n]) {
			seen = true
		} else if s[n] == '.' && !point {
			point = true
		} else {
			break
		}
	}
	if !seen {
		return 0
	}
	return n
}

// exponent is the length of a complete exponent that starts with letter.
func exponent(s string, letter byte) int {
	n := 1
	if len(s) < 2 || s[0]|0x20 != letter {
		return 0
	}
	if s[n] == '+' || s[n] == '-' {
		n++
	}
	first := n
	for n < len(s) && decimal(s[n]) {
		n++
	}
	if n == first {
		return 0
	}
	return n
}

// value converts a numeral that digits has measured. Numbers too large are infinite, too small zero.
func value(s string) float64 {
	if len(s) > 1 && s[1]|0x20 == 'x' && !strings.ContainsAny(s, "pP") {
		s += "p0"
	}
	f, _ := strconv.ParseFloat(s, 64)
	return f
}

func decimal(c byte) bool { return c >= '0' && c <= '9' }

func hexDigit(c byte) bool { return decimal(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

func alnum(c byte) bool { return decimal(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }

// Begins says whether s is a numeral or the beginning of one, as scanf decides character by character.
func Begins(s string) bool {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	if s == "" {
		return true
	}
	for _, w := range []string{"infinity", "nan"} {
		if len(s) <= len(w) && strings.EqualFold(s, w[:len(s)]) {
			return true
		}
	}
	digit, letter := decimal, byte('e')
	if len(s) > 1 && s[0] == '0' && s[1]|0x20 == 'x' {
		s, digit, letter = s[2:], hexDigit, 'p'
	}
	n := mantissa(s, digit)
	if n == len(s) || s == "." {
		return true
	}
	if n == 0 || s[n]|0x20 != letter {
		return false
	}
	s = s[n+1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	for i := range len(s) {
		if !decimal(s[i]) {
			return false
		}
	}
	return true
}

package json

import (
	"math"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// exact is the number up to which a Lua number holds every integer.
const exact, exactText = 1 << 53, "9007199254740992"

// number reads a number; what starts like none is an unknown word.
func (d *decoder) number() (lua.LValue, error) {
	s := scanner{text: d.text[d.pos:]}
	ok := s.strict()
	if d.decodeInvalid {
		s.pos = 0
		ok = s.strtod()
	}
	if !ok {
		return nil, d.expected("a value")
	}
	text := s.text[:s.pos]
	d.pos += s.pos
	if strings.HasPrefix(strings.ToLower(strings.TrimLeft(text, "+-")), "0x") && !strings.ContainsAny(text, "pP") {
		text += "p0" // Go wants an exponent
	}
	n, _ := strconv.ParseFloat(text, 64) // out of range is an infinity, as in C
	digits := strings.TrimPrefix(text, "-")
	if math.Abs(n) >= exact && digits != exactText && strings.Trim(digits, "0123456789") == "" {
		return d.big(text, n), nil
	}
	return lua.LNumber(n), nil
}

// big is an integer that a Lua number doesn't hold exactly.
func (d *decoder) big(text string, n float64) lua.LValue {
	switch d.bigIntegers {
	case "string":
		return lua.LString(text)
	case "u64":
		if u, err := strconv.ParseUint(text, 10, 64); err == nil {
			return decl.NewUserData(d.L, u)
		}
	}
	return lua.LNumber(n)
}

// A scanner finds how much of a text is a number.
type scanner struct {
	text string
	pos  int
}

// accept takes the next character if it is one of chars.
func (s *scanner) accept(chars string) bool {
	if s.pos < len(s.text) && strings.IndexByte(chars, s.text[s.pos]) >= 0 {
		s.pos++
		return true
	}
	return false
}

// digits takes as many of chars as follow.
func (s *scanner) digits(chars string) bool {
	start := s.pos
	for s.accept(chars) {
	}
	return s.pos > start
}

const decimal, hexadecimal = "0123456789", "0123456789abcdefABCDEF"

// strict takes a number of RFC 8259 section 6.
func (s *scanner) strict() bool {
	s.accept("-")
	if !s.accept("0") && !s.digits(decimal) {
		return false
	}
	if end := s.pos; s.accept(".") && !s.digits(decimal) {
		s.pos = end
		return true
	}
	s.exponent("eE")
	return true
}

// exponent takes a whole exponent or nothing.
func (s *scanner) exponent(letters string) {
	start := s.pos
	if s.accept(letters) {
		s.accept("+-")
		if !s.digits(decimal) {
			s.pos = start
		}
	}
}

// strtod takes what C's strtod does, if it begins with a sign, a digit or a letter.
func (s *scanner) strtod() bool {
	s.accept("+-")
	rest := strings.ToLower(s.text[s.pos:min(len(s.text), s.pos+8)])
	for _, word := range []string{"infinity", "inf", "nan"} {
		if strings.HasPrefix(rest, word) {
			s.pos += len(word)
			return true
		}
	}
	digits, letters := decimal, "eE"
	if strings.HasPrefix(rest, "0x") && len(rest) > 2 && strings.Contains(hexadecimal, rest[2:3]) {
		s.pos += 2
		digits, letters = hexadecimal, "pP"
	}
	if !s.digits(digits) {
		return false
	}
	if s.accept(".") {
		s.digits(digits)
	}
	s.exponent(letters)
	return true
}

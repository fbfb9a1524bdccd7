package lua51

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

// directive is one %-item of a format: its flags, width and precision as C's printf has them.
type directive struct {
	flags        string
	width        int
	precision    int
	hasPrecision bool
	verb         byte
}

func (l *library) stringFormat(L *lua.LState) int {
	format := checkString(L, 1)
	arg := 1
	var b []byte
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b = append(b, format[i])
			continue
		}
		if i++; i < len(format) && format[i] == '%' {
			b = append(b, '%')
			continue
		}
		var d directive
		d, i = scanDirective(L, format, i)
		if arg++; arg > L.GetTop() {
			machine.ArgError(L, arg, "no value")
		}
		b = l.formatItem(L, b, d, arg)
		l.checkSize(L, len(b), 1)
	}
	return l.built(L, string(b))
}

// scanDirective reads a directive after its % and returns the place of its verb.
func scanDirective(L *lua.LState, format string, i int) (d directive, verb int) {
	start := i
	for i < len(format) && strings.IndexByte("-+ #0", format[i]) >= 0 {
		i++
	}
	d.flags = format[start:i]
	if len(d.flags) > 5 {
		machine.Error(L, 1, "invalid format (repeated flags)")
	}
	d.width, i = twoDigits(format, i)
	if i < len(format) && format[i] == '.' {
		d.hasPrecision = true
		d.precision, i = twoDigits(format, i+1)
	}
	if i < len(format) && format[i] >= '0' && format[i] <= '9' {
		machine.Error(L, 1, "invalid format (width or precision too long)")
	}
	if i < len(format) {
		d.verb = format[i]
	}
	return d, i
}

func twoDigits(s string, i int) (n, end int) {
	for end = i; end < len(s) && end < i+2 && s[end] >= '0' && s[end] <= '9'; end++ {
		n = n*10 + int(s[end]-'0')
	}
	return n, end
}

func (l *library) formatItem(L *lua.LState, b []byte, d directive, arg int) []byte {
	switch d.verb {
	case 'c':
		return d.pad(b, string([]byte{byte(checkInt(L, arg))}))
	case 'd', 'i':
		return d.integer(b, checkInt(L, arg))
	case 'o', 'u', 'x', 'X':
		return d.unsigned(b, unsigned(checkNumber(L, arg)))
	case 'e', 'E', 'f', 'g', 'G', 'a', 'A':
		return d.float(b, checkNumber(L, arg))
	case 'q':
		return quote(b, checkString(L, arg))
	case 's':
		s := checkString(L, arg)
		if d.hasPrecision && d.precision < len(s) {
			s = s[:d.precision]
		}
		return d.pad(b, s)
	case 0:
		machine.Error(L, 1, "invalid option '%%' to 'format'")
	}
	machine.Error(L, 1, "invalid option '%%%c' to 'format'", d.verb)
	return nil
}

func (d directive) has(flag byte) bool { return strings.IndexByte(d.flags, flag) >= 0 }

// pad appends s, widened with spaces.
func (d directive) pad(b []byte, s string) []byte {
	fill := d.width - len(s)
	if !d.has('-') {
		b = spaces(b, fill)
	}
	b = append(b, s...)
	if d.has('-') {
		b = spaces(b, fill)
	}
	return b
}

func spaces(b []byte, n int) []byte {
	for ; n > 0; n-- {
		b = append(b, ' ')
	}
	return b
}

// number appends sign or prefix and digits; with flag 0 zeros fill the width between them.
func (d directive) number(b []byte, prefix, digits string, zeros bool) []byte {
	if zeros && d.has('0') && !d.has('-') {
		if fill := d.width - len(prefix) - len(digits); fill > 0 {
			digits = strings.Repeat("0", fill) + digits
		}
	}
	return d.pad(b, prefix+digits)
}

func (d directive) sign(negative bool) string {
	switch {
	case negative:
		return "-"
	case d.has('+'):
		return "+"
	case d.has(' '):
		return " "
	}
	return ""
}

func (d directive) integer(b []byte, n int) []byte {
	magnitude := uint64(n)
	if n < 0 {
		magnitude = -magnitude
	}
	return d.number(b, d.sign(n < 0), d.digits(magnitude, 10), !d.hasPrecision)
}

func (d directive) digits(n uint64, base int) string {
	if n == 0 && d.hasPrecision && d.precision == 0 {
		return ""
	}
	s := strconv.FormatUint(n, base)
	if fill := d.precision - len(s); d.hasPrecision && fill > 0 {
		s = strings.Repeat("0", fill) + s
	}
	return s
}

func (d directive) unsigned(b []byte, n uint64) []byte {
	prefix, s := "", ""
	switch d.verb {
	case 'u':
		s = d.digits(n, 10)
	case 'o':
		s = d.digits(n, 8)
		if d.has('#') && !strings.HasPrefix(s, "0") {
			s = "0" + s
		}
	default:
		s = d.digits(n, 16)
		if d.has('#') && n != 0 {
			prefix = "0x"
		}
	}
	if d.verb == 'X' {
		prefix, s = strings.ToUpper(prefix), strings.ToUpper(s)
	}
	return d.number(b, prefix, s, !d.hasPrecision)
}

// unsigned is the conversion to a 64-bit unsigned integer as x86-64 compilers do it: negative numbers wrap.
func unsigned(f float64) uint64 {
	if f < 0x1p63 || f != f {
		return uint64(truncate(f))
	}
	return uint64(truncate(f-0x1p63)) ^ 1<<63
}

func (d directive) float(b []byte, f float64) []byte {
	sign := d.sign(math.Signbit(f))
	upper := d.verb < 'a'
	if math.IsInf(f, 0) || f != f {
		word := "inf"
		if f != f {
			word = "nan"
		}
		if upper {
			word = strings.ToUpper(word)
		}
		return d.number(b, sign, word, false)
	}
	f = math.Abs(f)
	if d.verb|0x20 == 'a' {
		s := d.hexadecimal(f)
		if upper {
			s = strings.ToUpper(s)
		}
		return d.number(b, sign+s[:2], s[2:], true)
	}
	form := "%"
	if d.has('#') {
		form += "#"
	}
	if d.hasPrecision {
		form += "." + strconv.Itoa(d.precision)
	} else {
		form += ".6"
	}
	return d.number(b, sign, fmt.Sprintf(form+string(d.verb), f), true)
}

// hexadecimal writes f as %a does: Go's form with an exponent of as few digits as it needs.
func (d directive) hexadecimal(f float64) string {
	precision := -1
	if d.hasPrecision {
		precision = d.precision
	}
	s := strconv.FormatFloat(f, 'x', precision, 64)
	mantissa, exponent, _ := strings.Cut(s, "p")
	n, _ := strconv.Atoi(exponent)
	return fmt.Sprintf("%sp%+d", mantissa, n)
}

// quote appends s so that Lua reads it back.
func quote(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; c {
		case '"', '\\', '\n':
			b = append(b, '\\', c)
		case '\r':
			b = append(b, `\r`...)
		case 0:
			b = append(b, `\000`...)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

package result

import (
	"encoding/hex"
	"math"
	"strconv"
	"unicode/utf8"
)

// number writes a number so that it can be read back: whole ones without a point, others with as many digits as they
// need. false: it is none that data may hold.
func number(n float64) (string, bool) {
	switch {
	case math.IsNaN(n), math.IsInf(n, 0):
		return "", false
	case n == math.Trunc(n) && math.Abs(n) <= 1<<53:
		return strconv.FormatFloat(n, 'f', -1, 64), true
	case math.Abs(n) < 1e-6 || math.Abs(n) >= 1e21:
		return strconv.FormatFloat(n, 'e', -1, 64), true
	}
	return strconv.FormatFloat(n, 'f', -1, 64), true
}

// text is a string as data has it: bytes that are no UTF-8 are hexadecimal digits.
func text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return hex.EncodeToString([]byte(s))
}

package pattern

import "strings"

// class tells which bytes C's locale calls what; a bit each.
var class = func() (t [256]uint16) {
	for c := range t {
		b := byte(c)
		upper, lower, digit := b >= 'A' && b <= 'Z', b >= 'a' && b <= 'z', b >= '0' && b <= '9'
		alnum, graph := upper || lower || digit, b > ' ' && b < 127
		for i, is := range []bool{upper || lower, b < ' ' || b == 127, digit, lower, graph && !alnum,
			b == ' ' || b >= '\t' && b <= '\r', upper, alnum, digit || b|0x20 >= 'a' && b|0x20 <= 'f', b == 0} {
			if is {
				t[c] |= 1 << i
			}
		}
	}
	return t
}()

// letters are the class letters, in the order of class's bits.
const letters = "acdlpsuwxz"

var bitOf = func() (t [256]uint16) {
	for i, l := range []byte(letters) {
		t[l] = 1 << i
		t[l-'a'+'A'] = 1 << i
	}
	return t
}()

// inClass says whether c is in %letter; a letter that names no class stands for itself.
func inClass(c, letter byte) bool {
	bit := bitOf[letter]
	if bit == 0 {
		return letter == c
	}
	return (class[c]&bit != 0) == (letter >= 'a')
}

// Special says whether a pattern has any character that isn't literal.
func Special(pattern string) bool { return strings.ContainsAny(pattern, "^$*+?.([%-") }

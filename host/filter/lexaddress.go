package filter

// span counts the bytes at the start of s that are in the set.
func span(s string, in func(byte) bool) int {
	n := 0
	for n < len(s) && in(s[n]) {
		n++
	}
	return n
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func hexDigit(c byte) bool { return digit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func alphanumeric(c byte) bool { return digit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' }

func hexValue(c byte) uint64 {
	if digit(c) {
		return uint64(c - '0')
	}
	return uint64(c|0x20-'a') + 10
}

// hexDigits counts at most most hexadecimal digits.
func hexDigits(s string, most int) int {
	return span(s[:min(len(s), most)], hexDigit)
}

// numberLength is the length of a number: decimal digits, or 0x and hexadecimal digits.
func numberLength(s string) int {
	if len(s) > 2 && s[0] == '0' && s[1]|0x20 == 'x' {
		if n := span(s[2:], hexDigit); n > 0 {
			return 2 + n
		}
	}
	return span(s, digit)
}

// macLength is the length of a MAC address: six parts with ':', '-' or '.', three parts of four digits with '.', or
// twelve digits.
func macLength(s string) int {
	if hexDigits(s, 12) == 12 {
		return 12
	}
	if n := groups(s, '.', 3, 4, 4); n > 0 {
		return n
	}
	for _, separator := range []byte(":-.") {
		if n := groups(s, separator, 6, 1, 2); n > 0 {
			return n
		}
	}
	return 0
}

// groups is the length of count groups of least to most hexadecimal digits with a separator between them.
func groups(s string, separator byte, count, least, most int) int {
	at := 0
	for i := range count {
		if i > 0 {
			if at >= len(s) || s[at] != separator {
				return 0
			}
			at++
		}
		n := hexDigits(s[at:], most)
		if n < least {
			return 0
		}
		at += n
	}
	return at
}

// dottedLength is the length of two to four numbers with dots.
func dottedLength(s string) int {
	best, at := 0, 0
	for i := range 4 {
		n := numberLength(s[at:])
		if n == 0 {
			break
		}
		if at += n; i > 0 {
			best = at
		}
		if at >= len(s) || s[at] != '.' {
			break
		}
		at++
	}
	return best
}

// quadLength is the length of exactly four numbers with dots.
func quadLength(s string) int {
	at := 0
	for i := range 4 {
		if i > 0 {
			if at >= len(s) || s[at] != '.' {
				return 0
			}
			at++
		}
		n := numberLength(s[at:])
		if n == 0 {
			return 0
		}
		at += n
	}
	return at
}

// ipv6Length is the length of the longest IPv6 address (RFC 4291 section 2.2) at the start of s: eight groups, or
// fewer and one "::", the last two groups perhaps as an IPv4 address.
func ipv6Length(s string) int {
	best, at, groups := 0, 0, 0
	gap := false // "::" has been seen
	if len(s) >= 2 && s[:2] == "::" {
		gap, at, best = true, 2, 2
	}
	for {
		if groups == 6 && !gap || groups <= 5 && gap {
			if n := quadLength(s[at:]); n > 0 {
				best = max(best, at+n)
			}
		}
		n := hexDigits(s[at:], 4)
		if n == 0 {
			return best
		}
		at += n
		groups++
		if gap && groups <= 7 || groups == 8 && !gap {
			best = max(best, at)
		}
		if groups == 8 || at >= len(s) || s[at] != ':' {
			return best
		}
		at++
		if at < len(s) && s[at] == ':' {
			if gap || groups > 7 {
				return best
			}
			gap = true
			at++
			best = max(best, at)
		}
	}
}

// colonsLength is the length of two or more groups that each end in colons: the start of an address gone wrong.
func colonsLength(s string) int {
	at, count := 0, 0
	for {
		n := hexDigits(s[at:], 2)
		colons := span(s[at+n:], func(c byte) bool { return c == ':' })
		if n == 0 || colons == 0 {
			break
		}
		at += n + colons
		count++
	}
	if count < 2 {
		return 0
	}
	return at
}

package shelf

import (
	"cmp"
	"strings"
)

// CompareVersions orders versions as people read them: parts between dots by number, 1.10 behind 1.9; what follows "-"
// makes a version older than the one without it, as 2.0-rc1 is older than 2.0 (Semantic Versioning 2.0.0, section 11);
// what follows "+" counts last.
func CompareVersions(a, b string) int {
	a, builtA, _ := strings.Cut(a, "+")
	b, builtB, _ := strings.Cut(b, "+")
	a, preA, isPreA := strings.Cut(a, "-")
	b, preB, isPreB := strings.Cut(b, "-")
	if c := compareParts(a, b); c != 0 {
		return c
	}
	switch {
	case isPreA && !isPreB:
		return -1
	case isPreB && !isPreA:
		return 1
	}
	return cmp.Or(compareParts(preA, preB), compareParts(builtA, builtB), strings.Compare(a+preA+builtA, b+preB+builtB))
}

// compareParts compares dotted lists; one that goes on is the greater.
func compareParts(a, b string) int {
	for a != "" || b != "" {
		var partA, partB string
		partA, a, _ = strings.Cut(a, ".")
		partB, b, _ = strings.Cut(b, ".")
		if c := comparePart(partA, partB); c != 0 {
			return c
		}
	}
	return 0
}

// comparePart compares numbers as numbers, however long, and other words as words, in which numbers count as such, too:
// rc10 is behind rc9.
func comparePart(a, b string) int {
	for a != "" && b != "" {
		numberA, numberB := digits(a), digits(b)
		if numberA > 0 && numberB > 0 {
			x, y := strings.TrimLeft(a[:numberA], "0"), strings.TrimLeft(b[:numberB], "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
				return c
			}
			a, b = a[numberA:], b[numberB:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits is how many digits a word begins with.
func digits(word string) int {
	return len(word) - len(strings.TrimLeft(word, "0123456789"))
}

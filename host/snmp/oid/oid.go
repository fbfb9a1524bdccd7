// Package oid holds object identifiers as numbers: parsing, text, order. Names for them are another package's.
package oid

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// An OID is an object identifier, its numbers from the root on. Nil is none.
type OID []uint32

// Parse reads an identifier in dotted numbers, as 1.3.6.1 or .1.3.6.1.
func Parse(s string) (OID, error) {
	words := strings.TrimPrefix(s, ".")
	if words == "" {
		return nil, fmt.Errorf("no object identifier: %q (dotted numbers expected, as 1.3.6.1)", s)
	}
	o := make(OID, 0, strings.Count(words, ".")+1)
	for word := range strings.SplitSeq(words, ".") {
		n, err := strconv.ParseUint(word, 10, 64)
		if err != nil || word[0] == '+' {
			return nil, fmt.Errorf("no object identifier: %q (dotted numbers expected, as 1.3.6.1)", s)
		}
		if n > math.MaxUint32 {
			return nil, fmt.Errorf("no object identifier: %q (%s is over 4294967295)", s, word)
		}
		o = append(o, uint32(n))
	}
	return o, o.Check()
}

// MustParse is Parse for identifiers that stand in the program.
func MustParse(s string) OID {
	o, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return o
}

// Check says what keeps an identifier from being sent: X.660 has three roots, and forty numbers below the first two.
func (o OID) Check() error {
	switch {
	case len(o) == 0:
		return fmt.Errorf("an object identifier needs a number")
	case o[0] > 2:
		return fmt.Errorf("no object identifier: %s (the first number is 0, 1 or 2)", o)
	case len(o) > 1 && o[0] < 2 && o[1] > 39:
		return fmt.Errorf("no object identifier: %s (below %d, the second number is 0 to 39)", o, o[0])
	}
	return nil
}

// String gives dotted numbers without a dot before the first, as 1.3.6.1.
func (o OID) String() string {
	var room [64]byte
	return string(o.AppendText(room[:0]))
}

// AppendText appends what String gives to b.
func (o OID) AppendText(b []byte) []byte {
	for i, n := range o {
		if i > 0 {
			b = append(b, '.')
		}
		b = strconv.AppendUint(b, uint64(n), 10)
	}
	return b
}

// Compare orders identifiers as SNMP walks them: number by number, the shorter first. It gives -1, 0 or 1.
func Compare(a, b OID) int { return slices.Compare(a, b) }

// Equal says whether both are the same identifier.
func (o OID) Equal(other OID) bool { return slices.Equal(o, other) }

// HasPrefix says whether o is root or below it.
func (o OID) HasPrefix(root OID) bool {
	return len(o) >= len(root) && slices.Equal(o[:len(root)], root)
}

// Append makes an identifier with numbers behind o's. It shares nothing with o.
func (o OID) Append(numbers ...uint32) OID { return slices.Concat(o, numbers) }

// Clone makes a copy that shares nothing with o.
func (o OID) Clone() OID { return slices.Clone(o) }

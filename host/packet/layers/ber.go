package layers

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// ASN.1's Basic Encoding Rules (ITU-T X.690), as far as SNMP uses them: tags of one byte, lengths that are known.

// The tags of universal types.
const (
	berInteger  = 0x02
	berString   = 0x04
	berNull     = 0x05
	berOID      = 0x06
	berSequence = 0x30
)

var errBER = errors.New("a BER value is cut short")

// A berReader takes values one after the other from the front of its bytes. After an error it gives zeros.
type berReader struct {
	b   []byte
	err error
}

// next takes one value of any tag.
func (r *berReader) next() (tag byte, content []byte) {
	if r.err != nil {
		return 0, nil
	}
	head, size, ok := berLength(r.b)
	if !ok || head+size > len(r.b) {
		r.err = errBER
		return 0, nil
	}
	tag, content = r.b[0], r.b[head:head+size:head+size]
	r.b = r.b[head+size:]
	return tag, content
}

// berLength reads a tag and a length: the bytes that they take, and the length.
func berLength(b []byte) (head, size int, ok bool) {
	switch {
	case len(b) < 2 || b[0]&0x1f == 0x1f:
		return 0, 0, false
	case b[1] < 0x80:
		return 2, int(b[1]), true
	}
	n := int(b[1] & 0x7f)
	if n == 0 || n > 4 || len(b) < 2+n {
		return 0, 0, false
	}
	return 2 + n, int(bigEndian(b[2 : 2+n])), true
}

// take takes one value that must have a tag.
func (r *berReader) take(tag byte, what string) []byte {
	if r.err == nil && (len(r.b) == 0 || r.b[0] != tag) {
		r.err = errors.New("no " + what)
	}
	_, content := r.next()
	return content
}

// inside is a reader of the values in one that must have a tag.
func (r *berReader) inside(tag byte, what string) *berReader {
	return &berReader{r.take(tag, what), r.err}
}

// integer takes a number.
func (r *berReader) integer(what string) int64 {
	n, ok := berInt(r.take(berInteger, what))
	if r.err == nil && !ok {
		r.err = errors.New(what + " is no number of 64 bits")
	}
	return n
}

// berInt reads a number in two's complement.
func berInt(b []byte) (int64, bool) {
	if len(b) == 0 || len(b) > 8 {
		return 0, false
	}
	return int64(bigEndian(b)<<(64-8*len(b))) >> (64 - 8*len(b)), true
}

// berUint reads a number that is not negative; old agents leave out the zero before a set bit.
func berUint(b []byte) (uint64, bool) {
	if len(b) == 9 && b[0] == 0 {
		b = b[1:]
	}
	return bigEndian(b), len(b) > 0 && len(b) <= 8
}

// berOIDText reads an object identifier (X.690 section 8.19).
func berOIDText(b []byte) (string, bool) {
	if len(b) == 0 || b[len(b)-1]&0x80 != 0 {
		return "", false
	}
	var text strings.Builder
	var n uint64
	for i, c := range b {
		if n > math.MaxUint64>>7 {
			return "", false
		}
		n = n<<7 | uint64(c&0x7f)
		if c&0x80 != 0 {
			continue
		}
		if text.Len() > 0 {
			text.WriteByte('.')
		} else if i < len(b) {
			first := min(n/40, 2)
			text.WriteString(strconv.FormatUint(first, 10) + ".")
			n -= first * 40
		}
		text.WriteString(strconv.FormatUint(n, 10))
		n = 0
	}
	return text.String(), true
}

// berValue writes a tag, the shortest length, and the content.
func berValue(tag byte, content ...[]byte) []byte {
	size := 0
	for _, c := range content {
		size += len(c)
	}
	b := []byte{tag, byte(size)}
	if size >= 0x80 {
		length := big.NewInt(int64(size)).Bytes()
		b = append([]byte{tag, 0x80 | byte(len(length))}, length...)
	}
	for _, c := range content {
		b = append(b, c...)
	}
	return b
}

// berIntContent is the shortest two's complement of n.
func berIntContent(n int64) []byte {
	b := []byte{byte(n)}
	for n>>7 != 0 && n>>7 != -1 {
		n >>= 8
		b = append([]byte{byte(n)}, b...)
	}
	return b
}

// berUintContent is the shortest encoding of a number that is not negative.
func berUintContent(n uint64) []byte {
	if n <= math.MaxInt64 {
		return berIntContent(int64(n))
	}
	return append([]byte{0}, big.NewInt(0).SetUint64(n).Bytes()...)
}

// berOIDContent writes an object identifier from its text; a dot before it is allowed.
func berOIDContent(text string) ([]byte, bool) {
	words := strings.Split(strings.TrimPrefix(text, "."), ".")
	arcs := make([]uint64, len(words))
	for i, w := range words {
		n, err := strconv.ParseUint(w, 10, 64)
		if err != nil || n > math.MaxUint64-80 {
			return nil, false
		}
		arcs[i] = n
	}
	if len(arcs) < 2 || arcs[0] > 2 || arcs[0] < 2 && arcs[1] > 39 {
		return nil, false
	}
	arcs[1] += arcs[0] * 40
	var b []byte
	for _, n := range arcs[1:] {
		groups := []byte{byte(n & 0x7f)}
		for n >>= 7; n > 0; n >>= 7 {
			groups = append([]byte{byte(n) | 0x80}, groups...)
		}
		b = append(b, groups...)
	}
	return b, true
}

package bytes

import "fmt"

// A kind is what one option of a format stands for.
type kind int

const (
	integer  kind = iota
	unsigned      // unsigned integer
	float         // float or double, by size
	chars         // string of fixed size
	prefixed      // string after its length
	zero          // string up to a zero byte
	padding       // one byte
	aligning      // padding only
	nothing       // endianness, alignment, space
)

// Sizes of C's types where formats say "native": those of every 64-bit Unix.
const (
	sizeShort = 2
	sizeInt   = 4
	sizeLong  = 8
	maxSize   = 16      // of an integer
	maxAlign  = 8       // of ! without a number
	maxResult = 1 << 28 // bytes in one packed string
)

// A format reads a format string option by option.
type format struct {
	rest  string
	big   bool // big endian
	align int  // most bytes that a value is aligned to
}

// A formatError is a fault of the format; arg is 1 when Lua blames the argument, 0 when it only raises.
type formatError struct {
	arg     int
	message string
}

func (e *formatError) Error() string { return e.message }

func fault(f string, args ...any) error { return &formatError{0, fmt.Sprintf(f, args...)} }

// An item is one option with its size in bytes and the padding before it.
type item struct {
	kind kind
	size int
	pad  int
}

func newFormat(s string) *format { return &format{rest: s, align: 1} }

func (f *format) done() bool { return f.rest == "" }

// next reads an option; total is the offset at which its value will stand.
func (f *format) next(total int) (item, error) {
	it, err := f.option()
	if err != nil {
		return it, err
	}
	align := it.size
	if it.kind == aligning {
		if f.done() {
			return it, &formatError{1, "invalid next option for option 'X'"}
		}
		after, err := f.option()
		if err != nil {
			return it, err
		}
		if align = after.size; after.kind == chars || align == 0 {
			return it, &formatError{1, "invalid next option for option 'X'"}
		}
	}
	if align <= 1 || it.kind == chars {
		return it, nil
	}
	align = min(align, f.align)
	if align&(align-1) != 0 {
		return it, &formatError{1, "format asks for alignment not power of 2"}
	}
	it.pad = (align - total&(align-1)) & (align - 1)
	return it, nil
}

// option reads one letter and its number.
func (f *format) option() (item, error) {
	c := f.rest[0]
	f.rest = f.rest[1:]
	switch c {
	case 'i', 'I', 's':
		size, err := f.limited(map[byte]int{'i': sizeInt, 'I': sizeInt, 's': sizeLong}[c])
		return item{kind: map[byte]kind{'i': integer, 'I': unsigned, 's': prefixed}[c], size: size}, err
	case 'c':
		size := f.number(-1)
		if size < 0 {
			return item{}, fault("missing size for format option 'c'")
		}
		return item{kind: chars, size: size}, nil
	case '<', '=': // every system that Go builds for here is little endian
		f.big = false
		return item{kind: nothing}, nil
	case '>':
		f.big = true
		return item{kind: nothing}, nil
	case '!':
		align, err := f.limited(maxAlign)
		f.align = align
		return item{kind: nothing}, err
	}
	if it, ok := plainOptions[c]; ok {
		return it, nil
	}
	return item{}, fault("invalid format option '%c'", c)
}

// plainOptions are the letters that take no number.
var plainOptions = map[byte]item{
	'b': {kind: integer, size: 1}, 'B': {kind: unsigned, size: 1},
	'h': {kind: integer, size: sizeShort}, 'H': {kind: unsigned, size: sizeShort},
	'l': {kind: integer, size: sizeLong}, 'L': {kind: unsigned, size: sizeLong},
	'j': {kind: integer, size: 8}, 'J': {kind: unsigned, size: 8}, 'T': {kind: unsigned, size: 8},
	'f': {kind: float, size: 4}, 'd': {kind: float, size: 8}, 'n': {kind: float, size: 8},
	'z': {kind: zero}, 'x': {kind: padding, size: 1}, 'X': {kind: aligning}, ' ': {kind: nothing},
}

// number reads digits; otherwise is for when there are none. Past maxResult it stays there.
func (f *format) number(otherwise int) int {
	if f.rest == "" || !digit(f.rest[0]) {
		return otherwise
	}
	n := 0
	for f.rest != "" && digit(f.rest[0]) {
		n = min(n*10+int(f.rest[0]-'0'), maxResult+1)
		f.rest = f.rest[1:]
	}
	return n
}

// limited reads the size of an integer.
func (f *format) limited(otherwise int) (int, error) {
	size := f.number(otherwise)
	if size < 1 || size > maxSize {
		return 0, fault("integral size (%d) out of limits [1,%d]", size, maxSize)
	}
	return size, nil
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

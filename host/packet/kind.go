package packet

import (
	"fmt"
	"strconv"
	"strings"
)

// A Kind says what the bytes of a field mean: how they become a value and a value becomes bytes.
type Kind interface {
	Type() string // of the value, in LuaLS notation
	// Get reads the value from b, the field's bytes; header is the whole header it stands in, for values that refer to
	// other places (DNS names). It never fails: what can't be read is returned as the string of its bytes.
	Get(header, b []byte) Value
	// Put appends v's bytes to dst. The error says what was expected, as in "IPv4 address".
	Put(dst []byte, v Value) ([]byte, error)
	// Text is v for people.
	Text(v Value) string
}

// A Measurer is a Kind that finds its own end when a packet is read: h.Ahead() begins with the field and ends with the
// layer's bytes, h.Number reads the fields before it.
type Measurer interface {
	Measure(h Header) (int, error)
}

// Relative is a Kind whose bytes depend on where they stand in the header (compressed names): it is read with its place,
// and when one field of such a header changes its length, the others are written anew.
type Relative interface {
	GetAt(header []byte, from, to int) Value
}

// Integer is a Kind of numbers that have names.
type Integer interface {
	Kind
	Value(n uint64, bits int) Value               // what reading gives
	Number(v Value, bits int) (n uint64, ok bool) // from a name, or what Value gave
	Name(n uint64, bits int) string               // for people
	Want() string                                 // for error messages: "a number or one of …"
}

// Dependent is an Integer whose names depend on the layer that the number stands in.
type Dependent interface {
	Integer
	NameIn(c Context, n uint64) string
}

// integerKind gives Integer kinds the byte methods that numbers don't use.
type integerKind struct{}

func (integerKind) Get(_, b []byte) Value                   { return string(b) }
func (integerKind) Put(dst []byte, _ Value) ([]byte, error) { return dst, nil }
func (integerKind) Text(v Value) string                     { return fmt.Sprint(v) }

// Enum is numbers with names. Reading gives the number, writing takes either.
type Enum struct {
	integerKind
	Names map[uint64]string
	Hex   bool // unnamed numbers are shown in hexadecimal
}

// Named makes an Enum.
func Named(names map[uint64]string) *Enum { return &Enum{Names: names} }

// HexNamed makes an Enum whose numbers people know in hexadecimal.
func HexNamed(names map[uint64]string) *Enum { return &Enum{Names: names, Hex: true} }

// Type is integer: a name is only another way to write it.
func (e *Enum) Type() string { return "integer|string" }

// Value is the number.
func (e *Enum) Value(n uint64, bits int) Value { return plain(n, bits) }

// Number finds a name, or takes a number. A name that several numbers have stands for the least.
func (e *Enum) Number(v Value, _ int) (uint64, bool) {
	s, ok := v.(string)
	if !ok {
		return number(v)
	}
	least, found := uint64(0), false
	for n, name := range e.Names {
		if name == s && (!found || n < least) {
			least, found = n, true
		}
	}
	if found {
		return least, true
	}
	return parse(s)
}

// Name is the number's name, or the number.
func (e *Enum) Name(n uint64, _ int) string {
	if s, ok := e.Names[n]; ok {
		return s
	}
	if e.Hex {
		return "0x" + strconv.FormatUint(n, 16)
	}
	return strconv.FormatUint(n, 10)
}

// Want lists some of the names.
func (e *Enum) Want() string { return "a number or a name" }

// Flags is a set of bits with names, least significant first. Reading gives the names of those set, joined by nothing
// when all names are single letters ("SA") and by "+" otherwise ("DF+MF"); writing takes that or a number.
type Flags struct {
	integerKind
	Names []string
}

// Flagged makes Flags from names in one string: letters ("FSRPAUECN") or words parted by spaces ("MF DF evil"); "."
// stands for a bit without a name.
func Flagged(names string) *Flags {
	if strings.Contains(names, " ") {
		return &Flags{Names: strings.Fields(names)}
	}
	return &Flags{Names: strings.Split(names, "")}
}

// Type is string.
func (f *Flags) Type() string { return "string" }

// Value is the names of the bits.
func (f *Flags) Value(n uint64, bits int) Value { return f.Name(n, bits) }

// letters says whether all names are single letters.
func (f *Flags) letters() bool {
	for _, n := range f.Names {
		if len(n) != 1 {
			return false
		}
	}
	return true
}

// Name is the names of the bits that are set.
func (f *Flags) Name(n uint64, _ int) string {
	var set []string
	for i := 0; n>>i != 0; i++ {
		if n>>i&1 == 0 {
			continue
		}
		if i >= len(f.Names) || f.Names[i] == "." {
			return "0x" + strconv.FormatUint(n, 16) // bits without a name
		}
		set = append(set, f.Names[i])
	}
	if f.letters() {
		return strings.Join(set, "")
	}
	return strings.Join(set, "+")
}

// Number reads names, or takes a number.
func (f *Flags) Number(v Value, _ int) (uint64, bool) {
	s, ok := v.(string)
	if !ok {
		return number(v)
	}
	if n, ok := parse(s); ok {
		return n, true
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return r == '+' || r == ' ' || r == '|' || r == ',' })
	if f.letters() {
		words = strings.Split(s, "")
	}
	var n uint64
next:
	for _, w := range words {
		for i, name := range f.Names {
			if name == w && w != "." {
				n |= 1 << i
				continue next
			}
		}
		return 0, false
	}
	return n, true
}

// Want lists the names.
func (f *Flags) Want() string { return "a number or flags of " + strings.Join(f.Names, " ") }

// hexKind is an integer that people read in hexadecimal.
type hexKind struct{ integerKind }

// Hex is an integer that people read in hexadecimal.
var Hex Integer = hexKind{}

func (hexKind) Type() string                         { return "integer" }
func (hexKind) Value(n uint64, bits int) Value       { return plain(n, bits) }
func (hexKind) Number(v Value, _ int) (uint64, bool) { return numeral(v) }
func (hexKind) Name(n uint64, _ int) string          { return "0x" + strconv.FormatUint(n, 16) }
func (hexKind) Want() string                         { return "a number" }

// signedKind is an integer in two's complement.
type signedKind struct{ integerKind }

// Signed is an integer in two's complement.
var Signed Integer = signedKind{}

func (signedKind) Type() string { return "integer" }

func (signedKind) Value(n uint64, bits int) Value { return int64(n<<(64-bits)) >> (64 - bits) }

func (signedKind) Number(v Value, bits int) (uint64, bool) {
	i, ok := v.(int64)
	if f, isFloat := v.(float64); isFloat {
		i, ok = int64(f), f == float64(int64(f))
	}
	if ok && i < 0 {
		return uint64(i) & (1<<bits - 1), i >= -1<<(bits-1)
	}
	n, ok := numeral(v)
	return n, ok && n < 1<<(bits-1)
}

func (k signedKind) Name(n uint64, bits int) string { return fmt.Sprint(k.Value(n, bits)) }
func (signedKind) Want() string                     { return "a signed number" }

// plain is n as reading a field of that many bits gives it.
func plain(n uint64, bits int) Value {
	if bits > 53 {
		return U64(n)
	}
	return n
}

// numeral is v as a number: one, or the text of one.
func numeral(v Value) (uint64, bool) {
	if s, ok := v.(string); ok {
		return parse(s)
	}
	return number(v)
}

// parse reads a decimal numeral, or a hexadecimal one after 0x.
func parse(s string) (uint64, bool) {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 0, 64)
	return n, err == nil
}

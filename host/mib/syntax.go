package mib

// A Base is a type that SNMP carries.
type Base uint8

// Base types (RFC 2578 section 7.1). INTEGER and Integer32 are one type on the wire, as are Gauge32 and Unsigned32.
const (
	NoType Base = iota
	Integer32
	Unsigned32
	Gauge32
	Counter32
	Counter64
	TimeTicks
	OctetString
	ObjectIdentifier
	IpAddress
	Opaque
	Bits
)

var baseNames = [...]string{"", "Integer32", "Unsigned32", "Gauge32", "Counter32", "Counter64", "TimeTicks", "OctetString",
	"ObjectIdentifier", "IpAddress", "Opaque", "Bits"}

// String is the type's name as scripts see it.
func (b Base) String() string {
	if int(b) < len(baseNames) {
		return baseNames[b]
	}
	return "unknown"
}

// Number says whether values of the type are numbers.
func (b Base) Number() bool { return b >= Integer32 && b <= TimeTicks }

// A Syntax is the type of an object, or a named type.
type Syntax struct {
	Name   string // of the textual convention; "" for a plain base type
	Module string // that defines the convention
	Base   Base
	Hint   string  // DISPLAY-HINT (RFC 2579 section 3.1)
	Enums  []Enum  // named numbers, or named bits
	Ranges []Range // values of a number
	Sizes  []Range // lengths of a string
}

// An Enum is a named number of an enumeration, or a named bit.
type Enum struct {
	Name  string
	Value int64
}

// A Range is an interval of numbers or of lengths, both ends included.
type Range struct{ Min, Max int64 }

// String is the type as a MIB file has it: the convention's name, or the base type.
func (s *Syntax) String() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Base.String()
}

// Fixed is the only length that a string of the type has; ok is false when there are several.
func (s *Syntax) Fixed() (n int, ok bool) {
	if s.Base == IpAddress {
		return 4, true
	}
	if len(s.Sizes) == 1 && s.Sizes[0].Min == s.Sizes[0].Max {
		return int(s.Sizes[0].Min), true
	}
	return 0, false
}

// EnumName is the name of a number; "" when it has none.
func (s *Syntax) EnumName(n int64) string {
	for _, e := range s.Enums {
		if e.Value == n {
			return e.Name
		}
	}
	return ""
}

// EnumValue is the number that has a name.
func (s *Syntax) EnumValue(name string) (n int64, ok bool) {
	for _, e := range s.Enums {
		if e.Name == name {
			return e.Value, true
		}
	}
	return 0, false
}

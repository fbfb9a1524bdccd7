package packet

import (
	"fmt"
	"net/netip"
	"strconv"
)

// A Value is what a field holds, as Go sees it:
//
//	uint64      integers up to 53 bits, enumerations
//	U64         integers that may pass 2^53
//	int64       signed integers
//	float64     times with a fraction
//	string      bytes, text, names, flags ("SA", "DF+MF")
//	netip.Addr  IPv4 and IPv6 addresses
//	MAC         hardware addresses
//	[]Value     lists
//	Record      entries with names, in order
//	nil         a field that is not there, or that the build will compute
type Value any

// U64 is an integer of a field that may pass 2^53.
type U64 uint64

// MAC is a hardware address of 48 bits.
type MAC [6]byte

func (m MAC) String() string {
	return fmt.Sprintf("%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5])
}

// A Record is a value with named entries, in the order of the wire.
type Record []Entry

// An Entry is one name and value of a Record.
type Entry struct {
	Name  string
	Value Value
}

// Get finds an entry by name; nil when there is none.
func (r Record) Get(name string) Value {
	for _, e := range r {
		if e.Name == name {
			return e.Value
		}
	}
	return nil
}

// number is v as an unsigned integer, when it is a whole number that is not negative.
func number(v Value) (uint64, bool) {
	switch v := v.(type) {
	case uint64:
		return v, true
	case U64:
		return uint64(v), true
	case int64:
		return uint64(v), v >= 0
	case int:
		return uint64(v), v >= 0
	case float64:
		return uint64(v), v >= 0 && v < 1<<63 && v == float64(uint64(v))
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

// describe is v as an error message shows it.
func describe(v Value) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case string:
		if len(v) > 40 {
			return fmt.Sprintf("a string of %d bytes", len(v))
		}
		return fmt.Sprintf("%q", v)
	case []Value, Record:
		return "a table"
	case netip.Addr, MAC:
		return fmt.Sprint(v)
	}
	return fmt.Sprint(v)
}

// plainText is a number in decimal.
func plainText(n uint64) string { return strconv.FormatUint(n, 10) }

// sizeText names a limit in bytes.
func sizeText(n int) string { return fmt.Sprintf("at most %d bytes", n) }

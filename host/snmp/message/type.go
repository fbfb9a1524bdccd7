package message

import (
	"fmt"
	"strings"
)

// A Type is the type of a value: its tag on the wire. The types that net-snmp wraps in an Opaque have the two bytes of
// the tag inside.
type Type uint16

// The types (RFC 2578 section 7.1, RFC 3416 section 3). The last ones are what net-snmp puts in an Opaque.
const (
	TypeInteger          Type = 0x02
	TypeOctetString      Type = 0x04
	TypeNull             Type = 0x05
	TypeObjectIdentifier Type = 0x06
	TypeIPAddress        Type = 0x40
	TypeCounter32        Type = 0x41
	TypeGauge32          Type = 0x42 // also Unsigned32
	TypeTimeTicks        Type = 0x43
	TypeOpaque           Type = 0x44
	TypeCounter64        Type = 0x46
	TypeNoSuchObject     Type = 0x80
	TypeNoSuchInstance   Type = 0x81
	TypeEndOfMibView     Type = 0x82

	TypeOpaqueCounter64  Type = 0x9f76
	TypeOpaqueFloat      Type = 0x9f78
	TypeOpaqueDouble     Type = 0x9f79
	TypeOpaqueInteger64  Type = 0x9f7a
	TypeOpaqueUnsigned64 Type = 0x9f7b
)

// types lists all types with their names.
var types = []struct {
	of   Type
	name string
}{
	{TypeInteger, "Integer"}, {TypeOctetString, "OctetString"}, {TypeNull, "Null"},
	{TypeObjectIdentifier, "ObjectIdentifier"}, {TypeIPAddress, "IpAddress"}, {TypeCounter32, "Counter32"},
	{TypeGauge32, "Gauge32"}, {TypeTimeTicks, "TimeTicks"}, {TypeOpaque, "Opaque"}, {TypeCounter64, "Counter64"},
	{TypeNoSuchObject, "NoSuchObject"}, {TypeNoSuchInstance, "NoSuchInstance"}, {TypeEndOfMibView, "EndOfMibView"},
	{TypeOpaqueCounter64, "OpaqueCounter64"}, {TypeOpaqueFloat, "OpaqueFloat"}, {TypeOpaqueDouble, "OpaqueDouble"},
	{TypeOpaqueInteger64, "OpaqueInteger64"}, {TypeOpaqueUnsigned64, "OpaqueUnsigned64"},
}

// otherNames are words for the same types: ASN.1's, SMIv1's and common ones.
var otherNames = map[string]Type{
	"string": TypeOctetString, "oid": TypeObjectIdentifier, "integer32": TypeInteger, "int": TypeInteger,
	"unsigned32": TypeGauge32, "counter": TypeCounter32, "gauge": TypeGauge32, "bits": TypeOctetString,
	"networkaddress": TypeIPAddress, "float": TypeOpaqueFloat, "double": TypeOpaqueDouble,
}

// String gives the type's name, and the tag of one that has none.
func (t Type) String() string {
	for _, e := range types {
		if e.of == t {
			return e.name
		}
	}
	return fmt.Sprintf("%#02x", uint16(t))
}

// TypeNamed finds a type by its name. Case, spaces, hyphens and underlines don't matter, and ASN.1's names and SMIv1's
// are known too.
func TypeNamed(name string) (Type, bool) {
	name = strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(name))
	if t, ok := otherNames[name]; ok {
		return t, true
	}
	for _, e := range types {
		if strings.ToLower(e.name) == name {
			return e.of, true
		}
	}
	return 0, false
}

// Exception says whether a value of this type says why there is none.
func (t Type) Exception() bool { return t >= TypeNoSuchObject && t <= TypeEndOfMibView }

// Package ber reads and writes ASN.1's Basic Encoding Rules (ITU-T X.690) as SNMP uses them: tags of one byte and
// definite lengths (RFC 3417 section 8).
//
// A Reader takes what can be understood and notes what the standard forbids, so that a bent message is still a message.
// Its work and its memory are bounded by its input. A Writer always writes the shortest form.
package ber

// The tags of universal types.
const (
	Integer          byte = 0x02
	OctetString      byte = 0x04
	Null             byte = 0x05
	ObjectIdentifier byte = 0x06
	Sequence         byte = 0x30
)

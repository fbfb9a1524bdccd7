package dhcp6

import (
	"encoding/binary"
	"encoding/hex"
	"net"
	"time"

	"moonwire/host/packet"
)

// A DUID is the identifier of a client or a server, as on the wire. Who gets one compares its bytes and takes no meaning
// from them (RFC 8415 section 11).
type DUID string

// A DUIDType says what a DUID is made of.
type DUIDType uint16

// The types of DUIDs (RFC 8415 section 11, RFC 6355).
const (
	LLT  DUIDType = 1 // link-layer address and time
	EN   DUIDType = 2 // a number of the vendor's
	LL   DUIDType = 3 // link-layer address
	UUID DUIDType = 4
)

// duidEpoch is where the time of a DUID begins (RFC 8415 section 11.2).
var duidEpoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// ethernet is the hardware type of Ethernet (IANA, ARP parameters).
const ethernet = 1

// NewLLT is the DUID of an Ethernet address and the time when it was made.
func NewLLT(mac net.HardwareAddr, made time.Time) DUID {
	return DUIDFields{Type: LLT, Hardware: ethernet, Address: mac, Time: made}.DUID()
}

// NewLL is the DUID of an Ethernet address.
func NewLL(mac net.HardwareAddr) DUID {
	return DUIDFields{Type: LL, Hardware: ethernet, Address: mac}.DUID()
}

// NewEN is the DUID of a vendor's enterprise number and its own identifier.
func NewEN(enterprise uint32, id []byte) DUID {
	return DUIDFields{Type: EN, Enterprise: enterprise, ID: id}.DUID()
}

// NewUUID is the DUID of a UUID.
func NewUUID(uuid [16]byte) DUID { return DUIDFields{Type: UUID, ID: uuid[:]}.DUID() }

// ParseDUID reads a DUID in hexadecimal, with or without colons.
func ParseDUID(s string) (DUID, bool) {
	b, ok := hexBytes(s)
	return DUID(b), ok && len(b) > 0
}

// String is the DUID in hexadecimal with colons.
func (d DUID) String() string { return net.HardwareAddr(d).String() }

// Type is the type of the DUID; 0 when it is shorter than a type.
func (d DUID) Type() DUIDType {
	if len(d) < 2 {
		return 0
	}
	return DUIDType(binary.BigEndian.Uint16([]byte(d[:2])))
}

// MAC is the link-layer address inside, nil when there is none. It is for people: the device may have another by now.
func (d DUID) MAC() net.HardwareAddr { return d.Fields().Address }

// DUIDFields are what a DUID is made of.
type DUIDFields struct {
	Type       DUIDType
	Hardware   uint16           // of LLT and LL: the hardware type; 1 is Ethernet
	Time       time.Time        // of LLT: when it was made
	Address    net.HardwareAddr // of LLT and LL
	Enterprise uint32           // of EN
	ID         []byte           // of EN the vendor's identifier, of UUID its 16 bytes, of other types all behind the type
}

// Fields are what the DUID is made of; of one that its type doesn't fit, ID is all behind the type.
func (d DUID) Fields() DUIDFields {
	f := DUIDFields{Type: d.Type()}
	if len(d) < 2 {
		return f
	}
	b := []byte(d[2:])
	switch {
	case f.Type == LLT && len(b) >= 6:
		f.Hardware, f.Address = binary.BigEndian.Uint16(b), b[6:]
		f.Time = duidEpoch.Add(time.Duration(binary.BigEndian.Uint32(b[2:])) * time.Second)
	case f.Type == LL && len(b) >= 2:
		f.Hardware, f.Address = binary.BigEndian.Uint16(b), b[2:]
	case f.Type == EN && len(b) >= 4:
		f.Enterprise, f.ID = binary.BigEndian.Uint32(b), b[4:]
	default:
		f.ID = b
	}
	return f
}

// DUID is the identifier made of the fields.
func (f DUIDFields) DUID() DUID {
	b := binary.BigEndian.AppendUint16(nil, uint16(f.Type))
	switch f.Type {
	case LLT:
		b = binary.BigEndian.AppendUint16(b, f.Hardware)
		b = binary.BigEndian.AppendUint32(b, uint32(f.Time.Sub(duidEpoch)/time.Second)) // modulo 2^32, as the RFC has it
		b = append(b, f.Address...)
	case LL:
		b = append(binary.BigEndian.AppendUint16(b, f.Hardware), f.Address...)
	case EN:
		b = append(binary.BigEndian.AppendUint32(b, f.Enterprise), f.ID...)
	default:
		b = append(b, f.ID...)
	}
	return DUID(b)
}

// Identifier is a DUID to the end, as text.
type Identifier struct{}

func (Identifier) Read(b []byte) (packet.Value, int, error) { return DUID(b).String(), len(b), nil }

func (Identifier) Append(dst []byte, v packet.Value) ([]byte, error) {
	switch v := v.(type) {
	case DUID:
		return append(dst, v...), nil
	case string:
		if b, ok := hexBytes(v); ok {
			return append(dst, b...), nil
		}
	}
	return dst, expected("DUID in hexadecimal, as "+hex.EncodeToString([]byte(NewLL(net.HardwareAddr{2, 0, 0, 0, 0, 1})))+",", v)
}

func (Identifier) Type() string { return "string" }

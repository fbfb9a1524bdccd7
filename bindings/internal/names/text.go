package names

import (
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// Text is a variable's value as people read it: by the enumeration, the display hint and the convention of the object that
// the OID names. OIDs have names, TimeTicks are 0:20:34.56. Where the value has another type than the MIB says, it is
// written as what it is.
func Text(t *mib.Tree, o oid.OID, v message.Value) string {
	if v.Malformed() {
		return v.String()
	}
	s := &mib.Syntax{}
	if n, _ := t.Prefix(o); n != nil && n.Syntax != nil && Wire(n.Syntax.Base) == v.Type {
		s = n.Syntax
	}
	switch v.Type {
	case message.TypeTimeTicks:
		return message.Uptime(v.Uint())
	case message.TypeInteger, message.TypeGauge32, message.TypeCounter32:
		return s.IntText(v.Int())
	case message.TypeObjectIdentifier:
		return t.Name(v.OID())
	case message.TypeOctetString:
		if s.Name == "InetAddress" {
			return address(t, o, s, v.Bytes())
		}
		return s.OctetsText(v.Bytes())
	}
	return v.String()
}

// address is an InetAddress, whose type may stand in the index of its row.
func address(t *mib.Tree, o oid.OID, s *mib.Syntax, b []byte) string {
	parts, _ := t.Index(o)
	for _, p := range parts {
		if p.Syntax != nil && p.Syntax.Name == "InetAddressType" {
			if text, ok := mib.AddressOf(p.Number, b); ok {
				return text
			}
		}
	}
	return s.OctetsText(b)
}

// wires are the types on the wire.
var wires = map[mib.Base]message.Type{
	mib.Integer32: message.TypeInteger, mib.Unsigned32: message.TypeGauge32, mib.Gauge32: message.TypeGauge32,
	mib.Counter32: message.TypeCounter32, mib.Counter64: message.TypeCounter64, mib.TimeTicks: message.TypeTimeTicks,
	mib.OctetString: message.TypeOctetString, mib.ObjectIdentifier: message.TypeObjectIdentifier,
	mib.IpAddress: message.TypeIPAddress, mib.Opaque: message.TypeOpaque, mib.Bits: message.TypeOctetString,
}

// Wire is the type that values of b have on the wire.
func Wire(b mib.Base) message.Type { return wires[b] }

package layers

import (
	"errors"

	"moonwire/host/packet"
)

// snmpFlags names the bits of msgFlags (RFC 3412 section 6.4).
var snmpFlags = packet.Flagged("auth priv reportable")

// snmpPriv is the bit that says that the scoped PDU is encrypted.
const snmpPriv = 2

// snmpUSM are the parameters of the User-based Security Model, in order (RFC 3414 section 2.4).
var snmpUSM = []struct {
	name    string
	integer bool
}{
	{"msgAuthoritativeEngineID", false}, {"msgAuthoritativeEngineBoots", true}, {"msgAuthoritativeEngineTime", true},
	{"msgUserName", false}, {"msgAuthenticationParameters", false}, {"msgPrivacyParameters", false},
}

// snmpV3Message reads what follows the version in a message of version 3 (RFC 3412 section 6).
func snmpV3Message(rec packet.Record, m *berReader) packet.Record {
	global := m.inside(berSequence, "header")
	for _, name := range []string{"msgID", "msgMaxSize"} {
		rec = append(rec, packet.Entry{Name: name, Value: plainInt(global.integer(name))})
	}
	flags := global.take(berString, "msgFlags")
	if global.err == nil && len(flags) != 1 {
		global.err = errors.New("msgFlags is not one byte")
	}
	bits := bigEndian(flags)
	rec = append(rec, packet.Entry{Name: "msgFlags", Value: snmpFlags.Name(bits, 8)},
		packet.Entry{Name: "msgSecurityModel", Value: plainInt(global.integer("msgSecurityModel"))})
	if m.err = global.err; m.err != nil {
		return rec
	}
	rec = snmpSecurity(rec, m)
	if bits&snmpPriv != 0 {
		return append(rec, packet.Entry{Name: "encryptedPDU", Value: string(m.take(berString, "encrypted PDU"))})
	}
	scoped := m.inside(berSequence, "scoped PDU")
	for _, name := range []string{"contextEngineID", "contextName"} {
		rec = append(rec, packet.Entry{Name: name, Value: string(scoped.take(berString, name))})
	}
	rec = snmpPDU(rec, scoped)
	m.err = scoped.err
	return rec
}

// snmpSecurity reads the security parameters, which are BER in a string.
func snmpSecurity(rec packet.Record, m *berReader) packet.Record {
	u := &berReader{m.take(berString, "security parameters"), m.err}
	u = u.inside(berSequence, "security parameters")
	for _, p := range snmpUSM {
		var v packet.Value
		if p.integer {
			v = plainInt(u.integer(p.name))
		} else {
			v = string(u.take(berString, p.name))
		}
		rec = append(rec, packet.Entry{Name: p.name, Value: v})
	}
	m.err = u.err
	return rec
}

// writeV3 writes what follows the version in a message of version 3.
func (w *snmpWriter) writeV3() []byte {
	flags, ok := snmpFlags.Number(w.get("msgFlags", ""), 8)
	if !ok || flags > 0xff {
		w.fail("msgFlags", "flags of auth, priv, reportable")
	}
	global := berValue(berSequence, w.integer("msgID", 0), w.integer("msgMaxSize", 65507), berValue(berString, []byte{byte(flags)}),
		w.integer("msgSecurityModel", 3))
	var usm [][]byte
	for _, p := range snmpUSM {
		if p.integer {
			usm = append(usm, w.integer(p.name, 0))
		} else {
			usm = append(usm, w.bytes(p.name, ""))
		}
	}
	security := berValue(berString, berValue(berSequence, usm...))
	var data []byte
	if flags&snmpPriv != 0 {
		data = w.bytes("encryptedPDU", "")
	} else {
		data = berValue(berSequence, w.bytes("contextEngineID", ""), w.bytes("contextName", ""), w.writePDU())
	}
	return append(append(global, security...), data...)
}

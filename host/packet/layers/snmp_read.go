package layers

import (
	"errors"

	"moonwire/host/packet"
	"moonwire/host/snmp/ber"
	"moonwire/host/snmp/message"
)

// snmpFlags names the bits of msgFlags (RFC 3412 section 6.4).
var snmpFlags = packet.Flagged("auth priv reportable")

// snmpMessage reads a message at the start of b, and how long it is. What is bent is read; the error says what can't be.
func snmpMessage(b []byte) (packet.Record, int, error) {
	r := ber.NewReader(b, nil)
	r.Next("message")
	m, err := message.Decode(b)
	if err == nil {
		err = m.Err()
	}
	var p message.Problem
	if errors.As(err, &p) {
		err = errors.New(p.What)
	}
	return snmpRecord(m), r.Offset(), err
}

// snmpRecord lists the fields that a message has.
func snmpRecord(m *message.Message) packet.Record {
	if m == nil {
		return nil
	}
	rec := packet.Record{{Name: "version", Value: uint64(m.Version)}}
	if m.V3 == nil {
		rec = append(rec, packet.Entry{Name: "community", Value: string(m.Community)})
	} else {
		rec = snmpSecure(rec, m.V3)
	}
	switch {
	case m.PDU != nil:
		return snmpPDU(rec, m.PDU)
	case m.V3 != nil && m.V3.Encrypted != nil:
		return append(rec, packet.Entry{Name: "encryptedPDU", Value: string(m.V3.Encrypted)})
	}
	return rec
}

// snmpSecure lists what only version 3 has.
func snmpSecure(rec packet.Record, v *message.Secure) packet.Record {
	rec = append(rec, packet.Entry{Name: "msgID", Value: plainInt(v.ID)}, packet.Entry{Name: "msgMaxSize", Value: plainInt(v.MaxSize)},
		packet.Entry{Name: "msgFlags", Value: snmpFlags.Name(uint64(v.Flags), 8)},
		packet.Entry{Name: "msgSecurityModel", Value: plainInt(v.Model)})
	if v.Other != nil {
		rec = append(rec, packet.Entry{Name: "msgSecurityParameters", Value: string(v.Other)})
	} else {
		rec = snmpSecurity(rec, &v.Security)
	}
	if v.Encrypted != nil {
		return rec
	}
	return append(rec, packet.Entry{Name: "contextEngineID", Value: string(v.ContextEngine)},
		packet.Entry{Name: "contextName", Value: v.Context})
}

// snmpSecurity lists the parameters of the User-based Security Model, in order (RFC 3414 section 2.4).
func snmpSecurity(rec packet.Record, s *message.Security) packet.Record {
	return append(rec, packet.Entry{Name: "msgAuthoritativeEngineID", Value: string(s.EngineID)},
		packet.Entry{Name: "msgAuthoritativeEngineBoots", Value: plainInt(s.Boots)},
		packet.Entry{Name: "msgAuthoritativeEngineTime", Value: plainInt(s.Time)},
		packet.Entry{Name: "msgUserName", Value: s.User},
		packet.Entry{Name: "msgAuthenticationParameters", Value: string(s.Auth)},
		packet.Entry{Name: "msgPrivacyParameters", Value: string(s.Priv)})
}

// snmpPDU lists the part of the message that says something.
func snmpPDU(rec packet.Record, p *message.PDU) packet.Record {
	rec = append(rec, packet.Entry{Name: "pdu", Value: uint64(p.Type)})
	if p.Trap != nil {
		rec = append(rec, packet.Entry{Name: "enterprise", Value: p.Trap.Enterprise.String()},
			packet.Entry{Name: "agent_addr", Value: p.Trap.Agent},
			packet.Entry{Name: "generic_trap", Value: plainInt(p.Trap.Generic)},
			packet.Entry{Name: "specific_trap", Value: plainInt(p.Trap.Specific)},
			packet.Entry{Name: "time_stamp", Value: uint64(p.Trap.Time)})
	} else {
		names := snmpNumbers(p.Type)
		for i, n := range []int32{p.RequestID, int32(p.ErrorStatus), p.ErrorIndex} {
			rec = append(rec, packet.Entry{Name: names[i], Value: plainInt(n)})
		}
	}
	list := make([]packet.Value, len(p.Vars))
	for i, v := range p.Vars {
		list[i] = append(packet.Record{{Name: "oid", Value: v.Name.String()}}, snmpValue(v.Value)...)
	}
	return append(rec, packet.Entry{Name: "varbindlist", Value: list})
}

// snmpNumbers are the three numbers that begin a PDU.
func snmpNumbers(kind message.PDUType) [3]string {
	if kind == message.GetBulk {
		return [3]string{"id", "non_repeaters", "max_repetitions"}
	}
	return [3]string{"id", "error", "error_index"}
}

// plainInt is a number as a field's value.
func plainInt(n int32) packet.Value {
	if n < 0 {
		return int64(n)
	}
	return uint64(n)
}

package layers

import (
	"math"
	"net/netip"

	"moonwire/host/packet"
	"moonwire/host/snmp/message"
)

// writeSNMP makes a message of its fields.
func writeSNMP(values packet.Record) ([]byte, error) {
	w := &snmpWriter{values: values}
	m := &message.Message{Version: message.Version(w.enum("version", snmpVersions, uint64(message.V2c)))}
	if m.Version == message.V3 {
		m.V3 = w.secure()
	} else {
		m.Community = w.bytes("community", "public")
	}
	if m.V3 == nil || m.V3.Encrypted == nil {
		m.PDU = w.pdu()
	}
	if w.err != nil {
		return nil, w.err
	}
	return m.Encode()
}

// An snmpWriter turns fields into a message; it keeps the first fault.
type snmpWriter struct {
	values packet.Record
	err    error
}

// get is a field's value, or what it is by default.
func (w *snmpWriter) get(name string, fresh packet.Value) packet.Value {
	if v := w.values.Get(name); v != nil {
		return v
	}
	return fresh
}

// fail says what a field wants.
func (w *snmpWriter) fail(name, want string) {
	if w.err == nil {
		w.err = &packet.BadValue{Field: "snmp." + name, Want: want, Got: packet.TextOf(w.values.Get(name))}
	}
}

// integer is a signed number of 32 bits.
func (w *snmpWriter) integer(name string, fresh int64) int32 {
	n, ok := snmpInt(w.get(name, fresh))
	if !ok || n < math.MinInt32 || n > math.MaxInt32 {
		w.fail(name, "a signed number of 32 bits")
	}
	return int32(n)
}

// enum is a number that has names.
func (w *snmpWriter) enum(name string, names namedKind, fresh uint64) int32 {
	n, ok := names.enum.Number(w.get(name, fresh), 32)
	if !ok || n > math.MaxInt32 {
		w.fail(name, "a number or a name")
	}
	return int32(n)
}

// bytes is a string; never nil.
func (w *snmpWriter) bytes(name, fresh string) []byte {
	s, ok := w.get(name, fresh).(string)
	if !ok {
		w.fail(name, "string")
	}
	return []byte(s)
}

// secure makes what only version 3 has.
func (w *snmpWriter) secure() *message.Secure {
	flags, ok := snmpFlags.Number(w.get("msgFlags", ""), 8)
	if !ok || flags > math.MaxUint8 {
		w.fail("msgFlags", "flags of auth, priv, reportable")
	}
	v := &message.Secure{ID: w.integer("msgID", 0), MaxSize: w.integer("msgMaxSize", 65507), Flags: message.Flags(flags),
		Model: w.integer("msgSecurityModel", message.ModelUSM)}
	if w.values.Get("msgSecurityParameters") != nil {
		v.Other = w.bytes("msgSecurityParameters", "")
	}
	v.Security = message.Security{EngineID: w.bytes("msgAuthoritativeEngineID", ""), Boots: w.integer("msgAuthoritativeEngineBoots", 0),
		Time: w.integer("msgAuthoritativeEngineTime", 0), User: string(w.bytes("msgUserName", "")),
		Auth: w.bytes("msgAuthenticationParameters", ""), Priv: w.bytes("msgPrivacyParameters", "")}
	if v.Flags&message.Priv != 0 {
		v.Encrypted = w.bytes("encryptedPDU", "")
	} else {
		v.ContextEngine, v.Context = w.bytes("contextEngineID", ""), string(w.bytes("contextName", ""))
	}
	return v
}

// pdu makes the part of the message that says something.
func (w *snmpWriter) pdu() *message.PDU {
	p := &message.PDU{Type: message.PDUType(w.enum("pdu", snmpPDUs, 0))}
	if p.Type > message.Report {
		w.fail("pdu", "0 to 8 or a name")
	}
	switch p.Type {
	case message.TrapV1:
		p.Trap = w.trap()
	case message.GetBulk:
		p.RequestID = w.integer("id", 0)
		p.ErrorStatus = message.ErrorStatus(w.integer("non_repeaters", 0))
		p.ErrorIndex = w.integer("max_repetitions", 0)
	default:
		p.RequestID = w.integer("id", 0)
		p.ErrorStatus = message.ErrorStatus(w.enum("error", snmpErrors, 0))
		p.ErrorIndex = w.integer("error_index", 0)
	}
	vars, err := snmpVars(w.values.Get("varbindlist"))
	if err != nil {
		w.fail("varbindlist", err.Error())
	}
	p.Vars = vars
	return p
}

// trap makes the beginning of a trap of version 1.
func (w *snmpWriter) trap() *message.Trap {
	enterprise, ok := snmpOID(w.get("enterprise", "1.3"))
	if !ok {
		w.fail("enterprise", "object identifier")
	}
	agent, err := packet.IPv4.Put(nil, w.get("agent_addr", "0.0.0.0"))
	if err != nil {
		w.fail("agent_addr", "IPv4 address")
	}
	addr, _ := netip.AddrFromSlice(agent)
	stamp, ok := packet.Hex.Number(w.get("time_stamp", uint64(0)), 64)
	if !ok || stamp > math.MaxUint32 {
		w.fail("time_stamp", "a number of 32 bits")
	}
	return &message.Trap{Enterprise: enterprise, Agent: addr, Generic: w.enum("generic_trap", snmpTraps, 0),
		Specific: w.integer("specific_trap", 0), Time: uint32(stamp)}
}

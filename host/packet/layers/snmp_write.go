package layers

import (
	"math"

	"moonwire/host/packet"
)

// writeSNMP makes a message of its fields.
func writeSNMP(values packet.Record) ([]byte, error) {
	w := &snmpWriter{values: values}
	version := w.enum("version", snmpVersions, 1)
	body := [][]byte{berValue(berInteger, berIntContent(int64(version)))}
	if version == snmpV3 {
		body = append(body, w.writeV3())
	} else {
		body = append(body, w.bytes("community", "public"), w.writePDU())
	}
	return berValue(berSequence, body...), w.err
}

// An snmpWriter writes fields; it keeps the first fault.
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

// integer writes a signed number of 32 bits.
func (w *snmpWriter) integer(name string, fresh int64) []byte {
	n, ok := snmpInt(w.get(name, fresh))
	if !ok || n < math.MinInt32 || n > math.MaxUint32 {
		w.fail(name, "a number of 32 bits")
	}
	return berValue(berInteger, berIntContent(n))
}

// enum is a number that has names.
func (w *snmpWriter) enum(name string, names namedKind, fresh uint64) uint64 {
	n, ok := names.enum.Number(w.get(name, fresh), 32)
	if !ok || n > math.MaxInt32 {
		w.fail(name, "a number or a name")
	}
	return n
}

// bytes writes a string.
func (w *snmpWriter) bytes(name, fresh string) []byte {
	s, ok := w.get(name, fresh).(string)
	if !ok {
		w.fail(name, "string")
	}
	return berValue(berString, []byte(s))
}

// writePDU writes the part of the message that says something.
func (w *snmpWriter) writePDU() []byte {
	kind := w.enum("pdu", snmpPDUs, 0)
	if kind > 8 {
		w.fail("pdu", "0 to 8 or a name")
	}
	var body [][]byte
	switch kind {
	case snmpTrapPDU:
		body = w.writeTrap()
	case snmpBulkPDU:
		body = [][]byte{w.integer("id", 0), w.integer("non_repeaters", 0), w.integer("max_repetitions", 0)}
	default:
		code := berValue(berInteger, berIntContent(int64(w.enum("error", snmpErrors, 0))))
		body = [][]byte{w.integer("id", 0), code, w.integer("error_index", 0)}
	}
	list, err := snmpPutVarbinds(w.values.Get("varbindlist"))
	if err != nil {
		w.fail("varbindlist", err.Error())
	}
	return berValue(0xa0+byte(kind), append(body, list)...)
}

// writeTrap writes the beginning of a trap of version 1.
func (w *snmpWriter) writeTrap() [][]byte {
	enterprise, ok := putOID(w.get("enterprise", "1.3"))
	if !ok {
		w.fail("enterprise", "object identifier")
	}
	agent, ok := putAddress(w.get("agent_addr", "0.0.0.0"))
	if !ok {
		w.fail("agent_addr", "IPv4 address")
	}
	stamp, ok := putUint32(w.get("time_stamp", uint64(0)))
	if !ok {
		w.fail("time_stamp", "a number of 32 bits")
	}
	generic := berIntContent(int64(w.enum("generic_trap", snmpTraps, 0)))
	return [][]byte{berValue(berOID, enterprise), berValue(0x40, agent), berValue(berInteger, generic),
		w.integer("specific_trap", 0), berValue(0x43, stamp)}
}

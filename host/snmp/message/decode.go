package message

import (
	"errors"
	"fmt"

	"moonwire/host/snmp/ber"
	"moonwire/host/snmp/oid"
)

// ErrVersion is that a message is of none of the versions.
var ErrVersion = errors.New("unknown version")

// Decode reads a message. It fails only where there is no message: no sequence that begins with a known version. What
// else can't be read is missing in the message, and Err says why; what is only bent is a problem. The message shares b.
func Decode(b []byte) (*Message, error) {
	room := new(struct {
		message Message
		pdu     PDU
	})
	m := &room.message
	m.Whole = b
	r := ber.NewReader(b, &m.Problems)
	in := r.Enter(ber.Sequence, "message")
	m.Version = Version(in.Int32("version"))
	if in.Broken() {
		return nil, m.Err()
	}
	switch m.Version {
	case V1, V2c, V2u:
		m.Community = in.Bytes(ber.OctetString, "community")
		m.PDU = readPDU(&in, &room.pdu)
	case V3:
		m.V3 = new(Secure)
		m.readSecure(&in, &room.pdu)
	default:
		return nil, fmt.Errorf("%w: %d", ErrVersion, m.Version)
	}
	in.End("the PDU")
	r.End("the message")
	return m, nil
}

// tagPDU is the tag of the first type of PDU.
const tagPDU = 0xa0

// readPDU reads a PDU into p.
func readPDU(r *ber.Reader, p *PDU) *PDU {
	tag := r.Peek()
	if tag < tagPDU || tag > tagPDU+byte(Report) {
		r.Break(r.Offset(), "no PDU")
		return nil
	}
	in := r.Enter(tag, "PDU")
	p.Type = PDUType(tag - tagPDU)
	if p.Type == TrapV1 {
		p.Trap = readTrap(&in)
	} else {
		status, index := "error status", "error index"
		if p.Type == GetBulk {
			status, index = "non-repeaters", "max-repetitions"
		}
		p.RequestID = in.Int32("request id")
		p.ErrorStatus = ErrorStatus(in.Int32(status))
		p.ErrorIndex = in.Int32(index)
	}
	list := in.Enter(ber.Sequence, "list of variables")
	p.Vars = readVars(&list)
	in.End("the list of variables")
	return p
}

// readTrap reads the beginning of a trap of version 1 (RFC 1157 section 4.1.6).
func readTrap(r *ber.Reader) *Trap {
	t := &Trap{Enterprise: r.OID(nil, "enterprise")}
	at := r.Offset()
	var agent, stamp Value
	if b := r.Bytes(byte(TypeIPAddress), "agent's address"); b != nil {
		noteFault(r, at, "agent's address", agent.read(byte(TypeIPAddress), b))
	}
	t.Agent = agent.Addr()
	t.Generic = r.Int32("generic trap")
	t.Specific = r.Int32("specific trap")
	at = r.Offset()
	if b := r.Bytes(byte(TypeTimeTicks), "time stamp"); b != nil {
		noteFault(r, at, "time stamp", stamp.read(byte(TypeTimeTicks), b))
	}
	t.Time = uint32(stamp.n)
	return t
}

// noteFault tells of a bent value.
func noteFault(r *ber.Reader, at int, what, fault string) {
	if fault != "" {
		r.Note(at, what+" "+fault)
	}
}

// smallest is the size of the smallest variable: a name of one byte, and nothing as its value.
const smallest = 7

// readVars reads the list of variables. Their names share one slice. A variable that can't be read is left out.
func readVars(list *ber.Reader) []Var {
	rest := list.Rest()
	vars := make([]Var, 0, min(ber.Count(rest), len(rest)/smallest))
	arcs := make(oid.OID, 0, len(rest)/2)
	for list.More() {
		bind := list.Enter(ber.Sequence, "variable")
		start := len(arcs)
		arcs = bind.OID(arcs, "name")
		at := bind.Offset()
		tag, content := bind.Next("value")
		if bind.Broken() {
			continue
		}
		v := Var{Name: arcs[start:len(arcs):len(arcs)]}
		noteFault(&bind, at, "value", v.Value.read(tag, content))
		bind.End("the value")
		vars = append(vars, v)
	}
	return vars
}

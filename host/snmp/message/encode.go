package message

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"moonwire/host/snmp/ber"
)

// Encode writes a message. One that was decoded and not changed gives the bytes that it was decoded from, bent as they
// may be; all others have the shortest form.
func (m *Message) Encode() ([]byte, error) {
	b, _, err := m.Append(nil)
	return b, err
}

// Append appends what Encode gives to b. Of a message of version 3 it tells where the digest stands in the result.
func (m *Message) Append(b []byte) (out []byte, authAt int, err error) {
	e := newEncoder()
	defer e.free()
	e.message(m)
	if m.Whole != nil && (bytes.Equal(e.Bytes(), m.Whole) || m.unchanged(e.Bytes())) {
		if m.V3 != nil {
			authAt = len(b) + m.V3.Security.AuthAt
		}
		return append(b, m.Whole...), authAt, nil
	}
	if e.err != nil {
		return b, 0, e.err
	}
	return append(b, e.Bytes()...), len(b) + e.Len() - e.auth, nil
}

// EncodeScoped writes the scoped PDU of a message of version 3: what is encrypted.
func (m *Message) EncodeScoped() ([]byte, error) {
	e := newEncoder()
	defer e.free()
	e.scoped(m)
	if e.err != nil {
		return nil, e.err
	}
	return bytes.Clone(e.Bytes()), nil
}

// unchanged says whether what m was decoded from gives short too, its own shortest form.
func (m *Message) unchanged(short []byte) bool {
	was, err := Decode(m.Whole)
	if err != nil {
		return false
	}
	e := newEncoder()
	defer e.free()
	e.message(was)
	return bytes.Equal(e.Bytes(), short)
}

// An encoder writes a message from its end to its front, and keeps the first error.
type encoder struct {
	ber.Writer
	err  error
	auth int // how many bytes were written when the digest was
}

var encoders = sync.Pool{New: func() any { return new(encoder) }}

func newEncoder() *encoder {
	e := encoders.Get().(*encoder)
	e.Reset()
	e.err, e.auth = nil, 0
	return e
}

// free gives an encoder back, unless its room has become larger than a datagram needs.
func (e *encoder) free() {
	if e.Len() < 1<<16 {
		encoders.Put(e)
	}
}

func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *encoder) message(m *Message) {
	switch {
	case m.Version != V3:
		e.pdu(m.PDU)
		e.Element(ber.OctetString, m.Community)
	case m.V3 == nil:
		e.fail(errors.New("a message of version 3 without its header"))
	default:
		e.secure(m)
	}
	e.Int(ber.Integer, int64(m.Version))
	e.Wrap(ber.Sequence, 0)
}

func (e *encoder) pdu(p *PDU) {
	mark := e.Len()
	if p == nil {
		e.fail(errors.New("a message without a PDU"))
		return
	}
	if p.Encoded != nil {
		e.encoded(p.Encoded)
	} else {
		e.vars(p.Vars)
	}
	if p.Type == TrapV1 {
		e.trap(p.Trap)
	} else {
		e.Int(ber.Integer, int64(p.ErrorIndex))
		e.Int(ber.Integer, int64(p.ErrorStatus))
		e.Int(ber.Integer, int64(p.RequestID))
	}
	e.Wrap(tagPDU+byte(p.Type), mark)
}

func (e *encoder) vars(vars []Var) {
	mark := e.Len()
	for i := len(vars) - 1; i >= 0; i-- {
		if err := e.variable(vars[i]); err != nil {
			e.fail(fmt.Errorf("variable %d: %w", i+1, err))
		}
	}
	e.Wrap(ber.Sequence, mark)
}

// variable writes a variable as far as it can be written.
func (e *encoder) variable(v Var) error {
	start := e.Len()
	err := v.Value.write(&e.Writer)
	if err != nil {
		err = fmt.Errorf("%s: %w", v.Name, err)
	}
	if bad := v.Name.Check(); bad != nil {
		err = bad
	}
	e.OID(ber.ObjectIdentifier, v.Name)
	e.Wrap(ber.Sequence, start)
	return err
}

// encoded writes variables that are encoded.
func (e *encoder) encoded(vars [][]byte) {
	mark := e.Len()
	for i := len(vars) - 1; i >= 0; i-- {
		e.Raw(vars[i])
	}
	e.Wrap(ber.Sequence, mark)
}

func (e *encoder) trap(t *Trap) {
	if t == nil {
		e.fail(errors.New("a trap of version 1 without enterprise, address, traps and time"))
		return
	}
	if err := t.Enterprise.Check(); err != nil {
		e.fail(fmt.Errorf("enterprise: %w", err))
	}
	e.Uint(byte(TypeTimeTicks), uint64(t.Time))
	e.Int(ber.Integer, int64(t.Specific))
	e.Int(ber.Integer, int64(t.Generic))
	var agent [4]byte // zeros stand for an address that isn't of version 4 (RFC 3584 section 3.1)
	if t.Agent.Unmap().Is4() {
		agent = t.Agent.Unmap().As4()
	}
	e.Element(byte(TypeIPAddress), agent[:])
	e.OID(ber.ObjectIdentifier, t.Enterprise)
}

func (e *encoder) secure(m *Message) {
	s := m.V3
	if s.Encrypted != nil {
		e.Element(ber.OctetString, s.Encrypted)
	} else {
		e.scoped(m)
	}
	mark := e.Len()
	if s.Other != nil {
		e.Raw(s.Other)
	} else {
		e.security(&s.Security)
	}
	e.Wrap(ber.OctetString, mark)
	mark = e.Len()
	e.Int(ber.Integer, int64(s.Model))
	e.Element(ber.OctetString, []byte{byte(s.Flags)})
	e.Int(ber.Integer, int64(s.MaxSize))
	e.Int(ber.Integer, int64(s.ID))
	e.Wrap(ber.Sequence, mark)
}

func (e *encoder) security(s *Security) {
	mark := e.Len()
	e.Element(ber.OctetString, s.Priv)
	start := e.Len()
	e.Raw(s.Auth)
	e.auth = e.Len()
	e.Wrap(ber.OctetString, start)
	e.text(s.User)
	e.Int(ber.Integer, int64(s.Time))
	e.Int(ber.Integer, int64(s.Boots))
	e.Element(ber.OctetString, s.EngineID)
	e.Wrap(ber.Sequence, mark)
}

func (e *encoder) scoped(m *Message) {
	mark := e.Len()
	e.pdu(m.PDU)
	e.text(m.V3.Context)
	e.Element(ber.OctetString, m.V3.ContextEngine)
	e.Wrap(ber.Sequence, mark)
}

func (e *encoder) text(s string) { e.Element(ber.OctetString, []byte(s)) }

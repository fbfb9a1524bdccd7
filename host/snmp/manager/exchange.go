package manager

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// Do asks once: it sends a PDU, again if need be, and returns the answer. An error status in it is an error, too: a
// *StatusError.
func (s *Session) Do(ctx context.Context, pdu message.PDU) (*message.PDU, error) {
	r, err := s.begin(ctx, &pdu)
	if err != nil {
		return nil, err
	}
	return r.end(ctx)
}

// A request is a PDU that was sent and whose answer nobody took yet.
type request struct {
	s      *Session
	pdu    *message.PDU
	posted *posted
	pass   *pass // how it was sealed, in version 3
	length int   // of the answer, in bytes
}

// begin sends a PDU.
func (s *Session) begin(ctx context.Context, pdu *message.PDU) (*request, error) {
	r := &request{s: s, pdu: pdu}
	return r, r.send(ctx)
}

// send sends the PDU under a new request id.
func (r *request) send(ctx context.Context) (err error) {
	if r.s.secure != nil {
		return r.sendSecure(ctx)
	}
	r.pdu.RequestID = r.s.nextID()
	m := message.Message{Version: r.s.o.Version, Community: r.s.o.Community, PDU: r.pdu}
	data, err := m.Encode()
	if err != nil {
		return err
	}
	r.posted, err = r.s.post(ctx, r.pdu.RequestID, data, r.accept)
	return err
}

// accept says whether a message of version 1 or 2c is an answer.
func (r *request) accept(m *message.Message) error {
	switch {
	case m.Version != r.s.o.Version:
		return fmt.Errorf("it has version %s", m.Version)
	case m.PDU.Type != message.Response:
		return fmt.Errorf("it is a %s", m.PDU.Type)
	}
	return nil
}

// end waits for the answer.
func (r *request) end(ctx context.Context) (*message.PDU, error) {
	m, err := r.posted.wait(ctx)
	if r.again(err) {
		if err = r.send(ctx); err == nil {
			m, err = r.posted.wait(ctx)
		}
	}
	if err == nil && r.s.secure != nil {
		m, err = r.healed(ctx, m)
	}
	if err != nil {
		return nil, err
	}
	r.length = len(m.Whole)
	return r.read(m)
}

// again says whether to ask once more: over TCP, when the agent had closed a connection that answered before. What a set
// did is not known then.
func (r *request) again(err error) bool {
	return r.pdu.Type != message.Set && r.s.stats.received.Load() > 0 && (errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET))
}

// read takes the PDU out of an answer.
func (r *request) read(m *message.Message) (*message.PDU, error) {
	if m.PDU != nil && m.PDU.Type == message.Response {
		r.s.answered.Store(true)
	}
	if m.PDU == nil || m.Err() != nil || m.PDU.RequestID != r.pdu.RequestID || m.PDU.ErrorStatus != message.NoError {
		return m.PDU, r.s.wrong(r.pdu, m)
	}
	return m.PDU, nil
}

// wrong makes the error of an answer that isn't as it should be.
func (s *Session) wrong(asked *message.PDU, m *message.Message) error {
	switch answer := m.PDU; {
	case answer == nil || m.Err() != nil:
		return s.malformed("the answer can't be read: %v", m.Err())
	case answer.RequestID != asked.RequestID:
		return s.malformed("the answer has the request id %d, not %d", answer.RequestID, asked.RequestID)
	default:
		return s.refuse(asked, answer)
	}
}

// Get asks for variables. The answer has as many, in the same order; those that don't exist are exceptions.
func (s *Session) Get(ctx context.Context, names ...oid.OID) ([]message.Var, error) {
	return s.same(ctx, message.PDU{Type: message.Get, Vars: message.Ask(names...)})
}

// Next asks for the variables that follow.
func (s *Session) Next(ctx context.Context, names ...oid.OID) ([]message.Var, error) {
	return s.same(ctx, message.PDU{Type: message.GetNext, Vars: message.Ask(names...)})
}

// Set sets variables, all or none.
func (s *Session) Set(ctx context.Context, vars ...message.Var) ([]message.Var, error) {
	return s.same(ctx, message.PDU{Type: message.Set, Vars: vars})
}

// same asks for as many variables as the answer is to have.
func (s *Session) same(ctx context.Context, pdu message.PDU) ([]message.Var, error) {
	answer, err := s.Do(ctx, pdu)
	if err != nil {
		return nil, err
	}
	if len(answer.Vars) != len(pdu.Vars) {
		return nil, s.malformed("the answer has %d variables, %d were asked for", len(answer.Vars), len(pdu.Vars))
	}
	if pdu.Type == message.GetNext {
		return answer.Vars, nil
	}
	for i, v := range answer.Vars {
		if name := pdu.Vars[i].Name; !v.Name.Equal(name) && !(len(name) == 1 && v.Name.Equal(name.Append(0))) { // 1 is written as 1.0
			return nil, s.malformed("the answer has %s in the place of %s", s.o.Name(v.Name), s.o.Name(pdu.Vars[i].Name))
		}
	}
	return answer.Vars, nil
}

// Bulk asks for the variables that follow: once for the first nonRepeaters names, up to maxRepetitions times for the others
// (RFC 3416 section 4.2.3).
func (s *Session) Bulk(ctx context.Context, nonRepeaters, maxRepetitions int32, names ...oid.OID) ([]message.Var, error) {
	if s.o.Version == message.V1 {
		return nil, errNoBulk
	}
	answer, err := s.Do(ctx, *message.NewBulk(nonRepeaters, maxRepetitions, message.Ask(names...)...))
	if err != nil {
		return nil, err
	}
	most := int64(min(int(nonRepeaters), len(names))) + int64(max(len(names)-int(nonRepeaters), 0))*int64(maxRepetitions)
	if int64(len(answer.Vars)) > most {
		return nil, s.malformed("the answer has %d variables, at most %d were asked for", len(answer.Vars), most)
	}
	return answer.Vars, nil
}

// errNoBulk is why version 1 asks in no bulk.
var errNoBulk = &LineError{text: "version 1 has no getbulk (RFC 1157): use getnext, or version 2c", kind: "unsupported"}

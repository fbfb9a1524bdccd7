package manager

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"time"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/transport"
)

// A StatusError is an agent's refusal: the error status of its answer (RFC 3416 section 4.2).
type StatusError struct {
	Status message.ErrorStatus
	Index  int32   // of the variable at fault, from 1; 0: none was named
	Name   oid.OID // of that variable; nil when there is none
	Type   message.PDUType

	text string
}

// Error tells what was refused, and why as the RFC has it.
func (e *StatusError) Error() string { return e.text }

// Kind is the status in snake case.
func (e *StatusError) Kind() string { return e.Status.Kind() }

// refuse makes the error of an answer.
func (s *Session) refuse(asked *message.PDU, answer *message.PDU) error {
	e := &StatusError{Status: answer.ErrorStatus, Index: answer.ErrorIndex, Type: asked.Type}
	if i := int(e.Index); i > 0 && i <= len(asked.Vars) {
		e.Name = asked.Vars[i-1].Name
	}
	of := "the whole request"
	if e.Name != nil {
		of = s.o.Name(e.Name)
	}
	e.text = fmt.Sprintf("%s refuses %s: %s (%s)", s, of, e.Status, meanings[e.Status])
	if _, known := meanings[e.Status]; !known {
		e.text = fmt.Sprintf("%s refuses %s: %s", s, of, e.Status)
	}
	return e
}

// meanings says what a status means (RFC 3416 section 4.2.5, RFC 1157 section 4.1).
var meanings = map[message.ErrorStatus]string{
	message.TooBig:              "the answer doesn't fit into a message: ask for less at once",
	message.NoSuchName:          "the agent has no such variable, or the community may not see or set it",
	message.BadValue:            "the value has the wrong type, length or contents",
	message.ReadOnly:            "it can't be set",
	message.GenErr:              "the agent failed, and doesn't say why",
	message.NoAccess:            "the community or user may not touch it",
	message.WrongType:           "the value has another type than the variable",
	message.WrongLength:         "the value is too long or too short for the variable",
	message.WrongEncoding:       "the value is not encoded as its type demands",
	message.WrongValue:          "the variable can never have that value",
	message.NoCreation:          "there is no such variable, and it can't be made",
	message.InconsistentValue:   "the variable can't have that value now",
	message.ResourceUnavailable: "the agent lacks memory or another resource for it",
	message.CommitFailed:        "the agent took the value and failed to set it",
	message.UndoFailed:          "the agent failed, and some of the values stay set",
	message.AuthorizationError:  "the community or user has no access",
	message.NotWritable:         "it can't be set",
	message.InconsistentName:    "there is no such variable, and it can't be made now",
}

// A TimeoutError says that nobody answered.
type TimeoutError struct {
	text string
}

// Error tells who was asked, for how long, what came instead, and why that may be.
func (e *TimeoutError) Error() string { return e.text }

// Timeout is true.
func (e *TimeoutError) Timeout() bool { return true }

// Kind is "timeout".
func (e *TimeoutError) Kind() string { return "timeout" }

// A LineError says that no message can reach the agent, or none comes back.
type LineError struct {
	text string
	kind string
	err  error
}

func (e *LineError) Error() string { return e.text }

// Unwrap is the system's error.
func (e *LineError) Unwrap() error { return e.err }

// Kind is refused, unreachable or closed; "" leaves it to the system's error.
func (e *LineError) Kind() string { return e.kind }

// A ContentError says that an answer makes no sense.
type ContentError struct {
	text string
	kind string
}

func (e *ContentError) Error() string { return e.text }

// Kind is "malformed", or "loop" for a walk in circles.
func (e *ContentError) Kind() string { return e.kind }

// malformed makes the error for an answer that makes no sense.
func (s *Session) malformed(format string, args ...any) error {
	return &ContentError{fmt.Sprintf("%s: ", s) + fmt.Sprintf(format, args...), "malformed"}
}

// explain says why a question has no answer.
func (s *Session) explain(q *question, err error) error {
	var refusal *transport.Refusal
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return s.silence(q)
	case errors.Is(err, syscall.ECONNREFUSED):
		return &LineError{fmt.Sprintf("%s: refused: nobody listens there%s (is %s running, and on that address and port?)", s, offender(err), s.o.Peer),
			"refused", err}
	case errors.As(err, &refusal):
		return &LineError{fmt.Sprintf("%s: unreachable: %v", s, refusal), "unreachable", err}
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return &LineError{fmt.Sprintf("%s: the other end closed the connection without an answer", s), "closed", err}
	case errors.Is(err, transport.ErrNoMessage):
		return s.malformed("%v", err)
	case errors.Is(err, net.ErrClosed):
		return &LineError{fmt.Sprintf("%s: the session is closed", s), "closed", err}
	}
	return fmt.Errorf("%s: %w", s, err)
}

// offender tells who sent an ICMP error, if the system does.
func offender(err error) string {
	var refusal *transport.Refusal
	if errors.As(err, &refusal) && refusal.Offender.IsValid() {
		return fmt.Sprintf(" (ICMP port unreachable from %s)", refusal.Offender)
	}
	return ""
}

// silence is the error of a question that nobody answered.
func (s *Session) silence(q *question) error {
	wait := q.timeout * time.Duration(max(q.sendings, 1))
	text := fmt.Sprintf("%s: no answer within %v", s, wait)
	if q.sendings > 1 {
		text += fmt.Sprintf(" (%d sendings)", q.sendings)
	}
	text += q.odd.String()
	if q.odd.rejected == errUnsigned { // nothing better came
		e := *errUnsigned
		e.text = text
		return &e
	}
	return &TimeoutError{text + s.perhaps()}
}

// perhaps names what makes an agent silent.
func (s *Session) perhaps() string {
	switch {
	case s.answered.Load():
		return " (it answered before)"
	case s.secure != nil:
		return s.secure.perhaps()
	}
	return fmt.Sprintf(" (%s is silent, too, when the community is wrong: '%s', or this host may not ask)", s.o.Peer, s.o.Community)
}

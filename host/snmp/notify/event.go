package notify

import (
	"net/netip"
	"time"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

// An Event is a notification that came, or a message that was refused.
type Event struct {
	Time          time.Time
	Source, Local netip.AddrPort
	Stream        bool // by TCP
	Message       *message.Message
	Bytes         []byte

	Refused  *Refusal // nil: it was accepted
	Inform   bool     // was answered
	Repeated bool     // an inform that was told before: its sender didn't hear the answer

	Notification
	Problems []string // how it departs from the standard

	Level usm.Level // of version 3

	before int // how often an inform came already
}

// Version is the message's.
func (e *Event) Version() message.Version { return e.Message.Version }

// Kind is trap, inform or refused.
func (e *Event) Kind() string {
	switch {
	case e.Refused != nil:
		return "refused"
	case e.Inform:
		return "inform"
	}
	return "trap"
}

// Agent is whom the event is about: the address in the notification, or else where it came from.
func (e *Event) Agent() netip.Addr {
	if a, ok := e.Var(TrapAddress); ok && a.Addr().IsValid() && !a.Addr().IsUnspecified() {
		return a.Addr()
	}
	return e.Source.Addr()
}

// Enterprise is what the agent is, where the notification says; a trap of version 1 always does.
func (e *Event) Enterprise() oid.OID {
	v, _ := e.Var(TrapEnterprise)
	return v.OID()
}

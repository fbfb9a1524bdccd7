package agent

import (
	"net/netip"
	"time"

	"moonwire/host/snmp/message"
)

// An Event is what became of a message.
type Event struct {
	Kind   string // "answered", "refused": by a report or in silence, "dropped"
	Why    string // of a refusal or a drop
	Bad    bool   // it was not authentic: RFC 3418's authenticationFailure
	Time   time.Time
	Source netip.AddrPort

	Request *Request            // nil where no request could be made out
	Names   []message.Var       // what it asked for, of an answer
	Status  message.ErrorStatus // of an answer
	Index   int32               // of the variable that the status is about
}

// tell tells what happened and counts it.
func (a *Agent) tell(e Event) {
	if a.options.Happened != nil {
		e.Time = a.clock.Now()
		a.options.Happened(e)
	}
	a.done()
}

// dropped tells of a message that gets no answer.
func (a *Agent) dropped(r *Request, why string) {
	a.tell(Event{Kind: "dropped", Why: why, Source: r.Source, Request: r})
}

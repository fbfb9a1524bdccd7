package manager

import (
	"fmt"
	"net/netip"
	"time"

	"moonwire/host/network"
	"moonwire/host/snmp/message"
)

// A question is a message that waits for its answer. The desk's lock guards it.
type question struct {
	id       int32
	to       netip.AddrPort
	data     []byte
	timeout  time.Duration
	until    time.Time // when this sending is over
	left     int       // sendings that may follow
	sendings int

	// accept says whether a message with the question's id, from the agent, is the answer. It may open it.
	accept func(*message.Message) error

	waiter network.Waiter // of who waits while others read
	done   bool
	answer *message.Message
	err    error
	odd    oddities
}

// oddities are what came while a question waited and was no answer to it, for the error that says so.
type oddities struct {
	others   []netip.AddrPort // who answered in the agent's place
	wrongID  int
	unread   error // why a message of the agent's could not be read
	rejected error // why an answer was not taken
}

// mostOthers is how many others an error names.
const mostOthers = 3

// other notes that somebody else answered.
func (o *oddities) other(from netip.AddrPort) {
	for _, a := range o.others {
		if a == from {
			return
		}
	}
	if len(o.others) < mostOthers {
		o.others = append(o.others, from)
	}
}

// end gives a question its answer, or why there is none.
func (q *question) end(m *message.Message, err error) {
	if q.done {
		return
	}
	q.done, q.answer, q.err = true, m, err
	if q.waiter != nil {
		q.waiter.Wake()
	}
}

// String tells the oddities, to follow the text of a timeout.
func (o *oddities) String() string {
	text := ""
	for _, a := range o.others {
		text += fmt.Sprintf("; an answer came from %s, which was not asked", a)
	}
	if o.wrongID > 0 {
		text += fmt.Sprintf("; %d came with request ids that were not asked", o.wrongID)
	}
	if o.unread != nil {
		text += fmt.Sprintf("; what came could not be read: %v", o.unread)
	}
	if o.rejected != nil {
		text += fmt.Sprintf("; what came was no answer: %v", o.rejected)
	}
	return text
}

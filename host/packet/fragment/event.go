package fragment

import (
	"fmt"
	"net/netip"
	"time"
)

// A Kind says what happened to a fragment or to a datagram.
type Kind string

// The kinds of events.
const (
	Accepted  Kind = "accepted"  // the fragment was taken in, From and To say which bytes of the payload it is
	Overlap   Kind = "overlap"   // bytes From to To were there already; the policy decided about them
	Duplicate Kind = "duplicate" // the fragment brought nothing new and was ignored
	Refused   Kind = "refused"   // the fragment can't be right and was ignored
	Discarded Kind = "discarded" // the datagram was given up: the policy, or a contradiction
	Timeout   Kind = "timeout"   // the datagram was not whole in time
	Limit     Kind = "limit"     // the datagram was given up for want of room
	Completed Kind = "completed" // the datagram is whole
)

// A Key tells datagrams apart.
type Key struct {
	Src, Dst netip.Addr
	Proto    uint8 // of IPv4; in IPv6 it is no part of the key
	ID       uint32
}

func (k Key) String() string { return fmt.Sprintf("%s > %s id %d", k.Src, k.Dst, k.ID) }

// An Event is one line of a Reassembler's log.
type Event struct {
	Kind     Kind
	At       time.Duration // when, on the clock of the frames
	Key      Key
	From, To int    // bytes of the payload, when the event is about some
	Reason   string // for people
}

func (e Event) String() string {
	line := fmt.Sprintf("%s %s", e.Kind, e.Key)
	if e.To > 0 {
		line += fmt.Sprintf(" bytes %d to %d", e.From, e.To)
	}
	if e.Reason != "" {
		line += ": " + e.Reason
	}
	return line
}

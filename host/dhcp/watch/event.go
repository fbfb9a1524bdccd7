package watch

import (
	"fmt"
	"time"
)

// A Kind says what an event is about.
type Kind string

// The kinds of events.
const (
	Message    Kind = "message"    // a message passed
	NewClient  Kind = "client"     // somebody asks for the first time
	NewServer  Kind = "server"     // somebody answers for the first time
	Granted    Kind = "granted"    // a lease began
	Renewed    Kind = "renewed"    // a lease goes on
	Released   Kind = "released"   // its client gave it back
	Declined   Kind = "declined"   // its client found the address in use
	Expired    Kind = "expired"    // nobody renewed it
	Refused    Kind = "refused"    // a server said no
	Rogue      Kind = "rogue"      // a server that isn't what it should be
	Starvation Kind = "starvation" // somebody, or many, eat up the pool
	Storm      Kind = "storm"      // refusals without end
	Spoofed    Kind = "spoofed"    // a message under another client's name
	Conflict   Kind = "conflict"   // two have one address
	Lost       Kind = "lost"       // frames were lost before anybody saw them
)

// Kinds are all kinds of events.
var Kinds = []string{string(Message), string(NewClient), string(NewServer), string(Granted), string(Renewed), string(Released),
	string(Declined), string(Expired), string(Refused), string(Rogue), string(Starvation), string(Storm), string(Spoofed),
	string(Conflict), string(Lost)}

// An Event is something that happened.
type Event struct {
	Time     time.Time
	Kind     Kind
	Sighting *Sighting // the message by which it happened; nil when it was none
	Client   *Client   // whom it is about, as known then; nil: nobody
	Server   *Server
	Lease    *Lease
	Address  string // that it is about: an address or a prefix
	How      string // the state of RFC 2131 section 4.4 in which a client got its lease
	Reason   string // why: of refusals, and of all that is suspicious
	Count    int    // of clients, refusals or frames
}

// String tells the event in a line.
func (e *Event) String() string {
	switch e.Kind {
	case Message:
		return e.passed()
	case NewClient:
		return e.Client.Name() + " asks for the first time" + e.Client.about()
	case NewServer:
		return fmt.Sprintf("%s answers as server %s", e.Server.place(), e.Server.Name())
	case Granted, Renewed:
		return fmt.Sprintf("%s %s %s from %s for %s (%s)", e.Client.Name(), e.verb(), e.Address, e.Server.Name(), span(e.Lease.Time), e.How)
	case Released, Declined:
		return fmt.Sprintf("%s %s %s", e.Client.Name(), e.verb(), e.Address)
	case Expired:
		return fmt.Sprintf("%s didn't renew %s", e.Client.Name(), e.Address)
	case Refused:
		return fmt.Sprintf("%s refuses %s to %s%s", e.Server.Name(), orWhat(e.Address), e.Client.Name(), because(e.Reason))
	case Rogue:
		return fmt.Sprintf("server %s at %s: %s", e.Server.Name(), e.Server.place(), e.Reason)
	}
	return e.Reason
}

// verb is what the client of a lease did.
func (e *Event) verb() string {
	if e.Kind == Granted {
		return "got"
	}
	return string(e.Kind)
}

// passed tells of a message.
func (e *Event) passed() string {
	text := fmt.Sprintf("%s %s: %s > %s", e.Sighting.Type(), e.Client.Name(), e.Sighting.Src, e.Sighting.Dst)
	if e.Address != "" {
		text += ", " + e.Address
	}
	return text
}

func orWhat(address string) string {
	if address == "" {
		return "an address"
	}
	return address
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

// span is a time in words.
func span(d time.Duration) string {
	if d == Forever {
		return "ever"
	}
	return fmt.Sprintf("%d s", int64(d/time.Second))
}

// about is what a client says of itself.
func (c *Client) about() string {
	text := ""
	if c.HostName != "" {
		text += fmt.Sprintf(", host %q", c.HostName)
	}
	if c.VendorClass != "" {
		text += fmt.Sprintf(", class %q", c.VendorClass)
	}
	return text
}

package dhcp4

import (
	"strings"

	"moonwire/host/dhcp/option"
)

// A Type is a kind of message: the value of option 53.
type Type uint8

// The types of messages.
const (
	Discover         Type = 1 // RFC 2132 section 9.6
	Offer            Type = 2
	Request          Type = 3
	Decline          Type = 4
	Ack              Type = 5
	Nak              Type = 6
	Release          Type = 7
	Inform           Type = 8
	ForceRenew       Type = 9  // RFC 3203
	LeaseQuery       Type = 10 // RFC 4388
	LeaseUnassigned  Type = 11
	LeaseUnknown     Type = 12
	LeaseActive      Type = 13
	BulkLeaseQuery   Type = 14 // RFC 6926
	LeaseQueryDone   Type = 15
	ActiveLeaseQuery Type = 16 // RFC 7724
	LeaseQueryStatus Type = 17
	TLS              Type = 18
)

// String is the type's name, or its number; BOOTP's messages have none.
func (t Type) String() string {
	switch {
	case t == 0:
		return "bootp"
	case int(t) <= len(option.MessageTypes):
		return option.MessageTypes[t-1]
	}
	return "type " + itoa(uint8(t))
}

// ParseType finds a type by name; case, - and _ don't matter, nor does DHCP before it.
func ParseType(name string) (Type, bool) {
	plain := strings.TrimPrefix(option.Plain(name), "dhcp")
	for i, n := range option.MessageTypes {
		if plain == option.Plain(n) {
			return Type(i + 1), true
		}
	}
	return 0, false
}

// op is who sends messages of the type.
func (t Type) op() uint8 {
	switch t {
	case Offer, Ack, Nak, ForceRenew, LeaseUnassigned, LeaseUnknown, LeaseActive, LeaseQueryDone, LeaseQueryStatus:
		return BootReply
	}
	return BootRequest
}

package dhcp4

import "strings"

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

// typeNames are the types by number; 0 is BOOTP's.
var typeNames = [...]string{"bootp", "discover", "offer", "request", "decline", "ack", "nak", "release", "inform", "force_renew",
	"lease_query", "lease_unassigned", "lease_unknown", "lease_active", "bulk_lease_query", "lease_query_done",
	"active_lease_query", "lease_query_status", "tls"}

// String is the type's name, or its number.
func (t Type) String() string {
	if int(t) < len(typeNames) {
		return typeNames[t]
	}
	return "type " + itoa(uint8(t))
}

// TypeNames are the names of all types that messages can have.
func TypeNames() []string { return typeNames[1:] }

// ParseType finds a type by name; case, - and _ don't matter, nor does DHCP before it.
func ParseType(name string) (Type, bool) {
	plain := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
	plain = strings.TrimPrefix(plain, "dhcp")
	for t, n := range typeNames[1:] {
		if plain == strings.ReplaceAll(n, "_", "") {
			return Type(t + 1), true
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

package dhcp6

import (
	"fmt"

	"moonwire/host/packet"
)

// A Type is a kind of message (RFC 8415 section 7.3 and IANA's list).
type Type uint8

// The types that this project speaks.
const (
	Solicit            Type = 1
	Advertise          Type = 2
	Request            Type = 3
	Confirm            Type = 4
	Renew              Type = 5
	Rebind             Type = 6
	Reply              Type = 7
	Release            Type = 8
	Decline            Type = 9
	Reconfigure        Type = 10
	InformationRequest Type = 11
	RelayForward       Type = 12
	RelayReply         Type = 13
)

// Relay says whether it is a message between relay agents and servers, which carries another.
func (t Type) Relay() bool { return t == RelayForward || t == RelayReply }

// String is the type's name, as "solicit"; "type 99" for one that has none.
func (t Type) String() string {
	if name := Types.name(uint64(t)); name != "" {
		return name
	}
	return fmt.Sprintf("type %d", uint8(t))
}

// TypeOf is the type of that name, or of that number.
func TypeOf(v packet.Value) (Type, bool) {
	n, ok := Types.number(v, 1)
	return Type(n), ok
}

// Types are the names of kinds of messages.
var Types = newNames(map[uint64]string{
	1: "solicit", 2: "advertise", 3: "request", 4: "confirm", 5: "renew", 6: "rebind", 7: "reply", 8: "release", 9: "decline",
	10: "reconfigure", 11: "information_request", 12: "relay_forward", 13: "relay_reply",
	14: "leasequery", 15: "leasequery_reply", 16: "leasequery_done", 17: "leasequery_data", // RFC 5007, RFC 5460
	18: "reconfigure_request", 19: "reconfigure_reply", // RFC 6977
	20: "dhcpv4_query", 21: "dhcpv4_response", // RFC 7341
	22: "active_leasequery", 23: "starttls", // RFC 7653
	24: "bndupd", 25: "bndreply", 26: "poolreq", 27: "poolresp", 28: "updreq", 29: "updreqall", 30: "upddone", // RFC 8156
	31: "connect", 32: "connectreply", 33: "disconnect", 34: "state", 35: "contact",
	36: "addr_reg_inform", 37: "addr_reg_reply", // RFC 9686
}, map[string]uint64{"relay_forw": 12, "relay_repl": 13, "information": 11})

// TypeNames are the names of all types.
func TypeNames() []string { return Types.List() }

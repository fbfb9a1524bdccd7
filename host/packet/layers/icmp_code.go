package layers

import (
	"slices"
	"strconv"

	"moonwire/host/packet"
)

// codes are the names of the codes of messages, by type and number: what a code means depends on the type. A name is
// another way to write the number.
type codes map[uint64][]string

func (codes) Type() string                                   { return "integer|string" }
func (codes) Want() string                                   { return "a number or a name" }
func (codes) Get(_, b []byte) packet.Value                   { return string(b) }
func (codes) Put(dst []byte, _ packet.Value) ([]byte, error) { return dst, nil }
func (codes) Text(v packet.Value) string                     { return packet.TextOf(v) }
func (codes) Value(n uint64, _ int) packet.Value             { return n }
func (codes) Name(n uint64, _ int) string                    { return strconv.FormatUint(n, 10) }

// NameIn is the name that a code has in a message of its type, or the number.
func (c codes) NameIn(message packet.Context, n uint64) string {
	if names := c[message.Uint("type")]; n < uint64(len(names)) && names[n] != "" {
		return names[n]
	}
	return c.Name(n, 8)
}

// Number finds a name, or takes a number.
func (c codes) Number(v packet.Value, bits int) (uint64, bool) {
	if name, ok := v.(string); ok && name != "" {
		for _, names := range c {
			if n := slices.Index(names, name); n >= 0 {
				return uint64(n), true
			}
		}
	}
	return packet.Named(nil).Number(v, bits)
}

// icmpCodes names codes of ICMP (RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1).
var icmpCodes = codes{
	3: {"network-unreachable", "host-unreachable", "protocol-unreachable", "port-unreachable", "fragmentation-needed",
		"source-route-failed", "network-unknown", "host-unknown", "", "network-prohibited", "host-prohibited",
		"TOS-network-unreachable", "TOS-host-unreachable", "communication-prohibited", "host-precedence-violation", "precedence-cutoff"},
	5:  {"network-redirect", "host-redirect", "TOS-network-redirect", "TOS-host-redirect"},
	11: {"ttl-zero-during-transit", "ttl-zero-during-reassembly"},
	12: {"ip-header-bad", "required-option-missing"},
}

// icmp6Codes names codes of ICMPv6 (RFC 4443 section 3, RFC 7112).
var icmp6Codes = codes{
	1: {"no-route", "admin-prohibited", "beyond-scope", "address-unreachable", "port-unreachable", "policy-failed", "reject-route"},
	3: {"hop-limit-exceeded", "reassembly-time-exceeded"},
	4: {"erroneous-header", "unrecognized-next-header", "unrecognized-option", "incomplete-header-chain"},
}

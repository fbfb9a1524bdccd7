package layers

import (
	"strconv"

	"moonwire/host/packet"
)

// codes names the codes of a message, whose meaning depends on its type: a name is another way to write its number.
type codes map[string]uint64

func (codes) Type() string                                   { return "integer|string" }
func (codes) Want() string                                   { return "a number or a name" }
func (codes) Get(_, b []byte) packet.Value                   { return string(b) }
func (codes) Put(dst []byte, _ packet.Value) ([]byte, error) { return dst, nil }
func (codes) Text(v packet.Value) string                     { return packet.TextOf(v) }
func (codes) Value(n uint64, _ int) packet.Value             { return n }
func (codes) Name(n uint64, _ int) string                    { return strconv.FormatUint(n, 10) }

// Number finds a name, or takes a number.
func (c codes) Number(v packet.Value, bits int) (uint64, bool) {
	if name, ok := v.(string); ok {
		if n, ok := c[name]; ok {
			return n, true
		}
	}
	return packet.Named(nil).Number(v, bits)
}

// icmpCodes names codes of types 3, 5, 11 and 12 (RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1).
var icmpCodes = codes{
	"network-unreachable": 0, "host-unreachable": 1, "protocol-unreachable": 2, "port-unreachable": 3, "fragmentation-needed": 4,
	"source-route-failed": 5, "network-unknown": 6, "host-unknown": 7, "network-prohibited": 9, "host-prohibited": 10,
	"TOS-network-unreachable": 11, "TOS-host-unreachable": 12, "communication-prohibited": 13, "host-precedence-violation": 14,
	"precedence-cutoff": 15,
	"network-redirect":  0, "host-redirect": 1, "TOS-network-redirect": 2, "TOS-host-redirect": 3,
	"ttl-zero-during-transit": 0, "ttl-zero-during-reassembly": 1,
	"ip-header-bad": 0, "required-option-missing": 1,
}

// icmp6Codes names codes of types 1, 3 and 4 (RFC 4443 section 3, RFC 7112).
var icmp6Codes = codes{
	"no-route": 0, "admin-prohibited": 1, "beyond-scope": 2, "address-unreachable": 3, "port-unreachable": 4, "policy-failed": 5,
	"reject-route":       6,
	"hop-limit-exceeded": 0, "reassembly-time-exceeded": 1,
	"erroneous-header": 0, "unrecognized-next-header": 1, "unrecognized-option": 2, "incomplete-header-chain": 3,
}

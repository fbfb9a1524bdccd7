package option

import (
	"fmt"
	"net"
	"strconv"

	"moonwire/host/packet"
)

// messageType is the kind of a message (RFC 2132 section 9.6, RFC 3203, RFC 4388, RFC 6926, RFC 7724).
var messageType = Enum(1, 1, MessageTypes[:]...)

// MessageTypes are the names of the kinds of messages, from 1.
var MessageTypes = [...]string{"discover", "offer", "request", "decline", "ack", "nak", "release", "inform", "force_renew",
	"lease_query", "lease_unassigned", "lease_unknown", "lease_active", "bulk_lease_query", "lease_query_done",
	"active_lease_query", "lease_query_status", "tls"}

func unnamed(code uint8) string { return "option " + strconv.Itoa(int(code)) }

// mask is the mask of a network, as "255.255.255.0". Written, it may also be a length: 24 or "/24".
var mask Kind = netmask{ip4{}}

type netmask struct{ ip4 }

func (k netmask) Append(dst []byte, v packet.Value) ([]byte, error) {
	if s, ok := v.(string); ok && len(s) > 1 && s[0] == '/' {
		v = s[1:]
	}
	if n, ok := asUint(v); ok && n <= 32 {
		return append(dst, net.CIDRMask(int(n), 32)...), nil
	}
	a, ok := asAddr(v)
	if !ok || !a.Is4() {
		return dst, unexpected("mask as 255.255.255.0 or length as 24", v)
	}
	return append(dst, a.AsSlice()...), nil
}

// fixedText is text of so many bytes.
type fixedText int

func (fixedText) Type() string { return "string" }
func (k fixedText) Size() int  { return int(k) }

func (k fixedText) Read(b []byte) (packet.Value, int, error) {
	if len(b) < int(k) {
		return nil, 0, tooShort("text", int(k), len(b))
	}
	return string(b[:k]), int(k), nil
}

func (k fixedText) Append(dst []byte, v packet.Value) ([]byte, error) {
	s, ok := v.(string)
	if !ok || len(s) != int(k) {
		return dst, unexpected(fmt.Sprintf("text of %s", bytesText(int(k))), v)
	}
	return append(dst, s...), nil
}

// resolver is one encrypted DNS resolver (RFC 9463 section 5.1). Without addresses it is its name alone (ADN-only mode).
var resolver Kind = dnr{}

type dnr struct{}

func (dnr) Type() string {
	return "{priority: integer, name: string, addresses: string[], parameters: string}"
}
func (dnr) Size() int { return 0 }

var (
	dnrName   = Record(Field{"priority", Uint16, nil}, Field{"name", Counted(1, Domain), nil})
	dnrParams = Record(Field{"addresses", Counted(1, List(IPv4)), nil}, Field{"parameters", Bytes, ""})
)

func (dnr) Read(b []byte) (packet.Value, int, error) {
	head, n, err := dnrName.Read(b)
	if err != nil || n == len(b) {
		return head, n, err
	}
	rest, m, err := dnrParams.Read(b[n:])
	if err != nil {
		return nil, 0, err
	}
	return append(head.(packet.Record), rest.(packet.Record)...), n + m, nil
}

func (dnr) Append(dst []byte, v packet.Value) ([]byte, error) {
	rec, ok := v.(packet.Record)
	if !ok {
		return dst, unexpected(`table as {priority=1, name="dns.example", addresses={"192.0.2.53"}}`, v)
	}
	var head, rest packet.Record
	for _, e := range rec {
		if e.Name == "addresses" || e.Name == "parameters" {
			rest = append(rest, e)
		} else {
			head = append(head, e)
		}
	}
	dst, err := dnrName.Append(dst, head)
	if err != nil || rest == nil {
		return dst, err
	}
	return dnrParams.Append(dst, rest)
}

package layers

import (
	"errors"
	"fmt"

	"moonwire/host/packet"
)

// ntpModes names modes (RFC 5905 section 7.3), ntpLeaps the leap indicator, ntpOps operations of control messages (RFC
// 9327).
var (
	ntpModes = packet.Named(map[uint64]string{
		0: "reserved", 1: "symmetric active", 2: "symmetric passive", 3: "client", 4: "server", 5: "broadcast",
		6: "NTP control message", 7: "reserved for private use",
	})
	ntpLeaps = packet.Named(map[uint64]string{
		0: "no warning", 1: "last minute of the day has 61 seconds", 2: "last minute of the day has 59 seconds",
		3: "unknown (clock unsynchronized)",
	})
	ntpOps = packet.Named(map[uint64]string{
		0: "CTL_OP_UNSPEC", 1: "CTL_OP_READSTAT", 2: "CTL_OP_READVAR", 3: "CTL_OP_WRITEVAR", 4: "CTL_OP_READCLOCK",
		5: "CTL_OP_WRITECLOCK", 6: "CTL_OP_SETTRAP", 7: "CTL_OP_ASYNCMSG", 8: "CTL_OP_CONFIGURE", 9: "CTL_OP_SAVECONFIG",
		10: "CTL_OP_READ_MRU", 11: "CTL_OP_READ_ORDLIST_A", 12: "CTL_OP_REQ_NONCE", 31: "CTL_OP_UNSETTRAP",
	})
)

// ntp is the message of time servers; control messages (mode 6) have fields of their own, private ones (mode 7) data.
func ntp() layerSet {
	const time, control, private = "mode < 6", "mode == 6", "mode == 7"
	stamp := func(name, doc string) packet.Field {
		return packet.Field{Name: name, Bits: 64, When: time, Doc: doc + ", in 2^-32 seconds since 1900"}
	}
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "ntp", Title: "Network Time Protocol", Source: "RFC 5905 section 7.3", Aliases: []string{"NTP", "NTPHeader"},
			Fields: []packet.Field{
				{Name: "leap", Bits: 2, Kind: ntpLeaps, Doc: "leap second to come", Wireshark: "ntp.flags.li"},
				{Name: "version", Bits: 3, Default: uint64(4), Doc: "protocol version", Wireshark: "ntp.flags.vn"},
				{Name: "mode", Bits: 3, Kind: ntpModes, Default: uint64(3), Doc: "who speaks", Wireshark: "ntp.flags.mode"},
				{Name: "stratum", Bits: 8, When: time, Default: uint64(2), Doc: "hops from a reference clock; 0: a kiss code, 1: a primary server", Wireshark: "ntp.stratum"},
				{Name: "poll", Bits: 8, Kind: packet.Signed, When: time, Default: uint64(10), Doc: "longest time between messages, as a power of two of seconds", Wireshark: "ntp.ppoll"},
				{Name: "precision", Bits: 8, Kind: packet.Signed, When: time, Doc: "precision of the clock, as a power of two of seconds", Wireshark: "ntp.precision"},
				{Name: "delay", Bits: 32, When: time, Doc: "round trip to the reference clock, in 2^-16 seconds"},
				{Name: "dispersion", Bits: 32, When: time, Doc: "error to the reference clock, in 2^-16 seconds"},
				{Name: "id", Bits: 32, Kind: packet.IPv4, When: time + " && stratum > 1", Default: "127.0.0.1", Doc: "server that the clock follows"},
				{Name: "ref_id", Bits: 32, Kind: packet.Bytes, When: time + " && stratum < 2", Doc: "kind of reference clock, or a kiss code", Wireshark: "ntp.refid"},
				stamp("ref", "when the clock was set last"),
				stamp("orig", "when the request left, by the client's clock"),
				stamp("recv", "when the request came, by the server's clock"),
				stamp("sent", "when this message left"),
				{Name: "extensions", Kind: &packet.ListOf{Item: ntpExtension, Extent: ntpExtent}, When: time, Doc: "extension fields (RFC 7822), as {type=, value=}"},
				{Name: "mac", Kind: ntpMAC{}, When: time, Doc: "authenticator, as {key_id=, dgst=}"},
				{Name: "response", Bits: 1, When: control, Doc: "0: command, 1: response", Wireshark: "ntp.ctrl.flags2.r"},
				{Name: "err", Bits: 1, When: control, Doc: "the response is an error", Wireshark: "ntp.ctrl.flags2.error"},
				{Name: "more", Bits: 1, When: control, Doc: "more of the response follows", Wireshark: "ntp.ctrl.flags2.more"},
				{Name: "op_code", Bits: 5, Kind: ntpOps, When: control, Doc: "operation", Wireshark: "ntp.ctrl.flags2.opcode"},
				{Name: "sequence", Bits: 16, When: control, Doc: "the same in command and response", Wireshark: "ntp.ctrl.sequence"},
				{Name: "status", Bits: 16, Kind: packet.Hex, When: control, Doc: "state of system, peer or clock"},
				{Name: "association_id", Bits: 16, When: control, Doc: "which peer; 0: the system", Wireshark: "ntp.ctrl.associd"},
				{Name: "offset", Bits: 16, When: control, Doc: "where in the whole response the data belong", Wireshark: "ntp.ctrl.offset"},
				{Name: "count", Bits: 16, When: control, Auto: packet.FieldLen("data"), Doc: "bytes of data", Wireshark: "ntp.ctrl.count"},
				{Name: "data", Kind: packet.Bytes, When: control, Size: "count", Doc: "data of a control message"},
				{Name: "data", Kind: packet.Bytes, When: private, Doc: "all of a private message behind its mode"},
			},
			Answers: ntpAnswers,
			Summary: func(c packet.Context) string {
				return fmt.Sprintf("ntp v%d %s", c.Uint("version"), ntpModes.Name(c.Uint("mode"), 3))
			},
		}},
		bindings: []packet.Binding{
			{Lower: "udp", Field: "sport", Value: 123, Upper: "ntp"},
			{Lower: "udp", Field: "dport", Value: 123, Upper: "ntp"},
		},
	}
}

// ntpAnswers holds a server's message against a client's: it says when the client's left.
func ntpAnswers(_ any, reply, request packet.Context) (bool, string) {
	a, q := reply.Uint("mode"), request.Uint("mode")
	switch {
	case a != 4 && (a != q || a < 6), a == 4 && q != 3:
		return false, "ntp.mode is no answer's"
	case a == 4 && reply.Uint("orig") != request.Uint("sent"):
		return false, "ntp.orig is not when the request was sent"
	}
	return true, ""
}

// ntpExtension is one extension field: its length counts all of it, in whole words.
var ntpExtension = &packet.Protocol{Name: "extension field", Fields: []packet.Field{
	{Name: "type", Bits: 16, Kind: packet.Hex, Doc: "kind of the field"},
	{Name: "len", Bits: 16, Auto: packet.TotalLen, Doc: "bytes of the field"},
	{Name: "value", Kind: packet.Bytes, Size: "len-4", Doc: "what it says"},
}}

// ntpExtent takes whole fields of version 4 until as many bytes are left as an authenticator has (RFC 7822 section 3).
func ntpExtent(h packet.Header) (int, error) {
	b := h.Ahead()
	if h.Number("version") < 4 {
		return 0, nil
	}
	n := 0
	for !authenticator(len(b) - n) {
		rest := b[n:]
		if len(rest) < 4 {
			break
		}
		size := int(bigEndian(rest[2:4]))
		if size < 4 || size%4 != 0 || size > len(rest) {
			break
		}
		n += size
	}
	return n, nil
}

// authenticator says whether so many bytes are nothing, a key's number alone (a crypto-NAK), or one and a digest by MD5,
// SHA-1, SHA-256 or SHA-512.
func authenticator(n int) bool {
	switch n {
	case 0, 4, 20, 24, 36, 68:
		return true
	}
	return false
}

// ntpMAC is the authenticator, as {key_id=1, dgst="…"}.
type ntpMAC struct{}

func (ntpMAC) Type() string               { return "table" }
func (ntpMAC) Text(v packet.Value) string { return packet.TextOf(v) }

// Get reads it; nil when there is none.
func (ntpMAC) Get(_, b []byte) packet.Value {
	switch {
	case len(b) == 0:
		return nil
	case len(b) < 4:
		return string(b)
	}
	return packet.Record{{Name: "key_id", Value: bigEndian(b[:4])}, {Name: "dgst", Value: string(b[4:])}}
}

var ntpMACParts = []part{uintPart("key_id", 4, 0, nil), restPart("dgst")}

// Put writes it.
func (ntpMAC) Put(dst []byte, v packet.Value) ([]byte, error) {
	rec, ok := v.(packet.Record)
	if !ok {
		return packet.Bytes.Put(dst, v)
	}
	if onlyParts(rec, ntpMACParts...) != nil {
		return dst, errors.New("authenticator {key_id=, dgst=}")
	}
	return writeParts(dst, rec, ntpMACParts)
}

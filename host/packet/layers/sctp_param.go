package layers

import "moonwire/host/packet"

// sctpList is parameters or error causes. Each is padded to a whole word; the padding of the last one counts as that of
// the chunk (RFC 9260 section 3.2). Where a sender counted it all the same, it is a last entry of bytes.
type sctpList struct{ *packet.Options }

// Get reads the list.
func (l sctpList) Get(header, b []byte) packet.Value {
	short := -len(b) & 3
	list, ok := l.Options.Get(header, append(b[:len(b):len(b)], make([]byte, short)...)).([]packet.Value)
	if !ok || len(list) == 0 {
		return list
	}
	if _, known := list[len(list)-1].(packet.Record); known {
		if pad := lastPadding(b); short == 0 && pad > 0 {
			list = append(list, string(b[len(b)-pad:]))
		}
	}
	return list
}

// Put writes the list, its last entry without padding.
func (l sctpList) Put(dst []byte, v packet.Value) ([]byte, error) {
	list, ok := v.([]packet.Value)
	if !ok {
		return l.Options.Put(dst, v)
	}
	last := -1
	for i, e := range list {
		if _, text := e.(string); !text {
			last = i
		}
	}
	for i, e := range list {
		from := len(dst)
		var err error
		if dst, err = l.Options.Put(dst, []packet.Value{e}); err != nil {
			return dst, err
		}
		if i == last {
			dst = dst[:len(dst)-lastPadding(dst[from:])]
		}
	}
	return dst, nil
}

// lastPadding is the number of zeros behind the length of the last entry of b; 0 when the lengths don't tell.
func lastPadding(b []byte) int {
	for len(b) >= 4 {
		n := int(b[2])<<8 | int(b[3])
		padded := n + -n&3
		switch {
		case n < 4 || n > len(b):
			return 0
		case padded >= len(b):
			for _, c := range b[n:] {
				if c != 0 {
					return 0
				}
			}
			return len(b) - n
		}
		b = b[padded:]
	}
	return 0
}

// sctpParam is a parameter: type, length without padding, fields, padding.
func sctpParam(kind uint64, name string, fields ...packet.Field) *packet.Protocol {
	return &packet.Protocol{Name: name, Fields: sctpEntry(packet.Field{Name: "type", Bits: 16, Default: kind, Doc: "what it is"}, fields)}
}

// sctpEntry is the form that parameters and causes have.
func sctpEntry(kind packet.Field, fields []packet.Field) []packet.Field {
	all := []packet.Field{kind, {Name: "len", Bits: 16, Auto: unpadded, Doc: "length in bytes, without the padding"}}
	all = append(all, fields...)
	return append(all, packet.Field{Name: "padding", Kind: packet.Bytes, Pad: 4, Doc: "zeros up to a multiple of four bytes"})
}

// hmacTypes names the hashes of RFC 4895.
var hmacTypes = packet.Named(map[uint64]string{1: "SHA-1", 3: "SHA-256"})

// sctpParams are the parameters of RFC 9260, RFC 4895 and RFC 5061.
func sctpParams() *packet.Options {
	bytes := func(kind uint64, name, field, doc string) *packet.Protocol {
		return sctpParam(kind, name, packet.Field{Name: field, Kind: packet.Bytes, Size: "len - 4", Doc: doc})
	}
	list := func(kind uint64, name, field string, array packet.Array, doc string) *packet.Protocol {
		return sctpParam(kind, name, packet.Field{Name: field, Kind: array, Size: "len - 4", Doc: doc})
	}
	number := func(field, doc string) packet.Field { return packet.Field{Name: field, Bits: 32, Doc: doc} }
	types := packet.Named(map[uint64]string{5: "IPv4", 6: "IPv6", 11: "hostname"})
	address := func(kind uint64, name string) *packet.Protocol {
		return sctpParam(kind, name, number("correlation_id", "joins request and answer"),
			packet.Field{Name: "addr_type", Bits: 16, Default: uint64(5), Kind: types, Doc: "IPv4 or IPv6"},
			packet.Field{Name: "addr_len", Bits: 16, Doc: "length of the address with its type", Auto: func(c packet.Context) uint64 { return 4 + packet.FieldLen("addr")(c) }},
			packet.Field{Name: "addr", Bits: 32, Kind: packet.IPv4, When: "addr_type == 5", Doc: "the address"},
			packet.Field{Name: "addr", Bits: 128, Kind: packet.IPv6, When: "addr_type == 6", Doc: "the address"},
			packet.Field{Name: "addr", Kind: packet.Bytes, Size: "addr_len - 4", When: "addr_type != 5 && addr_type != 6", Doc: "the address"})
	}
	return &packet.Options{Named: true, Other: bytes(0xffff, "other", "value", "the value"), Items: []*packet.Protocol{
		bytes(1, "heartbeat-info", "data", "comes back as it is"),
		sctpParam(5, "IPv4", packet.Field{Name: "addr", Bits: 32, Kind: packet.IPv4, Default: "127.0.0.1", Doc: "an address of the sender"}),
		sctpParam(6, "IPv6", packet.Field{Name: "addr", Bits: 128, Kind: packet.IPv6, Default: "::1", Doc: "an address of the sender"}),
		bytes(7, "state-cookie", "cookie", "comes back in the cookie-echo"),
		bytes(8, "unrecognized-param", "param", "the parameter"),
		sctpParam(9, "cookie-preservative", number("sug_cookie_inc", "how much longer the cookie shall live, in milliseconds")),
		bytes(11, "hostname", "hostname", "the sender's name"),
		list(12, "addrtypes", "addr_type_list", packet.Array{Bits: 16, Kind: types}, "types of addresses that the sender takes"),
		sctpParam(0x8000, "ecn-capable"),
		bytes(0x8002, "random", "random", "random bytes for the key"),
		list(0x8003, "chunk-list", "chunk_list", packet.Array{Bits: 8, Kind: chunkTypes}, "chunks to authenticate"),
		list(0x8004, "requested-HMAC-functions", "HMAC_functions_list", packet.Array{Bits: 16, Kind: hmacTypes}, "hashes, the best first"),
		list(0x8008, "supported-extensions", "supported_extensions", packet.Array{Bits: 8, Kind: chunkTypes}, "chunks beyond RFC 9260"),
		sctpParam(0xc000, "fwd-tsn-supported"),
		address(0xc001, "add-IP"), address(0xc002, "del-IP"),
		sctpParam(0xc003, "error-indication", number("correlation_id", "joins request and answer"),
			packet.Field{Name: "error_causes", Kind: packet.Bytes, Size: "len - 8", Doc: "why"}),
		address(0xc004, "set-primary-addr"),
		sctpParam(0xc005, "success-indication", number("correlation_id", "joins request and answer")),
		sctpParam(0xc006, "adaptation-layer", number("indication", "what stands between SCTP and the user")),
	}}
}

// sctpCauses are the causes of RFC 9260 section 3.3.10 and RFC 5061.
func sctpCauses() *packet.Options {
	cause := func(code uint64, name string) *packet.Protocol {
		return &packet.Protocol{Name: name, Fields: sctpEntry(packet.Field{Name: "code", Bits: 16, Default: code, Doc: "why"},
			[]packet.Field{{Name: "information", Kind: packet.Bytes, Size: "len - 4", Doc: "what the cause needs"}})}
	}
	return &packet.Options{Named: true, Other: cause(0xffff, "other"), Items: []*packet.Protocol{
		cause(1, "Invalid Stream Identifier"), cause(2, "Missing Mandatory Parameter"), cause(3, "Stale Cookie"), cause(4, "Out of Resource"),
		cause(5, "Unresolvable Address"), cause(6, "Unrecognized Chunk Type"), cause(7, "Invalid Mandatory Parameter"),
		cause(8, "Unrecognized Parameters"), cause(9, "No User Data"), cause(10, "Cookie Received While Shutting Down"),
		cause(11, "Restart of an Association with New Addresses"), cause(12, "User Initiated Abort"), cause(13, "Protocol Violation"),
		cause(0xa0, "Request to Delete Last Remaining IP Address"), cause(0xa1, "Operation Refused Due to Resource Shortage"),
		cause(0xa2, "Request to Delete Source IP Address"),
	}}
}

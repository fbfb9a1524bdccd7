package layers

import (
	"errors"
	"fmt"

	"moonwire/host/packet"
)

// tls is records of TLS and what of the handshake is readable. What is encrypted stays bytes.
func tls() layerSet {
	set := layerSet{protocols: []*packet.Protocol{{
		Name: "tls", Title: "Transport Layer Security", Source: "RFC 8446 section 5.1", Aliases: []string{"TLS", "ssl"},
		Fields: []packet.Field{
			{Name: "type", Bits: 8, Kind: tlsTypes, Default: uint64(22), Doc: "what the record carries", Wireshark: "tls.record.content_type"},
			{Name: "version", Bits: 16, Kind: tlsVersions, Default: uint64(0x303), Doc: "protocol version; that of TLS 1.3 is in its extension", Wireshark: "tls.record.version"},
			{Name: "len", Bits: 16, Auto: tlsLen, Doc: "bytes of the record behind this field", Wireshark: "tls.record.length"},
			{Name: "msg", Kind: tlsHandshakes{}, When: "type == 22", Default: []packet.Value{},
				Doc: `handshake messages, as {msgtype="client_hello", ciphers={0x1301}, ext={{type="server_name", servernames={"example.org"}}}}`},
			{Name: "alert", Kind: tlsAlert{}, When: "type == 21", Default: packet.Record{}, Doc: `an alert, as {level="fatal", descr="handshake_failure"}`},
			{Name: "data", Kind: tlsData{}, When: "type != 21 && type != 22", Default: "", Doc: "all other records"},
		},
		Next:    func(packet.Context) string { return "tls" },
		Summary: tlsSummary,
	}}}
	for _, port := range []uint64{443, 465, 563, 636, 853, 989, 990, 992, 993, 994, 995, 5061, 8443} {
		set.bindings = append(set.bindings,
			packet.Binding{Lower: "tcp", Field: "dport", Value: port, Upper: "tls", ReadOnly: port != 443},
			packet.Binding{Lower: "tcp", Field: "sport", Value: port, Upper: "tls", ReadOnly: port != 443})
	}
	return set
}

// tlsLen is the length of the record's content.
func tlsLen(c packet.Context) uint64 { return uint64(len(c.Header()) - 5) }

// tlsExtent is the content of a record, as much of it as there is: the rest may come in the next segment.
func tlsExtent(h packet.Header) (int, error) {
	if t := h.Number("type"); t < 20 || t > 24 || h.Number("version")>>8 != 3 {
		return 0, errors.New("no TLS record")
	}
	return min(int(h.Number("len")), h.Rest()), nil
}

// tlsData is bytes.
type tlsData struct{ plainKind }

func (tlsData) Type() string                                   { return "string" }
func (tlsData) Measure(h packet.Header) (int, error)           { return tlsExtent(h) }
func (tlsData) Get(_, b []byte) packet.Value                   { return string(b) }
func (tlsData) Put(dst []byte, v packet.Value) ([]byte, error) { return packet.Bytes.Put(dst, v) }

// tlsAlert is an alert; one that is encrypted is bytes.
type tlsAlert struct{ tlsData }

func (tlsAlert) Type() string { return "table" }

var tlsAlertParts = []part{uintPart("level", 1, 2, tlsLevels), uintPart("descr", 1, 40, tlsDescriptions)}

// Get reads it.
func (tlsAlert) Get(_, b []byte) packet.Value {
	if rec, err := readParts(nil, cut{b, 0, len(b), 0}, tlsAlertParts); err == nil {
		return rec
	}
	return string(b)
}

// Put writes it.
func (tlsAlert) Put(dst []byte, v packet.Value) ([]byte, error) {
	if list, ok := v.([]packet.Value); ok && len(list) == 0 {
		v = packet.Record{}
	}
	rec, ok := v.(packet.Record)
	if !ok {
		return packet.Bytes.Put(dst, v)
	}
	if onlyParts(rec, tlsAlertParts...) != nil {
		return dst, errors.New("alert {level=, descr=}")
	}
	return writeParts(dst, rec, tlsAlertParts)
}

// tlsSummary is the kind of the record and of its first message, and the server's name where there is one.
func tlsSummary(c packet.Context) string {
	text := "tls " + tlsTypes.Name(c.Uint("type"), 8)
	f, err := c.Field("msg")
	if err != nil {
		return text
	}
	list, _ := c.Stored(f).([]packet.Value)
	for _, e := range list {
		rec, ok := e.(packet.Record)
		if !ok {
			continue
		}
		n, _ := rec.Get("msgtype").(uint64)
		text += " " + tlsMessages.Name(n, 8)
		if name := tlsServerName(rec); name != "" {
			text += fmt.Sprintf(" to %s", name)
		}
	}
	return text
}

// tlsServerName is the name that a client hello asks for.
func tlsServerName(hello packet.Record) string {
	exts, _ := hello.Get("ext").([]packet.Value)
	for _, e := range exts {
		ext, _ := e.(packet.Record)
		if names, _ := ext.Get("servernames").([]packet.Value); len(names) > 0 {
			return fmt.Sprint(names[0])
		}
	}
	return ""
}

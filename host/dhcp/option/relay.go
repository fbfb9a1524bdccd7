package option

import (
	"fmt"

	"moonwire/host/packet"
)

// RelayAgent is what relay agents add (RFC 3046 and IANA's list of DHCP Relay Agent Sub-Option Codes).
var RelayAgent = Space(
	Suboption{1, "circuit_id", Bytes},
	Suboption{2, "remote_id", Bytes},
	Suboption{4, "docsis_device_class", Uint32},        // RFC 3256
	Suboption{5, "link_selection", IPv4},               // RFC 3527
	Suboption{6, "subscriber_id", Text},                // RFC 3993
	Suboption{7, "radius_attributes", radius},          // RFC 4014
	Suboption{8, "authentication", relayAuth},          // RFC 4030
	Suboption{9, "vendor_specific", relayVendor},       // RFC 4243
	Suboption{10, "relay_agent_flags", Uint8},          // RFC 5010: 0x80 is unicast
	Suboption{11, "server_identifier_override", IPv4},  // RFC 5107
	Suboption{12, "relay_agent_identifier", Hex},       // RFC 6925: a DUID
	Suboption{13, "access_technology_type", access},    // RFC 7839
	Suboption{14, "access_network_name", Text},         // RFC 7839
	Suboption{15, "access_point_name", Text},           // RFC 7839
	Suboption{16, "access_point_bssid", MAC},           // RFC 7839
	Suboption{17, "operator_identifier", Uint32},       // RFC 7839
	Suboption{18, "operator_realm", Text},              // RFC 7839
	Suboption{19, "relay_source_port", Nothing},        // RFC 8357
	Suboption{151, "virtual_subnet_selection", subnet}, // RFC 6607
	Suboption{152, "virtual_subnet_selection_control", Nothing},
)

var (
	// radius is attributes as RADIUS writes them (RFC 2865 section 5).
	radius = List(attribute{})

	// access is a kind of link between a mobile node and its gateway (RFC 5213 section 8.5).
	access = Record(Field{"reserved", Uint8, uint64(0)}, Field{"type", Uint8, nil})

	// relayVendor is bytes of vendors by their enterprise numbers.
	relayVendor = List(Record(Field{"enterprise", Uint32, nil}, Field{"data", Counted(1, Bytes), ""}))

	// relayAuth is a message digest with its key and replay detection.
	relayAuth = Record(Field{"algorithm", Uint8, nil}, Field{"reserved", Uint8, uint64(0)}, Field{"replay_method", Uint8, uint64(0)},
		Field{"replay", Uint64, uint64(0)}, Field{"relay_id", IPv4, nil}, Field{"information", Bytes, ""})

	// subnet is a virtual private network by its name or number.
	subnet = Record(Field{"type", Uint8, uint64(0)}, Field{"information", Bytes, ""})
)

// attribute is one of RADIUS, whose length counts its type and itself: {type=1, value="bytes"}.
type attribute struct{}

func (attribute) Type() string { return "{type: integer, value: string}" }
func (attribute) Size() int    { return 0 }

func (attribute) Read(b []byte) (packet.Value, int, error) {
	if len(b) < 2 || b[1] < 2 || len(b) < int(b[1]) {
		return nil, 0, fmt.Errorf("an attribute ends after %s", bytesText(len(b)))
	}
	n := int(b[1])
	return packet.Record{{Name: "type", Value: uint64(b[0])}, {Name: "value", Value: string(b[2:n])}}, n, nil
}

func (attribute) Append(dst []byte, v packet.Value) ([]byte, error) {
	kind, value, ok := pair(v, "type", "value")
	text, isText := asText(value)
	if !ok || !isText || len(text) > 253 {
		return dst, unexpected(`attribute as {type=1, value="at most 253 bytes"}`, v)
	}
	dst, err := Uint8.Append(dst, kind)
	if err != nil {
		return dst, err
	}
	return append(append(dst, byte(len(text)+2)), text...), nil
}

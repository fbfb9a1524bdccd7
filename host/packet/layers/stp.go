package layers

import (
	"strconv"

	"moonwire/host/packet"
)

func stp() layerSet {
	const config = "bpdutype != 128" // a topology change notification ends there
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "stp", Title: "Spanning Tree Protocol", Source: "IEEE 802.1D section 9.3", Aliases: []string{"STP"},
			Fields: []packet.Field{
				{Name: "proto", Bits: 16, Doc: "protocol identifier, 0", Wireshark: "stp.protocol"},
				{Name: "version", Bits: 8, Doc: "0: STP, 2: RSTP, 3: MSTP", Wireshark: "stp.version"},
				{Name: "bpdutype", Bits: 8, Doc: "0: configuration, 2: RSTP and MSTP, 128: topology change notification", Wireshark: "stp.type"},
				{Name: "bpduflags", Bits: 8, When: config, Doc: "flags", Wireshark: "stp.flags"},
				{Name: "rootid", Bits: 16, When: config, Doc: "priority and system identifier of the root"},
				{Name: "rootmac", Bits: 48, Kind: packet.Ether, When: config, Doc: "address of the root", Wireshark: "stp.root.hw"},
				{Name: "pathcost", Bits: 32, When: config, Doc: "cost of the path to the root", Wireshark: "stp.root.cost"},
				{Name: "bridgeid", Bits: 16, When: config, Doc: "priority and system identifier of the sender"},
				{Name: "bridgemac", Bits: 48, Kind: packet.Ether, When: config, Doc: "address of the sender", Wireshark: "stp.bridge.hw"},
				{Name: "portid", Bits: 16, When: config, Doc: "sender's port", Wireshark: "stp.port"},
				{Name: "age", Bits: 16, Kind: parts256{}, Default: 1.0, When: config, Doc: "age of the message in seconds", Wireshark: "stp.msg_age"},
				{Name: "maxage", Bits: 16, Kind: parts256{}, Default: 20.0, When: config, Doc: "age in seconds at which it is dropped", Wireshark: "stp.max_age"},
				{Name: "hellotime", Bits: 16, Kind: parts256{}, Default: 2.0, When: config, Doc: "seconds between the root's messages", Wireshark: "stp.hello"},
				{Name: "fwddelay", Bits: 16, Kind: parts256{}, Default: 15.0, When: config, Doc: "seconds in the listening and in the learning state", Wireshark: "stp.forward"},
				{Name: "v1len", Bits: 8, When: "bpdutype == 2 && rest >= 1", Doc: "length of the version 1 part of RSTP and MSTP, 0", Wireshark: "stp.version_1_length"},
			},
			Summary: inWords("root rootmac pathcost="),
		}},
		bindings: []packet.Binding{
			{Lower: "llc", Field: "dsap", Value: 0x42, Upper: "stp"},
			{Lower: "llc", Field: "ssap", Value: 0x42, Upper: "stp", BuildOnly: true},
			{Lower: "llc", Field: "ctrl", Value: 3, Upper: "stp", BuildOnly: true},
			{Lower: "snap", Field: "code", Value: 0x010b, Upper: "stp"}, // Cisco's per-VLAN spanning tree
		},
	}
}

// parts256 is a time in units of 1/256 second.
type parts256 struct{}

func (parts256) Type() string                                   { return "number" }
func (parts256) Want() string                                   { return "0 to 255.996 seconds" }
func (parts256) Get(_, b []byte) packet.Value                   { return string(b) }
func (parts256) Put(dst []byte, _ packet.Value) ([]byte, error) { return dst, nil }
func (parts256) Text(v packet.Value) string                     { return packet.TextOf(v) }
func (parts256) Value(n uint64, _ int) packet.Value             { return float64(n) / 256 }
func (k parts256) Name(n uint64, bits int) string {
	return strconv.FormatFloat(float64(n)/256, 'g', -1, 64)
}
func (parts256) Number(v packet.Value, _ int) (n uint64, ok bool) {
	switch v := v.(type) {
	case float64:
		return uint64(v * 256), v >= 0 && v < 256
	case uint64:
		return v * 256, v < 256
	case int:
		return uint64(v) * 256, v >= 0 && v < 256
	}
	return 0, false
}

package layers

import (
	"hash/crc32"
	"math/bits"

	"moonwire/host/packet"
)

// sctp has the common header and the chunks behind it, a layer each.
func sctp() layerSet {
	protocols := []*packet.Protocol{{
		Name: "sctp", Title: "Stream Control Transmission Protocol", Source: "RFC 9260 section 3.1", Aliases: []string{"SCTP"},
		Fields: []packet.Field{
			{Name: "sport", Bits: 16, Doc: "source port", Wireshark: "sctp.srcport"},
			{Name: "dport", Bits: 16, Doc: "destination port", Wireshark: "sctp.dstport"},
			{Name: "tag", Bits: 32, Kind: packet.Hex, Doc: "verification tag: the receiver's, from its init", Wireshark: "sctp.verification_tag"},
			{Name: "chksum", Bits: 32, Kind: packet.Hex, Auto: sctpChecksum, Late: true, Doc: "CRC32c of the packet", Wireshark: "sctp.checksum"},
		},
		Next: sctpNext, Summary: ports,
	}}
	return layerSet{protocols: append(protocols, sctpChunks()...), bindings: ipUppers(132, "sctp")}
}

// castagnoli is the polynomial of CRC32c (RFC 9260 appendix A).
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sctpChecksum stands on the wire with its least significant byte first.
func sctpChecksum(c packet.Context) uint64 {
	return uint64(bits.ReverseBytes32(crc32.Checksum(c.Whole(), castagnoli)))
}

// sctpNames are the layers of the chunks by their type.
var sctpNames = map[byte]string{
	0: "sctp_data", 1: "sctp_init", 2: "sctp_init_ack", 3: "sctp_sack", 4: "sctp_heartbeat", 5: "sctp_heartbeat_ack", 6: "sctp_abort",
	7: "sctp_shutdown", 8: "sctp_shutdown_ack", 9: "sctp_error", 10: "sctp_cookie_echo", 11: "sctp_cookie_ack", 14: "sctp_shutdown_complete",
	15: "sctp_auth", 0x80: "sctp_asconf_ack", 0xc1: "sctp_asconf",
}

// sctpNext is the chunk that follows.
func sctpNext(c packet.Context) string {
	b := c.Payload()
	if len(b) < 4 {
		return "raw"
	}
	if name, ok := sctpNames[b[0]]; ok {
		return name
	}
	return "sctp_chunk"
}

package layers

import (
	"fmt"

	"moonwire/host/packet"
)

// chunkTypes names the types of chunks (IANA, SCTP Chunk Types).
var chunkTypes = packet.Named(map[uint64]string{
	0: "data", 1: "init", 2: "init-ack", 3: "sack", 4: "heartbeat-req", 5: "heartbeat-ack", 6: "abort", 7: "shutdown", 8: "shutdown-ack",
	9: "error", 10: "cookie-echo", 11: "cookie-ack", 14: "shutdown-complete", 15: "authentication", 0x40: "i-data",
	0x80: "address-configuration-ack", 0x82: "re-config", 0x84: "pad", 0xc0: "forward-tsn", 0xc1: "address-configuration",
})

// sctpChunk is a chunk: type, flags, length without padding, fields, padding to a whole word.
func sctpChunk(kind uint64, name, scapy, title string, flags []packet.Field, fields ...packet.Field) *packet.Protocol {
	all := []packet.Field{{Name: "type", Bits: 8, Default: kind, Kind: chunkTypes, Doc: "what the chunk is", Wireshark: "sctp.chunk_type"}}
	if flags == nil {
		flags = []packet.Field{{Name: "flags", Bits: 8, Kind: packet.Hex, Doc: "flags", Wireshark: "sctp.chunk_flags"}}
	}
	all = append(all, flags...)
	all = append(all, packet.Field{Name: "len", Bits: 16, Auto: unpadded, Doc: "length in bytes, without the padding", Wireshark: "sctp.chunk_length"})
	all = append(all, fields...)
	all = append(all, packet.Field{Name: "padding", Kind: packet.Bytes, Pad: 4, Doc: "zeros up to a multiple of four bytes", Wireshark: "sctp.chunk_padding"})
	return &packet.Protocol{Name: name, Title: "SCTP " + title, Source: "RFC 9260 section 3.3", Aliases: []string{scapy}, Fields: all, Next: sctpNext,
		Summary: fieldsOf("init_tag tsn stream_id cumul_tsn_ack")}
}

// unpadded is the length of the header without its padding.
func unpadded(c packet.Context) uint64 { return headerBytes(c) - packet.FieldLen("padding")(c) }

func sctpChunks() []*packet.Protocol {
	tsnAck := packet.Field{Name: "cumul_tsn_ack", Bits: 32, Kind: packet.Hex, Doc: "last TSN before a gap"}
	window := packet.Field{Name: "a_rwnd", Bits: 32, Doc: "room in the receiver's buffer, in bytes"}
	causes := packet.Field{Name: "error_causes", Kind: sctpList{sctpCauses()}, Size: "len - 4", Doc: `{{code="Stale Cookie", information="\0\0\0\1"}}`}
	info := packet.Field{Name: "params", Kind: sctpList{sctpParams()}, Size: "len - 4", Doc: `{{type="heartbeat-info", data="..."}}`}
	cookie := packet.Field{Name: "cookie", Kind: packet.Bytes, Size: "len - 4", Doc: "the state cookie of the init-ack", Wireshark: "sctp.cookie"}
	return []*packet.Protocol{
		sctpChunk(0, "sctp_data", "SCTPChunkData", "data chunk", sctpDataFlags(), sctpData()...),
		sctpChunk(1, "sctp_init", "SCTPChunkInit", "init chunk", nil, sctpInit("init", window)...),
		sctpChunk(2, "sctp_init_ack", "SCTPChunkInitAck", "init-ack chunk", nil, sctpInit("initack", window)...),
		sctpChunk(3, "sctp_sack", "SCTPChunkSACK", "selective acknowledgement chunk", nil, tsnAck, window,
			packet.Field{Name: "n_gap_ack", Bits: 16, Auto: packet.CountOf("gap_ack_list"), Doc: "number of gap blocks", Wireshark: "sctp.sack_number_of_gap_blocks"},
			packet.Field{Name: "n_dup_tsn", Bits: 16, Auto: packet.CountOf("dup_tsn_list"), Doc: "number of duplicates", Wireshark: "sctp.sack_number_of_duplicated_tsns"},
			packet.Field{Name: "gap_ack_list", Kind: packet.Array{Bits: 32, Kind: gapBlock{}}, Size: "n_gap_ack * 4", Doc: `received behind the gap: {"2:3"}, counted from cumul_tsn_ack`},
			packet.Field{Name: "dup_tsn_list", Kind: packet.Array{Bits: 32}, Size: "n_dup_tsn * 4", Doc: "TSNs received again"}),
		sctpChunk(4, "sctp_heartbeat", "SCTPChunkHeartbeatReq", "heartbeat chunk", nil, info),
		sctpChunk(5, "sctp_heartbeat_ack", "SCTPChunkHeartbeatAck", "heartbeat-ack chunk", nil, info),
		sctpChunk(6, "sctp_abort", "SCTPChunkAbort", "abort chunk", sctpT("sctp.abort_t_bit"), causes),
		sctpChunk(7, "sctp_shutdown", "SCTPChunkShutdown", "shutdown chunk", nil, tsnAck),
		sctpChunk(8, "sctp_shutdown_ack", "SCTPChunkShutdownAck", "shutdown-ack chunk", nil),
		sctpChunk(9, "sctp_error", "SCTPChunkError", "error chunk", nil, causes),
		sctpChunk(10, "sctp_cookie_echo", "SCTPChunkCookieEcho", "cookie-echo chunk", nil, cookie),
		sctpChunk(11, "sctp_cookie_ack", "SCTPChunkCookieAck", "cookie-ack chunk", nil),
		sctpChunk(14, "sctp_shutdown_complete", "SCTPChunkShutdownComplete", "shutdown-complete chunk", sctpT("sctp.shutdown_complete_t_bit")),
		sctpChunk(15, "sctp_auth", "SCTPChunkAuthentication", "authentication chunk (RFC 4895)", nil,
			packet.Field{Name: "shared_key_id", Bits: 16, Doc: "which key", Wireshark: "sctp.shared_key_id"},
			packet.Field{Name: "HMAC_function", Bits: 16, Doc: "which hash", Wireshark: "sctp.hmac_id", Kind: hmacTypes},
			packet.Field{Name: "HMAC", Kind: packet.Bytes, Size: "len - 8", Doc: "over this chunk and all behind it", Wireshark: "sctp.hmac"}),
		sctpChunk(0xc1, "sctp_asconf", "SCTPChunkAddressConf", "address configuration chunk (RFC 5061)", nil, sctpASCONF("sctp.asconf_seq_nr_number")...),
		sctpChunk(0x80, "sctp_asconf_ack", "SCTPChunkAddressConfAck", "address configuration acknowledgement chunk (RFC 5061)", nil,
			sctpASCONF("sctp.asconf_ack_seq_nr_number")...),
		sctpChunk(255, "sctp_chunk", "SCTPChunk", "chunk of another type", nil, packet.Field{Name: "value", Kind: packet.Bytes, Size: "len - 4", Doc: "the value"}),
	}
}

func sctpDataFlags() []packet.Field {
	return []packet.Field{
		{Name: "reserved", Bits: 4, Doc: "zeros"},
		{Name: "delay_sack", Bits: 1, Doc: "1: acknowledge at once", Wireshark: "sctp.data_i_bit"},
		{Name: "unordered", Bits: 1, Doc: "1: stream_seq means nothing", Wireshark: "sctp.data_u_bit"},
		{Name: "beginning", Bits: 1, Doc: "1: first fragment of a message", Wireshark: "sctp.data_b_bit"},
		{Name: "ending", Bits: 1, Doc: "1: last fragment of a message", Wireshark: "sctp.data_e_bit"},
	}
}

// sctpT are the flags of chunks that may carry a tag that is not the receiver's.
func sctpT(display string) []packet.Field {
	return []packet.Field{
		{Name: "reserved", Bits: 7, Doc: "zeros"},
		{Name: "TCB", Bits: 1, Doc: "1: the tag is the sender's own", Wireshark: display},
	}
}

func sctpData() []packet.Field {
	return []packet.Field{
		{Name: "tsn", Bits: 32, Kind: packet.Hex, Doc: "transmission sequence number", Wireshark: "sctp.data_tsn_raw"},
		{Name: "stream_id", Bits: 16, Kind: packet.Hex, Doc: "which stream", Wireshark: "sctp.data_sid"},
		{Name: "stream_seq", Bits: 16, Kind: packet.Hex, Doc: "number of the message in the stream", Wireshark: "sctp.data_ssn"},
		{Name: "proto_id", Bits: 32, Doc: "what the data is", Wireshark: "sctp.data_payload_proto_id", Kind: packet.Named(map[uint64]string{
			1: "IUA", 2: "M2UA", 3: "M3UA", 4: "SUA", 5: "M2PA", 6: "V5UA", 7: "H.248", 18: "S1AP", 27: "X2AP", 45: "SSH/SCTP",
			46: "Diameter/SCTP", 47: "Diameter/DTLS/SCTP", 50: "WebRTC DCEP", 51: "WebRTC String", 53: "WebRTC Binary"})},
		{Name: "data", Kind: packet.Bytes, Size: "len - 16", Doc: "the user's data"},
	}
}

// sctpInit are the fields of init and init-ack; display is tshark's word in their names.
func sctpInit(display string, window packet.Field) []packet.Field {
	window.Wireshark = "sctp." + display + "_credit"
	return []packet.Field{
		{Name: "init_tag", Bits: 32, Kind: packet.Hex, Doc: "tag that the other side must send", Wireshark: "sctp." + display + "_initiate_tag"},
		window,
		{Name: "n_out_streams", Bits: 16, Doc: "streams that the sender opens", Wireshark: "sctp." + display + "_nr_out_streams"},
		{Name: "n_in_streams", Bits: 16, Doc: "streams that it takes", Wireshark: "sctp." + display + "_nr_in_streams"},
		{Name: "init_tsn", Bits: 32, Kind: packet.Hex, Doc: "TSN of its first data", Wireshark: "sctp." + display + "_initial_tsn"},
		{Name: "params", Kind: sctpList{sctpParams()}, Size: "len - 20", Doc: `{{type="IPv4", addr="10.0.0.1"}, {type="ecn-capable"}}`},
	}
}

func sctpASCONF(display string) []packet.Field {
	return []packet.Field{
		{Name: "seq", Bits: 32, Doc: "number of the request", Wireshark: display},
		{Name: "params", Kind: sctpList{sctpParams()}, Size: "len - 8", Doc: `{{type="IPv4", addr="10.0.0.1"}, {type="add-IP", correlation_id=1, addr="10.0.0.2"}}`},
	}
}

// gapBlock is two offsets from the acknowledged TSN: "2:3".
type gapBlock struct{}

// Type is string.
func (gapBlock) Type() string { return "string" }

// Text is the block.
func (gapBlock) Text(v packet.Value) string { return packet.TextOf(v) }

// Get reads the two numbers.
func (gapBlock) Get(_, b []byte) packet.Value {
	if len(b) != 4 {
		return string(b)
	}
	return fmt.Sprintf("%d:%d", uint16(b[0])<<8|uint16(b[1]), uint16(b[2])<<8|uint16(b[3]))
}

// Put writes them.
func (gapBlock) Put(dst []byte, v packet.Value) ([]byte, error) {
	var from, to uint16
	s, _ := v.(string)
	if n, err := fmt.Sscanf(s, "%d:%d", &from, &to); n != 2 || err != nil || s != fmt.Sprintf("%d:%d", from, to) {
		return dst, fmt.Errorf(`block as "2:3"`)
	}
	return append(dst, byte(from>>8), byte(from), byte(to>>8), byte(to)), nil
}

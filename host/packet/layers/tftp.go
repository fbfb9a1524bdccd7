package layers

import (
	"fmt"

	"moonwire/host/packet"
)

// tftpOps names operations (RFC 1350 section 5, RFC 2347), tftpErrors the codes of errors.
var (
	tftpOps    = packet.Named(map[uint64]string{1: "RRQ", 2: "WRQ", 3: "DATA", 4: "ACK", 5: "ERROR", 6: "OACK"})
	tftpErrors = packet.Named(map[uint64]string{
		0: "Not defined", 1: "File not found", 2: "Access violation", 3: "Disk full or allocation exceeded",
		4: "Illegal TFTP operation", 5: "Unknown transfer ID", 6: "File already exists", 7: "No such user",
		8: "Terminate transfer due to option negotiation",
	})
)

// tftp is all messages of the protocol; what a DATA message carries is the layer behind.
func tftp() layerSet {
	const request, block, failure = "op == 1 || op == 2", "op == 3 || op == 4", "op == 5"
	return layerSet{
		protocols: []*packet.Protocol{{
			Name: "tftp", Title: "Trivial File Transfer Protocol", Source: "RFC 1350 section 5, RFC 2347", Aliases: []string{"TFTP"},
			Fields: []packet.Field{
				{Name: "op", Bits: 16, Kind: tftpOps, Default: uint64(1), Doc: "operation", Wireshark: "tftp.opcode"},
				{Name: "filename", Kind: packet.Zero, When: request, Default: "", Doc: "file to read or write"},
				{Name: "mode", Kind: packet.Zero, When: request, Default: "octet", Doc: "netascii or octet", Wireshark: "tftp.type"},
				{Name: "block", Bits: 16, When: block, Doc: "number of the block, from 1", Wireshark: "tftp.block"},
				{Name: "errorcode", Bits: 16, Kind: tftpErrors, When: failure, Doc: "what went wrong", Wireshark: "tftp.error.code"},
				{Name: "errormsg", Kind: packet.Zero, When: failure, Default: "", Doc: "the same in words", Wireshark: "tftp.error.message"},
				{Name: "options", Kind: &packet.ListOf{Item: tftpOption}, When: request + " || op == 6", Default: []packet.Value{},
					Doc: `options, as {oname="blksize", value="1468"}`},
			},
			Summary: func(c packet.Context) string { return fmt.Sprint("tftp ", tftpOps.Name(c.Uint("op"), 16)) },
		}},
		bindings: []packet.Binding{{Lower: "udp", Field: "dport", Value: 69, Upper: "tftp"}},
	}
}

// tftpOption is one option and its value, both texts.
var tftpOption = &packet.Protocol{Name: "option", Fields: []packet.Field{
	{Name: "oname", Kind: packet.Zero, Default: "", Doc: "name of the option"},
	{Name: "value", Kind: packet.Zero, Default: "", Doc: "its value"},
}}

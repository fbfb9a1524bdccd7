package foreign

import (
	"encoding/binary"
	"errors"
	"hash/crc32"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
)

// checks refuse what a decoder of gopacket v1.1.19 would answer otherwise than by an error.
var checks = map[gopacket.LayerType]func(b []byte) error{
	layers.LayerTypeGTPv1U:                  checkGTP,
	layers.LayerTypeDot11InformationElement: checkElement,
}

// checkGTP walks over the extension headers of GTPv1-U (3GPP TS 29.281 section 5.2): the decoder prints to the
// standard output when one is longer than the packet.
func checkGTP(b []byte) error {
	if len(b) < 12 || b[0]&4 == 0 {
		return nil
	}
	for at := 12; b[at-1] != 0; {
		if at >= len(b) || b[at] == 0 || at+int(b[at])*4 > len(b) {
			return errors.New("an extension header is cut short")
		}
		at += int(b[at]) * 4
	}
	return nil
}

// checkElement holds that an information element of 802.11 is whole.
func checkElement(b []byte) error {
	if len(b) < 2 || len(b) < 2+int(b[1]) {
		return errors.New("cut short")
	}
	return nil
}

// prepare makes of a layer's bytes what its decoder expects: the one of information elements wants four
// bytes behind the header in any case.
var prepare = map[gopacket.LayerType]func(b []byte) []byte{
	layers.LayerTypeDot11:                   withFCS,
	layers.LayerTypeDot11InformationElement: func(b []byte) []byte { return append(b[:len(b):len(b)], 0, 0, 0, 0) },
}

// withFCS appends a frame check sequence to an 802.11 frame that has none: the decoder cuts off four bytes in any case.
func withFCS(b []byte) []byte {
	if n := len(b) - 4; n >= 0 && crc32.ChecksumIEEE(b[:n]) == binary.LittleEndian.Uint32(b[n:]) {
		return b
	}
	return append(b[:len(b):len(b)], 0, 0, 0, 0)
}

// decoderOf is the decoder of a layer type. Those inside the Ethernet Configuration Testing Protocol aren't registered,
// the protocol's own decoder knows them.
func decoderOf(t gopacket.LayerType) gopacket.Decoder {
	if t == layers.LayerTypeEthernetCTPForwardData || t == layers.LayerTypeEthernetCTPReply {
		if s, err := run(layers.LayerTypeEthernetCTP, []byte{0, 0}); err == nil {
			return s.next
		}
	}
	return t
}

package fragment

import (
	"slices"

	"moonwire/host/packet"
)

// pseudo are the layers whose checksum covers the addresses of the IP layer below.
var pseudo = []string{"udp", "tcp", "icmp6"}

// covered says whether a checksum above an IP layer covers its addresses.
func covered(ip packet.Context) bool {
	for c, ok := ip.Next(); ok; c, ok = c.Next() {
		if slices.Contains(pseudo, c.Protocol().Name) {
			return true
		}
	}
	return false
}

// leave gives back to the sender what p left to it, in the headers up to the IP layer at, and with it the checksum.
func leave(piece, p *packet.Packet, at int) error {
	if covered(p.Layer(at)) {
		at--
	}
	for i := range min(at+1, piece.Len()) {
		c, was := piece.Layer(i), p.Layer(i)
		for f := range was.Fields() {
			if !was.IsAuto(f) || !f.Fill && !(f.Name == "chksum") {
				continue
			}
			if err := c.SetField(f, packet.Auto); err != nil {
				return err
			}
		}
	}
	return nil
}

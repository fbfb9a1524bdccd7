package layers

import "moonwire/host/packet"

// linkTypes are the layers that packets of a capture begin with, by the file's link type (the LINKTYPE_ registry of
// tcpdump.org and the DLT_ numbers that stand in files of their own systems). Of some the layer is gopacket's.
var linkTypes = map[int]string{
	0: "null", 1: "eth", 9: "ppp", 10: "fddi", 12: "ip", 14: "ip", 50: "ppp", 51: "pppoe", 101: "ip", 105: "dot11",
	108: "loop", 113: "sll", 117: "pflog", 119: "prism", 127: "radiotap", 220: "usb", 228: "ip", 229: "ipv6", 276: "sll2",
}

// ForLinkType is the protocol that a captured frame begins with; raw when the registry has none for the link type.
// Link types of bare IP don't say which version, the frame does.
func ForLinkType(reg *packet.Registry, linkType int, frame []byte) *packet.Protocol {
	name := linkTypes[linkType]
	if name == "ip" && len(frame) > 0 && frame[0]>>4 == 6 {
		name = "ipv6"
	}
	if name == "ppp" && len(frame) > 0 && frame[0] == 0xff {
		name = "hdlc"
	}
	if pr, err := reg.Lookup(name); err == nil {
		return pr
	}
	raw, _ := reg.Lookup("raw")
	return raw
}

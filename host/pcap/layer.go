package pcap

// FirstLayer names the layer that frames of a link type begin with, as package packet calls it; "raw" for those that
// nobody reads. Frames that are IP without a link layer say themselves which.
func FirstLayer(linkType int, frame []byte) string {
	switch linkType {
	case Ethernet:
		return "eth"
	case linkRaw, linkRawBSD, linkRawOpenBSD:
		if len(frame) > 0 && frame[0]>>4 == 6 {
			return "ipv6"
		}
		return "ip"
	case linkIPv4:
		return "ip"
	case linkIPv6:
		return "ipv6"
	case linkNull, linkLoop:
		return "loopback"
	case linkSLL:
		return "sll"
	case linkSLL2:
		return "sll2"
	case linkPPP:
		return "ppp"
	case linkMPLS:
		return "mpls"
	}
	return "raw"
}

// LinkTypeOf is the link type of packets that begin with a layer; AnyLinkType when none fits.
func LinkTypeOf(layer string) int {
	switch layer {
	case "eth":
		return Ethernet
	case "ip", "ipv6":
		return linkRaw
	case "loopback":
		return linkNull
	case "sll":
		return linkSLL
	case "sll2":
		return linkSLL2
	case "ppp":
		return linkPPP
	case "mpls":
		return linkMPLS
	}
	return AnyLinkType
}

// Ethernet is the link type of most packets, and where nobody says another.
const Ethernet = 1

// Link types that are known by their number.
const (
	linkNull       = 0
	linkPPP        = 9
	linkRawBSD     = 12
	linkRawOpenBSD = 14
	linkRaw        = 101
	linkLoop       = 108
	linkSLL        = 113
	linkMPLS       = 219
	linkIPv4       = 228
	linkIPv6       = 229
	linkDBus       = 231
	linkUSBPcap    = 249
	linkSLL2       = 276
	linkEBHSCR     = 279
)

package filter

import "fmt"

// Link-layer types, by the numbers of capture files (https://www.tcpdump.org/linktypes.html).
const (
	linkNull            = 0
	linkEthernet        = 1
	linkTokenRing       = 6
	linkARCnet          = 7
	linkSLIP            = 8
	linkPPP             = 9
	linkFDDI            = 10
	linkPPPSerial       = 50
	linkPPPEther        = 51
	linkSymantec        = 99
	linkATM             = 100
	linkRaw             = 101
	linkSLIPBSDOS       = 102
	linkPPPBSDOS        = 103
	linkCiscoHDLC       = 104
	link80211           = 105
	linkATMCLIP         = 106
	linkFrameRelay      = 107
	linkLoop            = 108
	linkEnc             = 109
	linkNetBSDHDLC      = 112
	linkSLL             = 113
	linkLocalTalk       = 114
	linkPFLog           = 117
	linkPrism           = 119
	linkIPoverFC        = 122
	linkSunATM          = 123
	linkRadiotap        = 127
	linkARCnetLinux     = 129
	linkIEEE1394        = 138
	linkMTP2Header      = 139
	linkMTP2            = 140
	linkAVS             = 163
	linkBACnet          = 165
	linkPPPD            = 166
	linkMFR             = 182
	linkPPI             = 192
	linkERF             = 197
	linkIPNet           = 226
	linkIPv4            = 228
	linkIPv6            = 229
	linkNetAnalyzer     = 240
	linkNetAnalyzerFull = 241
	linkPFSync          = 246
	linkSLL2            = 276

	linkAssigned = 104 // the first type that has one number everywhere
	linkLast     = 289
)

// dltRaw is raw IP by the number that Linux and the BSDs use inside; some old files have it.
const dltRaw = 12

// unset is the offset of something that a link layer doesn't have.
const unset = 0xffffffff

// A layout says where things are in a frame.
type layout struct {
	name       string
	protocol   uint32 // the field that names the protocol, or the LLC header where there is no such field
	payload    uint32 // the first byte after the link-layer header
	network    uint32 // the network header, from the payload on
	networkLLC uint32 // the same behind an 802.2 header without SNAP
	header     uint32 // the link-layer header
}

// layouts has the link layers whose frames more can be said of than bytes by number.
var layouts = map[uint32]layout{
	linkNull:            {name: "BSD loopback", protocol: 0, payload: 4},
	linkLoop:            {name: "OpenBSD loopback", protocol: 0, payload: 4},
	linkEnc:             {name: "OpenBSD encapsulated IP", protocol: 0, payload: 12},
	linkEthernet:        {name: "Ethernet", protocol: 12, payload: 14, networkLLC: 3},
	linkTokenRing:       {name: "Token Ring", protocol: 14, payload: 14, network: 8, networkLLC: 3},
	linkARCnet:          {name: "ARCnet", protocol: 2, payload: 6},
	linkARCnetLinux:     {name: "ARCnet of Linux", protocol: 4, payload: 8},
	linkSLIP:            {name: "SLIP", protocol: unset, payload: 16},
	linkSLIPBSDOS:       {name: "SLIP of BSD/OS", protocol: unset, payload: 24},
	linkPPP:             {name: "PPP", protocol: 2, payload: 4},
	linkPPPD:            {name: "PPP of pppd", protocol: 2, payload: 4},
	linkPPPSerial:       {name: "PPP over serial lines", protocol: 2, payload: 4},
	linkCiscoHDLC:       {name: "Cisco HDLC", protocol: 2, payload: 4},
	linkNetBSDHDLC:      {name: "HDLC of NetBSD", protocol: 2, payload: 4},
	linkPPPEther:        {name: "PPPoE", protocol: 6, payload: 8},
	linkPPPBSDOS:        {name: "PPP of BSD/OS", protocol: 5, payload: 24},
	linkFDDI:            {name: "FDDI", protocol: 13, payload: 13, network: 8, networkLLC: 3},
	link80211:           {name: "802.11", protocol: 24, network: 8, networkLLC: 3},
	linkPrism:           {name: "802.11 with Prism header", protocol: 24, network: 8, networkLLC: 3},
	linkAVS:             {name: "802.11 with AVS header", protocol: 24, network: 8, networkLLC: 3},
	linkRadiotap:        {name: "802.11 with radiotap header", protocol: 24, network: 8, networkLLC: 3},
	linkPPI:             {name: "per-packet information", protocol: 24, network: 8, networkLLC: 3},
	linkATM:             {name: "ATM", protocol: 0, payload: 0, network: 8, networkLLC: 3},
	linkATMCLIP:         {name: "IP over ATM", protocol: 0, payload: 0, network: 8, networkLLC: 3},
	linkSunATM:          {name: "ATM of SunATM", protocol: 4, payload: 4, network: 8, networkLLC: 3},
	linkRaw:             {name: "IP", protocol: unset},
	linkIPv4:            {name: "IPv4", protocol: unset},
	linkIPv6:            {name: "IPv6", protocol: unset},
	linkSLL:             {name: "Linux cooked", protocol: 14, payload: 16},
	linkSLL2:            {name: "Linux cooked, version 2", protocol: 0, payload: 20},
	linkLocalTalk:       {name: "LocalTalk", protocol: unset},
	linkIPoverFC:        {name: "IP over Fibre Channel", protocol: 16, payload: 16, network: 8, networkLLC: 3},
	linkFrameRelay:      {name: "Frame Relay", protocol: unset},
	linkMFR:             {name: "Multi-link Frame Relay", protocol: unset, network: 4},
	linkIEEE1394:        {name: "IEEE 1394", protocol: 16, payload: 18},
	linkSymantec:        {name: "Symantec firewall", protocol: 6, payload: 44},
	linkPFLog:           {name: "pflog of OpenBSD", protocol: 0},
	linkPFSync:          {name: "pfsync of OpenBSD", protocol: unset, payload: 4},
	linkIPNet:           {name: "ipnet of Solaris", protocol: 1, payload: 24, networkLLC: unset},
	linkNetAnalyzer:     {name: "Ethernet of netANALYZER", protocol: 16, payload: 18, networkLLC: 3, header: 4},
	linkNetAnalyzerFull: {name: "Ethernet of netANALYZER with preamble", protocol: 24, payload: 26, networkLLC: 3, header: 12},
}

// juniper has the link layers of Juniper's captures: each begins with the same magic number, which is all that a
// protocol's test looks at.
var juniper = map[uint32]layout{
	130: {name: "Juniper MLPPP", protocol: 4, payload: 4, networkLLC: unset},
	131: {name: "Juniper MLFR", protocol: 4, payload: 4, networkLLC: unset},
	134: {name: "Juniper MFR", protocol: 4, payload: 4, networkLLC: unset},
	179: {name: "Juniper PPP", protocol: 4, payload: 4, networkLLC: unset},
	180: {name: "Juniper Frame Relay", protocol: 4, payload: 4, networkLLC: unset},
	181: {name: "Juniper C-HDLC", protocol: 4, payload: 4, networkLLC: unset},
	137: {name: "Juniper ATM1", protocol: 4, payload: 4, networkLLC: 10},
	135: {name: "Juniper ATM2", protocol: 8, payload: 8, networkLLC: 10},
	167: {name: "Juniper PPPoE", protocol: 16, payload: 14, network: 18, networkLLC: 21},
	178: {name: "Juniper Ethernet", protocol: 16, payload: 14, network: 18, networkLLC: 21},
	168: {name: "Juniper PPPoE over ATM", protocol: 4, payload: 6, networkLLC: unset},
	133: {name: "Juniper GGSN", protocol: 6, payload: 12, networkLLC: unset},
	164: {name: "Juniper monitor", protocol: 12, payload: 12, networkLLC: unset},
	132: {name: "Juniper ES", protocol: 6, payload: unset, network: unset, networkLLC: unset},
	136: {name: "Juniper services", protocol: 12, payload: unset, network: unset, networkLLC: unset},
	183: {name: "Juniper VP", protocol: 18, payload: unset, network: unset, networkLLC: unset},
	200: {name: "Juniper ST", protocol: 18, payload: unset, network: unset, networkLLC: unset},
	194: {name: "Juniper ISM", protocol: 8, payload: unset, network: unset, networkLLC: unset},
	232: {name: "Juniper VS", protocol: 8, payload: unset, network: unset, networkLLC: unset},
	233: {name: "Juniper SRX end to end", protocol: 8, payload: unset, network: unset, networkLLC: unset},
	234: {name: "Juniper Fibre Channel", protocol: 8, payload: unset, network: unset, networkLLC: unset},
	238: {name: "Juniper ATM CEMIC", protocol: 8, payload: unset, network: unset, networkLLC: unset},
}

// layoutOf is the layout of a link layer. Of one that nothing is known of only bytes by number can be tested.
func layoutOf(linkType uint32) (layout, bool) {
	if l, ok := layouts[linkType]; ok {
		return l, true
	}
	if l, ok := juniper[linkType]; ok {
		return l, true
	}
	known := linkType >= linkAssigned && linkType <= linkLast
	return layout{protocol: unset, payload: unset, network: unset, networkLLC: unset}, known
}

// isEthernet reports whether frames have an Ethernet header.
func isEthernet(linkType uint32) bool {
	return linkType == linkEthernet || linkType == linkNetAnalyzer || linkType == linkNetAnalyzerFull
}

// isWLAN reports whether frames have an 802.11 header, perhaps behind a radio header.
func isWLAN(linkType uint32) bool {
	return linkType == link80211 || hasRadio(linkType) || linkType == linkPPI
}

// hasRadio reports whether a radio header stands before the 802.11 header.
func hasRadio(linkType uint32) bool {
	return linkType == linkPrism || linkType == linkAVS || linkType == linkRadiotap
}

// linkName names a link layer in errors.
func linkName(linkType uint32) string {
	if l, _ := layoutOf(linkType); l.name != "" {
		return fmt.Sprintf("%s (link type %d)", l.name, linkType)
	}
	return fmt.Sprintf("link type %d", linkType)
}

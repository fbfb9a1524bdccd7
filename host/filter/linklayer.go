package filter

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
	protocol   uint32 // the field that names the protocol, or the LLC header where there is no such field
	payload    uint32 // the first byte after the link-layer header
	network    uint32 // the network header, from the payload on
	networkLLC uint32 // the same behind an 802.2 header without SNAP
	header     uint32 // the link-layer header
}

// layouts has the link layers whose frames more can be said of than bytes by number.
var layouts = map[uint32]layout{
	linkNull:            {protocol: 0, payload: 4},
	linkLoop:            {protocol: 0, payload: 4},
	linkEnc:             {protocol: 0, payload: 12},
	linkEthernet:        {protocol: 12, payload: 14, networkLLC: 3},
	linkTokenRing:       {protocol: 14, payload: 14, network: 8, networkLLC: 3},
	linkARCnet:          {protocol: 2, payload: 6},
	linkARCnetLinux:     {protocol: 4, payload: 8},
	linkSLIP:            {protocol: unset, payload: 16},
	linkSLIPBSDOS:       {protocol: unset, payload: 24},
	linkPPP:             {protocol: 2, payload: 4},
	linkPPPD:            {protocol: 2, payload: 4},
	linkPPPSerial:       {protocol: 2, payload: 4},
	linkCiscoHDLC:       {protocol: 2, payload: 4},
	linkNetBSDHDLC:      {protocol: 2, payload: 4},
	linkPPPEther:        {protocol: 6, payload: 8},
	linkPPPBSDOS:        {protocol: 5, payload: 24},
	linkFDDI:            {protocol: 13, payload: 13, network: 8, networkLLC: 3},
	link80211:           {protocol: 24, network: 8, networkLLC: 3},
	linkPrism:           {protocol: 24, network: 8, networkLLC: 3},
	linkAVS:             {protocol: 24, network: 8, networkLLC: 3},
	linkRadiotap:        {protocol: 24, network: 8, networkLLC: 3},
	linkPPI:             {protocol: 24, network: 8, networkLLC: 3},
	linkATM:             {protocol: 0, payload: 0, network: 8, networkLLC: 3},
	linkATMCLIP:         {protocol: 0, payload: 0, network: 8, networkLLC: 3},
	linkSunATM:          {protocol: 4, payload: 4, network: 8, networkLLC: 3},
	linkRaw:             {protocol: unset},
	linkIPv4:            {protocol: unset},
	linkIPv6:            {protocol: unset},
	linkSLL:             {protocol: 14, payload: 16},
	linkSLL2:            {protocol: 0, payload: 20},
	linkLocalTalk:       {protocol: unset},
	linkIPoverFC:        {protocol: 16, payload: 16, network: 8, networkLLC: 3},
	linkFrameRelay:      {protocol: unset},
	linkMFR:             {protocol: unset, network: 4},
	linkIEEE1394:        {protocol: 16, payload: 18},
	linkSymantec:        {protocol: 6, payload: 44},
	linkPFLog:           {protocol: 0},
	linkPFSync:          {protocol: unset, payload: 4},
	linkIPNet:           {protocol: 1, payload: 24, networkLLC: unset},
	linkNetAnalyzer:     {protocol: 16, payload: 18, networkLLC: 3, header: 4},
	linkNetAnalyzerFull: {protocol: 24, payload: 26, networkLLC: 3, header: 12},
}

// juniper has the link layers of Juniper's captures: each begins with the same magic number, which is all that a
// protocol's test looks at.
var juniper = map[uint32]layout{
	130: {protocol: 4, payload: 4, networkLLC: unset},                      // MLPPP
	131: {protocol: 4, payload: 4, networkLLC: unset},                      // MLFR
	134: {protocol: 4, payload: 4, networkLLC: unset},                      // MFR
	179: {protocol: 4, payload: 4, networkLLC: unset},                      // PPP
	180: {protocol: 4, payload: 4, networkLLC: unset},                      // Frame Relay
	181: {protocol: 4, payload: 4, networkLLC: unset},                      // C-HDLC
	137: {protocol: 4, payload: 4, networkLLC: 10},                         // ATM1
	135: {protocol: 8, payload: 8, networkLLC: 10},                         // ATM2
	167: {protocol: 16, payload: 14, network: 18, networkLLC: 21},          // PPPoE
	178: {protocol: 16, payload: 14, network: 18, networkLLC: 21},          // Ethernet
	168: {protocol: 4, payload: 6, networkLLC: unset},                      // PPPoE over ATM
	133: {protocol: 6, payload: 12, networkLLC: unset},                     // GGSN
	164: {protocol: 12, payload: 12, networkLLC: unset},                    // monitor
	132: {protocol: 6, payload: unset, network: unset, networkLLC: unset},  // ES
	136: {protocol: 12, payload: unset, network: unset, networkLLC: unset}, // services
	183: {protocol: 18, payload: unset, network: unset, networkLLC: unset}, // VP
	200: {protocol: 18, payload: unset, network: unset, networkLLC: unset}, // ST
	194: {protocol: 8, payload: unset, network: unset, networkLLC: unset},  // ISM
	232: {protocol: 8, payload: unset, network: unset, networkLLC: unset},  // VS
	233: {protocol: 8, payload: unset, network: unset, networkLLC: unset},  // SRX end to end
	234: {protocol: 8, payload: unset, network: unset, networkLLC: unset},  // Fibre Channel
	238: {protocol: 8, payload: unset, network: unset, networkLLC: unset},  // ATM CEMIC
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

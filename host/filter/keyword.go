package filter

// Keywords that are neither a protocol nor a number.
const (
	kwAnd kind = 400 + iota
	kwOr
	kwDst
	kwSrc
	kwHost
	kwNet
	kwMask
	kwPort
	kwPortrange
	kwProto
	kwProtochain
	kwGateway
	kwType
	kwSubtype
	kwDir
	kwAddr1
	kwAddr2
	kwAddr3
	kwAddr4
	kwRA
	kwTA
	kwLess
	kwGreater
	kwByte
	kwBroadcast
	kwMulticast
	kwLen
	kwInbound
	kwOutbound
	kwIfindex
	kwVLAN
	kwMPLS
	kwPPPoED
	kwPPPoES
	kwGeneve
	kwLLC
	kwLane
	kwMetac
	kwBcc
	kwOam
	kwOamf4
	kwOamf4ec
	kwOamf4sc
	kwSc
	kwIlmic
	kwVpi
	kwVci
	kwConnectmsg
	kwMetaconnect
	kwIfname
	kwRuleset
	kwRulenum
	kwSubrulenum
	kwReason
	kwAction
	kwFisu
	kwLssu
	kwMsu
	kwHfisu
	kwHlssu
	kwHmsu
	kwSio
	kwOpc
	kwDpc
	kwSls
	kwHsio
	kwHopc
	kwHdpc
	kwHsls
)

// kindProto is the kind of a token that names a protocol; the protocol is added to it.
const kindProto kind = 600

var keywords = map[string]kind{
	"and": kwAnd, "or": kwOr, "not": '!',
	"dst": kwDst, "src": kwSrc,
	"host": kwHost, "net": kwNet, "mask": kwMask, "port": kwPort, "portrange": kwPortrange,
	"proto": kwProto, "protochain": kwProtochain, "gateway": kwGateway,
	"type": kwType, "subtype": kwSubtype, "dir": kwDir, "direction": kwDir,
	"addr1": kwAddr1, "addr2": kwAddr2, "addr3": kwAddr3, "addr4": kwAddr4, "ra": kwRA, "ta": kwTA,
	"address1": kwAddr1, "address2": kwAddr2, "address3": kwAddr3, "address4": kwAddr4,
	"less": kwLess, "greater": kwGreater, "byte": kwByte,
	"broadcast": kwBroadcast, "multicast": kwMulticast,
	"len": kwLen, "length": kwLen,
	"inbound": kwInbound, "outbound": kwOutbound, "ifindex": kwIfindex,
	"vlan": kwVLAN, "mpls": kwMPLS, "pppoed": kwPPPoED, "pppoes": kwPPPoES, "geneve": kwGeneve, "llc": kwLLC,
	"lane": kwLane, "metac": kwMetac, "bcc": kwBcc, "oam": kwOam, "oamf4": kwOamf4, "oamf4ec": kwOamf4ec,
	"oamf4sc": kwOamf4sc, "sc": kwSc, "ilmic": kwIlmic, "vpi": kwVpi, "vci": kwVci,
	"connectmsg": kwConnectmsg, "metaconnect": kwMetaconnect,
	"on": kwIfname, "ifname": kwIfname, "rset": kwRuleset, "ruleset": kwRuleset, "rnr": kwRulenum, "rulenum": kwRulenum,
	"srnr": kwSubrulenum, "subrulenum": kwSubrulenum, "reason": kwReason, "action": kwAction,
	"fisu": kwFisu, "lssu": kwLssu, "lsu": kwLssu, "msu": kwMsu, "hfisu": kwHfisu, "hlssu": kwHlssu, "hmsu": kwHmsu,
	"sio": kwSio, "opc": kwOpc, "dpc": kwDpc, "sls": kwSls, "hsio": kwHsio, "hopc": kwHopc, "hdpc": kwHdpc, "hsls": kwHsls,
}

// protoWords are the protocols' keywords.
var protoWords = func() map[string]proto {
	words := map[string]proto{
		"ether": link, "link": link, "ppp": link, "slip": link, "fddi": link, "tr": link, "wlan": link,
		"es-is": esis, "is-is": isis,
	}
	for p := link + 1; p < protocols; p++ {
		words[p.String()] = p
	}
	return words
}()

// numbers are the names of offsets and values in headers.
var numbers = map[string]uint32{
	"icmptype": 0, "icmpcode": 1, "icmp6type": 0, "icmp6code": 1, "tcpflags": 13,

	"icmp-echoreply": 0, "icmp-unreach": 3, "icmp-sourcequench": 4, "icmp-redirect": 5, "icmp-echo": 8,
	"icmp-routeradvert": 9, "icmp-routersolicit": 10, "icmp-timxceed": 11, "icmp-paramprob": 12, "icmp-tstamp": 13,
	"icmp-tstampreply": 14, "icmp-ireq": 15, "icmp-ireqreply": 16, "icmp-maskreq": 17, "icmp-maskreply": 18,

	"icmp6-destinationunreach": 1, "icmp6-packettoobig": 2, "icmp6-timeexceeded": 3, "icmp6-parameterproblem": 4,
	"icmp6-echo": 128, "icmp6-echoreply": 129, "icmp6-multicastlistenerquery": 130,
	"icmp6-multicastlistenerreportv1": 131, "icmp6-multicastlistenerdone": 132, "icmp6-routersolicit": 133,
	"icmp6-routeradvert": 134, "icmp6-neighborsolicit": 135, "icmp6-neighboradvert": 136, "icmp6-redirect": 137,
	"icmp6-routerrenum": 138, "icmp6-nodeinformationquery": 139, "icmp6-nodeinformationresponse": 140,
	"icmp6-ineighbordiscoverysolicit": 141, "icmp6-ineighbordiscoveryadvert": 142,
	"icmp6-multicastlistenerreportv2": 143, "icmp6-homeagentdiscoveryrequest": 144,
	"icmp6-homeagentdiscoveryreply": 145, "icmp6-mobileprefixsolicit": 146, "icmp6-mobileprefixadvert": 147,
	"icmp6-certpathsolicit": 148, "icmp6-certpathadvert": 149, "icmp6-multicastrouteradvert": 151,
	"icmp6-multicastroutersolicit": 152, "icmp6-multicastrouterterm": 153,

	"tcp-fin": 0x01, "tcp-syn": 0x02, "tcp-rst": 0x04, "tcp-push": 0x08, "tcp-ack": 0x10, "tcp-urg": 0x20,
	"tcp-ece": 0x40, "tcp-cwr": 0x80,
}

// classify makes a keyword, a protocol or a number of a name that is one.
func classify(t token) token {
	if k, ok := keywords[t.text]; ok {
		t.kind = k
	} else if p, ok := protoWords[t.text]; ok {
		t.kind = kindProto + kind(p)
	} else if n, ok := numbers[t.text]; ok {
		t.kind, t.num = kindNumber, n
	} else {
		t.name = t.text
	}
	return t
}

// words yields every word of the language, the protocols first.
func words(yield func(string) bool) {
	both(sorted(protoWords), both(sorted(keywords), sorted(numbers)))(yield)
}

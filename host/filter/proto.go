package filter

// A proto is a protocol's keyword.
type proto uint8

const (
	anyProto proto = iota // no protocol given
	link                  // ether and its synonyms: whatever the link layer is
	ip
	arp
	rarp
	sctp
	tcp
	udp
	icmp
	igmp
	igrp
	atalk
	decnet
	lat
	sca
	moprc
	mopdl
	ip6
	icmp6
	ah
	esp
	pim
	vrrp
	aarp
	iso
	esis
	isis
	clnp
	stp
	ipx
	netbeui
	isisL1
	isisL2
	isisIIH
	isisSNP
	isisCSNP
	isisPSNP
	isisLSP
	radio
	carp
	protocols // how many there are
)

var protoNames = [protocols]string{
	"", "ether", "ip", "arp", "rarp", "sctp", "tcp", "udp", "icmp", "igmp", "igrp", "atalk", "decnet", "lat", "sca",
	"moprc", "mopdl", "ip6", "icmp6", "ah", "esp", "pim", "vrrp", "aarp", "iso", "esis", "isis", "clnp", "stp", "ipx",
	"netbeui", "l1", "l2", "iih", "snp", "csnp", "psnp", "lsp", "radio", "carp",
}

func (p proto) String() string { return protoNames[p] }

// A direction says which end of a packet an address or port is at.
type direction uint8

const (
	eitherEnd direction = iota // no direction given, or src or dst
	src
	dst
	bothEnds // src and dst
	addr1    // the four address fields of 802.11, its receiver and its transmitter
	addr2
	addr3
	addr4
	ra
	ta
)

var directionNames = [...]string{"src or dst", "src", "dst", "src and dst", "addr1", "addr2", "addr3", "addr4", "ra", "ta"}

func (d direction) String() string { return directionNames[d] }

// A qualifier is the words before a name or number that say what it is.
type qualifier struct {
	proto proto
	dir   direction
	kind  kind // kwHost, kwNet, kwPort, kwPortrange, kwProto, kwProtochain, kwGateway, or 0 for none
	none  bool // nothing precedes that could qualify a name
}

package permit

import (
	"encoding/hex"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"

	"moonwire/host/network"
)

// grants reads some, parted by semicolons.
func grants(t testing.TB, text string) Grants {
	t.Helper()
	var gs Grants
	for one := range strings.SplitSeq(text, ";") {
		if strings.TrimSpace(one) == "" {
			continue
		}
		g, err := Parse(one)
		if err != nil {
			t.Fatal(err)
		}
		gs = append(gs, g)
	}
	return gs
}

// eth0 is the interface of these tests.
var eth0 = network.Interface{Index: 2, Name: "eth0", MAC: net.HardwareAddr{2, 0, 0, 0, 0, 1}, LinkType: "ethernet",
	Addrs: []netip.Prefix{netip.MustParsePrefix("10.0.0.1/24"), netip.MustParsePrefix("fd00::1/64"), netip.MustParsePrefix("fe80::1/64")}}

func table() []network.Interface { return []network.Interface{eth0} }

// unhex reads bytes in hexadecimal, with blanks.
func unhex(t testing.TB, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The parts that frames are made of.
const (
	ethOwn   = "020000000002 020000000001 "
	eth4     = ethOwn + "0800 "
	eth6     = ethOwn + "86dd "
	ip4UDP   = "45000020 00010000 40110000 0a000001 " // from 10.0.0.1
	ip4TCP   = "45000028 00010000 40060000 0a000001 "
	to2      = "0a000002 "                   // 10.0.0.2
	to9      = "0b000009 "                   // 11.0.0.9
	dns      = "d4310035 000c0000 00000000 " // to port 53
	snmp     = "d43100a1 000c0000 00000000 " // to port 161
	ip6UDP   = "60000000 000c1140 " + own6
	own6     = "fd000000000000000000000000000001 "
	peer6    = "fd000000000000000000000000000002 "
	alien6   = "20010db8000000000000000000000009 "
	segment1 = "d4310050 00000000 00000000 50020000 00000000 " // TCP to port 80
)

// frameTests are frames, the grants that they are tried with, and whether they may leave.
var frameTests = []struct {
	name, grants, frame string
	may                 bool
}{
	{"no grant", "", eth4 + ip4UDP + to2 + dns, false},
	{"another link", "raw on eth1", eth4 + ip4UDP + to2 + dns, false},
	{"everything", "raw", "ffffffffffff 060606060606 1234 00", true},
	{"the link", "raw on eth0", eth4 + ip4UDP + to9 + dns, true},
	{"links by their beginning", "raw on eth*", eth4 + ip4UDP + to9 + dns, true},
	{"prefix", "raw on eth0 to 10.0.0.0/24", eth4 + ip4UDP + to2 + dns, true},
	{"outside the prefix", "raw on eth0 to 10.0.0.0/24", eth4 + ip4UDP + to9 + dns, false},
	{"port", "raw to 10.0.0.0/24:53/udp", eth4 + ip4UDP + to2 + dns, true},
	{"another port", "raw to 10.0.0.0/24:53/udp", eth4 + ip4UDP + to2 + snmp, false},
	{"another protocol", "raw to 10.0.0.0/24:80/tcp", eth4 + ip4UDP + to2 + "d4310050 000c0000 00000000", false},
	{"tcp", "raw to 10.0.0.0/24:80/tcp", eth4 + ip4TCP + to2 + segment1, true},
	{"one of two grants", "raw to 10.0.0.9; raw to 10.0.0.2:53", eth4 + ip4UDP + to2 + dns, true},
	{"protocol by number", "raw to 10.0.0.0/24/89", eth4 + "45000018 00010000 40590000 0a000001 " + to2 + "02010000", true},
	{"icmp", "raw to 10.0.0.2/icmp", eth4 + "4500001c 00010000 40010000 0a000001 " + to2 + "0800f7ff 00000000", true},
	{"icmp6", "raw to fd00::/64/icmp", eth6 + "60000000 00083a40 " + own6 + peer6 + "80000000 00000000", true},
	{"udp over IPv6", "raw to fd00::/64:53/udp", eth6 + ip6UDP + peer6 + dns, true},
	{"elsewhere over IPv6", "raw to fd00::/64:53/udp", eth6 + ip6UDP + alien6 + dns, false},
	{"limited broadcast", "raw on eth0 to 10.0.0.0/8", eth4 + ip4UDP + "ffffffff " + dns, false},

	// Who sends.
	{"another's address", "raw on eth0", eth4 + "45000020 00010000 40110000 0a000063 " + to2 + dns, false},
	{"no address", "raw on eth0", eth4 + "45000020 00010000 40110000 00000000 " + to2 + dns, true},
	{"another's hardware address", "raw on eth0", "020000000002 020000000063 0800 " + ip4UDP + to2 + dns, false},
	{"no hardware address", "raw on eth0", "020000000002 000000000000 0800 " + ip4UDP + to2 + dns, true},
	{"a granted source", "raw on eth0 from 10.0.0.96/28", "020000000002 020000000063 0800 45000020 00010000 40110000 0a000063 " + to2 + dns, true},
	{"beside a granted source", "raw on eth0 from 10.0.0.96/28", eth4 + "45000020 00010000 40110000 0a000073 " + to2 + dns, false},
	{"any source", "raw on eth0 to 10.0.0.0/24 from any", "020000000002 020000000063 0800 45000020 00010000 40110000 08080808 " + to2 + dns, true},
	{"any source, elsewhere", "raw on eth0 to 10.0.0.0/24 from any", "020000000002 020000000063 0800 45000020 00010000 40110000 08080808 " + to9 + dns, false},
	{"another's address over IPv6", "raw on eth0 to fd00::/64", eth6 + "60000000 000c1140 " + alien6 + peer6 + dns, false},
	{"a non-IP frame", "raw on eth0", ethOwn + "88cc 0207", true},
	{"a non-IP frame where addresses are bound", "raw on eth0 to 10.0.0.0/8", ethOwn + "88cc 0207", false},
	{"a non-IP frame of another", "raw on eth0", "0180c200000e 020000000063 88cc 0207", false},
	{"spanning tree", "raw on eth0", "0180c2000000 020000000001 0026 424203 0000000000", true},

	// Tags and other ways to say IP.
	{"tag", "raw to 10.0.0.0/24:53/udp", ethOwn + "8100 0064 0800 " + ip4UDP + to2 + dns, true},
	{"tag, elsewhere", "raw to 10.0.0.0/24:53/udp", ethOwn + "8100 0064 0800 " + ip4UDP + to9 + dns, false},
	{"two tags", "raw to 10.0.0.0/24:53/udp", ethOwn + "88a8 0064 8100 00c8 0800 " + ip4UDP + to2 + dns, true},
	{"two tags, elsewhere", "raw to 10.0.0.0/24:53/udp", ethOwn + "88a8 0064 8100 00c8 0800 " + ip4UDP + to9 + dns, false},
	{"a tag without an end", "raw to 10.0.0.0/24", ethOwn + "8100 00", false},
	{"SNAP, elsewhere", "raw to 10.0.0.0/24", ethOwn + "0028 aaaa03000000 0800 " + ip4UDP + to9 + dns, false},
	{"SNAP", "raw to 10.0.0.0/24", ethOwn + "0028 aaaa03000000 0800 " + ip4UDP + to2 + dns, true},
	{"SNAP of another vendor", "raw on eth0", ethOwn + "0028 aaaa030080c2 0007 0000", false},
	{"MPLS", "raw on eth0", ethOwn + "8847 00064140 " + ip4UDP + to2 + dns, false},
	{"PPP over Ethernet", "raw on eth0 to 10.0.0.0/24", ethOwn + "8864 1100 0001 0022 0021 " + ip4UDP + to2 + dns, false},
	{"MPLS by who may send anything", "raw on eth0 from any", ethOwn + "8847 00064140 " + ip4UDP + to9 + dns, true},
	{"IPv6 that says IPv4", "raw to 10.0.0.0/24; raw to fd00::/64", eth4 + "60000000 000c1140 " + own6 + peer6 + dns, false},

	// ARP and neighbour discovery.
	{"who has", "raw on eth0 to 10.0.0.0/24", "ffffffffffff 020000000001 0806 0001080006040001 020000000001 0a000001 000000000000 0a000002", true},
	{"who has another", "raw on eth0 to 10.0.0.0/24", "ffffffffffff 020000000001 0806 0001080006040001 020000000001 0a000001 000000000000 0b000002", false},
	{"who has, where a port is bound", "raw on eth0 to 10.0.0.2:53/udp", "ffffffffffff 020000000001 0806 0001080006040001 020000000001 0a000001 000000000000 0a000002", true},
	{"a probe", "raw on eth0 to 10.0.0.0/24", "ffffffffffff 020000000001 0806 0001080006040001 020000000001 00000000 000000000000 0a000007", true},
	{"a lie about an address", "raw on eth0 to 10.0.0.0/24", "ffffffffffff 020000000001 0806 0001080006040002 020000000001 0a000063 020000000002 0a000002", false},
	{"a lie about a hardware address", "raw on eth0 to 10.0.0.0/24", "ffffffffffff 020000000001 0806 0001080006040002 020000000063 0a000001 020000000002 0a000002", false},
	{"that lie, granted", "raw on eth0 to 10.0.0.0/24 from any", "ffffffffffff 020000000001 0806 0001080006040002 020000000063 0a000063 020000000002 0a000002", true},
	{"ARP of something else", "raw on eth0 to 10.0.0.0/24", "ffffffffffff 020000000001 0806 0006080006060001 020000000001 0a000001 000000000000 0a000002 0000", false},
	{"ARP, cut", "raw on eth0 to 10.0.0.0/24", "ffffffffffff 020000000001 0806 00010800060400", false},
	{"solicitation", "raw on eth0 to fd00::/64", "3333ff000002 020000000001 86dd 60000000 00203aff " + own6 + "ff0200000000000000000001ff000002 87000000 00000000 " + peer6 + "0101 020000000001", true},
	{"solicitation for another", "raw on eth0 to fd00::/64", "3333ff000009 020000000001 86dd 60000000 00203aff " + own6 + "ff0200000000000000000001ff000009 87000000 00000000 " + alien6 + "0101 020000000001", false},
	{"solicitation with a lie", "raw on eth0 to fd00::/64", "3333ff000002 020000000001 86dd 60000000 00203aff " + own6 + "ff0200000000000000000001ff000002 87000000 00000000 " + peer6 + "0101 020000000063", false},
	{"solicitation by way of others", "raw on eth0 to fd00::/64", "333300000001 020000000001 86dd 60000000 00203aff " + own6 + "ff020000000000000000000000000001 87000000 00000000 " + peer6 + "0101 020000000001", false},
	{"advertisement", "raw on eth0 to fd00::/64", "020000000002 020000000001 86dd 60000000 00203aff " + own6 + peer6 + "88000000 60000000 " + own6 + "0201 020000000001", true},
	{"advertisement of another's", "raw on eth0 to fd00::/64", "020000000002 020000000001 86dd 60000000 00203aff " + own6 + peer6 + "88000000 60000000 " + peer6 + "0201 020000000001", false},
	{"router advertisement to all", "raw on eth0 to fd00::/64", "333300000001 020000000001 86dd 60000000 00103aff fe800000000000000000000000000001 ff020000000000000000000000000001 86000000 40000000 00000000 00000000", false},

	// Headers that are wrong, long or cut.
	{"a short frame", "raw on eth0", "ffffffffffff 0200", false},
	{"a header too short", "raw to 10.0.0.0/24", eth4 + "44000020 00010000 40110000 0a000001 " + to2 + dns, false},
	{"a header beyond the end", "raw to 10.0.0.0/24", eth4 + "4f000020 00010000 40110000 0a000001 " + to2 + dns, false},
	{"ports behind options", "raw to 10.0.0.0/24:53/udp", eth4 + "46000024 00010000 40110000 0a000001 " + to2 + "94040000 " + dns, true},
	{"another port behind options", "raw to 10.0.0.0/24:53/udp", eth4 + "46000024 00010000 40110000 0a000001 " + to2 + "00350035 " + snmp, false},
	{"wrong options", "raw to 10.0.0.0/24", eth4 + "46000024 00010000 40110000 0a000001 " + to2 + "94ff0000 " + dns, false},
	{"source route", "raw to 10.0.0.0/24", eth4 + "47000028 00010000 40110000 0a000001 " + to2 + "83070404 0a000001 " + dns, false},
	{"source route elsewhere", "raw to 10.0.0.0/24", eth4 + "47000028 00010000 40110000 0a000001 " + to2 + "01830704 0b000009 " + dns, false},
	{"source route inside", "raw to 10.0.0.0/24", eth4 + "47000028 00010000 40110000 0a000001 " + to2 + "01830704 0a000007 " + dns, true},
	{"ports that a length hides", "raw to 10.0.0.0/24:53/udp", eth4 + "45000016 00010000 40110000 0a000001 " + to2 + dns, false},
	{"no ports", "raw to 10.0.0.0/24:53/udp", eth4 + "45000014 00010000 40110000 0a000001 " + to2, false},
	{"no length", "raw to 10.0.0.0/24:53/udp", eth4 + "45000000 00010000 40110000 0a000001 " + to2 + dns, true},
	{"extension headers", "raw to fd00::/64:53/udp", eth6 + "60000000 00140040 " + own6 + peer6 + "11000000 00000000 " + dns, true},
	{"another port behind extension headers", "raw to fd00::/64:53/udp", eth6 + "60000000 00140040 " + own6 + peer6 + "11000000 00000000 " + snmp, false},
	{"an extension header, cut", "raw to fd00::/64:53/udp", eth6 + "60000000 00140040 " + own6 + peer6 + "11050000 00000000 " + dns, false},
	{"routing header", "raw to fd00::/64", eth6 + "60000000 00242b40 " + own6 + peer6 + "11020001 00000000 " + alien6 + dns, false},
	{"routing header inside", "raw to fd00::/64", eth6 + "60000000 00242b40 " + own6 + peer6 + "11020001 00000000 " + peer6 + dns, true},
	{"segments", "raw to fd00::/64", eth6 + "60000000 00242b40 " + own6 + peer6 + "11020400 00000000 " + alien6 + dns, false},
	{"a routing header of another kind", "raw to fd00::/64", eth6 + "60000000 00242b40 " + own6 + peer6 + "11020301 00000000 " + peer6 + dns, false},
	{"home address", "raw to fd00::/64", eth6 + "60000000 00243c40 " + own6 + peer6 + "11020102 0000c910 " + alien6 + dns, false},
	{"mapped addresses", "raw", eth6 + ip6UDP + "00000000000000000000ffff0b000009 " + dns, true},
	{"mapped addresses, bound", "raw to ::/0", eth6 + ip6UDP + "00000000000000000000ffff0b000009 " + dns, false},

	// Fragments.
	{"first fragment", "raw to 10.0.0.0/24:53/udp", eth4 + "45000020 00012000 40110000 0a000001 " + to2 + dns, true},
	{"first fragment, another port", "raw to 10.0.0.0/24:53/udp", eth4 + "45000020 00012000 40110000 0a000001 " + to2 + snmp, false},
	{"first fragment without ports", "raw to 10.0.0.0/24:53/udp", eth4 + "45000016 00012000 40110000 0a000001 " + to2 + "d431", false},
	{"later fragment", "raw to 10.0.0.0/24:53/udp", eth4 + "45000020 00010001 40110000 0a000001 " + to2 + snmp, true},
	{"later fragment elsewhere", "raw to 10.0.0.0/24:53/udp", eth4 + "45000020 00010001 40110000 0a000001 " + to9 + snmp, false},
	{"later fragment of another protocol", "raw to 10.0.0.0/24:53/udp", eth4 + "45000020 00010001 40060000 0a000001 " + to2 + snmp, false},
	{"later fragment of what has no ports", "raw to 10.0.0.0/24:53", eth4 + "45000020 00010001 40010000 0a000001 " + to2 + snmp, false},
	{"first fragment of IPv6", "raw to fd00::/64:53/udp", eth6 + "60000000 00142c40 " + own6 + peer6 + "11000001 00000001 " + dns, true},
	{"ports that another fragment may move", "raw to fd00::/64:53/udp", eth6 + "60000000 001c2c40 " + own6 + peer6 + "3c000001 00000001 1100010400000000 " + dns, false},
	{"later fragment of options", "raw to fd00::/64:53/udp", eth6 + "60000000 00142c40 " + own6 + peer6 + "3c000008 00000001 " + dns, false},
	{"later fragment of IPv6", "raw to fd00::/64:53/udp", eth6 + "60000000 00142c40 " + own6 + peer6 + "11000008 00000001 " + snmp, true},
	{"solicitation in fragments", "raw on eth0 to fd00::/64", "3333ff000002 020000000001 86dd 60000000 00282cff " + own6 + "ff0200000000000000000001ff000002 3a000001 00000001 87000000 00000000 " + peer6 + "0101 020000000001", false},

	// Packets inside.
	{"IP in IP", "raw to 10.0.0.0/24", eth4 + "45000034 00010000 40040000 0a000001 " + to2 + ip4UDP + to2 + dns, true},
	{"IP in IP, elsewhere", "raw to 10.0.0.0/24", eth4 + "45000034 00010000 40040000 0a000001 " + to2 + ip4UDP + to9 + dns, false},
	{"IP in IP, another's", "raw to 10.0.0.0/24", eth4 + "45000034 00010000 40040000 0a000001 " + to2 + "45000020 00010000 40110000 0a000063 " + to2 + dns, false},
	{"IP in IP, in fragments", "raw to 10.0.0.0/24", eth4 + "45000034 00012000 40040000 0a000001 " + to2 + ip4UDP + to2 + dns, false},
	{"IPv6 in IP", "raw to 10.0.0.0/24; raw to fd00::/64", eth4 + "45000048 00010000 40290000 0a000001 " + to2 + ip6UDP + peer6 + dns, true},
	{"IPv6 in IP, elsewhere", "raw to 10.0.0.0/24; raw to fd00::/64", eth4 + "45000048 00010000 40290000 0a000001 " + to2 + ip6UDP + alien6 + dns, false},
	{"GRE", "raw to 10.0.0.0/24", eth4 + "45000038 00010000 402f0000 0a000001 " + to2 + "00000800 " + ip4UDP + to2 + dns, true},
	{"GRE, elsewhere", "raw to 10.0.0.0/24", eth4 + "45000038 00010000 402f0000 0a000001 " + to2 + "00000800 " + ip4UDP + to9 + dns, false},
	{"GRE with key, elsewhere", "raw to 10.0.0.0/24", eth4 + "4500003c 00010000 402f0000 0a000001 " + to2 + "20000800 00000001 " + ip4UDP + to9 + dns, false},
	{"GRE with routing", "raw to 10.0.0.0/24", eth4 + "45000038 00010000 402f0000 0a000001 " + to2 + "40000800 " + ip4UDP + to2 + dns, false},
	{"VXLAN", "raw to 10.0.0.0/24", eth4 + "45000052 00010000 40110000 0a000001 " + to2 + "d43112b5 00320000 08000000 00000100 " + eth4 + ip4UDP + to2 + dns, true},
	{"VXLAN, elsewhere", "raw to 10.0.0.0/24", eth4 + "45000052 00010000 40110000 0a000001 " + to2 + "d43112b5 00320000 08000000 00000100 " + eth4 + ip4UDP + to9 + dns, false},
	{"VXLAN in fragments", "raw to 10.0.0.0/24", eth4 + "45000024 00012000 40110000 0a000001 " + to2 + "d43112b5 00320000 08000000 00000100", false},
	{"Geneve, elsewhere", "raw to 10.0.0.0/24", eth4 + "45000052 00010000 40110000 0a000001 " + to2 + "d43117c1 00320000 00006558 00000100 " + eth4 + ip4UDP + to9 + dns, false},
	{"GTP", "raw to 10.0.0.0/24", eth4 + "45000044 00010000 40110000 0a000001 " + to2 + "d4310868 00300000 30ff0020 00000001 " + ip4UDP + to2 + dns, true},
	{"GTP, elsewhere", "raw to 10.0.0.0/24", eth4 + "45000044 00010000 40110000 0a000001 " + to2 + "d4310868 00300000 30ff0020 00000001 " + ip4UDP + to9 + dns, false},
	{"GTP with a sequence number", "raw to 10.0.0.0/24", eth4 + "45000048 00010000 40110000 0a000001 " + to2 + "d4310868 00340000 32ff0024 00000001 00010000 " + ip4UDP + to2 + dns, true},
	{"GTP with a sequence number, elsewhere", "raw to 10.0.0.0/24", eth4 + "45000048 00010000 40110000 0a000001 " + to2 + "d4310868 00340000 32ff0024 00000001 00010000 " + ip4UDP + to9 + dns, false},
	{"GTP with extensions", "raw to 10.0.0.0/24", eth4 + "4500004c 00010000 40110000 0a000001 " + to2 + "d4310868 00380000 34ff0028 00000001 00000085 01100000 " + ip4UDP + to9 + dns, false},
	{"an echo of GTP", "raw to 10.0.0.0/24", eth4 + "45000028 00010000 40110000 0a000001 " + to2 + "d4310868 00140000 32010004 00000000 00010000", true},
	{"from GTP's port, elsewhere", "raw to 10.0.0.0/24", eth4 + "45000044 00010000 40110000 0a000001 " + to2 + "0868d431 00300000 30ff0020 00000001 " + ip4UDP + to9 + dns, false},
	{"a register of PIM, elsewhere", "raw to 10.0.0.0/24", eth4 + "4500003c 00010000 40670000 0a000001 " + to2 + "2100defd 00000000 " + ip4UDP + to9 + dns, false},
	{"a hello of PIM", "raw to 10.0.0.0/24", eth4 + "45000020 00010000 40670000 0a000001 " + to2 + "2000dfff 00010002 00690000", true},
	{"a solicitation with a fragment header", "raw on eth0 to fd00::/64", "3333ff000002 020000000001 86dd 60000000 00282cff " + own6 + "ff0200000000000000000001ff000002 3a000000 00000001 87000000 00000000 " + peer6 + "0101 020000000001", false},
	{"Ethernet in IP, elsewhere", "raw to 10.0.0.0/24", eth4 + "45000044 00010000 40610000 0a000001 " + to2 + "3000 " + eth4 + ip4UDP + to9 + dns, false},
	{"authenticated, elsewhere inside", "raw to 10.0.0.0/24", eth4 + "45000040 00010000 40330000 0a000001 " + to2 + "04010000 00000001 00000001 " + ip4UDP + to9 + dns, false},
	{"minimal encapsulation", "raw to 10.0.0.0/24", eth4 + "45000020 00010000 40370000 0a000001 " + to2 + "11000000 0b000009 00000000", false},
}

func TestFrames(t *testing.T) {
	for _, tt := range frameTests {
		p := &Policy{Allow: grants(t, tt.grants)}
		err := p.Frames("eth0", table).Check(unhex(t, tt.frame))
		if (err == nil) != tt.may {
			t.Errorf("%s: %v", tt.name, err)
		}
		var refused *Refusal
		if err != nil && (!errors.As(err, &refused) || p.Refused() != 1) {
			t.Errorf("%s: refused %d times with %T", tt.name, p.Refused(), err)
		}
	}
}

// TestFramesDenied tries what is forbidden to a script that may do everything else.
func TestFramesDenied(t *testing.T) {
	for _, tt := range []struct {
		name, deny, frame string
		may               bool
	}{
		{"a port elsewhere", "net 11.0.0.0/8:161", eth4 + ip4UDP + to9 + dns, true},
		{"that port", "net 11.0.0.0/8:53", eth4 + ip4UDP + to9 + dns, false},
		{"raw", "raw to 11.0.0.0/8", eth4 + ip4UDP + to9 + dns, false},
		{"all raw frames", "raw", eth4 + ip4UDP + to2 + dns, false},
		{"another link", "raw on eth1", eth4 + ip4UDP + to2 + dns, true},
		{"inside", "net 11.0.0.0/8", eth4 + "45000034 00010000 40040000 0a000001 " + to2 + ip4UDP + to9 + dns, false},
		{"what can't be read", "net 11.0.0.0/8", ethOwn + "8847 00064140 " + ip4UDP + to2 + dns, false},
		{"by IPv6", "net 11.0.0.0/8", eth6 + ip6UDP + "0064ff9b000000000000000b0b000009 " + dns, true},
		{"by NAT64", "net 11.0.0.0/8", eth6 + ip6UDP + "0064ff9b00000000000000000b000009 " + dns, false},
		{"a port that a fragment lacks", "net 11.0.0.0/8:53", eth4 + "45000016 00012000 40110000 0a000001 " + to9 + "d431", false},
		{"a station", "net 2001:db8::/32:53", eth6 + "60000000 00242b40 " + own6 + peer6 + "11020400 00000000 " + alien6 + dns, false},
	} {
		p := &Policy{All: true, Deny: grants(t, tt.deny)}
		if err := p.Frames("eth0", table).Check(unhex(t, tt.frame)); (err == nil) != tt.may {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestFrameWords(t *testing.T) {
	for _, tt := range []struct{ grants, frame, want string }{
		{"raw on eth0 to 10.0.0.0/24", eth4 + ip4UDP + to9 + dns,
			`a frame to 11.0.0.9:53/udp on eth0 is not allowed: the script declares raw on eth0 to 10.0.0.0/24; --allow-raw="on eth0 to 11.0.0.9:53/udp" would allow it`},
		{"raw on eth0", eth4 + "45000020 00010000 40110000 0a000063 " + to2 + dns,
			`a frame from 10.0.0.99 to 10.0.0.2:53/udp on eth0 is not allowed: the script declares raw on eth0; --allow-raw="on eth0 to 10.0.0.2:53/udp from 10.0.0.99" would allow it`},
		{"", ethOwn + "8847 0006", `a frame on eth0 is not allowed: the script declares no raw (what it carries can't be looked into); --allow-raw="on eth0 from any" would allow it`},
	} {
		err := (&Policy{Allow: grants(t, tt.grants)}).Frames("eth0", table).Check(unhex(t, tt.frame))
		if err == nil || err.Error() != tt.want {
			t.Errorf("got:  %v\nwant: %s", err, tt.want)
		}
	}
}

// TestWould holds that what a refusal names would indeed allow it.
func TestWould(t *testing.T) {
	for _, tt := range frameTests {
		frame := unhex(t, tt.frame)
		p := &Policy{Allow: grants(t, tt.grants)}
		for range 4 { // a packet inside a packet takes two
			var refused *Refusal
			if !errors.As(p.Frames("eth0", table).Check(frame), &refused) {
				break
			}
			p.Allow = append(p.Allow, refused.Would...)
		}
		if err := p.Frames("eth0", table).Check(frame); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestNewAddress(t *testing.T) {
	here := eth0
	f := (&Policy{Allow: grants(t, "raw on eth0")}).Frames("eth0", func() []network.Interface { return []network.Interface{here} })
	frame := unhex(t, eth4+"45000020 00010000 40110000 0a000063 "+to2+dns)
	if f.Check(frame) == nil {
		t.Error("sent from an address that isn't there")
	}
	here.Addrs = append(here.Addrs, netip.MustParsePrefix("10.0.0.99/24"))
	if err := f.Check(frame); err != nil {
		t.Error(err)
	}
}

func BenchmarkFrames(b *testing.B) {
	f := (&Policy{Allow: grants(b, "raw on eth0 to 192.168.0.0/16; raw on eth0 to 10.0.0.0/24:53/udp; net 10.0.0.0/8")}).Frames("eth0", table)
	frame := unhex(b, eth4+ip4UDP+to2+dns)
	b.ReportAllocs()
	for b.Loop() {
		if err := f.Check(frame); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFrames6(b *testing.B) {
	f := (&Policy{Allow: grants(b, "raw on eth0 to fd00::/64:53/udp")}).Frames("eth0", table)
	frame := unhex(b, eth6+ip6UDP+peer6+dns)
	b.ReportAllocs()
	for b.Loop() {
		if err := f.Check(frame); err != nil {
			b.Fatal(err)
		}
	}
}

//go:build interop

package answer_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/answer"
	"moonwire/host/packet/layers"
)

// python is Debian's, which has python3-scapy.
const python = "/usr/bin/python3"

// pairs are replies and requests as Scapy writes them. ours says where we judge otherwise, and why.
var pairs = []struct {
	Reply   string `json:"reply"`
	Request string `json:"request"`
	ours    string
}{
	{`IP(src="10.0.0.2",dst="10.0.0.1")/ICMP(type=0,id=7,seq=3)/"x"`, `IP(src="10.0.0.1",dst="10.0.0.2")/ICMP(id=7,seq=3)/"x"`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/ICMP(type=0,id=7,seq=4)`, `IP(src="10.0.0.1",dst="10.0.0.2")/ICMP(id=7,seq=3)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/ICMP(type=0,id=8,seq=3)`, `IP(src="10.0.0.1",dst="10.0.0.2")/ICMP(id=7,seq=3)`, ""},
	{`IP(src="10.0.0.3",dst="10.0.0.1")/ICMP(type=0,id=7,seq=3)`, `IP(src="10.0.0.1",dst="10.0.0.2")/ICMP(id=7,seq=3)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.9")/ICMP(type=0,id=7,seq=3)`, `IP(src="10.0.0.1",dst="10.0.0.2")/ICMP(id=7,seq=3)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/ICMP(type=14,id=7,seq=3)`, `IP(src="10.0.0.1",dst="10.0.0.2")/ICMP(type=13,id=7,seq=3)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/ICMP(type=18,id=7,seq=3)`, `IP(src="10.0.0.1",dst="10.0.0.2")/ICMP(type=17,id=7,seq=3)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/ICMP(type=8,id=7,seq=3)`, `IP(src="10.0.0.1",dst="10.0.0.2")/ICMP(type=8,id=7,seq=3)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/ICMP(type=0,id=7,seq=3)`, `IP(src="10.0.0.1",dst="224.0.0.1")/ICMP(id=7,seq=3)`, "any host may answer a group"},
	{`IP(src="10.9.9.9",dst="10.0.0.1")/ICMP(type=11)/IP(raw(request)[:28])`, `IP(src="10.0.0.1",dst="10.0.0.2",ttl=1)/UDP(sport=1000,dport=33434)/"probe"`, ""},
	{`IP(src="10.9.9.9",dst="10.0.0.1")/ICMP(type=3,code=3)/IP(raw(request))`, `IP(src="10.0.0.1",dst="10.0.0.2",ttl=1)/UDP(sport=1000,dport=33434)/"probe"`, ""},
	{`IP(src="10.9.9.9",dst="10.0.0.1")/ICMP(type=3,code=3)/IP(raw(IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1001,dport=33434)/"probe"))`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=33434)/"probe"`, ""},
	{`IP(src="10.9.9.9",dst="10.0.0.1")/ICMP(type=3,code=3)/IP(raw(IP(src="10.0.0.1",dst="10.0.0.3")/UDP(sport=1000,dport=33434)/"probe"))`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=33434)/"probe"`, ""},
	{`IP(src="10.9.9.9",dst="10.0.0.1")/ICMP(type=11)/IP(raw(IP(id=7,src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=33434)/"probe"))`, `IP(id=9,src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=33434)/"probe"`,
		"the identification tells probes of one flow apart; Scapy looks at it only with conf.checkIPID"},
	{`IP(src="10.9.9.9",dst="10.0.0.1")/ICMP(type=11)/IP(raw(request)[:28])`, `IP(src="10.0.0.1",dst="10.0.0.2",ttl=1)/ICMP(id=7,seq=3)/"probe"`, ""},
	{`IP(src="10.9.9.9",dst="10.0.0.1")/ICMP(type=11)/IP(raw(request))`, `IP(src="10.0.0.1",dst="10.0.0.2",ttl=1)/TCP(sport=1000,dport=80,seq=5)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/TCP(sport=80,dport=1000,flags="SA",seq=9,ack=101)`, `IP(src="10.0.0.1",dst="10.0.0.2")/TCP(sport=1000,dport=80,flags="S",seq=100)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/TCP(sport=80,dport=1000,flags="RA",seq=0,ack=101)`, `IP(src="10.0.0.1",dst="10.0.0.2")/TCP(sport=1000,dport=80,flags="S",seq=100)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/TCP(sport=80,dport=1001,flags="SA",seq=9,ack=101)`, `IP(src="10.0.0.1",dst="10.0.0.2")/TCP(sport=1000,dport=80,flags="S",seq=100)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/TCP(sport=81,dport=1000,flags="SA",seq=9,ack=101)`, `IP(src="10.0.0.1",dst="10.0.0.2")/TCP(sport=1000,dport=80,flags="S",seq=100)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/TCP(sport=80,dport=1000,flags="SA",seq=9,ack=500)`, `IP(src="10.0.0.1",dst="10.0.0.2")/TCP(sport=1000,dport=80,flags="S",seq=100)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/TCP(sport=80,dport=1000,flags="R",seq=555)`, `IP(src="10.0.0.1",dst="10.0.0.2")/TCP(sport=1000,dport=80,flags="A",seq=100,ack=555)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/TCP(sport=80,dport=1000,flags="PA",seq=555,ack=104)/"data"`, `IP(src="10.0.0.1",dst="10.0.0.2")/TCP(sport=1000,dport=80,flags="PA",seq=100,ack=555)/"GET "`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/TCP(sport=80,dport=1000,flags="S",seq=555)`, `IP(src="10.0.0.1",dst="10.0.0.2")/TCP(sport=1000,dport=80,flags="A",seq=100,ack=555)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=7,dport=1000)/"y"`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=7)/"x"`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=7,dport=1001)/"y"`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=7)/"x"`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=8,dport=1000)/"y"`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=7)/"x"`,
		"who is asked on a port answers from it, TFTP and groups apart; Scapy looks at one port only"},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=53,dport=1000)/DNS(id=5,qr=1,qd=DNSQR(qname="a.b"))`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=53)/DNS(id=5,qd=DNSQR(qname="a.b"))`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=53,dport=1000)/DNS(id=6,qr=1,qd=DNSQR(qname="a.b"))`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=53)/DNS(id=5,qd=DNSQR(qname="a.b"))`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=53,dport=1000)/DNS(id=5,qr=0,qd=DNSQR(qname="a.b"))`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=53)/DNS(id=5,qd=DNSQR(qname="a.b"))`, ""},
	{`Ether(dst="ff:ff:ff:ff:ff:ff")/IP(src="10.0.0.2",dst="255.255.255.255")/UDP(sport=67,dport=68)/BOOTP(op=2,xid=9)/DHCP(options=[("message-type","offer"),"end"])`,
		`Ether(dst="ff:ff:ff:ff:ff:ff")/IP(src="0.0.0.0",dst="255.255.255.255")/UDP(sport=68,dport=67)/BOOTP(xid=9)/DHCP(options=[("message-type","discover"),"end"])`, "an offer may be a broadcast"},
	{`Ether(dst="ff:ff:ff:ff:ff:ff")/IP(src="10.0.0.2",dst="255.255.255.255")/UDP(sport=67,dport=68)/BOOTP(op=2,xid=8)/DHCP(options=[("message-type","offer"),"end"])`,
		`Ether(dst="ff:ff:ff:ff:ff:ff")/IP(src="0.0.0.0",dst="255.255.255.255")/UDP(sport=68,dport=67)/BOOTP(xid=9)/DHCP(options=[("message-type","discover"),"end"])`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=161,dport=1000)/SNMP(PDU=SNMPresponse(id=300,varbindlist=[]))`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=161)/SNMP(PDU=SNMPget(id=300,varbindlist=[]))`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=161,dport=1000)/SNMP(PDU=SNMPresponse(id=301,varbindlist=[]))`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=161)/SNMP(PDU=SNMPget(id=300,varbindlist=[]))`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=5000,dport=1000)/TFTP()/TFTP_DATA(block=1)/"x"`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=69)/TFTP()/TFTP_RRQ(filename="f")`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=1812,dport=1000)/Radius(code=2,id=7)`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=1812)/Radius(code=1,id=7)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=1812,dport=1000)/Radius(code=2,id=8)`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=1000,dport=1812)/Radius(code=1,id=7)`, "Scapy has no rule for RADIUS"},
	{`Ether()/ARP(op=2,psrc="10.0.0.2",pdst="10.0.0.1")`, `Ether(dst="ff:ff:ff:ff:ff:ff")/ARP(psrc="10.0.0.1",pdst="10.0.0.2")`, ""},
	{`Ether()/ARP(op=2,psrc="10.0.0.3",pdst="10.0.0.1")`, `Ether(dst="ff:ff:ff:ff:ff:ff")/ARP(psrc="10.0.0.1",pdst="10.0.0.2")`, ""},
	{`Ether()/ARP(op=1,psrc="10.0.0.2",pdst="10.0.0.1")`, `Ether(dst="ff:ff:ff:ff:ff:ff")/ARP(psrc="10.0.0.1",pdst="10.0.0.2")`, ""},
	{`Ether()/Dot1Q(vlan=5)/ARP(op=2,psrc="10.0.0.2",pdst="10.0.0.1")`, `Ether()/Dot1Q(vlan=5)/ARP(psrc="10.0.0.1",pdst="10.0.0.2")`, ""},
	{`Ether()/Dot1Q(vlan=6)/ARP(op=2,psrc="10.0.0.2",pdst="10.0.0.1")`, `Ether()/Dot1Q(vlan=5)/ARP(psrc="10.0.0.1",pdst="10.0.0.2")`, ""},
	{`IPv6(src="fd00::2",dst="fd00::1")/ICMPv6EchoReply(id=7,seq=3)/"x"`, `IPv6(src="fd00::1",dst="fd00::2")/ICMPv6EchoRequest(id=7,seq=3)/"x"`, ""},
	{`IPv6(src="fd00::2",dst="fd00::1")/ICMPv6EchoReply(id=7,seq=4)`, `IPv6(src="fd00::1",dst="fd00::2")/ICMPv6EchoRequest(id=7,seq=3)`, ""},
	{`IPv6(src="fd00::3",dst="fd00::1")/ICMPv6EchoReply(id=7,seq=3)`, `IPv6(src="fd00::1",dst="fd00::2")/ICMPv6EchoRequest(id=7,seq=3)`,
		"who is asked answers; of echoes over IPv6 Scapy takes anybody's"},
	{`IPv6(src="fd00::3",dst="fd00::1")/ICMPv6EchoReply(id=7,seq=3)`, `IPv6(src="fd00::1",dst="ff02::1")/ICMPv6EchoRequest(id=7,seq=3)`, ""},
	{`IPv6(src="fd00::2",dst="fd00::1")/ICMPv6ND_NA(tgt="fd00::2")`, `IPv6(src="fd00::1",dst="ff02::1:ff00:2")/ICMPv6ND_NS(tgt="fd00::2")`, ""},
	{`IPv6(src="fd00::2",dst="fd00::1")/ICMPv6ND_NA(tgt="fd00::3")`, `IPv6(src="fd00::1",dst="ff02::1:ff00:2")/ICMPv6ND_NS(tgt="fd00::2")`, ""},
	{`IPv6(src="fe80::9",dst="ff02::1")/ICMPv6ND_RA()`, `IPv6(src="fe80::1",dst="ff02::2")/ICMPv6ND_RS()`, ""},
	{`IPv6(src="fd00::9",dst="fd00::1")/ICMPv6TimeExceeded()/IPv6(raw(request))`, `IPv6(src="fd00::1",dst="fd00::2",hlim=1)/UDP(sport=1000,dport=33434)/"probe"`, ""},
	{`IPv6(src="fd00::9",dst="fd00::1")/ICMPv6DestUnreach(code=4)/IPv6(raw(IPv6(src="fd00::1",dst="fd00::2")/UDP(sport=1001,dport=33434)/"probe"))`, `IPv6(src="fd00::1",dst="fd00::2")/UDP(sport=1000,dport=33434)/"probe"`, ""},
	{`IPv6(src="fd00::9",dst="fd00::1")/ICMPv6PacketTooBig(mtu=1300)/IPv6(raw(request)[:100])`, `IPv6(src="fd00::1",dst="fd00::2")/ICMPv6EchoRequest(id=7,seq=3)/("x"*200)`, ""},
	{`IPv6(src="fd00::2",dst="fd00::1")/TCP(sport=80,dport=1000,flags="SA",seq=9,ack=101)`, `IPv6(src="fd00::1",dst="fd00::2")/IPv6ExtHdrDestOpt()/TCP(sport=1000,dport=80,flags="S",seq=100)`, "extension headers need not come back"},
	{`IPv6(src="fe80::2",dst="fe80::1")/UDP(sport=547,dport=546)/DHCP6_Advertise(trid=7)`, `IPv6(src="fe80::1",dst="ff02::1:2")/UDP(sport=546,dport=547)/DHCP6_Solicit(trid=7)`, ""},
	{`IPv6(src="fe80::2",dst="fe80::1")/UDP(sport=547,dport=546)/DHCP6_Advertise(trid=8)`, `IPv6(src="fe80::1",dst="ff02::1:2")/UDP(sport=546,dport=547)/DHCP6_Solicit(trid=7)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/SCTP(sport=80,dport=1000,tag=77)/SCTPChunkInitAck(init_tag=5)`, `IP(src="10.0.0.1",dst="10.0.0.2")/SCTP(sport=1000,dport=80)/SCTPChunkInit(init_tag=77)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/SCTP(sport=80,dport=1001,tag=77)/SCTPChunkInitAck(init_tag=5)`, `IP(src="10.0.0.1",dst="10.0.0.2")/SCTP(sport=1000,dport=80)/SCTPChunkInit(init_tag=77)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/SCTP(sport=80,dport=1000,tag=78)/SCTPChunkInitAck(init_tag=5)`, `IP(src="10.0.0.1",dst="10.0.0.2")/SCTP(sport=1000,dport=80)/SCTPChunkInit(init_tag=77)`,
		"the tag is the one that INIT asked for; Scapy looks at ports only"},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/UDP(sport=123,dport=123)/NTP(mode=4,orig=request[NTP].sent)`, `IP(src="10.0.0.1",dst="10.0.0.2")/UDP(sport=123,dport=123)/NTP(mode=3,sent=3900000000.5)`, ""},
	{`IP(src="10.0.0.2",dst="10.0.0.1")/GRE()/IP(src="192.168.0.2",dst="192.168.0.1")/ICMP(type=0,id=7,seq=3)`, `IP(src="10.0.0.1",dst="10.0.0.2")/GRE()/IP(src="192.168.0.1",dst="192.168.0.2")/ICMP(id=7,seq=3)`, ""},
}

// TestScapyAgrees compares our verdicts with those of Scapy's answers.
func TestScapyAgrees(t *testing.T) {
	var in, complaint bytes.Buffer
	for _, p := range pairs {
		json.NewEncoder(&in).Encode(p)
	}
	cmd := exec.Command(python, "testdata/scapy_answers.py")
	cmd.Stdin, cmd.Stderr = &in, &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("scapy (package python3-scapy): %v\n%s", err, &complaint)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for i, p := range pairs {
		var scapy struct {
			Request, Reply, Error string
			Answers               bool
		}
		if err := json.Unmarshal([]byte(lines[i]), &scapy); err != nil || scapy.Error != "" {
			t.Fatal(p.Reply, err, scapy.Error)
		}
		want := scapy.Answers != (p.ours != "")
		reply, request := read(t, p.Reply, scapy.Reply), read(t, p.Request, scapy.Request)
		ok, reason := answer.Match(nil, reply, request)
		if ok != want {
			t.Errorf("%s\n%s\nscapy %v, ours %v: %s", p.Request, p.Reply, scapy.Answers, ok, reason)
		}
		table := answer.NewTable(nil, false)
		table.Add(request)
		if _, found := table.Take(reply); found != ok {
			t.Errorf("%s\n%s\nours %v, the table %v", p.Request, p.Reply, ok, found)
		}
	}
}

// read reads bytes in hexadecimal as the packet whose outermost layer an expression of Scapy's begins with.
func read(t *testing.T, expression, text string) *packet.Packet {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(expression, "(")
	first, err := layers.Registry().Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	return packet.Decode(layers.Registry(), b, first)
}

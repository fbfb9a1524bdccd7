package layers_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// dnsCases are messages of DNS over UDP and TCP.
func dnsCases() []wireCase {
	scapy := scapyIP + `/UDP(sport=1000)/DNS(id=7,`
	message := func(fields ...any) []part {
		return over4(l("udp", "sport", 1000), l("dns", append([]any{"id", 7}, fields...)...))
	}
	answer := func(name, expr string, shown map[string]string, entries ...any) wireCase {
		return wireCase{name: "dns " + name, shown: shown,
			stack: message("qr", 1, "an", li(re(append([]any{"rrname", "example.org", "ttl", 60}, entries...)...))),
			scapy: scapy + `qr=1,an=` + expr + `)`}
	}
	// raw is an answer of a type that Scapy has no class for.
	raw := func(kind int, rdata string) string {
		return fmt.Sprintf(`DNSRR(rrname="example.org",ttl=60,type=%d,rdata=bytes.fromhex("%s"))`, kind, rdata)
	}
	cases := []wireCase{
		{name: "dns defaults", stack: over4(l("udp"), l("dns")), scapy: scapyIP + `/UDP()/DNS()`,
			shown: map[string]string{"dns.qry.name": "www.example.com"}},
		{name: "dns question", stack: message("qd", li(re("qname", "example.org", "qtype", "A"))), scapy: scapy + `qd=DNSQR(qname="example.org"))`,
			shown: map[string]string{"dns.qry.name": "example.org", "dns.qry.type": "1", "dns.qry.class": "0x0001"}},
		{name: "dns flags", stack: message("qr", 1, "opcode", "STATUS", "aa", 1, "tc", 1, "rd", 0, "ra", 1, "z", 1, "ad", 1, "cd", 1, "rcode", "name-error"),
			scapy: scapy + `qr=1,opcode="STATUS",aa=1,tc=1,rd=0,ra=1,z=1,ad=1,cd=1,rcode="name-error")`},
		{name: "dns four sections", stack: message("qr", 1, "qd", li(re("qname", "example.org", "qtype", "MX")), "an", li(re("rrname", "example.org", "type", "MX", "preference", 10, "exchange", "mail.example.org")),
			"ns", li(re("rrname", "example.org", "type", "NS", "rdata", "ns.example.org")), "ar", li(re("rrname", "ns.example.org", "type", "A", "rdata", "192.0.2.1"), re("type", "OPT", "rclass", 1232, "z", 0))),
			scapy: scapy + `qr=1,qd=DNSQR(qname="example.org",qtype="MX"),an=DNSRRMX(rrname="example.org",type=15,preference=10,exchange="mail.example.org"),` +
				`ns=DNSRR(rrname="example.org",type="NS",rdata="ns.example.org"),ar=DNSRR(rrname="ns.example.org",rdata="192.0.2.1")/DNSRROPT(rclass=1232,z=0))`,
			shown: map[string]string{"dns.mx.mail_exchange": "mail.example.org", "dns.ns": "ns.example.org", "dns.a": "192.0.2.1", "dns.rr.udp_payload_size": "1232"}},
		{name: "dns edns options", stack: message("ar", li(re("type", "OPT", "rdata", li(re("optcode", "NSID"), re("optcode", 10, "optdata", "\x01\x02\x03\x04\x05\x06\x07\x08"))))),
			scapy: scapy + `ar=DNSRROPT(rdata=[EDNS0TLV(optcode="NSID"),EDNS0TLV(optcode=10,optdata=b"\1\2\3\4\5\6\7\x08")]))`,
			shown: map[string]string{"dns.opt.code": "3,10", "dns.opt.len": "0,8", "dns.resp.z.do": "1"}},
		{name: "dns names", stack: message("qd", li(re("qname", "."), re("qname", ""), re("qname", strings.Repeat("x", 63)+".y."))),
			scapy: scapy + `qd=DNSQR(qname=".")/DNSQR(qname="")/DNSQR(qname="` + strings.Repeat("x", 63) + `.y."))`},
		{name: "dns tcp", stack: over4(l("tcp", "sport", 1000, "dport", 53, "flags", "PA"), l("dns_tcp"), l("dns", "id", 7)), prefs: nil,
			scapy: scapyIP + `/TCP(sport=1000,dport=53,flags="PA")/DNS(id=7)`},
		{name: "mdns", stack: over4(l("udp", "sport", 5353, "dport", 5353), l("dns", "rd", 0, "qd", li(re("qname", "_http._tcp.local", "qtype", "PTR", "qclass", 0x8001)))),
			scapy: scapyIP + `/UDP(sport=5353,dport=5353)/DNS(rd=0,qd=DNSQR(qname="_http._tcp.local",qtype="PTR",qclass=0x8001))`},
		answer("a", `DNSRR(rrname="example.org",ttl=60,rdata="192.0.2.1")`, map[string]string{"dns.a": "192.0.2.1", "dns.resp.ttl": "60"}, "rdata", "192.0.2.1"),
		answer("aaaa", `DNSRR(rrname="example.org",ttl=60,type="AAAA",rdata="2001:db8::1")`, map[string]string{"dns.aaaa": "2001:db8::1"}, "type", "AAAA", "rdata", "2001:db8::1"),
		answer("ns", `DNSRR(rrname="example.org",ttl=60,type="NS",rdata="ns1.example.org")`, map[string]string{"dns.ns": "ns1.example.org"}, "type", "NS", "rdata", "ns1.example.org"),
		answer("cname", `DNSRR(rrname="example.org",ttl=60,type="CNAME",rdata="w.example.org")`, map[string]string{"dns.cname": "w.example.org"}, "type", "CNAME", "rdata", "w.example.org"),
		answer("ptr", `DNSRR(rrname="example.org",ttl=60,type="PTR",rdata="h.example.org")`, map[string]string{"dns.ptr.domain_name": "h.example.org"}, "type", "PTR", "rdata", "h.example.org."),
		answer("txt", `DNSRR(rrname="example.org",ttl=60,type="TXT",rdata=["v=spf1 -all","two"])`, map[string]string{"dns.txt": "v=spf1 -all,two"}, "type", "TXT", "rdata", li("v=spf1 -all", "two")),
		answer("txt of one", `DNSRR(rrname="example.org",ttl=60,type="TXT",rdata="one")`, map[string]string{"dns.txt": "one"}, "type", "TXT", "rdata", "one"),
		answer("soa", `DNSRRSOA(rrname="example.org",ttl=60,mname="ns.example.org",rname="root.example.org",serial=2026112201,refresh=1,retry=2,expire=3,minimum=4)`,
			map[string]string{"dns.soa.mname": "ns.example.org", "dns.soa.rname": "root.example.org", "dns.soa.serial_number": "2026112201", "dns.soa.minimum_ttl": "4"},
			"type", "SOA", "mname", "ns.example.org", "rname", "root.example.org", "serial", 2026112201, "refresh", 1, "retry", 2, "expire", 3, "minimum", 4),
		answer("srv", `DNSRRSRV(rrname="example.org",ttl=60,priority=1,weight=2,port=389,target="ldap.example.org")`,
			map[string]string{"dns.srv.priority": "1", "dns.srv.weight": "2", "dns.srv.port": "389", "dns.srv.target": "ldap.example.org"},
			"type", "SRV", "priority", 1, "weight", 2, "port", 389, "target", "ldap.example.org"),
		answer("ds", `DNSRRDS(rrname="example.org",ttl=60,keytag=12345,algorithm=8,digesttype=2,digest=b"d"*32)`, map[string]string{"dns.ds.key_id": "0x3039", "dns.ds.algorithm": "8"},
			"type", "DS", "keytag", 12345, "algorithm", "RSA/SHA-256", "digesttype", "SHA-256", "digest", strings.Repeat("d", 32)),
		answer("dnskey", `DNSRRDNSKEY(rrname="example.org",ttl=60,flags=257,algorithm=13,publickey=b"k"*64)`, map[string]string{"dns.dnskey.flags": "0x0101", "dns.dnskey.algorithm": "13"},
			"type", "DNSKEY", "flags", 257, "algorithm", 13, "publickey", strings.Repeat("k", 64)),
		answer("rrsig", `DNSRRRSIG(rrname="example.org",ttl=60,typecovered="A",algorithm=13,labels=2,originalttl=60,expiration=1900000000,inception=1800000000,keytag=7,signersname="example.org",signature=b"s"*64)`,
			map[string]string{"dns.rrsig.type_covered": "1", "dns.rrsig.signers_name": "example.org", "dns.rrsig.key_tag": "7"},
			"type", "RRSIG", "typecovered", "A", "algorithm", 13, "labels", 2, "originalttl", 60, "expiration", 1900000000, "inception", 1800000000, "keytag", 7, "signersname", "example.org", "signature", strings.Repeat("s", 64)),
		answer("nsec", `DNSRRNSEC(rrname="example.org",ttl=60,nextname="b.example.org",typebitmaps=[1,15,46,47,257])`, map[string]string{"dns.nsec.next_domain_name": "b.example.org"},
			"type", "NSEC", "nextname", "b.example.org", "typebitmaps", li("A", "MX", "RRSIG", "NSEC", "CAA")),
		answer("nsec3", `DNSRRNSEC3(rrname="example.org",ttl=60,hashalg=1,flags=1,iterations=10,saltlength=2,salt=b"\xaa\xbb",hashlength=20,nexthashedownername=b"h"*20,typebitmaps=[1,46])`,
			map[string]string{"dns.nsec3.iterations": "10", "dns.nsec3.salt_value": "aabb"},
			"type", "NSEC3", "hashalg", 1, "flags", 1, "iterations", 10, "salt", "\xaa\xbb", "nexthashedownername", strings.Repeat("h", 20), "typebitmaps", li(1, 46)),
		answer("nsec3param", `DNSRRNSEC3PARAM(rrname="example.org",ttl=60,hashalg=1,iterations=10,saltlength=2,salt=b"\xaa\xbb")`, nil,
			"type", "NSEC3PARAM", "hashalg", 1, "iterations", 10, "salt", "\xaa\xbb"),
		answer("tsig", `DNSRRTSIG(rrname="example.org",ttl=60,algo_name="hmac-sha256",time_signed=1800000000,fudge=300,mac_len=32,mac_data=b"m"*32,original_id=7,error=18,other_len=0)`,
			map[string]string{"dns.tsig.algorithm_name": "hmac-sha256", "dns.tsig.original_id": "7"},
			"type", "TSIG", "algo_name", "hmac-sha256", "time_signed", 1800000000, "fudge", 300, "mac_data", strings.Repeat("m", 32), "original_id", 7, "error", "badtime"),
		answer("caa", raw(257, "00056973737565"+hex.EncodeToString([]byte("ca.example"))), map[string]string{"dns.caa.tag": "issue", "dns.caa.value": "ca.example"},
			"type", "CAA", "tag", "issue", "value", "ca.example"),
		answer("hinfo", raw(13, "03783836054c696e7578"), map[string]string{"dns.hinfo.cpu": "x86", "dns.hinfo.os": "Linux"}, "type", "HINFO", "cpu", "x86", "os", "Linux"),
		answer("naptr", raw(35, "000a000b01750765"+hex.EncodeToString([]byte("2u+sip\x00\x03sip\x00"))), map[string]string{"dns.naptr.order": "10", "dns.naptr.flags": "u", "dns.naptr.service": "e2u+sip", "dns.naptr.replacement": "sip"},
			"type", "NAPTR", "order", 10, "preference", 11, "flags", "u", "services", "e2u+sip", "replacement", "sip"),
		answer("sshfp", raw(44, "0402"+strings.Repeat("ab", 32)), map[string]string{"dns.sshfp.algorithm": "4"}, "type", "SSHFP", "algorithm", 4, "fp_type", 2, "fingerprint", strings.Repeat("\xab", 32)),
		answer("tlsa", raw(52, "030101"+strings.Repeat("cd", 32)), map[string]string{"dns.tlsa.certificate_usage": "3"}, "type", "TLSA", "usage", 3, "selector", 1, "matching_type", 1, "certificate", strings.Repeat("\xcd", 32)),
		answer("https", raw(65, "000100"+"0001000302"+"6832"+"0003000201bb"+"00040008c0000201c0000202"+"0006001020010db8000000000000000000000001"),
			map[string]string{"dns.svcb.svcpriority": "1", "dns.svcb.svcparam.port": "443", "dns.svcb.svcparam.ipv4hint.ip": "192.0.2.1,192.0.2.2", "dns.svcb.svcparam.ipv6hint.ip": "2001:db8::1"},
			"type", "HTTPS", "svc_priority", 1, "target_name", ".", "svc_params", li(li("alpn", "h2"), li("port", 443), li("ipv4hint", "192.0.2.1", "192.0.2.2"), li("ipv6hint", "2001:db8::1"))),
		answer("unknown type", raw(4711, "0102030405"), nil, "type", 4711, "rdata", "\x01\x02\x03\x04\x05"),
	}
	return cases
}

// compressed is an answer of a name server with pointers: example.org's MX with its address.
const compressed = "0007818000010001000100010765" + "78616d706c65036f726700000f0001" + "c00c000f0001000000 3c0009000a046d61696cc00c" +
	"c00c000200010000003c0005026e73c00c" + "c02b000100010000003c0004c0000201"

func TestDNSCompression(t *testing.T) {
	b, err := hex.DecodeString(strings.ReplaceAll(compressed, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	pr, _ := layers.Registry().Lookup("dns")
	p := packet.Decode(layers.Registry(), b, pr)
	if p.Len() != 1 {
		t.Fatalf("%d layers: %s", p.Len(), p.Reason())
	}
	for name, want := range map[string]string{
		"qd": `{{qname="example.org.", qtype="MX", qclass="IN"}}`,
		"an": `{{rrname="example.org.", type="MX", rclass="IN", ttl=60, preference=10, exchange="mail.example.org."}}`,
		"ns": `{{rrname="example.org.", type="NS", rclass="IN", ttl=60, rdata="ns.example.org."}}`,
		"ar": `{{rrname="mail.example.org.", type="A", rclass="IN", ttl=60, rdata="192.0.2.1"}}`,
	} {
		f, _ := p.Layer(0).Field(name)
		if got := p.Layer(0).Text(f); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if got := hex.EncodeToString(p.Build()); got != hex.EncodeToString(b) {
		t.Errorf("built again: %s", got)
	}
	// A change of one section writes the others anew, without pointers.
	if err := p.Layer(0).Set("ns", []packet.Value{}); err != nil {
		t.Fatal(err)
	}
	f, _ := p.Layer(0).Field("ar")
	if got := p.Layer(0).Text(f); got != `{{rrname="mail.example.org.", type="A", rclass="IN", ttl=60, rdata="192.0.2.1"}}` {
		t.Errorf("ar became %s", got)
	}
}

func TestDNSMalformed(t *testing.T) {
	header := "00070000000100000000" + "0000"
	for name, c := range map[string]struct{ hex, reason string }{
		"no question":       {header, "dns: qd: a name that ends nowhere"},
		"half a question":   {header + "0161000001", "dns: qd: a record's data is cut short"},
		"a label too long":  {header + "3f61", "dns: qd: a name that ends nowhere"},
		"too many records":  {"0007" + "0000" + "ffffffffffffffff" + "00" + "00010001", "dns: qd: a name that ends nowhere"},
		"header cut short":  {"000700", "dns: cut short"},
		"answer cut short":  {"000700000000000100000000" + "00" + "00010001000000000004c000", "dns: an: a record's data is cut short"},
		"answer without it": {"000700000000000100000000" + "00" + "000100010000", "dns: an: a record's data is cut short"},
	} {
		b, _ := hex.DecodeString(c.hex)
		pr, _ := layers.Registry().Lookup("dns")
		p := packet.Decode(layers.Registry(), b, pr)
		if p.Len() != 1 || p.Layer(0).Protocol().Name != "raw" || p.Reason() != c.reason {
			t.Errorf("%s: %q", name, p.Reason())
		}
	}
}

// TestDNSBadRecords reads records that are whole but not what they should be: they are the strings of their bytes.
func TestDNSBadRecords(t *testing.T) {
	for name, record := range map[string]string{
		"address of five bytes":  "0000010001000000000005c000020101",
		"pointer to itself":      "c00c000100010000000000 04c0000201",
		"pointer forward":        "c020000100010000000000 04c0000201",
		"name past the data":     "00000200010000000000020361",
		"text past the data":     "000010000100000000000203 61",
		"bitmap that is no list": "00002f000100000000 0004000000 01",
	} {
		record = strings.ReplaceAll(record, " ", "")
		b, err := hex.DecodeString("000780000000000100000000" + record)
		if err != nil {
			t.Fatal(name, err)
		}
		pr, _ := layers.Registry().Lookup("dns")
		p := packet.Decode(layers.Registry(), b, pr)
		p.Len()
		c := p.Layer(0)
		f, err := c.Field("an")
		if err != nil {
			t.Fatal(name, err)
		}
		list, _ := c.Value(f).([]packet.Value)
		if len(list) != 1 || hex.EncodeToString([]byte(fmt.Sprint(list[0]))) != record {
			t.Errorf("%s: %s", name, packet.TextOf(list))
		}
	}
}

func TestDNSWrongValues(t *testing.T) {
	for want, record := range map[string]packet.Record{
		"a label of 64":  re("rrname", strings.Repeat("x", 64)),
		"an empty label": re("rrname", "a..b"),
		"a long name":    re("rrname", strings.Repeat("abcdefg.", 33)),
		"a wrong entry":  re("type", "MX", "exchanger", "x"),
		"no address":     re("rdata", "x"),
		"a wrong number": re("ttl", -1),
		"a long string":  re("type", "TXT", "rdata", strings.Repeat("x", 256)),
		"a wrong type":   re("type", "AAAAA"),
	} {
		pr, _ := layers.Registry().Lookup("dns")
		if _, err := packet.New(layers.Registry(), pr, packet.Record{{Name: "an", Value: li(record)}}); err == nil || !strings.HasPrefix(err.Error(), "dns.an: list of records") {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestDNSWrongQuestion(t *testing.T) {
	pr, _ := layers.Registry().Lookup("dns")
	if _, err := packet.New(layers.Registry(), pr, packet.Record{{Name: "qd", Value: li(re("qnam", "x"))}}); err == nil {
		t.Error("took a question with a misspelt name")
	}
}

func TestDNSNameEscapes(t *testing.T) {
	p := layer(t, "dns", packet.Record{{Name: "qd", Value: li(re("qname", `a\.b.c\\d.e\.`))}})
	f, _ := p.Layer(0).Field("qd")
	if got := hex.EncodeToString(p.Build()[12:]); got != "03612e62"+"03635c64"+"02652e"+"00"+"00010001" {
		t.Error(got)
	}
	if q := p.Layer(0).Stored(f).([]packet.Value)[0].(packet.Record); q.Get("qname") != `a\.b.c\\d.e\..` {
		t.Error(q)
	}
}

// TestDNSWrongCounts builds DNS(qdcount=2,ancount=3,arcount=0,qd=DNSQR(qname="a.",qtype=255,qclass="CH")).
func TestDNSWrongCounts(t *testing.T) {
	p := layer(t, "dns", packet.Record{{Name: "qdcount", Value: 2}, {Name: "ancount", Value: 3}, {Name: "arcount", Value: 0},
		{Name: "qd", Value: li(re("qname", "a.", "qtype", 255, "qclass", "CH"))}})
	if got := hex.EncodeToString(p.Build()); got != "000001000002000300000000"+"016100"+"00ff0003" {
		t.Error(got)
	}
}

// TestDNSOverTCP stacks a message right on TCP: its length comes between.
func TestDNSOverTCP(t *testing.T) {
	p := packet.Stack(layer(t, "tcp", nil), layer(t, "dns", nil))
	p.Build()
	if p.Len() != 3 || p.Layer(1).Protocol().Name != "dns_tcp" || p.Layer(1).Uint("length") != 33 || p.Layer(0).Uint("dport") != 53 {
		t.Errorf("%v, length %d", p, p.Layer(1).Uint("length"))
	}
	two := packet.Stack(p, packet.Stack(layer(t, "dns_tcp", nil), layer(t, "dns", nil)))
	q := packet.Decode(layers.Registry(), two.Build(), p.Layer(0).Protocol())
	if q.Len() != 5 || q.Layer(4).Protocol().Name != "dns" || q.Layer(1).Uint("length") != 33 {
		t.Errorf("two messages: %v (%s)", q, q.Reason())
	}
}

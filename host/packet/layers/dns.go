package layers

import (
	"fmt"

	"moonwire/host/packet"
)

// dnsOpcodes names kinds of queries (IANA, DNS OpCodes).
var dnsOpcodes = packet.Named(map[uint64]string{0: "QUERY", 1: "IQUERY", 2: "STATUS", 4: "NOTIFY", 5: "UPDATE", 6: "DSO"})

// dns is the message of DNS, of multicast DNS and of LLMNR, over UDP and, behind its length, over TCP.
func dns() layerSet {
	flag := func(name, doc, display string) packet.Field {
		return packet.Field{Name: name, Bits: 1, Doc: doc, Wireshark: display}
	}
	section := func(name, count, doc string) packet.Field {
		return packet.Field{Name: name, Kind: dnsSection{count: count}, Doc: doc}
	}
	set := layerSet{protocols: []*packet.Protocol{
		{
			Name: "dns", Title: "Domain Name System", Source: "RFC 1035 section 4", Aliases: []string{"DNS", "mdns", "llmnr"},
			Fields: []packet.Field{
				{Name: "id", Bits: 16, Doc: "identification, the same in question and answer", Wireshark: "dns.id"},
				flag("qr", "0: question, 1: answer", "dns.flags.response"),
				{Name: "opcode", Bits: 4, Kind: dnsOpcodes, Doc: "kind of query", Wireshark: "dns.flags.opcode"},
				flag("aa", "the server is an authority for the name", "dns.flags.authoritative"),
				flag("tc", "truncated", "dns.flags.truncated"),
				{Name: "rd", Bits: 1, Default: uint64(1), Doc: "recursion desired", Wireshark: "dns.flags.recdesired"},
				flag("ra", "recursion available", "dns.flags.recavail"),
				flag("z", "zero", "dns.flags.z"),
				flag("ad", "the data is authentic (RFC 4035)", "dns.flags.authenticated"),
				flag("cd", "checking disabled (RFC 4035)", "dns.flags.checkdisable"),
				{Name: "rcode", Bits: 4, Kind: dnsRcodes, Doc: "how it went", Wireshark: "dns.flags.rcode"},
				{Name: "qdcount", Bits: 16, Auto: packet.CountOf("qd"), Doc: "number of questions", Wireshark: "dns.count.queries"},
				{Name: "ancount", Bits: 16, Auto: packet.CountOf("an"), Doc: "number of answers", Wireshark: "dns.count.answers"},
				{Name: "nscount", Bits: 16, Auto: packet.CountOf("ns"), Doc: "number of authority records", Wireshark: "dns.count.auth_rr"},
				{Name: "arcount", Bits: 16, Auto: packet.CountOf("ar"), Doc: "number of additional records", Wireshark: "dns.count.add_rr"},
				{Name: "qd", Kind: dnsSection{"qdcount", true}, Default: []packet.Value{packet.Record{{Name: "qname", Value: "www.example.com"}}},
					Doc: `questions, as {qname="example.org", qtype="A"}`},
				section("an", "ancount", `answers, as {rrname="example.org", type="A", ttl=60, rdata="192.0.2.1"}`),
				section("ns", "nscount", "authority records"),
				section("ar", "arcount", `additional records, as {type="OPT", rclass=1232, z=0}`),
			},
			Next:    nextMessage,
			Under:   map[string]string{"tcp": "dns_tcp"},
			Answers: dnsAnswers,
			Summary: dnsSummary,
		},
		{
			Name: "dns_tcp", Title: "Length of a DNS message over TCP", Source: "RFC 1035 section 4.2.2",
			Fields: []packet.Field{{Name: "length", Bits: 16, Auto: messageLen, Doc: "bytes of the message", Wireshark: "dns.length"}},
			Next:   func(packet.Context) string { return "dns" },
		},
	}}
	for _, b := range []packet.Binding{
		{Lower: "udp", Value: 5353, Upper: "dns", ReadOnly: true},
		{Lower: "udp", Value: 5355, Upper: "dns", ReadOnly: true},
		{Lower: "udp", Value: 53, Upper: "dns"},
		{Lower: "tcp", Value: 53, Upper: "dns_tcp"},
	} {
		for _, b.Field = range []string{"sport", "dport"} {
			set.bindings = append(set.bindings, b)
		}
	}
	return set
}

// messageLen is the length of the message behind.
func messageLen(c packet.Context) uint64 {
	if next, ok := c.Next(); ok {
		return uint64(len(next.Header()))
	}
	return 0
}

// nextMessage finds the next of several messages in one TCP segment.
func nextMessage(c packet.Context) string {
	if below, ok := c.Lower(); ok && below.Protocol().Name == "dns_tcp" {
		return "dns_tcp"
	}
	return ""
}

// dnsAnswers holds a message against a question: the same id, and the other bit.
func dnsAnswers(_ any, reply, request packet.Context) (bool, string) {
	if a, q := reply.Uint("id"), request.Uint("id"); a != q {
		return false, fmt.Sprintf("dns.id %d is not the question's, %d", a, q)
	}
	if reply.Uint("qr") != 1 || request.Uint("qr") != 0 {
		return false, "dns.qr is no answer's"
	}
	return true, ""
}

// dnsSummary is the first question and how many answers it got.
func dnsSummary(c packet.Context) string {
	text := "dns query"
	if c.Uint("qr") == 1 {
		text = "dns answer " + dnsRcodes.Name(c.Uint("rcode"), 4)
	}
	f, _ := c.Field("qd")
	if list, _ := c.Stored(f).([]packet.Value); len(list) > 0 {
		if q, ok := list[0].(packet.Record); ok {
			n, _ := q.Get("qtype").(uint64)
			text += fmt.Sprintf(" %s %v", dnsTypes.Name(n, 16), q.Get("qname"))
		}
	}
	if n := c.Uint("ancount"); n > 0 {
		text += fmt.Sprintf(", %d records", n)
	}
	return text
}

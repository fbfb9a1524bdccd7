package answer_test

import (
	"fmt"
	"maps"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/answer"
	"moonwire/host/packet/layers"
)

type v = map[string]packet.Value

// stack builds a packet of layers, each a name and fields or a string of bytes, and reads it as a receiver does.
func stack(t testing.TB, parts ...any) *packet.Packet {
	t.Helper()
	reg := layers.Registry()
	p := packet.RawOf(reg, "")
	var first *packet.Protocol
	for i, part := range parts {
		switch part := part.(type) {
		case string:
			pr, err := reg.Lookup(part)
			if err != nil {
				t.Fatal(err)
			}
			var rec packet.Record
			if i+1 < len(parts) {
				if fields, ok := parts[i+1].(v); ok {
					for name, value := range fields {
						rec = append(rec, packet.Entry{Name: name, Value: value})
					}
				}
			}
			q, err := packet.New(reg, pr, rec)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				p, first = q, pr
			} else {
				p = packet.Stack(p, q)
			}
		case []byte:
			p = packet.Stack(p, packet.RawOf(reg, string(part)))
		}
	}
	return packet.Decode(reg, append([]byte(nil), p.Build()...), first)
}

const (
	here, there = "10.0.0.1", "10.0.0.2"
	here6       = "fd00::1"
	there6      = "fd00::2"
	macHere     = "02:00:00:00:00:01"
	macThere    = "02:00:00:00:00:02"
	broadcast   = "ff:ff:ff:ff:ff:ff"
)

func to(dst string) v   { return v{"src": here, "dst": dst} }
func from(src string) v { return v{"src": src, "dst": here} }

var (
	ask  = v{"src": here, "dst": there}
	back = v{"src": there, "dst": here}
	ask6 = v{"src": here6, "dst": there6}
)

func tcp(flags string, more v) v {
	all := v{"sport": uint64(1000), "dport": uint64(80), "flags": flags, "seq": uint64(100), "ack": uint64(0)}
	maps.Copy(all, more)
	return all
}

func tcpBack(flags string, seq, ack uint64) v {
	return v{"sport": uint64(80), "dport": uint64(1000), "flags": flags, "seq": seq, "ack": ack}
}

func ports(s, d uint64) v { return v{"sport": s, "dport": d} }

func echo(kind string, id, seq uint64) v { return v{"type": kind, "id": id, "seq": seq} }

// about is an ICMP error's quote: the packet as a router has it in hand.
func about(p *packet.Packet, n int) []byte {
	b := append([]byte(nil), p.Raw()[:min(n, p.Size())]...)
	b[8]-- // TTL
	b[10], b[11] = 0, 0
	return b
}

func TestMatch(t *testing.T) {
	syn := stack(t, "ip", ask, "tcp", tcp("S", nil))
	ping := stack(t, "ip", ask, "icmp", echo("echo-request", 7, 3), []byte("data"))
	probe := stack(t, "ip", v{"src": here, "dst": there, "id": uint64(9)}, "udp", ports(1000, 33434), []byte("probe"))
	who := stack(t, "eth", v{"dst": broadcast, "src": macHere}, "arp", v{"psrc": here, "pdst": there, "hwsrc": macHere})
	for _, c := range []struct {
		name           string
		reply, request *packet.Packet
		reason         string // "" when it answers
	}{
		{"arp", stack(t, "eth", v{"dst": macHere, "src": macThere}, "arp", v{"op": "is-at", "psrc": there, "pdst": here}), who, ""},
		{"arp of another", stack(t, "eth", v{"dst": macHere, "src": macThere}, "arp", v{"op": "is-at", "psrc": "10.0.0.3", "pdst": here}), who, "arp: op ok, psrc 10.0.0.3 ~= 10.0.0.2"},
		{"arp question", who, who, "arp: op 1 ~= 2"},
		{"echo", stack(t, "ip", back, "icmp", echo("echo-reply", 7, 3), []byte("data")), ping, ""},
		{"echo of a frame", stack(t, "eth", v{"dst": macHere, "src": macThere}, "ip", back, "icmp", echo("echo-reply", 7, 3)), ping, ""},
		{"tagged and untagged", stack(t, "eth", v{"src": macThere}, "dot1q", v{"vlan": uint64(5)}, "ip", back, "icmp", echo("echo-reply", 7, 3)), ping, ""},
		{"other vlan", stack(t, "eth", nil, "dot1q", v{"vlan": uint64(5)}, "ip", back, "icmp", echo("echo-reply", 7, 3)),
			stack(t, "eth", nil, "dot1q", v{"vlan": uint64(6)}, "ip", ask, "icmp", echo("echo-request", 7, 3)), "vlan 5 ~= 6"},
		{"echo, other number", stack(t, "ip", back, "icmp", echo("echo-reply", 7, 4)), ping, "icmp: type ok, id ok, seq 4 ~= 3"},
		{"echo, other host", stack(t, "ip", from("10.0.0.9"), "icmp", echo("echo-reply", 7, 3)), ping, "ip: dst ok, src 10.0.0.9 ~= 10.0.0.2"},
		{"echo of a group", stack(t, "ip", from("10.0.0.9"), "icmp", echo("echo-reply", 7, 3)), stack(t, "ip", to("224.0.0.1"), "icmp", echo("echo-request", 7, 3)), ""},
		{"own echo", ping, ping, "ip: dst 10.0.0.2 ~= 10.0.0.1"},
		{"timestamp", stack(t, "ip", back, "icmp", echo("timestamp-reply", 1, 1)), stack(t, "ip", ask, "icmp", echo("timestamp-request", 1, 1)), ""},
		{"unreachable", stack(t, "ip", from("10.9.9.9"), "icmp", v{"type": "dest-unreach", "code": uint64(3)}, about(probe, 28)), probe, ""},
		{"time exceeded, all of it", stack(t, "ip", from("10.9.9.9"), "icmp", v{"type": "time-exceeded"}, about(probe, 99)), probe, ""},
		{"quoted id", stack(t, "ip", from("10.9.9.9"), "icmp", v{"type": "time-exceeded"},
			about(stack(t, "ip", v{"src": here, "dst": there, "id": uint64(7)}, "udp", ports(1000, 33434), []byte("probe")), 28)), probe,
			"ip: dst ok, quoted version ok, quoted dst ok, quoted src ok, quoted proto ok, quoted id 7 ~= 9"},
		{"quoted port", stack(t, "ip", from("10.9.9.9"), "icmp", v{"type": "time-exceeded"},
			about(stack(t, "ip", v{"src": here, "dst": there, "id": uint64(9)}, "udp", ports(1000, 33435), []byte("probe")), 28)), probe, "quoted dport 33435 ~= 33434"},
		{"quoted echo", stack(t, "ip", from("10.9.9.9"), "icmp", v{"type": "time-exceeded"}, about(ping, 28)), ping, ""},
		{"quoted tcp", stack(t, "ip", from("10.9.9.9"), "icmp", v{"type": "time-exceeded"}, about(syn, 28)), syn, ""},
		{"empty quote", stack(t, "ip", from("10.9.9.9"), "icmp", v{"type": "time-exceeded"}), syn, "quoted bytes 0 ~= at least an IP header"},
		{"syn-ack", stack(t, "ip", back, "tcp", tcpBack("SA", 5000, 101)), syn, ""},
		{"reset", stack(t, "ip", back, "tcp", tcpBack("RA", 0, 101)), syn, ""},
		{"syn-ack of another", stack(t, "ip", back, "tcp", tcpBack("SA", 5000, 777)), syn, "tcp: dport ok, sport ok, ack 777 ~= 101"},
		{"syn", stack(t, "ip", back, "tcp", tcpBack("S", 5000, 0)), stack(t, "ip", ask, "tcp", tcp("A", nil)), "flags S ~= no connection request"},
		{"reset of an acknowledgment", stack(t, "ip", back, "tcp", tcpBack("R", 555, 0)), stack(t, "ip", ask, "tcp", tcp("A", v{"ack": uint64(555)})), ""},
		{"reset, other number", stack(t, "ip", back, "tcp", tcpBack("R", 1, 0)), stack(t, "ip", ask, "tcp", tcp("A", v{"ack": uint64(555)})), "seq 1 ~= 555"},
		{"data", stack(t, "ip", back, "tcp", tcpBack("PA", 555, 104), []byte("hello")), stack(t, "ip", ask, "tcp", tcp("PA", v{"ack": uint64(555)}), []byte("GET ")), ""},
		{"udp", stack(t, "ip", back, "udp", ports(33434, 1000)), probe, ""},
		{"udp port", stack(t, "ip", back, "udp", ports(33435, 1000)), probe, "udp: dport ok, sport 33435 ~= 33434"},
		{"udp from a group", stack(t, "ip", from("10.0.0.9"), "udp", ports(4444, 1000)), stack(t, "ip", to("239.255.255.250"), "udp", ports(1000, 1900)), ""},
		{"other protocol", stack(t, "ip", back, "udp", ports(80, 1000)), syn, "ip: dst ok, src ok, proto 17 ~= 6"},
		{"echo 6", stack(t, "ipv6", v{"src": there6, "dst": here6}, "icmp6", echo("echo-reply", 7, 3)), stack(t, "ipv6", ask6, "icmp6", echo("echo-request", 7, 3)), ""},
		{"echo 6, other number", stack(t, "ipv6", v{"src": there6, "dst": here6}, "icmp6", echo("echo-reply", 8, 3)), stack(t, "ipv6", ask6, "icmp6", echo("echo-request", 7, 3)), "icmp6: type ok, id 8 ~= 7"},
		{"frames", stack(t, "eth", v{"dst": macHere, "src": macThere, "type": uint64(0x88b5)}, []byte("pong")), stack(t, "eth", v{"dst": macThere, "src": macHere, "type": uint64(0x88b5)}, []byte("ping")), ""},
		{"frames of others", stack(t, "eth", v{"dst": macHere, "src": broadcast, "type": uint64(0x88b5)}, []byte("pong")), stack(t, "eth", v{"dst": macThere, "src": macHere, "type": uint64(0x88b5)}, []byte("ping")), "eth: type ok, dst ok, src ff:ff:ff:ff:ff:ff ~= 02:00:00:00:00:02"},
	} {
		ok, reason := answer.Match(nil, c.reply, c.request)
		if ok != (c.reason == "") || !ends(reason, c.reason) {
			t.Errorf("%s: %v %q, want %q", c.name, ok, reason, c.reason)
		}
		table := answer.NewTable(nil, false)
		table.Add(stack(t, "ip", to("10.0.0.77"), "udp", ports(1, 2)))
		table.Add(c.request)
		if n, found := table.Take(c.reply); found != ok || found && n != 1 {
			t.Errorf("%s: the table says %d, %v", c.name, n, found)
		}
	}
}

func ends(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

func TestTable(t *testing.T) {
	request := func(seq uint64) *packet.Packet {
		return stack(t, "ip", ask, "icmp", echo("echo-request", 7, seq))
	}
	reply := func(seq uint64) *packet.Packet {
		return stack(t, "ip", back, "icmp", echo("echo-reply", 7, seq))
	}
	for _, multi := range []bool{false, true} {
		table := answer.NewTable(nil, multi)
		for _, seq := range []uint64{1, 1, 2} {
			table.Add(request(seq))
		}
		var got []any
		for _, seq := range []uint64{1, 2, 1, 1, 3} {
			n, ok := table.Take(reply(seq))
			got = append(got, n, ok)
		}
		want := []any{0, true, 2, true, 1, true, 0, multi, 0, false}
		if fmt.Sprint(got) != fmt.Sprint(want) || table.Left() != 0 {
			t.Errorf("multi %v: %v, want %v; %d left", multi, got, want, table.Left())
		}
	}
	table := answer.NewTable(nil, false)
	table.Add(request(1))
	table.Take(reply(1))
	if n, why := table.Why(nil, reply(1)); n != 0 || why != "it answers a packet that was answered before" {
		t.Error(n, why)
	}
	table.Add(request(2))
	if n, why := table.Why(nil, reply(9)); n != 0 || why != "icmp: type ok, id ok, seq 9 ~= 1" {
		t.Error(n, why)
	}
}

// TestRule asks a protocol's own rule, with what the table's maker gave.
func TestRule(t *testing.T) {
	reg := layers.Registry().Clone()
	own := &packet.Protocol{Name: "heartbeat", Fields: []packet.Field{{Name: "id", Bits: 8}},
		Answers: func(caller any, a, q packet.Context) (bool, string) {
			return caller == "script" && a.Uint("id") == q.Uint("id"), fmt.Sprintf("id %d ~= %d", a.Uint("id"), q.Uint("id"))
		}}
	if err := reg.Add(own); err != nil {
		t.Fatal(err)
	}
	if err := reg.Bind(packet.Binding{Lower: "udp", Field: "dport", Value: 7777, Upper: "heartbeat"}); err != nil {
		t.Fatal(err)
	}
	ip, _ := reg.Lookup("ip")
	beat := func(ip4, ports v, id byte) *packet.Packet {
		return packet.Decode(reg, stack(t, "ip", ip4, "udp", ports, []byte{id}).Raw(), ip)
	}
	q := beat(ask, ports(7777, 7777), 1)
	if ok, reason := answer.Match("script", beat(back, ports(7777, 7777), 1), q); !ok {
		t.Error(reason)
	}
	if ok, reason := answer.Match("script", beat(back, ports(7777, 7777), 2), q); ok || reason != "id 2 ~= 1" {
		t.Error(ok, reason)
	}
}

func TestPattern(t *testing.T) {
	reg := layers.Registry()
	make := func(name string, rec packet.Record) *packet.Packet {
		pr, _ := reg.Lookup(name)
		p, err := packet.New(reg, pr, rec)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	who := stack(t, "eth", v{"dst": broadcast, "src": macHere}, "arp", v{"psrc": here, "pdst": there})
	at := stack(t, "eth", v{"dst": macHere, "src": macThere}, "arp", v{"op": "is-at", "psrc": there, "pdst": here})
	tunnel := stack(t, "ip", ask, "ip", to("192.0.2.1"), "udp", ports(1, 2), []byte("data"))
	for _, c := range []struct {
		pattern, p *packet.Packet
		reason     string
	}{
		{make("arp", packet.Record{{Name: "op", Value: "who-has"}, {Name: "pdst", Value: there}}), who, ""},
		{make("arp", packet.Record{{Name: "op", Value: "who-has"}}), at, "arp: op is-at ~= who-has"},
		{make("arp", nil), at, ""},
		{make("ip", nil), at, "there is no layer ip"},
		{make("ip", packet.Record{{Name: "dst", Value: "192.0.2.1"}}), tunnel, ""},
		{packet.Stack(make("ip", packet.Record{{Name: "dst", Value: there}}), make("udp", nil)), tunnel, ""},
		{packet.Stack(make("ip", packet.Record{{Name: "dst", Value: "192.0.2.9"}}), make("udp", nil)), tunnel, "ip: dst 10.0.0.2 ~= 192.0.2.9"},
		{packet.Stack(make("udp", nil), packet.RawOf(reg, "data")), tunnel, ""},
		{packet.Stack(make("udp", nil), packet.RawOf(reg, "other")), tunnel, `raw: load "data" ~= "other"`},
	} {
		ok, reason := answer.NewPattern(c.pattern).Fits(c.p)
		if ok != (c.reason == "") || reason != c.reason {
			t.Errorf("%v in %v: %v %q, want %q", c.pattern, c.p, ok, reason, c.reason)
		}
	}
}

// BenchmarkTake answers the middle one of ten thousand pings.
func BenchmarkTake(b *testing.B) {
	table := answer.NewTable(nil, true)
	for i := range uint64(10000) {
		table.Add(stack(b, "ip", ask, "icmp", echo("echo-request", 7, i)))
	}
	reply := stack(b, "eth", v{"src": macThere}, "ip", back, "icmp", echo("echo-reply", 7, 5000))
	c, _ := reply.First()
	eth := c.Protocol()
	for b.Loop() {
		if _, ok := table.Take(packet.Decode(layers.Registry(), reply.Raw(), eth)); !ok {
			b.Fatal("no answer")
		}
	}
}

// FuzzMatch compares any bytes with any bytes.
func FuzzMatch(f *testing.F) {
	f.Add([]byte("\x45\x00\x00\x1c"), []byte("\x45"))
	f.Add(stack(f, "eth", nil, "ip", ask, "udp", ports(53, 53), []byte("12345678901234567890")).Raw(),
		stack(f, "eth", nil, "ip", ask, "icmp", v{"type": "time-exceeded"}, about(stack(f, "ip", ask, "tcp", tcp("S", nil)), 28)).Raw())
	reg := layers.Registry()
	f.Fuzz(func(t *testing.T, a, q []byte) {
		for _, name := range []string{"eth", "ip", "ipv6", "udp"} {
			first, _ := reg.Lookup(name)
			reply, request := packet.Decode(reg, a, first), packet.Decode(reg, q, first)
			ok, reason := answer.Match(nil, reply, request)
			if ok != (reason == "") {
				t.Errorf("%v %q", ok, reason)
			}
			table := answer.NewTable(nil, true)
			table.Add(request)
			if _, found := table.Take(reply); found != ok {
				t.Errorf("the table says %v, the packets %v (%s)", found, ok, reason)
			}
			answer.NewPattern(request).Fits(reply)
		}
	})
}

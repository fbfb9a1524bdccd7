package fragment_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/fragment"
	"moonwire/host/packet/layers"
)

// fields are a layer's values by name.
type fields = map[string]packet.Value

// stack builds a packet of layer names, each with its fields or without, and of bytes.
func stack(t testing.TB, parts ...any) *packet.Packet {
	t.Helper()
	reg := layers.Registry()
	var p *packet.Packet
	add := func(q *packet.Packet) {
		if p == nil {
			p = q
		} else {
			p = packet.Stack(p, q)
		}
	}
	for i, part := range parts {
		switch part := part.(type) {
		case string:
			var rec packet.Record
			if i+1 < len(parts) {
				if f, ok := parts[i+1].(fields); ok {
					for name, v := range f {
						rec = append(rec, packet.Entry{Name: name, Value: v})
					}
				}
			}
			pr, err := reg.Lookup(part)
			if err != nil {
				t.Fatal(err)
			}
			q, err := packet.New(reg, pr, rec)
			if err != nil {
				t.Fatal(err)
			}
			add(q)
		case []byte:
			add(packet.RawOf(reg, string(part)))
		}
	}
	return p
}

// pattern is bytes that tell where they come from.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + i>>8)
	}
	return b
}

// echo4 and echo6 are ICMP echo requests with so many bytes of data in Ethernet.
func echo4(t testing.TB, n int, ip fields) *packet.Packet {
	all := fields{"src": "10.0.0.1", "dst": "10.0.0.2", "id": uint64(0xbeef)}
	for k, v := range ip {
		all[k] = v
	}
	return stack(t, "eth", fields{"src": "02:00:00:00:00:01", "dst": "02:00:00:00:00:02"}, "ip", all, "icmp", fields{"id": uint64(7)}, pattern(n))
}

func echo6(t testing.TB, n int) *packet.Packet {
	return stack(t, "eth", fields{"src": "02:00:00:00:00:01", "dst": "02:00:00:00:00:02"}, "ipv6", fields{"src": "fd00::1", "dst": "fd00::2"},
		"icmp6", fields{"id": uint64(7)}, pattern(n))
}

// offsets are the fragments as offset+length, with a sign behind those that more follow.
func offsets(pieces []*packet.Packet) string {
	var all []string
	for _, p := range pieces {
		c := p.Layer(1)
		text := fmt.Sprintf("%d+%d", c.Uint("frag")*8, len(c.Payload()))
		more := c.Uint("flags")&1 != 0
		if c.Protocol().Name == "ipv6" {
			f := p.Layer(2)
			if f.Protocol().Name != "ipv6_frag" {
				all = append(all, "whole")
				continue
			}
			text, more = fmt.Sprintf("%d+%d", f.Uint("offset")*8, len(f.Payload())), f.Uint("m") == 1
		}
		if more {
			text += "."
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func TestSplit(t *testing.T) {
	whole := echo4(t, 3800, nil)
	for _, c := range []struct {
		name string
		p    *packet.Packet
		o    fragment.Options
		want string
	}{
		// The sizes that Linux and Scapy make of it.
		{"three", whole, fragment.Options{MTU: 1300}, "0+1280. 1280+1280. 2560+1248"},
		{"ethernet", whole, fragment.Options{MTU: 1500}, "0+1480. 1480+1480. 2960+848"},
		{"fits", whole, fragment.Options{MTU: 3828}, "0+3808"},
		{"one byte too long", whole, fragment.Options{MTU: 3827}, "0+3800. 3800+8"},
		{"smallest", echo4(t, 17, nil), fragment.Options{MTU: 28}, "0+8. 8+8. 16+8. 24+1"},
		{"last is full", echo4(t, 1272*2-0, nil), fragment.Options{MTU: 1300}, "0+1280. 1280+1272"},
		{"last with odd bytes", echo4(t, 2*1280-8+3, nil), fragment.Options{MTU: 1303}, "0+1280. 1280+1283"},
		{"forced", echo4(t, 3800, fields{"flags": "DF"}), fragment.Options{MTU: 1300, Force: true}, "0+1280. 1280+1280. 2560+1248"},
		{"a fragment", stack(t, "eth", "ip", fields{"flags": "MF", "frag": uint64(10), "proto": uint64(17)}, pattern(32)), fragment.Options{MTU: 36}, "80+16. 96+16."},
		{"reverse", whole, fragment.Options{MTU: 1300, Order: fragment.Reverse}, "2560+1248 1280+1280. 0+1280."},
		{"last first", whole, fragment.Options{MTU: 1300, Order: fragment.LastFirst}, "2560+1248 0+1280. 1280+1280."},
		{"tiny", whole, fragment.Options{MTU: 1300, Tiny: 8}, "0+8. 8+1280. 1288+1280. 2568+1240"},
		{"tiny of what fits", echo4(t, 20, nil), fragment.Options{MTU: 1300, Tiny: 8}, "0+8. 8+20"},
		{"overlap", whole, fragment.Options{MTU: 1300, Overlap: 16}, "0+1280. 1264+1280. 2528+1280"},
		{"gap", whole, fragment.Options{MTU: 1300, Gap: 2}, "0+1280. 2560+1248"},
		{"gap at the end", whole, fragment.Options{MTU: 1300, Gap: -1}, "0+1280. 1280+1280."},
		{"duplicate", whole, fragment.Options{MTU: 1300, Duplicate: 2}, "0+1280. 1280+1280. 1280+1280. 2560+1248"},
		{"twice", echo4(t, 1300, nil), fragment.Options{MTU: 1300, Twice: true}, "0+1280. 0+1280. 1280+28 1280+28"},
		{"version 6", echo6(t, 3800), fragment.Options{MTU: 1300}, "0+1248. 1248+1248. 2496+1248. 3744+64"},
		{"version 6 fits", echo6(t, 1252), fragment.Options{MTU: 1300}, "whole"},
		{"version 6 one byte too long", echo6(t, 1253), fragment.Options{MTU: 1300}, "0+1248. 1248+13"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pieces, err := fragment.Split(c.p, c.o)
			if err != nil {
				t.Fatal(err)
			}
			if got := offsets(pieces); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			for _, p := range pieces {
				if n := len(p.Layer(1).Whole()); n > c.o.MTU {
					t.Errorf("a fragment of %d bytes", n)
				}
				if id := p.Layer(1).Uint("id"); id != c.p.Layer(1).Uint("id") {
					t.Errorf("id %d", id)
				}
			}
		})
	}
}

// The checksum of the message is that of the whole datagram.
func TestSplitKeepsTheChecksum(t *testing.T) {
	whole := echo4(t, 3800, nil)
	pieces, err := fragment.Split(whole, fragment.Options{MTU: 1300})
	if err != nil {
		t.Fatal(err)
	}
	first := pieces[0].Layer(2)
	if first.Protocol().Name != "icmp" || first.Uint("chksum") != whole.Sent().Layer(2).Uint("chksum") {
		t.Errorf("%s has checksum %#x", first, first.Uint("chksum"))
	}
	var all []byte
	for _, p := range pieces {
		all = append(all, p.Layer(1).Payload()...)
	}
	if !bytes.Equal(all, whole.Sent().Layer(1).Payload()) {
		t.Error("the fragments do not make up the datagram")
	}
}

// Options whose type has the copied bit go with every fragment, others with the first (RFC 791 section 3.1).
func TestSplitCopiesOptions(t *testing.T) {
	options := "\x07\x07\x04\x00\x00\x00\x00" + "\x94\x04\x00\x00" + "\x01" + "\x83\x07\x04\x0a\x00\x00\x09" + "\x00"
	p := stack(t, "ip", fields{"src": "10.0.0.1", "dst": "10.0.0.2", "options": options}, "icmp", pattern(92))
	pieces, err := fragment.Split(p, fragment.Options{MTU: 80})
	if err != nil {
		t.Fatal(err)
	}
	heads := []string{options, "\x94\x04\x00\x00\x83\x07\x04\x0a\x00\x00\x09\x00", "\x94\x04\x00\x00\x83\x07\x04\x0a\x00\x00\x09\x00"}
	sizes := []int{40, 48, 12}
	if len(pieces) != 3 {
		t.Fatalf("%d fragments", len(pieces))
	}
	for i, p := range pieces {
		c := p.Layer(0)
		if got := string(c.Header()[20:]); got != heads[i] || len(c.Payload()) != sizes[i] {
			t.Errorf("fragment %d has options %x and %d bytes", i, got, len(c.Payload()))
		}
		if packet.Fold(packet.Sum(c.Header(), 0)) != 0xffff {
			t.Errorf("fragment %d has a wrong checksum", i)
		}
	}
}

// Hop-by-hop options and the routing header go with every fragment, what follows them does not (RFC 8200 section 4.5).
func TestSplitKeepsTheHeadersOfRouters(t *testing.T) {
	p := stack(t, "ipv6", fields{"src": "fd00::1", "dst": "fd00::2"}, "ipv6_hopopts", fields{"options": []packet.Value{[]packet.Value{"router_alert", uint64(0)}}},
		"ipv6_dest", "ipv6_routing", fields{"addresses": []packet.Value{"fd00::7"}}, "ipv6_dest", "udp", fields{"sport": uint64(1), "dport": uint64(2)}, pattern(100))
	pieces, err := fragment.Split(p, fragment.Options{MTU: 160, ID: 0xdeadbeef, HasID: true})
	if err != nil {
		t.Fatal(err)
	}
	const front = "6000000000780040" + "fd000000000000000000000000000001fd000000000000000000000000000002" + "3c00050200000100" + "2b00010400000000" +
		"2c02000100000000fd000000000000000000000000000007" + "3c000001deadbeef"
	got := hex.EncodeToString(pieces[0].Raw())
	if want := front; !strings.HasPrefix(got[8:], want[8:]) {
		t.Errorf("\ngot  %s\nwant %s", got, want)
	}
	for i, p := range pieces {
		if names := namesOf(p); !slices.Equal(names[:5], []string{"ipv6", "ipv6_hopopts", "ipv6_dest", "ipv6_routing", "ipv6_frag"}) {
			t.Errorf("fragment %d is %v", i, names)
		}
	}
}

func namesOf(p *packet.Packet) (names []string) {
	for i := range p.Len() {
		names = append(names, p.Layer(i).Protocol().Name)
	}
	return names
}

func TestSplitRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		p    *packet.Packet
		o    fragment.Options
		want string
	}{
		{"don't fragment", echo4(t, 3800, fields{"flags": "DF"}), fragment.Options{MTU: 1300}, "don't fragment is set, and the datagram of 3828 bytes is longer than the MTU of 1300"},
		{"no room", echo4(t, 100, nil), fragment.Options{MTU: 27}, "an MTU of 27 leaves no room for 8 bytes"},
		{"no IP", stack(t, "eth", "arp"), fragment.Options{MTU: 1300}, "no IP layer"},
		{"odd overlap", echo4(t, 3800, nil), fragment.Options{MTU: 1300, Overlap: 5}, "an overlap of 5 bytes; offsets count 8 bytes"},
		{"too much overlap", echo4(t, 3800, nil), fragment.Options{MTU: 1300, Overlap: 1280}, "leaves nothing new"},
		{"odd first", echo4(t, 3800, nil), fragment.Options{MTU: 1300, Tiny: 12}, "a first fragment of 12 bytes"},
		{"no such gap", echo4(t, 3800, nil), fragment.Options{MTU: 1300, Gap: 4}, "gap: there are 3 fragments, none is number 4"},
		{"headers cut", stack(t, "ipv6", "tcp", pattern(100)), fragment.Options{MTU: 64}, "cuts the headers"},
	} {
		if _, err := fragment.Split(c.p, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// Where fragments overlap, the later one can say something else.
func TestSplitFillsTheOverlap(t *testing.T) {
	pieces, err := fragment.Split(echo4(t, 56, nil), fragment.Options{MTU: 52, Overlap: 8, Fill: "XY"})
	if err != nil {
		t.Fatal(err)
	}
	if got := offsets(pieces); got != "0+32. 24+32. 48+16" {
		t.Error(got)
	}
	if got := string(pieces[1].Layer(1).Payload()[:8]); got != "XYXYXYXY" {
		t.Errorf("%q", got)
	}
}

package fragment_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/packet"
	"moonwire/host/packet/fragment"
	"moonwire/host/packet/layers"
)

// bit is a fragment as text: "8.AAB" is at offset 8, more follow, and has eight bytes of each letter.
func bit(t testing.TB, text string, v6 bool) *packet.Packet {
	t.Helper()
	var at int
	var rest string
	if _, err := fmt.Sscanf(text, "%d%s", &at, &rest); err != nil {
		t.Fatal(text, err)
	}
	data, more := strings.CutPrefix(rest, ".")
	data = strings.TrimPrefix(data, "=")
	var payload []byte
	for _, c := range []byte(data) {
		payload = append(payload, bytes.Repeat([]byte{c}, 8)...)
	}
	if v6 {
		m := map[bool]uint64{true: 1}[more]
		return stack(t, "ipv6", fields{"src": "fd00::1", "dst": "fd00::2"}, "ipv6_frag", fields{"nh": uint64(253), "offset": uint64(at / 8), "m": m, "id": uint64(9)}, payload).Sent()
	}
	flags := map[bool]string{true: "MF"}[more]
	return stack(t, "ip", fields{"src": "10.0.0.1", "dst": "10.0.0.2", "proto": uint64(253), "id": uint64(9), "frag": uint64(at / 8), "flags": flags}, payload).Sent()
}

// join adds fragments and returns what came out, one letter for eight bytes, and the kinds of events.
func join(t testing.TB, r *fragment.Reassembler, pieces []string, v6 bool) (whole string, kinds []string) {
	t.Helper()
	for i, text := range pieces {
		p, events := r.Add(bit(t, text, v6), time.Duration(i)*time.Millisecond)
		for _, e := range events {
			kinds = append(kinds, string(e.Kind))
		}
		if p == nil {
			continue
		}
		data := p.Layer(0).Payload()
		for i := 0; i < len(data); i += 8 {
			whole += string(data[i])
		}
		whole += " "
	}
	return strings.TrimSpace(whole), kinds
}

func TestPolicies(t *testing.T) {
	for _, c := range []struct {
		name   string
		pieces string
		want   map[fragment.Policy]string // what comes out; "" nothing
	}{
		{"in order", "0.AB 16.CD 32=E", all("ABCDE")},
		{"reverse", "32=E 16.CD 0.AB", all("ABCDE")},
		{"copy", "0.AB 0.AB 16=C", all("ABC")},
		{"later copy says otherwise", "0.AB 0.XY 16=C", each("ABC", "XYC", "ABC", "ABC", "")},
		{"inside", "0.ABC 8.X 24=D", each("ABCD", "AXCD", "ABCD", "ABCD", "")},
		{"begins before", "8.BC 0.XY 24=D", each("XBCD", "XYCD", "", "XYCD", "")},
		{"begins later", "0.AB 8.XY 24=D", each("ABYD", "AXYD", "", "ABYD", "")},
		{"around", "8.B 0.XYZ 24=D", each("XBZD", "XYZD", "", "XYZD", "")},
		{"over two", "0.A 16.C 0.XYZ 24=D", each("AYCD", "XYZD", "", "AYZD", "")},
		// Six fragments before the last, in the manner of Shankar and Paxson (Active Mapping, 2003).
		{"active mapping", "0.AAA 32.BB 48.CCC 8.DDDD 48.EEE 72.FFF 96=G", each("AAADBBCCCFFFG", "ADDDDBEEEFFFG", "", "AAADDBCCCFFFG", "")},
		{"two ends", "0.A 16=C 8=B", each("", "", "", "", "")},
		{"bytes behind the end", "8=B 16.C 0.A", each("", "", "", "", "")},
	} {
		for _, policy := range fragment.Policies {
			for _, v6 := range []bool{false, true} {
				got, _ := join(t, fragment.NewReassembler(fragment.Config{Policy: policy}), strings.Fields(c.pieces), v6)
				if got != c.want[policy] {
					t.Errorf("%s, %s, v6 %v: got %q, want %q", c.name, policy, v6, got, c.want[policy])
				}
			}
		}
	}
}

// all is the same from every policy.
func all(s string) map[fragment.Policy]string { return each(s, s, s, s, s) }

// each is what the policies make of fragments.
func each(first, last, linux, bsd, rfc5722 string) map[fragment.Policy]string {
	return map[fragment.Policy]string{fragment.First: first, fragment.Last: last, fragment.Linux: linux, fragment.BSD: bsd, fragment.RFC5722: rfc5722}
}

// After an overlap Linux begins anew with what comes, RFC 5722 wants nothing more of that datagram.
func TestAfterAnOverlap(t *testing.T) {
	pieces := strings.Fields("0.AB 8.XY 0.AB 16=C")
	got, kinds := join(t, fragment.NewReassembler(fragment.Config{}), pieces, false)
	if got != "ABC" || !slices.Equal(kinds, []string{"accepted", "discarded", "accepted", "accepted", "completed"}) {
		t.Errorf("linux: %q %v", got, kinds)
	}
	got, kinds = join(t, fragment.NewReassembler(fragment.Config{Policy: fragment.RFC5722}), pieces, false)
	if got != "" || !slices.Equal(kinds, []string{"accepted", "discarded", "refused", "refused"}) {
		t.Errorf("rfc5722: %q %v", got, kinds)
	}
}

// What was cut comes out as it went in, in every order.
func TestSplitAndReassemble(t *testing.T) {
	for _, p := range []*packet.Packet{
		echo4(t, 3800, nil), echo4(t, 65507, nil), echo6(t, 3800), echo6(t, 65527),
		echo4(t, 3800, fields{"options": "\x94\x04\x00\x00\x07\x07\x04\x00\x00\x00\x00\x00"}),
		stack(t, "eth", "dot1q", "ipv6", "ipv6_hopopts", fields{"options": []packet.Value{[]packet.Value{"router_alert", uint64(0)}}}, "ipv6_dest", "udp", pattern(3000)),
		stack(t, "ip", "gre", "ip", "udp", pattern(3000)),
	} {
		want := p.Sent().Raw()
		for _, order := range fragment.Orders {
			for _, policy := range fragment.Policies {
				pieces, err := fragment.Split(p, fragment.Options{MTU: 600, Order: order, Seed: 7, Twice: policy != fragment.Last && order != fragment.Random})
				if err != nil {
					t.Fatal(err)
				}
				r, wholes := fragment.NewReassembler(fragment.Config{Policy: policy}), 0
				for i, q := range pieces {
					whole, _ := r.Add(q, time.Duration(i))
					if whole == nil {
						continue
					}
					if wholes++; !bytes.Equal(whole.Raw(), want) {
						t.Errorf("%s, %s: got\n%x\nwant\n%x", p, order, whole.Raw()[:60], want[:60])
					}
				}
				if wholes != 1 {
					t.Errorf("%s, %s, %s: %d datagrams came out", p, order, policy, wholes)
				}
			}
		}
	}
}

// A refused fragment does not harm its datagram; the reason is told.
func TestRefusals(t *testing.T) {
	short := stack(t, "ip", fields{"src": "10.0.0.1", "dst": "10.0.0.2", "proto": uint64(253), "id": uint64(9), "flags": "MF"}, []byte("0123456789")).Sent()
	empty := stack(t, "ip", fields{"src": "10.0.0.1", "dst": "10.0.0.2", "proto": uint64(253), "id": uint64(9), "flags": "MF"}).Sent()
	far := stack(t, "ip", fields{"src": "10.0.0.1", "dst": "10.0.0.2", "proto": uint64(253), "id": uint64(9), "frag": uint64(8191)}, pattern(100)).Sent()
	for _, c := range []struct {
		p      *packet.Packet
		reason string
	}{
		{short, "its length is no multiple of 8 and it is not the last"},
		{empty, "it is empty"},
		{far, "it ends behind byte 65535 of the datagram"},
	} {
		r := fragment.NewReassembler(fragment.Config{Policy: fragment.First})
		r.Add(bit(t, "0.AB", false), 0)
		whole, events := r.Add(c.p, 0)
		if whole != nil || len(events) != 1 || events[0].Kind != fragment.Refused || events[0].Reason != c.reason {
			t.Errorf("%v, want %s", events, c.reason)
		}
		if whole, _ := r.Add(bit(t, "16=C", false), 0); whole == nil {
			t.Errorf("%s: the datagram is lost", c.reason)
		}
	}
}

func TestTimeout(t *testing.T) {
	for _, c := range []struct {
		v6   bool
		conf fragment.Config
		want time.Duration
	}{
		{false, fragment.Config{}, 30 * time.Second},
		{true, fragment.Config{}, 60 * time.Second},
		{false, fragment.Config{Timeout: time.Second}, time.Second},
	} {
		r := fragment.NewReassembler(c.conf)
		r.Add(bit(t, "8.BC", c.v6), 5)
		other := stack(t, "ip", "udp").Sent()
		if whole, events := r.Add(other, 5+c.want-1); whole != other || len(events) != 0 {
			t.Error("too early", events)
		}
		_, events := r.Add(other, 5+c.want)
		if len(events) != 1 || events[0].Kind != fragment.Timeout || events[0].Reason != "bytes 0 to 8 are missing" || events[0].At != 5+c.want {
			t.Error(events)
		}
		if n, held := r.Held(); n != 0 || held != 0 {
			t.Error("held", n, held)
		}
	}
}

func TestLimit(t *testing.T) {
	r := fragment.NewReassembler(fragment.Config{Limit: 1000})
	var gone []fragment.Event
	for id := range uint64(20) {
		p := stack(t, "ip", fields{"src": "10.0.0.1", "dst": "10.0.0.2", "proto": uint64(253), "id": id, "flags": "MF"}, pattern(64)).Sent()
		_, events := r.Add(p, time.Duration(id))
		for _, e := range events {
			if e.Kind == fragment.Limit {
				gone = append(gone, e)
			}
		}
	}
	if n, held := r.Held(); n != 7 || held > 1000 {
		t.Errorf("%d datagrams, %d bytes", n, held)
	}
	if len(gone) != 13 || gone[0].Key.ID != 0 || gone[12].Key.ID != 12 {
		t.Error(gone)
	}
	if events := r.Flush(100, true); len(events) != 7 || events[0].Kind != fragment.Timeout {
		t.Error(events)
	}
}

// Datagrams of the same identification but between other hosts, or of another protocol, are others.
func TestKeys(t *testing.T) {
	r := fragment.NewReassembler(fragment.Config{})
	for i, c := range []fields{
		{}, {"src": "10.0.0.9"}, {"dst": "10.0.0.9"}, {"id": uint64(10)}, {"proto": uint64(17)},
	} {
		f := fields{"src": "10.0.0.1", "dst": "10.0.0.2", "proto": uint64(253), "id": uint64(9), "frag": uint64(1)}
		if i == 0 {
			f["flags"], f["frag"] = "MF", uint64(0)
		}
		for k, v := range c {
			f[k] = v
		}
		if whole, _ := r.Add(stack(t, "ip", f, pattern(8)).Sent(), 0); whole != nil {
			t.Error("put together", i)
		}
	}
	if n, _ := r.Held(); n != 5 {
		t.Error(n)
	}
}

// An ICMP error that quotes a fragment is no fragment.
func TestQuotedFragment(t *testing.T) {
	p := stack(t, "ip", "icmp", fields{"type": "time-exceeded", "code": uint64(1)}, "ip", fields{"flags": "MF"}, "udp", pattern(20)).Sent()
	if whole, events := fragment.NewReassembler(fragment.Config{}).Add(p, 0); whole != p || len(events) != 0 {
		t.Error(whole, events)
	}
}

// FuzzReassemble holds that any frames are taken without panic and that memory stays within the limit.
func FuzzReassemble(f *testing.F) {
	for _, text := range strings.Fields("0.AB 8.XY 16=C") {
		for _, v6 := range []bool{false, true} {
			raw := bit(f, text, v6).Raw()
			f.Add(append(append([]byte{byte(len(raw))}, raw...), raw...), byte(1))
		}
	}
	reg := layers.Registry()
	f.Fuzz(func(t *testing.T, frames []byte, policy byte) {
		r := fragment.NewReassembler(fragment.Config{Policy: fragment.Policies[int(policy)%len(fragment.Policies)], Limit: 2000})
		for at := time.Duration(0); len(frames) > 1; at += time.Second {
			n := min(int(frames[0]), len(frames)-1)
			raw := frames[1 : 1+n]
			frames = frames[1+n:]
			name := "ip"
			if n > 0 && raw[0]>>4 == 6 {
				name = "ipv6"
			}
			pr, _ := reg.Lookup(name)
			if whole, _ := r.Add(packet.Decode(reg, raw, pr), at); whole != nil {
				whole.Len()
			}
			if _, held := r.Held(); held > 2000 {
				t.Fatalf("%d bytes held", held)
			}
		}
		r.Flush(time.Hour, true)
	})
}

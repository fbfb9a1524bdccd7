package layers_test

import (
	"bytes"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// probe is eth / ip / udp / payload, and the fields of it that tests vary.
func probe(t testing.TB, payload string) (p *packet.Packet, field func(layer int, name string) *packet.Field) {
	p = packet.Stack(packet.Stack(layer(t, "eth", nil), layer(t, "ip", nil)),
		packet.Stack(layer(t, "udp", nil), packet.RawOf(layers.Registry(), payload)))
	return p, func(i int, name string) *packet.Field {
		f, err := p.Layer(i).Protocol().Field(name)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
}

// TestTemplateEqualsBuild holds the short way of templates against building each packet.
func TestTemplateEqualsBuild(t *testing.T) {
	p, field := probe(t, "odd")
	for name, vary := range map[string][]packet.Vary{
		"id and port":  {{Layer: 1, Field: field(1, "id")}, {Layer: 2, Field: field(2, "sport")}},
		"addresses":    {{Layer: 1, Field: field(1, "src")}, {Layer: 1, Field: field(1, "dst")}, {Layer: 0, Field: field(0, "dst")}},
		"bits":         {{Layer: 1, Field: field(1, "frag")}, {Layer: 1, Field: field(1, "flags")}, {Layer: 1, Field: field(1, "ttl")}, {Layer: 1, Field: field(1, "tos")}},
		"a set length": {{Layer: 1, Field: field(1, "len")}, {Layer: 2, Field: field(2, "len")}},
	} {
		for i := range vary {
			vary[i].Source = packet.Random(vary[i].Field, uint64(i))
		}
		tm, err := packet.MakeTemplate(p, vary)
		if err != nil {
			t.Fatal(name, err)
		}
		if tm.Slow() {
			t.Error(name, "is built the long way")
		}
		slot := make([]byte, tm.Size())
		for n := range uint64(5000) {
			want := p.Copy()
			for _, v := range vary {
				if !want.Layer(v.Layer).SetBits(v.Field, v.Source(n)) {
					t.Fatal(name)
				}
			}
			if tm.Fill(slot); !bytes.Equal(slot, want.Build()) {
				t.Fatalf("%s, packet %d:\n got %x\nwant %x", name, n, slot, want.Raw())
			}
		}
	}
}

func BenchmarkTemplate(b *testing.B) {
	p, field := probe(b, "012345678901234567")
	tm, err := packet.MakeTemplate(p, []packet.Vary{{Layer: 1, Field: field(1, "id"), Source: packet.Counting(field(1, "id"), 0, 1)},
		{Layer: 2, Field: field(2, "sport"), Source: packet.Counting(field(2, "sport"), 1024, 1)}})
	if err != nil {
		b.Fatal(err)
	}
	for range b.N {
		tm.Next()
	}
}

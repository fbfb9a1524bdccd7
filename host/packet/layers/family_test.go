package layers_test

import (
	"testing"

	"moonwire/host/packet"
)

func TestFamily(t *testing.T) {
	p, field := probe(t, "x")
	ttl, dst, port := field(1, "ttl"), field(1, "dst"), field(2, "dport")
	s, err := packet.FamilyOf(p, []packet.Axis{
		{Layer: 1, Field: dst, Values: packet.ValuesOf(dst, "192.0.2.0/30")},
		{Layer: 1, Field: ttl, Values: packet.ValuesOf(ttl, packet.Range{From: 1, To: 9, Step: 1})},
		{Layer: 2, Field: port, Values: packet.ValuesOf(port, []packet.Value{uint64(80), uint64(443)})},
	})
	if err != nil || s.Len() != 4*9*2 {
		t.Fatal(s, err)
	}
	seen := map[string]bool{}
	for i := range s.Len() {
		q, err := s.At(i)
		if err != nil {
			t.Fatal(err)
		}
		seen[string(q.Build())] = true
	}
	if len(seen) != 4*9*2 {
		t.Errorf("%d different packets", len(seen))
	}
	q, _ := s.At(1)
	if q.Layer(2).Uint("dport") != 443 || q.Layer(1).Uint("ttl") != 1 {
		t.Error("the last field changes fastest")
	}
	if _, err := packet.FamilyOf(p, []packet.Axis{{Layer: 1, Field: ttl, Values: packet.Range{From: 1, To: 300, Step: 1}}}); err == nil {
		t.Error("a range past the field's end passed")
	}
}

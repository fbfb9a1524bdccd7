package layers_test

import (
	"encoding/hex"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// The padding of the last parameter does not count in the chunk's length (RFC 9260 section 3.2); some senders count it.
// Both are read as the same parameters, and written again as they were.
func TestLastParameterPadding(t *testing.T) {
	pr, err := layers.Registry().Lookup("sctp_heartbeat")
	if err != nil {
		t.Fatal(err)
	}
	for wire, entries := range map[string]int{
		"04000009" + "0001000578000000": 1, // Linux: length 9, three bytes of the chunk's padding
		"0400000c" + "0001000578000000": 2, // Scapy: length 12
	} {
		b, _ := hex.DecodeString(wire)
		p := packet.Decode(layers.Registry(), b, pr)
		p.Len() // reads it
		f, _ := p.Layer(0).Field("params")
		list := p.Layer(0).Value(f).([]packet.Value)
		rec, ok := list[0].(packet.Record)
		if !ok || rec.Get("data") != "x" || len(list) != entries {
			t.Errorf("%s: params %v", wire, list)
		}
		if err := p.Layer(0).SetField(f, list); err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(p.Build()); got != wire {
			t.Errorf("%s is written again as %s", wire, got)
		}
	}
}

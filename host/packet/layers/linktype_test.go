package layers_test

import (
	"encoding/hex"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

// The headers are Scapy 2.5's: CookedLinux(src=bytes.fromhex("020000000001"), lladdrlen=6, lladdrtype=1) and so on, and
// those of captures of the respective systems.
func TestForLinkType(t *testing.T) {
	ip := "450000140001000040007ce77f0000017f000001"
	for _, c := range []struct {
		linkType int
		frame    string
		layers   []string
	}{
		{0, "02000000" + ip, []string{"null", "ip"}},
		{0, "00000002" + ip, []string{"null", "ip"}},
		{1, "ffffffffffff0200000000010800" + ip, []string{"eth", "ip"}},
		{12, ip, []string{"ip"}},
		{101, ip, []string{"ip"}},
		{108, "00000002" + ip, []string{"loop", "ip"}},
		{113, "0000000100060200000000010000" + "0800" + ip, []string{"sll", "ip"}},
		{276, "0800000000000001000100060200000000010000" + ip, []string{"sll2", "ip"}},
		{228, ip, []string{"ip"}},
		{4711, "00", []string{"raw"}},
	} {
		b, _ := hex.DecodeString(c.frame)
		reg := layers.Registry()
		p := packet.Decode(reg, b, layers.ForLinkType(reg, c.linkType, b))
		if p.Len() != len(c.layers) {
			t.Errorf("%d: %d layers, %q", c.linkType, p.Len(), p.Reason())
			continue
		}
		for i, name := range c.layers {
			if got := p.Layer(i).Protocol().Name; got != name {
				t.Errorf("%d: layer %d is %s, want %s", c.linkType, i, got, name)
			}
		}
	}
}

func TestCooked(t *testing.T) {
	ip := layer(t, "ip", nil)
	for name, want := range map[string]string{
		"sll":  "0004000100060200000000010000" + "0800", // CookedLinux(pkttype=4, lladdrtype=1, lladdrlen=6, src=…)/IP()
		"sll2": "0800000000000000000104060200000000010000",
	} {
		p := packet.Stack(layer(t, name, packet.Record{{Name: "pkttype", Value: "sent-by-us"}, {Name: "lladdrtype", Value: uint64(1)},
			{Name: "lladdrlen", Value: uint64(6)}, {Name: "src", Value: "\x02\x00\x00\x00\x00\x01"}}), ip)
		p.Build()
		if got := hex.EncodeToString(p.Layer(0).Header()); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	p := packet.Stack(layer(t, "null", nil), ip)
	p.Build()
	if got := hex.EncodeToString(p.Layer(0).Header()); got != "02000000" {
		t.Errorf("null is %s", got)
	}
}

package layers_test

import (
	"encoding/hex"
	"testing"

	"moonwire/host/packet"
	"moonwire/host/packet/layers"
)

func layer(t testing.TB, name string, values packet.Record) *packet.Packet {
	t.Helper()
	reg := layers.Registry()
	pr, err := reg.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := packet.New(reg, pr, values)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestStack(t *testing.T) {
	p := layer(t, "eth", packet.Record{{Name: "dst", Value: "02:00:00:00:00:02"}, {Name: "src", Value: "02:00:00:00:00:01"}})
	p = packet.Stack(p, layer(t, "ip", packet.Record{{Name: "src", Value: "10.0.0.1"}, {Name: "dst", Value: "10.0.0.2"}, {Name: "ttl", Value: uint64(3)}, {Name: "options", Value: "\x94\x04\x00\x00"}}))
	p = packet.Stack(p, layer(t, "udp", packet.Record{{Name: "sport", Value: uint64(1000)}, {Name: "dport", Value: uint64(33434)}}))
	p = packet.Stack(p, packet.RawOf(layers.Registry(), "probe"))
	got := hex.EncodeToString(p.Build())
	// scapy 2.5: Ether(dst="02:00:00:00:00:02", src="02:00:00:00:00:01")/IP(src="10.0.0.1", dst="10.0.0.2", ttl=3,
	// options=IPOption(b"\x94\x04\x00\x00"))/UDP(sport=1000, dport=33434)/"probe"
	want := "0200000000020200000000010800" + "460000250001000003110ec10a0000010a00000294040000" + "03e8829a000d207a70726f6265"
	if got != want {
		t.Errorf("\ngot  %s\nwant %s", got, want)
	}
	q := packet.Decode(layers.Registry(), append(p.Build(), 0, 0, 0), p.Layer(0).Protocol())
	if q.Len() != 5 || q.Layer(4).Protocol().Name != "padding" || q.Layer(1).Uint("ttl") != 3 {
		t.Errorf("decoded %d layers, ttl %d, reason %q", q.Len(), q.Layer(1).Uint("ttl"), q.Reason())
	}
	q.Layer(1).Set("options", "")
	q.Layer(1).Set("chksum", packet.Auto)
	q.Layer(1).Set("ihl", packet.Auto)
	q.Layer(1).Set("len", packet.Auto)
	if got, want := hex.EncodeToString(q.Build()), "0200000000020200000000010800"+"45000021000100000311a3c90a0000010a000002"+"03e8829a000d207a70726f6265000000"; got != want {
		t.Errorf("\ngot  %s\nwant %s", got, want)
	}
}

func BenchmarkRebuild(b *testing.B) {
	p := packet.Stack(packet.Stack(layer(b, "eth", nil), layer(b, "ip", nil)), packet.Stack(layer(b, "udp", nil), packet.RawOf(layers.Registry(), "012345678901234567")))
	id, _ := p.Layer(1).Protocol().Field("id")
	port, _ := p.Layer(2).Protocol().Field("sport")
	for i := range b.N {
		p.Layer(1).SetUint(id, uint64(i)&0xffff)
		p.Layer(2).SetUint(port, uint64(i)&0xffff)
		p.Build()
	}
}

func BenchmarkDecode(b *testing.B) {
	p := packet.Stack(packet.Stack(layer(b, "eth", nil), layer(b, "ip", nil)), packet.Stack(layer(b, "udp", nil), packet.RawOf(layers.Registry(), "012345678901234567")))
	raw := append([]byte(nil), p.Build()...)
	ip, udp := p.Layer(1).Protocol(), p.Layer(2).Protocol()
	_ = udp
	ttl, _ := ip.Field("ttl")
	for range b.N {
		q := packet.Decode(layers.Registry(), raw, p.Layer(0).Protocol())
		if n, ok := q.Layer(q.Find(ip, 1)).Number(ttl); n != 64 || !ok {
			b.Fatal(n)
		}
	}
}

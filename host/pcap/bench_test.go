package pcap_test

import (
	"bytes"
	"io"
	"testing"

	"moonwire/host/pcap"
)

// bulk is a file of n packets of 64 bytes.
func bulk(b *testing.B, format pcap.Format, n int) []byte {
	b.Helper()
	var out bytes.Buffer
	w := pcap.NewWriter(&out, pcap.WriterOptions{Format: format, LinkType: 1})
	p := pcap.Packet{Data: make([]byte, 64), Len: 64, Sec: 1600000000}
	for i := range n {
		p.Nsec = int32(i)
		if err := w.Write(&p); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkRead is one packet.
func BenchmarkRead(b *testing.B) {
	for _, format := range []pcap.Format{pcap.Pcap, pcap.PcapNG} {
		b.Run(format.String(), func(b *testing.B) {
			file := bulk(b, format, 100000)
			b.SetBytes(int64(len(file) / 100000))
			b.ReportAllocs()
			b.ResetTimer()
			for n := 0; n < b.N; {
				r, err := pcap.NewReader(bytes.NewReader(file))
				if err != nil {
					b.Fatal(err)
				}
				var p pcap.Packet
				for ; n < b.N; n++ {
					if err := r.Next(&p); err == io.EOF {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkWrite is one packet.
func BenchmarkWrite(b *testing.B) {
	for _, format := range []pcap.Format{pcap.Pcap, pcap.PcapNG} {
		b.Run(format.String(), func(b *testing.B) {
			w := pcap.NewWriter(io.Discard, pcap.WriterOptions{Format: format, LinkType: 1})
			p := pcap.Packet{Data: make([]byte, 64), Len: 64, Sec: 1600000000}
			b.ReportAllocs()
			for b.Loop() {
				if err := w.Write(&p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

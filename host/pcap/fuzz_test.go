package pcap_test

import (
	"bytes"
	"io"
	"testing"

	"moonwire/host/pcap"
)

// FuzzReader reads anything, and copies what it could read: the copy has the same packets.
func FuzzReader(f *testing.F) {
	for _, tt := range oldFiles {
		f.Add(unhex(f, tt.text))
	}
	f.Add(rich(f, false))
	f.Add(rich(f, true))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, list, err := all(b)
		if r == nil {
			return
		}
		r.Names()
		r.Secrets()
		r.Sections()
		for _, format := range []pcap.Format{pcap.Pcap, pcap.PcapNG} {
			again, err2 := pcap.NewReader(bytes.NewReader(b))
			if err2 != nil {
				t.Fatal(err2)
			}
			var out bytes.Buffer
			w := pcap.NewWriter(&out, pcap.WriterOptions{Format: format})
			n, err2 := pcap.Copy(w, again, nil)
			w.Close()
			_, copied, err3 := all(out.Bytes())
			if err3 != nil && out.Len() > 0 {
				t.Fatalf("a %s copy of %d packets can't be read: %v", format, n, err3)
			}
			if (err == nil) != (err2 == nil) && r.Format() == format {
				t.Fatalf("reading says %v, copying %v", err, err2)
			}
			for i, p := range copied {
				if !bytes.Equal(p.Data, list[i].Data) && r.Format() == pcap.PcapNG && format == pcap.PcapNG {
					t.Fatalf("packet %d is %x, its copy %x", i, list[i].Data, p.Data)
				}
			}
		}
	})
}

// FuzzPieces reads a file in pieces of one byte: the packets are those of the whole.
func FuzzPieces(f *testing.F) {
	f.Add(rich(f, false))
	f.Add(rich(f, true))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, list, err := all(b)
		r, err2 := pcap.NewReader(slow{bytes.NewReader(b)})
		var p pcap.Packet
		n := 0
		for err2 == nil {
			if err2 = r.Next(&p); err2 == nil {
				if n >= len(list) || !bytes.Equal(p.Data, list[n].Data) {
					t.Fatalf("packet %d differs", n)
				}
				n++
			}
		}
		if n != len(list) || (err == nil) != (err2 == io.EOF) {
			t.Fatalf("%d packets and %v, in pieces %d and %v", len(list), err, n, err2)
		}
	})
}

// slow gives a byte at a time.
type slow struct{ r io.Reader }

func (s slow) Read(b []byte) (int, error) { return s.r.Read(b[:min(len(b), 1)]) }

package fragment_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/node/fragment"
)

// packet4 is an IPv4 packet with options and n bytes of payload.
func packet4(options []byte, n int, flags uint8, offset uint16) []byte {
	b := make([]byte, 20+len(options)+n)
	h := header.IPv4(b)
	h.Encode(&header.IPv4Fields{TotalLength: uint16(len(b)), ID: 77, TTL: 9, Protocol: 17})
	h.SetHeaderLength(uint8(20 + len(options)))
	h.SetFlagsFragmentOffset(flags, offset)
	copy(b[20:], options)
	for i := range n {
		b[20+len(options)+i] = byte(i * 7)
	}
	return b
}

// whole4 puts fragments together as a receiver does and fails when they don't fit.
func whole4(t *testing.T, pieces [][]byte, first uint16) (payload []byte, more bool) {
	t.Helper()
	for i, p := range pieces {
		h := header.IPv4(p)
		if int(h.TotalLength()) != len(p) || checksum.Checksum(p[:h.HeaderLength()], 0) != 0xffff || h.ID() != 77 {
			t.Fatalf("fragment %d: header % x", i, p[:h.HeaderLength()])
		}
		if int(h.FragmentOffset()) != int(first)+len(payload) {
			t.Fatalf("fragment %d is at %d, not %d", i, h.FragmentOffset(), int(first)+len(payload))
		}
		payload = append(payload, p[h.HeaderLength():]...)
		if more = h.More(); i < len(pieces)-1 && (!more || (len(p)-int(h.HeaderLength()))%8 != 0) {
			t.Fatalf("fragment %d of %d doesn't go on", i, len(pieces))
		}
	}
	return payload, more
}

// TestV4 cuts packets and fragments of packets to many lengths (RFC 791 section 3.2).
func TestV4(t *testing.T) {
	t.Parallel()
	for mtu := 68; mtu < 600; mtu += 13 {
		for _, n := range []int{1, 8, 48, 49, 400, 1480, 4000} {
			for _, more := range []uint8{0, header.IPv4FlagMoreFragments} {
				if more != 0 && n%8 != 0 {
					continue
				}
				p := packet4(nil, n, more, 80)
				pieces := fragment.V4(p, mtu, 0)
				for _, f := range pieces {
					if len(f) > mtu {
						t.Fatalf("a fragment of %d bytes for an MTU of %d", len(f), mtu)
					}
				}
				got, goesOn := whole4(t, pieces, 80)
				if !bytes.Equal(got, p[20:]) || goesOn != (more != 0) {
					t.Fatalf("%d bytes came back as %d, more %v", n, len(got), goesOn)
				}
			}
		}
	}
}

// TestOptions looks for the options that all fragments carry, and those that the first carries alone.
func TestOptions(t *testing.T) {
	t.Parallel()
	recordRoute := []byte{7, 7, 4, 0, 0, 0, 0}
	security := []byte{130, 3, 9}
	options := append(append(append([]byte{1}, recordRoute...), security...), 0)
	pieces := fragment.V4(packet4(options, 200, 0, 0), 100, 0)
	for i, p := range pieces {
		want := options
		if i > 0 {
			want = []byte{130, 3, 9, 0}
		}
		if got := p[20:header.IPv4(p).HeaderLength()]; !bytes.Equal(got, want) {
			t.Errorf("fragment %d has options % x, want % x", i, got, want)
		}
	}
	if got, _ := whole4(t, pieces, 0); len(got) != 200 {
		t.Errorf("%d bytes came back", len(got))
	}
}

// TestBroken feeds the cutters with packets whose inside is random.
func TestBroken(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		p := make([]byte, 60+r.IntN(300))
		for i := range p {
			p[i] = byte(r.Uint32())
		}
		p[0] = 4<<4 | byte(5+r.IntN(11))
		binary.BigEndian.PutUint16(p[2:], uint16(len(p)))
		fragment.V4(p, 68+r.IntN(100), 14)
		p[0], p[6] = 6<<4, []byte{0, 43, 44, 60, 17}[r.IntN(5)]
		fragment.V6(p, 100+r.IntN(100), 14, 5)
	}
}

// TestV6 cuts packets with and without headers that all fragments repeat (RFC 8200 section 4.5).
func TestV6(t *testing.T) {
	t.Parallel()
	hopByHop := []byte{60, 0, 1, 4, 0, 0, 0, 0}
	destination := []byte{17, 0, 1, 4, 0, 0, 0, 0}
	for _, tt := range []struct {
		name  string
		next  byte
		extra []byte
		keep  int
		inner byte
	}{
		{"plain", 17, nil, 40, 17},
		{"hop by hop, then destination", 0, append(bytes.Clone(hopByHop), destination...), 48, 60},
	} {
		p := make([]byte, 40, 4000)
		p[0], p[6] = 6<<4, tt.next
		p = append(p, tt.extra...)
		for i := range 3000 {
			p = append(p, byte(i*3))
		}
		header.IPv6(p).SetPayloadLength(uint16(len(p) - 40))
		var got []byte
		pieces := fragment.V6(p, 1280, 0, 99)
		for i, f := range pieces {
			fh := f[tt.keep:]
			offset := binary.BigEndian.Uint16(fh[2:])
			if len(f) > 1280 || len(f) != 40+int(header.IPv6(f).PayloadLength()) || fh[0] != tt.inner || binary.BigEndian.Uint32(fh[4:]) != 99 ||
				int(offset&^7) != len(got) || (offset&1 != 0) != (i < len(pieces)-1) {
				t.Errorf("%s: fragment %d begins % x", tt.name, i, f[:tt.keep+8])
			}
			got = append(got, fh[8:]...)
		}
		if !bytes.Equal(got, p[tt.keep:]) {
			t.Errorf("%s: %d bytes came back of %d", tt.name, len(got), len(p)-tt.keep)
		}
	}
}

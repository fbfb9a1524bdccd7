package bridge

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

var (
	src4 = tcpip.AddrFrom4([4]byte{10, 0, 0, 1})
	dst4 = tcpip.AddrFrom4([4]byte{10, 0, 0, 2})
	src6 = tcpip.AddrFrom16([16]byte{0xfd, 15: 1})
	dst6 = tcpip.AddrFrom16([16]byte{0xfd, 15: 2})
)

// large4 is a frame of TCP segments over IPv4, behind a VLAN tag.
func large4(data []byte) (offload, []byte) {
	f := make([]byte, 18+20+20)
	binary.BigEndian.PutUint16(f[12:], 0x8100)
	binary.BigEndian.PutUint16(f[16:], 0x0800)
	header.IPv4(f[18:]).Encode(&header.IPv4Fields{TotalLength: uint16(40 + len(data)), ID: 0xffff, TTL: 64, Protocol: 6, SrcAddr: src4, DstAddr: dst4})
	header.TCP(f[38:]).Encode(&header.TCPFields{SrcPort: 1, DstPort: 2, SeqNum: 0xfffffff0, DataOffset: 20,
		Flags: header.TCPFlagAck | header.TCPFlagPsh | header.TCPFlagFin | flagCWR})
	return offload{flags: needsChecksum, kind: segmentsTCP4, size: 1000, start: 38, off: 16}, append(f, data...)
}

// large6 is a frame of UDP datagrams over IPv6, behind a header of hop-by-hop options.
func large6(data []byte) (offload, []byte) {
	f := make([]byte, 14+40+8+8)
	binary.BigEndian.PutUint16(f[12:], 0x86dd)
	header.IPv6(f[14:]).Encode(&header.IPv6Fields{PayloadLength: uint16(16 + len(data)), TransportProtocol: 0, HopLimit: 64, SrcAddr: src6, DstAddr: dst6})
	copy(f[54:], []byte{17, 0, 1, 4, 0, 0, 0, 0})
	header.UDP(f[62:]).Encode(&header.UDPFields{SrcPort: 1, DstPort: 2, Length: uint16(8 + len(data))})
	return offload{flags: needsChecksum, kind: segmentsUDP, size: 1000, start: 62, off: udpChecksum}, append(f, data...)
}

func TestSegmentsTCP(t *testing.T) {
	t.Parallel()
	data := randomBytes(2500)
	frames, err := apply(large4(data))
	if err != nil || len(frames) != 3 {
		t.Fatalf("%d frames, %v", len(frames), err)
	}
	var got []byte
	for i, f := range frames {
		ip, segment := header.IPv4(f[18:]), header.TCP(f[38:])
		if !ip.IsChecksumValid() || int(ip.TotalLength()) != len(f)-18 || ip.ID() != uint16(0xffff+i) {
			t.Errorf("segment %d: IP header % x", i, f[18:38])
		}
		if !segment.IsChecksumValid(src4, dst4, checksum.Checksum(segment.Payload(), 0), uint16(len(segment.Payload()))) {
			t.Errorf("segment %d: wrong TCP checksum", i)
		}
		if want := uint32(0xfffffff0 + uint64(1000*i)); segment.SequenceNumber() != want {
			t.Errorf("segment %d: sequence number %d, want %d", i, segment.SequenceNumber(), want)
		}
		want := []header.TCPFlags{header.TCPFlagAck | flagCWR, header.TCPFlagAck, header.TCPFlagAck | header.TCPFlagPsh | header.TCPFlagFin}[i]
		if segment.Flags() != want {
			t.Errorf("segment %d: flags %v, want %v", i, segment.Flags(), want)
		}
		got = append(got, segment.Payload()...)
	}
	if !bytes.Equal(got, data) {
		t.Error("the data differs")
	}
}

func TestSegmentsUDP(t *testing.T) {
	t.Parallel()
	data := randomBytes(2500)
	frames, err := apply(large6(data))
	if err != nil || len(frames) != 3 {
		t.Fatalf("%d frames, %v", len(frames), err)
	}
	var got []byte
	for i, f := range frames {
		ip, u := header.IPv6(f[14:]), header.UDP(f[62:])
		if int(ip.PayloadLength()) != len(f)-54 || int(u.Length()) != len(u) {
			t.Errorf("datagram %d: lengths %d and %d of %d", i, ip.PayloadLength(), u.Length(), len(f))
		}
		if !u.IsChecksumValid(src6, dst6, checksum.Checksum(u.Payload(), 0)) {
			t.Errorf("datagram %d: wrong checksum", i)
		}
		got = append(got, u.Payload()...)
	}
	if !bytes.Equal(got, data) {
		t.Error("the data differs")
	}
}

// TestChecksum fills in sums over a pseudo header's that the kernel left in their place.
func TestChecksum(t *testing.T) {
	t.Parallel()
	o, f := large6([]byte("hello"))
	o.kind = segmentsNone
	u := header.UDP(f[62:])
	u.SetChecksum(header.PseudoHeaderChecksum(17, src6, dst6, uint16(len(u))))
	if _, err := apply(o, f); err != nil {
		t.Fatal(err)
	}
	if !u.IsChecksumValid(src6, dst6, checksum.Checksum(u.Payload(), 0)) {
		t.Errorf("wrong checksum %#x", u.Checksum())
	}
}

func TestSegmentsMalformed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		spur func(*offload, []byte) []byte
		want error
	}{
		{"fragments of UDP", func(o *offload, f []byte) []byte { o.kind = 3; return f }, errSegments},
		{"no size", func(o *offload, f []byte) []byte { o.size = 0; return f }, errMalformed},
		{"no IP header", func(o *offload, f []byte) []byte { o.start = 20; return f }, errMalformed},
		{"start beyond the end", func(o *offload, f []byte) []byte { o.start = 9000; return f }, errMalformed},
		{"header beyond the end", func(o *offload, f []byte) []byte { f[38+12] = 0xf0; return f[:60] }, errMalformed},
		{"header too short", func(o *offload, f []byte) []byte { f[38+12] = 0x40; return f }, errMalformed},
		{"IP version 5", func(o *offload, f []byte) []byte { f[18] = 0x55; return f }, errMalformed},
		{"another header length", func(o *offload, f []byte) []byte { f[18] = 0x46; return f }, errMalformed},
		{"VLAN tags without end", func(o *offload, f []byte) []byte { return bytes.Repeat([]byte{0x81, 0}, 100) }, errMalformed},
	} {
		o, f := large4(randomBytes(2500))
		f = tt.spur(&o, f)
		if frames, err := apply(o, f); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %d frames, %v", tt.name, len(frames), err)
		}
	}
}

func apply(o offload, f []byte) ([][]byte, error) { return o.apply(f) }

// FuzzOffload cuts anything: what comes out is no longer than what went in, but for headers.
func FuzzOffload(f *testing.F) {
	add := func(o offload, frame []byte) {
		b := []byte{o.flags, o.kind, 0, 0}
		for _, n := range []int{o.size, o.start, o.off} {
			b = binary.NativeEndian.AppendUint16(b, uint16(n))
		}
		f.Add(append(b, frame...))
	}
	add(large4(randomBytes(2500)))
	add(large6(randomBytes(2500)))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < offloadLen || len(b) > 4096 {
			return
		}
		frames, err := parseOffload(b).apply(bytes.Clone(b[offloadLen:]))
		for _, frame := range frames {
			if err != nil || len(frame) > len(b)-offloadLen {
				t.Errorf("a frame of %d bytes, %v", len(frame), err)
			}
		}
	})
}

package frame

import (
	"bytes"
	"encoding/hex"
	"net/netip"
	"testing"
)

// datagrams are of both families.
func datagrams() []Datagram {
	a, b := MAC{2, 0, 0, 0, 0, 1}, MAC{2, 0, 0, 0, 0, 2}
	return []Datagram{
		{a, Broadcast, netip.MustParseAddrPort("0.0.0.0:68"), netip.MustParseAddrPort("255.255.255.255:67")},
		{a, b, netip.MustParseAddrPort("10.0.0.1:67"), netip.MustParseAddrPort("10.0.0.100:68")},
		{a, b, netip.MustParseAddrPort("[fe80::1]:546"), netip.MustParseAddrPort("[ff02::1:2]:547")},
	}
}

// TestPut holds that what is written is read, whatever the length, and that the sums are right.
func TestPut(t *testing.T) {
	for _, d := range datagrams() {
		for n := range 40 {
			b := make([]byte, 200)
			payload := b[d.Payload() : d.Payload()+n]
			for i := range payload {
				payload[i] = byte(i*37 + n)
			}
			size := d.Put(b, n)
			got, read, ok := Read(b[:size])
			if !ok || got != d || !bytes.Equal(read, payload) {
				t.Fatalf("%v with %d bytes reads as %v, %x, %v", d, n, got, read, ok)
			}
			if sum := udpSum(b[:size]); sum != 0xffff {
				t.Errorf("%v with %d bytes: the datagram's sum is %04x", d, n, sum)
			}
			if d.Dst.Addr().Is4() && Fold(Sum(0, b[14:34])) != 0xffff {
				t.Errorf("%v: the header's sum is wrong", d)
			}
		}
	}
}

// udpSum adds a frame's datagram and its pseudo header, word by word.
func udpSum(b []byte) uint16 {
	pseudo, datagram := b[26:34], b[34:]
	if Type(b) == TypeIPv6 {
		pseudo, datagram = b[22:54], b[54:]
	}
	all := append(bytes.Clone(pseudo), 0, 17, byte(len(datagram)>>8), byte(len(datagram)))
	all = append(all, datagram...)
	if len(all)%2 == 1 {
		all = append(all, 0)
	}
	sum := uint32(0)
	for i := 0; i < len(all); i += 2 {
		sum += uint32(all[i])<<8 | uint32(all[i+1])
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return uint16(sum)
}

// TestARP reads the example of RFC 826's fields, and writes it again.
func TestARP(t *testing.T) {
	b, _ := hex.DecodeString("ffffffffffff0200000000010806" + "0001080006040001" + "020000000001" + "0a000001" + "000000000000" + "0a000002")
	a, ok := ReadARP(b)
	if !ok || a.Reply || a.Sender.String() != "10.0.0.1" || a.Target.String() != "10.0.0.2" {
		t.Fatal(a, ok)
	}
	again := make([]byte, 64)
	if n := a.Put(again); !bytes.Equal(again[:n], b) {
		t.Errorf("%x, want %x", again[:n], b)
	}
	b[21] = 3 // reverse ARP
	if _, ok := ReadARP(b); ok {
		t.Error("a request of RFC 903 is no ARP")
	}
}

// FuzzRead holds that whatever comes is read without fault, inside its bounds.
func FuzzRead(f *testing.F) {
	for _, d := range datagrams() {
		b := make([]byte, 200)
		f.Add(b[:d.Put(b, 20)])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if d, payload, ok := Read(b); ok && len(payload) > len(b)-d.Payload() {
			t.Errorf("%d bytes in a frame of %d", len(payload), len(b))
		}
		ReadARP(b)
	})
}

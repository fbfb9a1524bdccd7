package lab_test

import (
	"context"
	"encoding/hex"
	"strings"
	"testing"

	"moonwire/host/lab"
	"moonwire/host/lab/node"
	"moonwire/host/network"
)

// frames are what a script may send on h1's link, beside the Ethernet header.
var frames = []string{
	"0806 0001 0800 0604 0001 020000000001 0a000102 000000000000 0a000101",                                         // ARP
	"0800 4500 001c 0001 0000 4001 0000 0a000102 0a000202 0800 f7ff 0000 0000",                                     // ICMP echo
	"0800 4500 0028 0001 0000 4006 0000 0a000102 0a000202 1000 0050 00000000 00000000 5002 ffff 0000 0000",         // TCP SYN
	"0800 4500 0024 0001 2000 0111 0000 0a000102 0a000202 1000 0007 0020 0000 0000000000000000",                    // first fragment
	"0800 4600 0020 0001 0000 4001 0000 0a000102 0a000202 07040400 0800 f7ff 0000 0000",                            // options
	"86dd 60000000 0008 3a40 fd000000000000010000000000000002 fd000000000000010000000000000001 8700 0000 00000000", // ND
	"86dd 60000000 0008 0040 fd000000000000010000000000000002 fd000000000000020000000000000002 3b00 0104 00000000", // hop-by-hop
	"86dd 60000000 0010 2c40 fd000000000000010000000000000002 fd000000000000020000000000000002 3a000001 00000001 8000000000000000",
	"8100 0001 0800 4500",
	"",
}

// FuzzFrames sends any bytes from a host's link to everybody in a lab: nothing panics, and the lab goes on.
func FuzzFrames(f *testing.F) {
	for _, text := range frames {
		b, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(byte(0), b)
		f.Add(byte(1), b)
	}
	l := open(f, lab.Options{}, "h1 -- R1 -- h2")
	ctx := context.Background()
	h1, _ := l.Network("h1")
	h2, _ := l.Network("h2")
	if _, err := h2.Listen(ctx, "tcp", ":80", nil); err != nil {
		f.Fatal(err)
	}
	link, err := h1.OpenLink(ctx, "eth0", &network.LinkOpts{SendOnly: true})
	if err != nil {
		f.Fatal(err)
	}
	router, _ := l.Plan().Node("R1")
	f.Fuzz(func(t *testing.T, to byte, rest []byte) {
		header := append([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, link.Interface().MAC...)
		if to%2 == 0 {
			copy(header, router.Interfaces[0].MAC)
		}
		frame := append(header, rest...)
		frame = frame[:min(len(frame), 1514)]
		if _, err := link.WriteFrames(ctx, 1, func(_ int, slot []byte) int { return copy(slot, frame) }); err != nil && len(frame) >= 14 {
			t.Fatal(err)
		}
		if _, err := h1.Resolve(ctx, "eth0", router.Addr()); err != nil {
			t.Errorf("the router is gone: %v", err)
		}
		for _, name := range l.Hosts() {
			h, _ := l.Host(name)
			if n := h.Node().Drops()[node.Fault]; n > 0 {
				t.Fatalf("%s: %d faults", name, n)
			}
		}
	})
}

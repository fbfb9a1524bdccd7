package foreign_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"moonwire/host/packet"
	"moonwire/host/packet/foreign"
	"moonwire/host/packet/layers"
)

// frames are Scapy 2.5's, except those named otherwise: the link type, the bytes, the layers, and some fields of them.
var frames = []struct {
	name     string
	linkType int
	hex      string
	layers   string
	fields   map[string]string
}{
	{"beacon", 127, "000008000000000080000000ffffffffffff020000000001020000000001000000000000000000006400010000036c616201028284",
		"radiotap dot11 dot11_beacon dot11_ie dot11_ie", map[string]string{
			"dot11.address2": "02:00:00:00:00:01", "dot11.type": "MgmtBeacon (32)", "dot11_beacon.interval": "100",
			"dot11_ie.info": `"lab"`}},
	{"beacon with its checksum", 105, "80000000ffffffffffff020000000001020000000001000000000000000000006400010000036c61622694433c",
		"dot11 dot11_beacon dot11_ie padding", map[string]string{"dot11.checksum": "1011061798", "padding.load": `"&\x94C<"`}},
	{"data", 105, "080100000200000000020200000000010200000000030000aaaa0300000008004500001d00010000401166cd0a0000010a00000200010002000973d678",
		"dot11 llc snap ip udp raw", nil},
	{"sip", 1, "02000000000202000000000108004500009200010000401166580a0000010a00000213c413c4007e19ab4f5054494f4e53207369703a626f62406578616d706c652e6f7267205349502f322e300d0a5669613a205349502f322e302f55445020686f73743b6272616e63683d7a39684734624b310d0a435365713a2031204f5054494f4e530d0a436f6e74656e742d4c656e6774683a20340d0a0d0a626f6479",
		"eth ip udp sip raw", map[string]string{"sip.method": "OPTIONS (5)", "sip.request_uri": `"sip:bob@example.org"`, "raw.load": `"body"`}},
	{"gtp", 1, "02000000000202000000000108004500004100010000401166a90a0000010a00000208680868002d2dbd30ff001d000000074500001d000100004011f6cbc0000201c000020200010002000903d578",
		"eth ip udp gtp ip udp raw", map[string]string{"gtp.teid": "7", "gtp.message_type": "255"}},
	{"bfd", 1, "02000000000202000000000108004500003400010000401166b60a0000010a000002c0000ec80020e82e20c0031800000005000000063b9aca003b9aca003b9aca00",
		"eth ip udp bfd", map[string]string{"bfd.my_discriminator": "5", "bfd.detect_multiplier": "3", "bfd.state": "Up (3)"}},
	{"ah", 1, "02000000000202000000000108004500003500010000403366930a0000010a000002110400000000000300000004010101010101010101010101000100020009000078",
		"eth ip ah udp raw", map[string]string{"ah.spi": "3", "ah.seq": "4"}},
	{"udplite, by hand", 1, "02000000000202000000000108004500002000010000408866530a0000010a00000204d2162e0008000064617461",
		"eth ip udplite raw", map[string]string{"udplite.src_port": "1234"}},
	{"ctp, by hand", 1, "020000000002020000000001900000000200020000000003010007006162",
		"eth ctp ctp_forward ctp_reply", map[string]string{"ctp_reply.receipt_number": "7", "ctp_reply.data": `"ab"`}},
}

func decode(t testing.TB, reg *packet.Registry, linkType int, text string) *packet.Packet {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	p := packet.Decode(reg, b, layers.ForLinkType(reg, linkType, b))
	p.Len() // reads all layers
	return p
}

func TestFrames(t *testing.T) {
	t.Parallel()
	for _, f := range frames {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			p := decode(t, foreign.Registry(), f.linkType, f.hex)
			var names []string
			for i := range p.Len() {
				names = append(names, p.Layer(i).Protocol().Name)
			}
			if got := strings.Join(names, " "); got != f.layers {
				t.Fatalf("layers %s, want %s (%s)", got, f.layers, p.Reason())
			}
			for path, want := range f.fields {
				name, field, _ := strings.Cut(path, ".")
				c := p.Layer(slices.Index(names, name))
				fd, err := c.Protocol().Field(field)
				if err != nil {
					t.Fatal(err)
				}
				if got := c.Text(fd); got != want {
					t.Errorf("%s is %s, want %s", path, got, want)
				}
			}
			if got := hex.EncodeToString(p.Build()); got != f.hex {
				t.Errorf("built again: %s", got)
			}
		})
	}
}

func TestDecodeOnly(t *testing.T) {
	t.Parallel()
	reg := foreign.Registry()
	pr, _ := reg.Lookup("bfd")
	if _, err := packet.New(reg, pr, nil); err == nil {
		t.Error("built a layer that can only be read")
	}
	p := decode(t, reg, 1, frames[5].hex)
	c := p.Layer(3)
	if err := c.Set("state", uint64(1)); err == nil {
		t.Error("set a field that can only be read")
	}
	if !c.Has("state") || c.Has("auth_header") {
		t.Error("Has is wrong about bfd's fields")
	}
}

// TestReplace defines a protocol of a name that gopacket has.
func TestReplace(t *testing.T) {
	t.Parallel()
	reg := foreign.Registry().Clone()
	mine := &packet.Protocol{Name: "bfd", Fields: []packet.Field{{Name: "first", Bits: 8}}}
	if err := reg.Add(mine); err != nil {
		t.Fatal(err)
	}
	p := decode(t, reg, 1, frames[5].hex)
	if got := p.Layer(3); got.Protocol() != mine || got.Uint("first") != 0x20 {
		t.Errorf("the layer is %s of %s", got.Protocol().Name, got.Protocol().Source)
	}
	if n := slices.Index(reg.Names(), "bfd"); n != len(reg.Names())-1 {
		t.Errorf("bfd is name %d of %d", n, len(reg.Names()))
	}
}

// TestQuietGTP feeds the decoder a packet on which it prints to the standard output.
func TestQuietGTP(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = w
	reg := foreign.Registry()
	pr, _ := reg.Lookup("gtp")
	p := packet.Decode(reg, []byte("\x34\xff\x00\x08\x00\x00\x00\x01\x00\x00\x00\x85\x09\x00\x00\x00"), pr)
	name := p.Layer(p.Len() - 1).Protocol().Name
	os.Stdout = stdout
	w.Close()
	if out, _ := io.ReadAll(r); len(out) != 0 || name != "raw" {
		t.Errorf("printed %q, read %s", out, name)
	}
}

// FuzzDecode reads mutated frames of every kind, as each layer that gopacket has and as each link type.
func FuzzDecode(f *testing.F) {
	names := foreign.Registry().Names()
	for _, frame := range frames {
		b, _ := hex.DecodeString(frame.hex)
		f.Add(-frame.linkType-1, b)
		for i := range len(names) {
			f.Add(i, b[len(b)/2:])
		}
	}
	f.Fuzz(func(t *testing.T, first int, b []byte) {
		reg := foreign.Registry()
		var pr *packet.Protocol
		if first < 0 {
			pr = layers.ForLinkType(reg, -first-1, b)
		} else {
			pr, _ = reg.Lookup(names[first%len(names)])
		}
		walk(t, reg, pr, b)
	})
}

// walk reads all of a packet and holds that it kept its bytes and took no longer than it may.
func walk(t testing.TB, reg *packet.Registry, pr *packet.Protocol, b []byte) {
	t.Helper()
	start, before := time.Now(), slices.Clone(b)
	p := packet.Decode(reg, b, pr)
	for i := range p.Len() {
		c := p.Layer(i)
		fields := c.Protocol().Fields
		for j := range fields {
			fmt.Fprint(io.Discard, c.Text(&fields[j]), c.Value(&fields[j]))
		}
	}
	if !bytes.Equal(p.Build(), before) {
		t.Errorf("%s: built again: %x, was %x", pr.Name, p.Raw(), before)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("%s: %d bytes took %v", pr.Name, len(b), took)
	}
}

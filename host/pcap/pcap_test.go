package pcap_test

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"moonwire/host/pcap"
)

// unhex reads hexadecimal digits with blanks among them.
func unhex(t testing.TB, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// all reads a file; what it returns is the reader's memory no more.
func all(b []byte) (*pcap.Reader, []pcap.Packet, error) {
	r, err := pcap.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, nil, err
	}
	var list []pcap.Packet
	for {
		var p pcap.Packet
		if err := r.Next(&p); err == io.EOF {
			return r, list, nil
		} else if err != nil {
			return r, list, err
		}
		p.Data = bytes.Clone(p.Data)
		list = append(list, p)
	}
}

// The heads and records of pcap files in every form that libpcap reads. Each holds one packet of the bytes aa bb cc, 60
// bytes on the wire, captured at 0x5f5e1000.5.
var oldFiles = []struct {
	name, text string
}{
	{"micro, little endian", `d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000
		00105e5f 20a10700 03000000 3c000000 aabbcc`},
	{"micro, big endian", `a1b2c3d4 0002 0004 00000000 00000000 0000ffff 00000001
		5f5e1000 0007a120 00000003 0000003c aabbcc`},
	{"nano, little endian", `4d3cb2a1 0200 0400 00000000 00000000 ffff0000 01000000
		00105e5f 0065cd1d 03000000 3c000000 aabbcc`},
	{"nano, big endian", `a1b23c4d 0002 0004 00000000 00000000 0000ffff 00000001
		5f5e1000 1dcd6500 00000003 0000003c aabbcc`},
	{"modified", `34cdb2a1 0200 0400 00000000 00000000 ffff0000 01000000
		00105e5f 20a10700 03000000 3c000000 02000000 0800 0000 aabbcc`},
	{"version 2.2, lengths swapped", `d4c3b2a1 0200 0200 00000000 00000000 ffff0000 01000000
		00105e5f 20a10700 3c000000 03000000 aabbcc`},
	{"version 2.3, lengths swapped", `d4c3b2a1 0200 0300 00000000 00000000 ffff0000 01000000
		00105e5f 20a10700 3c000000 03000000 aabbcc`},
	{"version 543.0", `d4c3b2a1 1f02 0000 00000000 00000000 ffff0000 01000000
		00105e5f 20a10700 3c000000 03000000 aabbcc`},
	{"frame check sequence of 4", `d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000044
		00105e5f 20a10700 03000000 3c000000 aabbcc`},
	{"a million microseconds and more", `d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000
		ff0f5e5f 60e31600 03000000 3c000000 aabbcc`},
}

func TestPcapForms(t *testing.T) {
	t.Parallel()
	for _, tt := range oldFiles {
		r, list, err := all(unhex(t, tt.text))
		if err != nil || len(list) != 1 {
			t.Errorf("%s: %d packets, %v", tt.name, len(list), err)
			continue
		}
		p, i := list[0], r.Interfaces()[0]
		if got := fmt.Sprintf("%x %d %d.%09d type %d snap %d", p.Data, p.Len, p.Sec, p.Nsec, i.LinkType, i.Snap); got !=
			"aabbcc 60 1600000000.500000000 type 1 snap 65535" {
			t.Errorf("%s: %s", tt.name, got)
		}
	}
}

// rich is a pcapng file with everything in it: see TestPcapNG for what it says. The order of its bytes is chosen.
func rich(t testing.TB, big bool) []byte {
	t.Helper()
	var b bytes.Buffer
	w := pcap.NewWriter(&b, pcap.WriterOptions{Format: pcap.PcapNG, Section: pcap.Section{
		Hardware: "toaster", OS: "plan9", Application: "moonwire", Comments: []string{"first", "second"}, BigEndian: big}})
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	five := uint64(5)
	for _, i := range []pcap.Interface{
		{LinkType: 1, Snap: 96, Name: "eth0", Description: "left", Filter: "icmp", Resolution: 9, FCS: -1, Comments: []string{"dusty"}},
		{LinkType: 101, Name: "tun0", Resolution: 0x80 | 10, Offset: 1000, FCS: 4},
		{LinkType: 1, Name: "slow", Resolution: 3, FCS: -1},
	} {
		_, err := w.AddInterface(i)
		must(err)
	}
	must(w.AddNames([]pcap.Name{{Addr: []byte{10, 0, 0, 1}, Names: []string{"r1", "router"}}}))
	must(w.AddSecrets(pcap.Secrets{Type: pcap.TLSKeyLog, Data: []byte("CLIENT_RANDOM 00 11\n")}))
	p := pcap.Packet{Data: []byte{1, 2, 3}, Len: 60, Sec: 1600000000, Nsec: 123456789}
	p.Options.AddComment("hello")
	p.Options.AddFlags(pcap.FlagsOf(pcap.Outbound, pcap.Broadcast))
	p.Options.AddDrops(7)
	must(w.Write(&p))
	must(w.Write(&pcap.Packet{Data: []byte{4, 5, 6, 7}, Len: 4, Sec: 1600000000, Nsec: 500000000, Interface: 1}))
	must(w.Write(&pcap.Packet{Data: []byte{8}, Len: 1, Sec: 1600000001, Nsec: 999999999, Interface: 2}))
	must(w.AddStatistics(0, &pcap.Statistics{Time: time.Unix(1600000002, 0), Start: time.Unix(1600000000, 0), Received: &five, IfDrops: &five}))
	must(w.Close())
	return b.Bytes()
}

func TestPcapNG(t *testing.T) {
	t.Parallel()
	for _, big := range []bool{false, true} {
		r, list, err := all(rich(t, big))
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, s := range r.Sections() {
			fmt.Fprintf(&got, "%+v\n", s)
		}
		for _, i := range r.Interfaces() {
			fmt.Fprintf(&got, "%s %d %d %q %q %g %d fcs %d %q\n", i.Name, i.LinkType, i.Snap, i.Description, i.Filter, i.Resolution.Seconds(), i.Offset,
				i.FCS, i.Comments)
		}
		for _, p := range list {
			fmt.Fprintf(&got, "%x %d %d.%09d %v on %d\n", p.Data, p.Len, p.Sec, p.Nsec, p.Timeless, p.Interface)
		}
		for _, n := range r.Names() {
			ip, _ := n.IP()
			fmt.Fprintf(&got, "%v %q\n", ip, n.Names)
		}
		for _, s := range r.Secrets() {
			fmt.Fprintf(&got, "%x %q\n", uint32(s.Type), s.Data)
		}
		s := r.Interfaces()[0].Statistics
		fmt.Fprintf(&got, "%d %d %d %d %v\n", s.Time.Unix(), s.Start.Unix(), *s.Received, *s.IfDrops, s.OSDrops)
		want := fmt.Sprintf(`{Hardware:toaster OS:plan9 Application:moonwire Comments:[first second] BigEndian:%v}
eth0 1 96 "left" "icmp" 1e-09 0 fcs -1 ["dusty"]
tun0 101 0 "" "" 0.0009765625 1000 fcs 4 []
slow 1 0 "" "" 0.001 0 fcs -1 []
010203 60 1600000000.123456789 false on 0
04050607 4 1600000000.500000000 false on 1
08 1 1600000001.999000000 false on 2
10.0.0.1 ["r1" "router"]
544c534b "CLIENT_RANDOM 00 11\n"
1600000002 1600000000 5 5 <nil>
`, big)
		if got.String() != want {
			t.Errorf("big endian %v: got\n%swant\n%s", big, &got, want)
		}
	}
}

// TestOptionsOfPackets reads options before the reader goes on, in both byte orders.
func TestOptionsOfPackets(t *testing.T) {
	t.Parallel()
	for _, big := range []bool{false, true} {
		r, err := pcap.NewReader(bytes.NewReader(rich(t, big)))
		if err != nil {
			t.Fatal(err)
		}
		var p pcap.Packet
		if err := r.Next(&p); err != nil {
			t.Fatal(err)
		}
		drops, _ := p.Drops()
		if got := fmt.Sprint(p.Comments(), p.Flags().Direction(), p.Flags().Reception(), drops); got != "[hello] 2 3 7" {
			t.Errorf("big endian %v: %s", big, got)
		}
	}
}

// TestCutAnywhere cuts files at each byte: what is whole before is read, and the end is told.
func TestCutAnywhere(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{"pcapng": rich(t, false), "pcapng, big endian": rich(t, true)}
	for _, f := range oldFiles {
		files[f.name] = unhex(t, f.text)
	}
	for name, whole := range files {
		_, packets, err := all(whole)
		if err != nil {
			t.Fatal(err)
		}
		ends := 0
		for n := range whole {
			_, list, err := all(whole[:n])
			var fault *pcap.FormatError
			switch {
			case err == nil:
				ends++ // n is where a record ends
			case !errors.As(err, &fault) || !fault.Cut || fault.Packets != int64(len(list)) || fault.Bytes > int64(n):
				t.Fatalf("%s, cut at %d of %d: %d packets, %v", name, n, len(whole), len(list), err)
			}
			for i, p := range list {
				if !bytes.Equal(p.Data, packets[i].Data) {
					t.Fatalf("%s, cut at %d: packet %d differs", name, n, i+1)
				}
			}
		}
		if ends == 0 || ends > 12 {
			t.Errorf("%s: %d places where it could end", name, ends)
		}
	}
}

// TestGzip reads compressed files, whole, in members, and cut short.
func TestGzip(t *testing.T) {
	t.Parallel()
	whole := rich(t, false)
	var b bytes.Buffer
	for _, part := range [][]byte{whole[:100], whole[100:]} {
		z := gzip.NewWriter(&b)
		z.Write(part)
		z.Close()
	}
	if _, list, err := all(b.Bytes()); err != nil || len(list) != 3 {
		t.Errorf("%d packets, %v", len(list), err)
	}
	_, list, err := all(b.Bytes()[:b.Len()-40])
	var fault *pcap.FormatError
	if !errors.As(err, &fault) || !fault.Cut || len(list) == 0 {
		t.Errorf("cut: %d packets, %v", len(list), err)
	}

	var out bytes.Buffer
	w := pcap.NewWriter(&out, pcap.WriterOptions{LinkType: 1, Gzip: true})
	if err := errors.Join(w.Write(&pcap.Packet{Data: []byte("hello"), Sec: 1}), w.Close()); err != nil {
		t.Fatal(err)
	}
	if out.Bytes()[0] != 0x1f {
		t.Error("not compressed")
	}
	if _, list, err := all(out.Bytes()); err != nil || len(list) != 1 || string(list[0].Data) != "hello" {
		t.Errorf("%v %v", list, err)
	}
}

// TestDamage reads what no file of the format holds.
func TestDamage(t *testing.T) {
	t.Parallel()
	const head = "d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000 "
	const section = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000 "
	const eth = "01000000 14000000 0100 0000 00000000 14000000 "
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "empty: neither pcap nor pcapng"},
		{"a picture", "89504e47 0d0a1a0a", "neither pcap nor pcapng: it begins with 89 50 4e 47"},
		{"a later version", "d4c3b2a1 0300 0000 00000000 00000000 ffff0000 01000000", "damaged: pcap version 3.0 is none that is known"},
		{"a packet too long", head + "00000000 00000000 ffffff7f 3c000000", "damaged: packet 1 claims to have 2147483647 bytes: 0 whole packets in the first 24 bytes"},
		{"no byte order", "0a0d0d0a 1c000000 4d3c2b1b 0100 0000 ffffffffffffffff 1c000000", "damaged: a section header has no byte order: 4d 3c 2b 1b"},
		{"pcapng 2.0", "0a0d0d0a 1c000000 4d3c2b1a 0200 0000 ffffffffffffffff 1c000000", "damaged: pcapng version 2.0 is none that is known"},
		{"a block of 0 bytes", section + "00000000 00000000 00000000", "damaged: the block behind packet 0 claims to have 0 bytes: 0 whole packets in the first 28 bytes"},
		{"a block of 4 GB", section + "06000000 fcffffff 00000000", "damaged: the block behind packet 0 claims to have 4294967292 bytes"},
		{"two lengths", section + "09000000 10000000 00000000 14000000", "damaged: the block behind packet 0 has 16 bytes at its start and 20 at its end"},
		{"no interface", section + "06000000 20000000 00000000 00000000 00000000 00000000 00000000 20000000",
			"packet or statistics of interface 0, which no block describes"},
		{"captured beyond the block", section + eth + "06000000 20000000 00000000 00000000 00000000 01000000 01000000 20000000",
			"damaged: packet 1 claims 1 bytes in a block of 20: 0 whole packets in the first 80 bytes"},
	} {
		_, _, err := all(unhex(t, tt.text))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// TestTimeless writes packets without a time: simple packet blocks where those can say all.
func TestTimeless(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := pcap.NewWriter(&b, pcap.WriterOptions{Format: pcap.PcapNG, LinkType: 1, Snap: 4})
	for _, p := range []pcap.Packet{
		{Data: []byte{9, 9, 9}, Len: 3, Timeless: true},
		{Data: []byte{9, 9, 9, 9, 9}, Len: 5, Timeless: true},
		{Data: []byte{9, 9, 9}, Len: 5, Timeless: true}, // less than the snap length: a simple packet can't say that
	} {
		if err := w.Write(&p); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, list, err := all(b.Bytes())
	got := ""
	for _, p := range list {
		got += fmt.Sprintf("%x/%d %v ", p.Data, p.Len, p.Timeless)
	}
	if want := "090909/3 true 09090909/5 true 090909/5 false "; got != want || err != nil {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}

// TestCopy keeps all that a pcapng file says.
func TestCopy(t *testing.T) {
	t.Parallel()
	for _, big := range []bool{false, true} {
		// Two sections of different byte orders, and a block that nobody knows.
		unknown := unhex(t, "efbeadde 10000000 01020304 10000000")
		whole := append(append(append([]byte{}, rich(t, false)...), unknown...), rich(t, big)...)
		r, err := pcap.NewReader(bytes.NewReader(whole))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := pcap.NewWriter(&b, pcap.WriterOptions{Format: pcap.PcapNG})
		if n, err := pcap.Copy(w, r, nil); n != 6 || err != nil {
			t.Fatal(n, err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), whole) {
			t.Errorf("big endian %v: a copy of %d bytes has %d:\n%x\n%x", big, len(whole), b.Len(), whole, b.Bytes())
		}
	}
}

//go:build interop

package pcap_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"moonwire/host/pcap"
)

// peer runs a program that must be there and succeed, and returns what it prints.
func peer(t *testing.T, argv ...string) string {
	t.Helper()
	cmd := exec.Command(argv[0], argv[1:]...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(argv, " "), err, &stderr)
	}
	return strings.TrimSpace(string(out))
}

// save puts a file into the test's folder.
func save(t *testing.T, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// frames are three UDP packets on Ethernet.
func frames(t testing.TB) [][]byte {
	var list [][]byte
	for _, last := range []string{"01", "02", "03"} {
		list = append(list, unhex(t, `ffffffffffff 020000000001 0800 4500 0020 0001 0000 4011 66c9 0a000001 0a0000`+last+` 03e8 0035 000c 0000 `+
			`6162630a`))
	}
	return list
}

// sample is a file with those packets, which are some nanoseconds apart.
func sample(t testing.TB, o pcap.WriterOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	w := pcap.NewWriter(&b, o)
	for i, f := range frames(t) {
		if err := w.Write(&pcap.Packet{Data: f, Len: len(f) + i, Sec: 1600000000 + int64(i), Nsec: 123456789}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestTsharkReadsRich holds a pcapng file with everything in it against tshark and capinfos, in both byte orders.
func TestTsharkReadsRich(t *testing.T) {
	t.Parallel()
	for _, big := range []bool{false, true} {
		file := save(t, "rich.pcapng", rich(t, big))
		got := peer(t, "tshark", "-r", file, "-t", "e", "-T", "fields", "-E", "separator=|", "-e", "frame.time_epoch", "-e", "frame.len", "-e", "frame.cap_len",
			"-e", "frame.interface_name", "-e", "frame.interface_description", "-e", "frame.comment", "-e", "frame.packet_flags", "-e", "frame.drop_count")
		want := `1600000000.123456789|60|3|eth0|left|hello|0x0000000e|7
1600000000.500000000|4|4|tun0||||
1600000001.999000000|1|1|slow||||`
		if got != want {
			t.Errorf("big endian %v: tshark reads\n%s\nwant\n%s", big, got, want)
		}
		info := peer(t, "capinfos", file)
		for _, line := range []string{"Capture hardware:    toaster", "Capture oper-sys:    plan9", "Capture application: moonwire", "first", "second",
			"Number of interfaces in file: 3", "Name = eth0", "Description = left", "Filter string = icmp", "Capture length = 96", "Time precision = milliseconds (3)"} {
			if !strings.Contains(info, line) {
				t.Errorf("big endian %v: capinfos doesn't say %q:\n%s", big, line, info)
			}
		}
	}
}

// TestTsharkUsesNamesAndSecrets lets tshark name addresses by the file alone, and take the secrets out of it.
func TestTsharkUsesNamesAndSecrets(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := pcap.NewWriter(&b, pcap.WriterOptions{Format: pcap.PcapNG, LinkType: pcap.Ethernet})
	const key = "CLIENT_RANDOM 0011223344556677889900112233445566778899001122334455667788990011 00\n"
	for _, err := range []error{
		w.AddNames([]pcap.Name{{Addr: []byte{10, 0, 0, 1}, Names: []string{"router.example"}}}),
		w.AddSecrets(pcap.Secrets{Type: pcap.TLSKeyLog, Data: []byte(key)}),
		w.Write(&pcap.Packet{Data: frames(t)[1], Sec: 1}),
		w.Close(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	file := save(t, "names.pcapng", b.Bytes())
	if got := peer(t, "tshark", "-N", "n", "-r", file, "-T", "fields", "-e", "ip.src_host"); got != "router.example" {
		t.Errorf("tshark names 10.0.0.1 %q", got)
	}
	copied := filepath.Join(t.TempDir(), "copy.pcapng")
	peer(t, "editcap", file, copied)
	_, r := read(t, copied)
	if s := r.Secrets(); len(s) != 1 || string(s[0].Data) != key || s[0].Type != pcap.TLSKeyLog {
		t.Errorf("editcap's copy has secrets %v", s)
	}
}

// read reads a file: each packet as text.
func read(t *testing.T, file string) ([]string, *pcap.Reader) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := pcap.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	var p pcap.Packet
	for r.Next(&p) == nil {
		list = append(list, fmt.Sprintf("%d.%09d %d %x %q on %d", p.Sec, p.Nsec, p.Len, p.Data, p.Comments(), p.Interface))
	}
	if r.Err().Error() != "EOF" {
		t.Fatal(r.Err())
	}
	return list, r
}

// TestPeersReadWhatWeWrite writes every kind of file and lets tshark, tcpdump and Scapy read it.
func TestPeersReadWhatWeWrite(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]pcap.WriterOptions{
		"micro.pcap":    {LinkType: 1},
		"nano.pcap":     {LinkType: 1, Nano: true},
		"big.pcap":      {LinkType: 1, Section: pcap.Section{BigEndian: true}},
		"snap.pcap":     {LinkType: 1, Snap: 40},
		"zip.pcap.gz":   {LinkType: 1, Gzip: true},
		"plain.pcapng":  {Format: pcap.PcapNG, LinkType: 1},
		"big.pcapng":    {Format: pcap.PcapNG, LinkType: 1, Section: pcap.Section{BigEndian: true}},
		"zip.pcapng.gz": {Format: pcap.PcapNG, LinkType: 1, Gzip: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := save(t, name, sample(t, o))
			nsec, tcpdumpNsec := "123456789", "123456789"
			if o.Format == pcap.Pcap && !o.Nano {
				nsec, tcpdumpNsec = "123456000", "123456000"
			}
			captured := 46
			if o.Snap > 0 {
				captured = o.Snap
			}
			var want, dumped strings.Builder
			for i := range 3 {
				fmt.Fprintf(&want, "%d.%s|%d|%d|10.0.0.%d\n", 1600000000+i, nsec, 46+i, captured, i+1)
				fmt.Fprintf(&dumped, "%d.%s\n", 1600000000+i, tcpdumpNsec)
			}
			got := peer(t, "tshark", "-r", file, "-T", "fields", "-E", "separator=|", "-e", "frame.time_epoch", "-e", "frame.len", "-e", "frame.cap_len", "-e", "ip.dst")
			if got+"\n" != want.String() {
				t.Errorf("tshark reads\n%s\nwant\n%s", got, &want)
			}
			if o.Gzip {
				return
			}
			var times strings.Builder
			for line := range strings.Lines(peer(t, "tcpdump", "--nano", "-tt", "-nr", file)) {
				when, _, _ := strings.Cut(line, " ")
				times.WriteString(when + "\n")
			}
			if times.String() != dumped.String() {
				t.Errorf("tcpdump reads\n%s\nwant\n%s", &times, &dumped)
			}
			if o.Section.BigEndian && o.Format == pcap.PcapNG {
				return // Scapy 2.5 takes each section for little endian
			}
			const code = `import sys, logging
logging.getLogger("scapy").setLevel(logging.ERROR)
from scapy.all import rdpcap, IP
for p in rdpcap(sys.argv[1]): print(int(p.time), p.wirelen, len(p.original), p[IP].dst)`
			want.Reset()
			for i := range 3 {
				fmt.Fprintf(&want, "%d %d %d 10.0.0.%d\n", 1600000000+i, 46+i, captured, i+1)
			}
			if got := peer(t, "/usr/bin/python3", "-c", code, file); got+"\n" != want.String() {
				t.Errorf("scapy reads\n%s\nwant\n%s", got, &want)
			}
		})
	}
}

// TestWeReadWhatPeersWrite converts a file with the peers' tools and reads the results.
func TestWeReadWhatPeersWrite(t *testing.T) {
	t.Parallel()
	source := save(t, "source.pcapng", sample(t, pcap.WriterOptions{Format: pcap.PcapNG, LinkType: 1}))
	want, _ := read(t, source)
	micro := make([]string, len(want))
	for i := range want {
		micro[i] = strings.Replace(want[i], "123456789", "123456000", 1)
	}
	for _, tt := range []struct {
		name string
		want []string
		argv []string
	}{
		{"nsecpcap", want, []string{"editcap", "-F", "nsecpcap", source}},
		{"pcap", micro, []string{"editcap", "-F", "pcap", source}},
		{"modpcap", micro, []string{"editcap", "-F", "modpcap", source}},
		{"pcapng", want, []string{"editcap", "-F", "pcapng", source}},
		{"tshark", want, []string{"tshark", "-r", source, "-w"}},
		{"tcpdump", micro, []string{"tcpdump", "-r", source, "-w"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "out")
			peer(t, append(tt.argv, out)...)
			got, _ := read(t, out)
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
	t.Run("gzip", func(t *testing.T) {
		t.Parallel()
		file := save(t, "z.pcapng", sample(t, pcap.WriterOptions{Format: pcap.PcapNG, LinkType: 1}))
		peer(t, "gzip", file)
		if got, _ := read(t, file+".gz"); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%q", got)
		}
	})
	t.Run("comments and secrets", func(t *testing.T) {
		t.Parallel()
		out, keys := filepath.Join(t.TempDir(), "out"), save(t, "keys", []byte("CLIENT_RANDOM 00 11\n"))
		peer(t, "editcap", "-a", "2:a comment", "--capture-comment", "of all", "--inject-secrets", "tls,"+keys, source, out)
		got, r := read(t, out)
		if !strings.Contains(got[1], `["a comment"]`) || strings.Contains(got[0], "comment") {
			t.Errorf("%q", got)
		}
		if s := r.Sections(); len(s) != 1 || len(s[0].Comments) != 1 || s[0].Comments[0] != "of all" {
			t.Errorf("%+v", s)
		}
		if s := r.Secrets(); len(s) != 1 || string(s[0].Data) != "CLIENT_RANDOM 00 11\n" {
			t.Errorf("%v", s)
		}
	})
	t.Run("merged interfaces", func(t *testing.T) {
		t.Parallel()
		out := filepath.Join(t.TempDir(), "out")
		peer(t, "mergecap", "-I", "none", "-w", out, source, save(t, "rich.pcapng", rich(t, false)))
		got, r := read(t, out)
		if len(got) != 6 || len(r.Interfaces()) != 4 || r.Interfaces()[1].Name != "eth0" || r.Interfaces()[2].LinkType != 101 {
			t.Errorf("%q\n%+v", got, r.Interfaces())
		}
	})
	t.Run("scapy", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		const code = `import sys, logging
logging.getLogger("scapy").setLevel(logging.ERROR)
from scapy.all import *
p = Ether(dst="02:00:00:00:00:02", src="02:00:00:00:00:01") / IP(dst="10.0.0.1", src="10.0.0.2") / UDP() / b"abc"
p.time = 1600000000.25
wrpcap(sys.argv[1] + "/a.pcap", [p, p])
wrpcap(sys.argv[1] + "/n.pcap", [p, p], nano=True)
wrpcap(sys.argv[1] + "/z.pcap.gz", [p, p], gz=True)
wrpcapng(sys.argv[1] + "/a.pcapng", [p, p])`
		peer(t, "/usr/bin/python3", "-c", code, dir)
		for _, name := range []string{"a.pcap", "n.pcap", "z.pcap.gz", "a.pcapng"} {
			if got, _ := read(t, filepath.Join(dir, name)); len(got) != 2 || !strings.HasPrefix(got[1], "1600000000.250000000 45 020000000002") {
				t.Errorf("%s: %q", name, got)
			}
		}
	})
}

// TestCopyForTshark copies a file of the peers and lets tshark find the same in it.
func TestCopyForTshark(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	merged, copied := filepath.Join(dir, "merged.pcapng"), filepath.Join(dir, "copy.pcapng")
	peer(t, "mergecap", "-I", "none", "-w", merged, save(t, "a.pcapng", rich(t, false)), save(t, "b.pcapng", rich(t, true)))
	in, err := os.Open(merged)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(copied)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	r, err := pcap.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	w := pcap.NewWriter(out, pcap.WriterOptions{Format: pcap.PcapNG})
	if n, err := pcap.Copy(w, r, nil); n != 6 || err != nil {
		t.Fatal(n, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, argv := range [][]string{{"tshark", "-V", "-r"}, {"capinfos", "-M"}} {
		a := peer(t, append(argv, merged)...)
		b := peer(t, append(argv, copied)...)
		if a != strings.ReplaceAll(b, copied, merged) {
			t.Errorf("%s says of the copy\n%s\nand of the file\n%s", argv[0], b, a)
		}
	}
}

//go:build interop && linux

package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"moonwire/host/network/nettest"
)

// peer runs a program that must be there and succeed, and returns what it prints.
func peer(t *testing.T, argv ...string) string {
	t.Helper()
	cmd := exec.Command(argv[0], argv[1:]...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(argv, " "), err, &stderr)
	}
	return string(out)
}

// traffic is a file of a thousand packets of many kinds.
func traffic(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "traffic.pcap")
	const code = `import sys, logging, random
logging.getLogger("scapy").setLevel(logging.ERROR)
from scapy.all import *
random.seed(1)
out = []
for i in range(1000):
    ip = IP(src="10.0.%d.%d" % (i % 3, i % 7), dst="10.0.0.%d" % (i % 11), ttl=i % 255)
    up = random.choice([UDP(sport=i, dport=53), TCP(sport=80, dport=i, flags=i % 64), ICMP(type=8 if i % 2 else 0), UDP(sport=i, dport=i)])
    p = Ether(src="02:00:00:00:00:01", dst=random.choice(["02:00:00:00:00:02", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01"]))
    if i % 10 == 0: p /= Dot1Q(vlan=i % 5)
    if i % 17 == 0: p /= ARP(pdst="10.0.0.%d" % (i % 5))
    elif i % 13 == 0: p /= IPv6(dst="fd00::%d" % (i % 5)) / UDP(dport=i % 9)
    else: p /= ip / up / (b"x" * (i % 100))
    p.time = 1600000000 + i
    out.append(p)
wrpcap(sys.argv[1], out)`
	peer(t, "/usr/bin/python3", "-c", code, file)
	return file
}

// TestCaptureCountsAsTcpdump counts matches in a file, as tcpdump does.
func TestCaptureCountsAsTcpdump(t *testing.T) {
	t.Parallel()
	file := traffic(t)
	for _, expression := range []string{"", "tcp", "udp port 53", "icmp or arp", "net 10.0.1.0/24", "vlan", "vlan 3 and udp", "ip6", "not ip", "broadcast",
		"ether multicast", "tcp[tcpflags] & tcp-syn != 0", "less 60", "portrange 10-20", "ip[8] < 100 and host 10.0.0.4", "icmp[icmptype] = icmp-echo"} {
		want := peer(t, "tcpdump", "--count", "-r", file, expression)
		cmd := exec.Command("moonwire", "capture", "--count", "-r", file, expression)
		got, _ := cmd.Output()
		if string(got) != want {
			t.Errorf("%q: moonwire counts %q, tcpdump %q", expression, got, want)
		}
	}
}

// TestCaptureWritesForTcpdump copies the packets that match, and lets tcpdump find the same in the copy.
func TestCaptureWritesForTcpdump(t *testing.T) {
	t.Parallel()
	file := traffic(t)
	for _, name := range []string{"copy.pcap", "copy.pcapng"} {
		copied := filepath.Join(t.TempDir(), name)
		peer(t, "moonwire", "capture", "-r", file, "-w", copied, "udp and not vlan")
		want, got := peer(t, "tcpdump", "-nneX", "-r", file, "udp and not vlan"), peer(t, "tcpdump", "-nneX", "-r", copied)
		if want != got {
			t.Errorf("%s: tcpdump reads\n%.500s\nand of the file\n%.500s", name, got, want)
		}
	}
}

// TestCapturePrintsBytesAsTcpdump compares the lines of bytes.
func TestCapturePrintsBytesAsTcpdump(t *testing.T) {
	t.Parallel()
	file := traffic(t)
	for _, flag := range []string{"-x", "-xx", "-X", "-XX"} {
		want, got := indented(peer(t, "tcpdump", "-c", "50", flag, "-r", file)), indented(peer(t, "moonwire", "capture", "-c", "50", flag, "-r", file))
		if want != got {
			t.Errorf("%s: got\n%.800s\nwant\n%.800s", flag, got, want)
		}
	}
}

// indented are the lines that begin with a tab, without blanks at their ends.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "\t0x") {
			b.WriteString(strings.TrimRight(line, " \n") + "\n")
		}
	}
	return b.String()
}

// TestExtcap lets tshark list moonwire's interfaces and capture on one. tshark finds its programs in a folder of the
// system, over which a mount namespace puts another.
func TestExtcap(t *testing.T) {
	folder := ""
	for line := range strings.Lines(peer(t, "tshark", "-G", "folders")) {
		if dir, ok := strings.CutPrefix(line, "Extcap path:"); ok {
			folder = strings.TrimSpace(dir)
		}
	}
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPair(t)
	own := t.TempDir()
	peer(t, "moonwire", "capture", "--extcap-install", own)
	tshark := func(args string) string {
		t.Helper()
		return p.Left.Output(t, "unshare", "-m", "sh", "-c", fmt.Sprintf("mount --bind %s %s && exec tshark %s", own, folder, args))
	}
	if list := tshark("-D"); !strings.Contains(list, ". moonwire-right (moonwire: right)\n") || !strings.Contains(list, ". moonwire-lo (moonwire: lo)\n") {
		t.Fatalf("tshark lists\n%s", list)
	}
	if types := tshark("-i moonwire-right -L"); !strings.Contains(types, "EN10MB (Ethernet)") {
		t.Errorf("tshark lists link types\n%s", types)
	}
	ping := exec.Command("ping", "-i", "0.2", "10.0.11.1") // until tshark has seen three
	if err := p.Right.Do(ping.Start); err != nil {
		t.Fatal(err)
	}
	defer ping.Wait()
	defer ping.Process.Kill()
	file := filepath.Join(t.TempDir(), "seen.pcapng")
	tshark("-i moonwire-right -f icmp -c 3 -w " + file)
	if b, err := os.ReadFile(file); err != nil || len(b) == 0 {
		t.Fatal(err)
	}
	if got := peer(t, "tshark", "-r", file, "-T", "fields", "-e", "icmp.type", "-e", "frame.interface_name"); strings.Count(got, "\tright\n") != 3 {
		t.Errorf("tshark has seen\n%s", got)
	}
}

// TestCaptureKilledForOthers has tshark and tcpdump read what a run captured that was killed: as many packets as we find. Where a
// packet was being written they say so, behind all others.
func TestCaptureKilledForOthers(t *testing.T) {
	t.Parallel()
	file := killedCapture(t, 1000, time.Millisecond)
	want := packetsIn(file)
	for _, argv := range [][]string{{"tshark", "-n", "-r", file}, {"tcpdump", "-n", "-r", file}} {
		out, err := exec.Command(argv[0], argv[1:]...).Output()
		if got := int64(strings.Count(string(out), "\n")); got != want || want == 0 {
			t.Errorf("%s finds %d packets (%v), want %d", argv[0], got, err, want)
		}
	}
}

//go:build interop

package scripts_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"moonwire/host/network/nettest"
	"moonwire/host/network/nettest/peer"
)

// all are the first groups of all matches of a pattern.
func all(pattern, text string) (found []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	return found
}

// TestSYNScanAsNmap compares the ports that syn_scan calls open with those that nmap does.
func TestSYNScanAsNmap(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	for _, port := range []int{21, 22, 80, 443, 1000} {
		listen(t, hosts[1], fmt.Sprintf("10.0.0.2:%d", port))
	}
	ours := all(`(?m)^ *(\d+)  open`, recipe(t, "syn_scan").with(t, hosts[0].Network, map[string]any{"wait": 3.0}))
	theirs := all(`(\d+)/open/tcp`, hosts[0].Output(t, "nmap", "-n", "-Pn", "-sS", "-p1-1024", "--max-rtt-timeout", "200ms", "-oG", "-", "10.0.0.2"))
	if strings.Join(ours, " ") != strings.Join(theirs, " ") || len(ours) != 5 {
		t.Errorf("open %v, nmap %v", ours, theirs)
	}
}

// TestARPScanAsNmap compares the hosts that arp_scan finds with those that nmap does.
func TestARPScanAsNmap(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	h1 := nettest.NewLAN(t, 4)[0]
	ours := all(`(?m)^(10\.0\.0\.\d+)`, recipe(t, "arp_scan").with(t, h1.Network, map[string]any{"network": "10.0.0.0/27", "wait": 3.0}))
	theirs := all(`Host: (10\.0\.0\.(?:[2-9]|\d\d+)) `, h1.Output(t, "nmap", "-n", "-sn", "-PR", "-oG", "-", "10.0.0.0/27"))
	if strings.Join(ours, " ") != strings.Join(theirs, " ") || len(ours) != 3 {
		t.Errorf("hosts %v, nmap %v", ours, theirs)
	}
}

// TestReplayAsTshark lets tshark judge what replay sent: its addresses are changed and its checksums good.
func TestReplayAsTshark(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	hosts := nettest.NewLAN(t, 2)
	file := filepath.Join(t.TempDir(), "heard.pcap")
	tcpdump := peer.StartIn(t, hosts[1].Do, nil, "tcpdump", "-i", "eth0", "-U", "--immediate-mode", "-Z", "root", "-c", "8", "-w", file, "ip host 10.9.0.1")
	tcpdump.Expect(t, "listening on")
	recipe(t, "replay").with(t, hosts[0].Network, map[string]any{"file": "testdata/fragments.pcap", "speed": 0.0, "rewrite": []any{"10.0.11.2=10.9.0.1"}})
	tcpdump.Wait(t)
	out, err := exec.Command("tshark", "-r", file, "-o", "ip.check_checksum:TRUE", "-T", "fields", "-e", "ip.src", "-e", "ip.dst",
		"-e", "ip.checksum.status").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if lines := all(`(?m)^((?:10\.9\.0\.1\t10\.0\.13\.2|10\.0\.13\.2\t10\.9\.0\.1)\t1)$`, string(out)); len(lines) != 8 {
		t.Errorf("tshark reads\n%s", out)
	}
}

// TestPcapSummaryAsCapinfos compares counts and bytes with capinfos.
func TestPcapSummaryAsCapinfos(t *testing.T) {
	out, err := exec.Command("capinfos", "-c", "-d", "-M", "testdata/fragments.pcap").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	theirs := append(all(`Number of packets: +(\d+)`, string(out)), all(`Data size: +(\d+) bytes`, string(out))...)
	ours := recipe(t, "pcap_summary").with(t, nil, map[string]any{"file": "testdata/fragments.pcap"})
	if want := fmt.Sprintf("%s packets, %s octets", theirs[0], theirs[1]); !strings.Contains(ours, want) {
		t.Errorf("capinfos says %s, pcap_summary\n%s", want, ours)
	}
}

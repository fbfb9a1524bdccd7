//go:build interop

package node_test

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"

	"moonwire/host/lab/node"
	"moonwire/host/lab/wire"
	"moonwire/host/network"
)

// recorder writes what links carry as pcap.
type recorder struct{ bytes.Buffer }

func newRecorder() *recorder {
	r := &recorder{}
	for _, v := range []any{uint32(0xa1b2c3d4), uint16(2), uint16(4), uint32(0), uint32(0), uint32(65535), uint32(1)} {
		binary.Write(r, binary.LittleEndian, v)
	}
	return r
}

func (r *recorder) see(s wire.Sight) {
	n := uint32(len(s.Frame))
	for _, v := range []uint32{uint32(s.Time.Unix()), uint32(s.Time.Nanosecond() / 1000), n, n} {
		binary.Write(r, binary.LittleEndian, v)
	}
	r.Write(s.Frame)
}

// TestWireshark has tshark look at all kinds of frames that nodes make: it must find each kind, and nothing wrong.
func TestWireshark(t *testing.T) {
	p := newPath(simulated(t), 3, 1300)
	p.must(p.b.SetMTU("eth0", 1500)) // so that senders have to learn what the way takes
	r := newRecorder()
	p.first.Tap(r.see)
	p.last.Tap(r.see)
	p.stream("10.0.2.1", 50000)
	p.stream("fd02::1", 50000)
	p.echo(p.a, "10.0.2.1", 4000)
	p.echo(p.a, "fd02::1", 4000)
	p.echo(p.a, "fd02::1", 4000)
	p.echo(p.a, "10.0.2.77", 10)
	p.echo(p.a, "192.0.2.1", 10)
	p.echo(p.a, "2001:db8::1", 10)
	p.must(p.a.AddAddr("eth0", netip.MustParsePrefix("10.0.1.9/24")))
	p.must(p.a.AddAddr("eth0", netip.MustParsePrefix("fd01::9/64")))
	p.a.Stack().JoinGroup(header.IPv4ProtocolNumber, 2, tcpip.AddrFrom4([4]byte{239, 1, 2, 3}))
	p.a.Stack().JoinGroup(header.IPv6ProtocolNumber, 2, tcpip.AddrFrom16(netip.MustParseAddr("ff15::77").As16()))
	stop, err := p.r.Advertise("eth0", node.Advertisement{Prefixes: []netip.Prefix{netip.MustParsePrefix("fd77::/64")}, MTU: 1400})
	p.must(err)
	p.must(p.a.AddRoute(network.Route{Dst: netip.MustParsePrefix("10.9.0.0/16"), Gateway: netip.MustParseAddr("10.0.1.254")}))
	p.pass(20 * time.Second)
	stop()

	file := filepath.Join(t.TempDir(), "mw-node.pcap")
	p.must(os.WriteFile(file, r.Bytes(), 0o600))
	check := []string{"-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"}
	find := func(filter string) string {
		out, err := exec.Command("tshark", append(check, "-r", file, "-Y", filter)...).Output()
		if err != nil {
			t.Fatalf("tshark: %v", err)
		}
		return string(out)
	}
	// It sums up segments that a router quotes in part, too; those don't count.
	bad := `_ws.malformed || ip.checksum.status == "Bad" || icmp.checksum.status == "Bad" || icmpv6.checksum.status == "Bad" || ` +
		`igmp.checksum.status == "Bad" || (_ws.expert.severity >= "Error" || tcp.checksum.status == "Bad") && !icmp && !icmpv6`
	if got := find(bad); got != "" {
		t.Errorf("tshark finds faults:\n%s", got)
	}
	for _, want := range []string{
		"icmp.type == 3 && icmp.code == 0", "icmp.type == 3 && icmp.code == 1", "icmp.type == 3 && icmp.code == 4 && icmp.mtu == 1300",
		"icmpv6.type == 1 && icmpv6.code == 0", "icmpv6.type == 2 && icmpv6.mtu == 1300", "ip.reassembled.length == 4008",
		"ipv6.reassembled.length == 4008", "arp.isgratuitous == 1", "icmpv6.type == 136 && icmpv6.nd.na.target_address == fd01::9",
		"icmpv6.type == 134 && icmpv6.opt.mtu == 1400 && icmpv6.opt.prefix == fd77::", "igmp.maddr == 239.1.2.3",
		"icmpv6.mldr.mar.multicast_address == ff15::77", "tcp.len == 1248 && ip", "tcp.len == 1228 && ipv6",
	} {
		if strings.TrimSpace(find(want)) == "" {
			t.Errorf("tshark finds no frame with %s", want)
		}
	}
}

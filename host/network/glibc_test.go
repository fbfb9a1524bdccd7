//go:build interop && linux

package network

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"moonwire/host/network/resolver/dnstest"
)

// The tests of this file run the same lookups through Python's socket module, which is the C library's getaddrinfo,
// in a network and mount namespace with name service files and a name server of their own.

const insideEnv = "MOONWIRE_TEST_INSIDE"

// noServer is the world whose name server doesn't run.
const noServer = "no name server"

// worlds are the machines that the lookups run on.
var worlds = map[string]string{
	"loopback only": "",
	noServer:        "",
	"IPv4 only":     "ip addr add 10.0.11.2/24 dev v0; ip link set v0 up; ip route add default via 10.0.11.1",
	"IPv6 only":     "ip addr add 2001:db8:11::2/64 dev v0 nodad; ip link set v0 up; ip -6 route add default via 2001:db8:11::1",
	"both": `ip addr add 10.0.11.2/24 dev v0; ip addr add fd00:11::2/64 dev v0 nodad
		ip addr add 2001:db8:11::2/64 dev v0 nodad; ip link set v0 up; ip route add default via 10.0.11.1
		ip -6 route add default via fd00:11::1`,
}

const (
	testHosts = `
127.0.0.1 localhost
127.0.0.1 twice again
::1 localhost6 loop
10.0.13.2 server server.pb
fd00:13::2 server6.pb dual.pb
10.0.11.1 dual.pb
10.0.13.3 two other
10.0.13.4 two
`
	testResolvConf = "nameserver 127.0.0.1\nsearch pb example.org\noptions timeout:30\n"
	testNSSwitch   = "hosts: files dns\nservices: files\n"
)

// zone is what the name server knows.
var zone = dnstest.Zone{
	"both.pb.":     {A: []string{"10.0.13.2"}, AAAA: []string{"fd00:13::2"}},
	"v4.pb.":       {A: []string{"10.0.13.2"}},
	"v6.pb.":       {AAAA: []string{"fd00:13::2"}},
	"alias.pb.":    {CNAME: "chain.pb."},
	"chain.pb.":    {CNAME: "both.pb."},
	"dangling.pb.": {CNAME: "nx.pb."},
	"empty.pb.":    {TXT: true},
	"fails.pb.":    {Fail: true},
	"half.pb.":     {A: []string{"10.0.13.9"}, FailAAAA: true},
	"two.dots.pb.": {A: []string{"10.0.13.7"}},
	"many.pb.":     {A: dnstest.Range("10.0.40.", 40)},
	"order.pb.": {
		A: []string{"198.51.100.1", "10.0.11.77", "127.0.0.9", "169.254.3.4", "10.0.11.3", "0.0.0.0"},
		AAAA: []string{"2001:db8:11::77", "fd00:11::9", "fe80::1", "::1", "2002:c000:201::1", "fec0::1", "2001::1",
			"::ffff:10.0.11.9", "2001:db8:ffff::1", "::10.0.0.1", "ff0e::1"},
	},
	"2.13.0.10.in-addr.arpa.": {PTR: []string{"dns.server.pb."}},
	"8.13.0.10.in-addr.arpa.": {PTR: []string{"eight.pb.", "acht.pb."}},
	"9.13.0.10.in-addr.arpa.": {Fail: true},
	"7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.3.1.0.0.0.0.d.f.ip6.arpa.": {PTR: []string{"seven.pb."}},
}

// TestAsGlibc re-runs this program in each world and there compares.
func TestAsGlibc(t *testing.T) {
	if world := os.Getenv(insideEnv); world != "" {
		t.Run("getaddrinfo", compareGetAddrInfo)
		t.Run("getnameinfo", compareGetNameInfo)
		return
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"hosts": testHosts, "resolv.conf": testResolvConf, "nsswitch.conf": testNSSwitch} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for world, setup := range worlds {
		t.Run(world, func(t *testing.T) {
			script := `set -e; cd "$1"; for f in *; do mount --bind $f /etc/$f; done
				ip link set lo up; ip link add v0 type veth peer name v1; ip link set v1 up; ip link set v0 addrgenmode none
				` + setup + `
				exec "$2" -test.run='^TestAsGlibc$' -test.v`
			cmd := exec.Command("unshare", "-rnm", "sh", "-c", script, "sh", dir, os.Args[0])
			cmd.Env = append(os.Environ(), insideEnv+"="+world)
			out, err := cmd.CombinedOutput()
			for line := range strings.Lines(string(out)) {
				if !strings.HasPrefix(line, "=== ") {
					t.Log(strings.TrimSuffix(line, "\n"))
				}
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func serveZone(t *testing.T) {
	if os.Getenv(insideEnv) != noServer {
		dnstest.Serve(t, "127.0.0.1:53", zone)
	}
}

// A question is one call of getaddrinfo.
type question struct {
	Host, Service string
	Family        Family
	Type          SockType
	Proto         int
	Flags         GAIFlag
	Bytes         []byte // of Host, which JSON can't carry if they are no UTF-8
}

var pythonGetAddrInfo = `
import base64, json, socket, sys
family = [socket.AF_UNSPEC, socket.AF_INET, socket.AF_INET6]
out = []
for q in json.load(sys.stdin):
    host = None if q["Host"] == "*" else base64.b64decode(q["Bytes"])
    service = None if q["Service"] == "*" else q["Service"]
    f = q["Family"]
    try:
        res = socket.getaddrinfo(host, service, family[f] if f < 3 else 99, q["Type"], q["Proto"], q["Flags"])
        out.append(" ".join("%s/%d/%d/%s/%s,%d,%d" % ({2: 1, 10: 2}[fam], typ, proto, canon, a[0].split("%")[0], a[1], a[3] if len(a) > 2 else 0) for fam, typ, proto, canon, a in res))
    except socket.gaierror as e:
        out.append("%d %s" % (e.errno, e.strerror))
json.dump(out, sys.stdout)
`

func compareGetAddrInfo(t *testing.T) {
	serveZone(t)
	list := questions()
	for i, want := range python(t, pythonGetAddrInfo, list) {
		q := list[i]
		got := answer(t, q)
		if got != want && wantedDifference(q, got, want) == "" {
			t.Errorf("%q %q family %d type %d proto %d flags %#x\n got %s\nwant %s", q.Host, q.Service, q.Family, q.Type, q.Proto, q.Flags, got, want)
		}
	}
	t.Logf("%d lookups compared", len(list))
}

// wantedDifference names why we answer otherwise, or is empty.
func wantedDifference(q question, got, glibc string) string {
	n, err := strconv.Atoi(q.Service)
	switch {
	case err == nil && n > 65535 && got == "-8 Servname not supported for ai_socktype":
		return "a port over 65535 is refused, where glibc takes it modulo 65536"
	case q.Family == AFInet && q.Flags&AICanonName == 0 && strings.HasPrefix(got, "-3 ") && strings.HasPrefix(glibc, "-2 "):
		return "a server's failure is EAI_AGAIN always; glibc 2.36 says EAI_NONAME for IPv4 without canonical name"
	case q.Family != AFUnspec && q.Flags&AICanonName != 0 && strings.HasPrefix(got, "-2 ") && strings.HasPrefix(glibc, "-3 "):
		return "a name that no host may have is never asked for; glibc asks on this one way"
	}
	return ""
}

// answer is GetAddrInfo's in the form that the Python side prints.
func answer(t *testing.T, q question) string {
	list, err := GetAddrInfo(t.Context(), q.Host, q.Service, Hints{q.Family, q.Type, q.Proto, q.Flags})
	var gai *GAIError
	if errors.As(err, &gai) {
		return fmt.Sprintf("%d %s", gai.Code, gai.Code.Text())
	}
	if err != nil {
		return err.Error()
	}
	var out []string
	for _, a := range list {
		ip := a.Addr.Addr()
		out = append(out, fmt.Sprintf("%d/%d/%d/%s/%s,%d,%d", a.Family, a.SockType, a.Protocol, a.CanonName,
			glibcText(ip), a.Addr.Port(), machine.zoneIndex(ip.Zone())))
	}
	return strings.Join(out, " ")
}

// glibcText writes an address as inet_ntop(3) does, which knows IPv4-compatible addresses.
func glibcText(a netip.Addr) string {
	a = a.WithZone("")
	if b := a.As16(); a.Is6() && [12]byte(b[:12]) == [12]byte{} && (b[12] != 0 || b[13] != 0) {
		return "::" + netip.AddrFrom4([4]byte(b[12:])).String()
	}
	return a.String()
}

// questions are every host and every service once in each family, and a sample of everything with everything.
func questions() []question {
	hosts := []string{"*", "", "127.0.0.1", "127.1", "0x7f000001", "0177.0.0.1", "2130706433", "4294967296", "256.1.1.1", "1.2.3.4.5",
		"0x", "08", "1..2", "0x7f.1", "1.2.65535", "1.2.65536", "10.0.13.2", "::1", "::", "::ffff:10.0.13.2", "fe80::1", "fe80::1%lo",
		"fe80::1%1", "fe80::1%nosuch", "fe80::1%", "::1%lo", "::1%1", "ff02::1%lo", "fe80::1%4294967296", "::1::", "1:2:3:4:5:6:7::",
		"localhost", "localhost.", "foo.localhost", "LocalHost", "twice", "again", "loop", "server", "server.pb", "dual.pb", "two", "other",
		"both.pb", "both.pb.", "both", "v4.pb", "v6.pb", "v4", "v6", "alias.pb", "alias", "chain.pb", "dangling.pb", "empty.pb", "empty",
		"nx.pb", "nx", "fails.pb", "half.pb", "two.dots", "many.pb", "order.pb", "a b.pb", "a..b", ".", ".pb", "x_y.pb", "-x.pb", "x-.pb", "a/b.pb", "x+y.pb", "*.pb", "_x.pb", "x.-y.pb", "(x).pb",
		strings.Repeat("x", 63) + ".pb", strings.Repeat("x", 64) + ".pb", strings.Repeat("x.", 130) + "pb", "b\xfccher.pb"}
	services := []string{"*", "", "0", "80", "http", "HTTP", "www", "echo", "snmp", "tftp", "domain", "discard", "nosuch", "-1", "-0", "+80", " 80", "80 ",
		"0x50", "65535", "65536", "70000", "99999999999999999999", "imap", "sink", "ssh"}
	types := []SockType{0, SockStream, SockDgram, SockRaw, SockSeqPacket, SockDCCP, 4, 77}
	protos := []int{0, protoTCP, protoUDP, 1, 58, protoSCTP, protoUDPLite, protoDCCP, 255}
	flags := []GAIFlag{0, AIPassive, AICanonName, AINumericHost, AIV4Mapped, AIV4Mapped | AIAll, AIAll, AIAddrConfig, AINumericServ,
		AIAddrConfig | AIV4Mapped, AIV4Mapped | AIAll | AICanonName, AIPassive | AICanonName, 1 << 11}
	var out []question
	add := func(q question) {
		q.Bytes = []byte(q.Host)
		out = append(out, q)
	}
	for family := AFUnspec; family <= AFInet6+1; family++ {
		for _, h := range hosts {
			for _, f := range flags[:8] {
				add(question{h, "80", family, SockStream, 0, f, nil})
			}
		}
		for _, s := range services {
			for _, typ := range types {
				for _, p := range protos {
					add(question{"127.0.0.1", s, family, typ, p, 0, nil})
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		add(question{hosts[r.IntN(len(hosts))], services[r.IntN(len(services))], Family(r.IntN(4)),
			types[r.IntN(len(types))], protos[r.IntN(4)*r.IntN(3)], flags[r.IntN(len(flags))], nil})
	}
	return out
}

// python runs a program that reads a list and prints a list of strings.
func python(t *testing.T, program string, in any) []string {
	t.Helper()
	b, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/usr/bin/python3", "-c", program)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(b), os.Stderr
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

var pythonGetNameInfo = `
import json, socket, sys
out = []
for addr, port, flags in json.load(sys.stdin):
    try:
        addr, _, zone = addr.partition("%")
        to = (addr, port, 0, int(zone or 0)) if ":" in addr else (addr, port)
        out.append("%s|%s" % socket.getnameinfo(to, flags))
    except socket.gaierror as e:
        out.append("%d %s" % (e.errno, e.strerror))
json.dump(out, sys.stdout)
`

func compareGetNameInfo(t *testing.T) {
	serveZone(t)
	var list [][3]any
	for _, a := range []string{"127.0.0.1", "10.0.13.2", "10.0.13.7", "10.0.13.8", "10.0.13.9", "::1", "fd00:13::2", "fd00:13::7", "fd00:13::8",
		"fe80::1", "fe80::1%1", "::1%1", "::ffff:10.0.13.2", "::ffff:10.0.13.8", "10.0.13.4"} {
		for _, port := range []int{0, 7, 80, 161, 69, 65535, 514} {
			for flags := NIFlag(0); flags <= allNIFlags; flags++ {
				list = append(list, [3]any{a, port, flags})
			}
		}
	}
	for i, want := range python(t, pythonGetNameInfo, list) {
		q := list[i]
		host, service, err := GetNameInfo(t.Context(), netip.AddrPortFrom(namedZone(q[0].(string)), uint16(q[1].(int))), q[2].(NIFlag))
		got := host + "|" + service
		var gai *GAIError
		if errors.As(err, &gai) {
			got = fmt.Sprintf("%d %s", gai.Code, gai.Code.Text())
		} else if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%v: got %s, want %s", q, got, want)
		}
	}
	t.Logf("%d lookups compared", len(list))
}

// namedZone reads an address as this package's getaddrinfo gives it, with the interface's name.
func namedZone(s string) netip.Addr {
	a := netip.MustParseAddr(s)
	if a.Zone() == "1" && a.IsLinkLocalUnicast() {
		return a.WithZone("lo")
	}
	return a
}

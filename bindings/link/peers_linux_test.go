//go:build interop

package link

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"

	"moonwire/bindings/packet"
	"moonwire/host/decl"
	"moonwire/host/hosttest"
	"moonwire/host/network/nettest"
)

// python is Debian's, which has python3-scapy.
const python = "/usr/bin/python3"

// start runs a program on a node until the test ends, and waits for a line that has ready in it. finish stops it and
// returns what it printed.
func start(t *testing.T, n *nettest.Node, ready string, program ...string) (finish func() string) {
	t.Helper()
	cmd := exec.Command(program[0], program[1:]...)
	stdin, _ := cmd.StdinPipe()
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := n.Do(cmd.Start); err != nil {
		t.Fatalf("%v (packages python3-scapy, tcpdump)", err)
	}
	lines := bufio.NewReader(pipe)
	var out bytes.Buffer
	for ready != "" {
		line, err := lines.ReadString('\n')
		out.WriteString(line)
		if err != nil {
			t.Fatalf("%v: %v\n%s", program, err, &out)
		}
		if strings.Contains(line, ready) {
			break
		}
	}
	return func() string {
		stdin.Close()
		io.Copy(&out, lines)
		cmd.Wait()
		return out.String()
	}
}

// TestScapyAnswers exchanges packets with Scapy's answering machines, on an address of which the kernel knows nothing.
func TestScapyAnswers(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	lan := nettest.NewLAN(t, 2)
	const machines = `
import sys, threading
from scapy.all import *
conf.verb = 0
me = get_if_hwaddr("eth0")
def answer(q):
    if ARP in q and q[ARP].op == 1 and q[ARP].pdst == "10.0.0.50":
        return Ether(dst=q.src, src=me)/ARP(op=2, hwsrc=me, psrc="10.0.0.50", hwdst=q[ARP].hwsrc, pdst=q[ARP].psrc)
    if IP not in q or q[IP].dst != "10.0.0.50":
        return
    back = Ether(dst=q.src, src=me)/IP(src="10.0.0.50", dst=q[IP].src)
    if ICMP in q and q[ICMP].type == 8:
        return back/ICMP(type=0, id=q[ICMP].id, seq=q[ICMP].seq)/q[ICMP].payload
    if TCP in q and q[TCP].flags == "S":
        return back/TCP(sport=q[TCP].dport, dport=q[TCP].sport, flags="SA", seq=77, ack=q[TCP].seq+1)
    if DNS in q and q[DNS].qr == 0:
        return back/UDP(sport=53, dport=q[UDP].sport)/DNS(id=q[DNS].id, qr=1, qd=q[DNS].qd, an=DNSRR(rrname=q[DNS].qd.qname, rdata="192.0.2.7"))
    if UDP in q:
        return back/ICMP(type=3, code=3)/q[IP]
s = conf.L2socket(iface="eth0")
def run():
    while True:
        q = s.recv()
        if q is None: continue
        a = answer(q)
        if a is not None: s.send(a)
threading.Thread(target=run, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
`
	finish := start(t, lan[1], "ready", python, "-c", machines)
	hosttest.RunFileIn(t, lan[0].Network, "testdata/scapy.lua", Module(), packet.Module())
	t.Log(finish())
}

// TestScapyAsks lets Scapy's sr find answers that link:respond gives.
func TestScapyAsks(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	lan := nettest.NewLAN(t, 2)
	const asks = `
from scapy.all import *
conf.verb = 0
print("arp", srp1(Ether(dst="ff:ff:ff:ff:ff:ff")/ARP(pdst="10.0.0.50"), timeout=10, iface="eth0")[ARP].hwsrc)
ans, un = sr([IP(dst="10.0.0.50")/ICMP(id=7, seq=i)/"data" for i in range(1, 6)], timeout=10)
print("ping", len(ans), len(un), ans[0][1][Raw].load.decode())
a = sr1(IP(dst="10.0.0.50")/TCP(sport=1000, dport=80, flags="S", seq=100), timeout=10)
print("tcp", a[TCP].flags, a[TCP].ack)
a = sr1(IP(dst="10.0.0.50")/UDP(sport=1000, dport=53)/DNS(id=9, qd=DNSQR(qname="a.example")), timeout=10)
print("dns", a[DNS].an.rdata)
a = sr1(IPv6(dst="fd00::50")/ICMPv6EchoRequest(id=7, seq=1), timeout=10)
print("ping6", a[ICMPv6EchoReply].seq)
`
	peer := &decl.Module{Name: "peer", Funcs: []decl.Function{decl.Fn[noArgs, string]{Name: "run", Blocks: true,
		Run: func(context.Context, noArgs) (string, error) { return output(lan[1], python, "-c", asks), nil }}}}
	hosttest.RunFileIn(t, lan[0].Network, "testdata/scapy_asks.lua", Module(), packet.Module(), peer)
}

func output(n *nettest.Node, program ...string) string {
	var out []byte
	err := n.Do(func() (err error) {
		out, err = exec.Command(program[0], program[1:]...).Output()
		return err
	})
	if err != nil {
		return fmt.Sprintf("%s%v (package python3-scapy)", out, err)
	}
	return string(out)
}

// TestTcpdumpSees compares what is sent with what tcpdump captures, on the sending host and at the other end.
func TestTcpdumpSees(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	lan := nettest.NewLAN(t, 2)
	for i, method := range []string{"", "mmsg", "ring"} {
		var captures []func() string
		for _, n := range lan {
			captures = append(captures, start(t, n, "listening", "sh", "-c",
				"timeout 60 tcpdump -Z root -i eth0 -n -t -l -vv --immediate-mode -c 3 'udp port 4000' 2>&1"))
		}
		out := hosttest.RunIn(t, lan[0].Network, fmt.Sprintf(`
local l = assert(link.open("eth0", {method=%q ~= "" and %q or nil}))
local p = packet.ip{dst="10.0.0.2", id=%d} / packet.udp{sport=3999, dport=4000} / "hello"
l:send(p)
l:send{p, packet.dot1q{vlan=5} / packet.ip{dst="10.0.0.2", id=9} / packet.udp{sport=3999, dport=4001}}
l:send(p:template{["ip.id"]=packet.counter(100)}, {count=1})
l:close()
`, method, method, i), Module(), packet.Module())
		for end, finish := range captures {
			got := finish()
			for _, want := range []string{"10.0.0.1.3999 > 10.0.0.2.4000: [udp sum ok] UDP, length 5", fmt.Sprintf("id %d,", i), "id 100,"} {
				if !strings.Contains(got, want) {
					t.Errorf("method %q, end %d: no %q in\n%s%s", method, end, want, got, out)
				}
			}
		}
	}
}

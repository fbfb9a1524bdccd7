package filter_test

import (
	"encoding/binary"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"moonwire/host/filter"
	"moonwire/host/network/nettest"
)

// TestLive attaches programs to packet sockets. The kernel takes the outermost VLAN tag out of each frame, and the
// verdict has to be the one on the frame as it was sent.
func TestLive(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	pair := nettest.NewPair(t)
	frames := taggedFrames()
	var sockets []int
	for _, expression := range liveExpressions {
		p, err := filter.Compile(expression, filter.Options{LinkType: 1, Live: true})
		if err != nil {
			t.Fatal(err)
		}
		sockets = append(sockets, packetSocket(t, pair.Right, "left", p))
	}
	defer func() {
		for _, fd := range sockets {
			unix.Close(fd)
		}
	}()
	all := packetSocket(t, pair.Right, "left", filter.Program{})
	sender := packetSocket(t, pair.Left, "right", filter.Program{})
	sockets = append(sockets, all, sender)
	for _, f := range append(frames, numbered(-1, nil), numbered(-2, nil)) {
		if _, err := unix.Write(sender, f); err != nil {
			t.Fatal(err)
		}
	}
	last := func() bool { return slices.Contains(drain(t, all), -2) } // then all others have been judged
	for start := time.Now(); !last(); {
		if time.Since(start) > time.Minute {
			t.Fatal("the last frame doesn't arrive")
		}
	}
	for i, expression := range liveExpressions {
		reference, err := filter.Compile(expression, filter.Options{LinkType: 1})
		if err != nil {
			t.Fatal(err)
		}
		got := make(map[int]bool)
		for _, n := range drain(t, sockets[i]) {
			got[n] = true
		}
		for n, f := range frames {
			if want := reference.Match(f, len(f)); got[n] != want {
				t.Errorf("%s: %v, not %v to %x", expression, got[n], want, f[12:30])
			}
		}
	}
}

// TestKernelTakes attaches the programs of all kinds of expressions: the kernel checks what it is given.
func TestKernelTakes(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	fd := packetSocket(t, nettest.NewNode(t), "lo", filter.Program{})
	defer unix.Close(fd)
	taken := 0
	for _, expression := range append(corpus(t, "expressions")[1],
		"not geneve and ip", "ip or geneve and host 10.0.0.1", "inbound", "outbound and tcp", "ifindex 1", "vlan or vlan and vlan") {
		p, err := filter.Compile(expression, filter.Options{LinkType: 1, Live: true})
		if err != nil && strings.Contains(expression, "protochain") { // behind a tag that may be there or not
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		if err := attach(fd, p); err != nil {
			t.Errorf("%s: %v\n%s", expression, err, p.Text())
		}
		taken++
	}
	t.Log(taken, "programs")
}

var liveExpressions = []string{
	"vlan", "vlan 5", "vlan 6", "vlan 7", "not vlan 7", "not vlan", "vlan 5 or vlan 7", "not vlan 5 and ip", "vlan 6 or ip", "vlan and ip", "vlan 5 and ip", "vlan 5 and ip6", "vlan and udp port 53",
	"vlan and src host 10.0.0.1", "vlan and vlan", "vlan 5 and vlan 7", "vlan and vlan 7 and ip", "vlan and arp",
	"vlan 5 and ip[8] = 77", "vlan and ether src 2:0:0:0:0:1", "vlan and ether[0] = 2", "vlan and not ip",
}

// taggedFrames have no tag, one or two, around IP, IPv6 and ARP. Each ends in its number.
func taggedFrames() [][]byte {
	f := newForge(11)
	tag := func(tpid, id int, inner []byte) []byte { return join(be16(tpid), be16(3<<13|id), inner) }
	ip := join([]byte{0x45, 0, 0, 36, 0, 1, 0, 0, 77, 17, 0, 0}, addresses4[0], addresses4[1], be16(5000), be16(53), be16(16), be16(0), make([]byte, 8))
	var all [][]byte
	for _, inner := range [][]byte{join(be16(0x0800), ip), join(be16(0x86dd), f.ipv6(9)), join(be16(0x0806), f.arp())} {
		for _, body := range [][]byte{
			inner, tag(0x8100, 5, inner), tag(0x8100, 6, inner), tag(0x88a8, 5, inner),
			tag(0x8100, 5, tag(0x8100, 7, inner)), tag(0x88a8, 6, tag(0x8100, 7, inner)),
		} {
			all = append(all, numbered(len(all), body))
		}
	}
	return all
}

func numbered(n int, body []byte) []byte {
	if body == nil {
		body = be16(0x88b5) // for local experiments
	}
	frame := join(macs[1], macs[0], body, make([]byte, 46))
	return binary.BigEndian.AppendUint32(frame, uint32(n))
}

// packetSocket opens a socket on an interface, with a program.
func packetSocket(t *testing.T, n *nettest.Node, name string, p filter.Program) (fd int) {
	t.Helper()
	err := n.Do(func() (err error) {
		if fd, err = unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0); err != nil {
			return err
		}
		if err = attach(fd, p); err != nil {
			return err
		}
		i, err := net.InterfaceByName(name)
		if err != nil {
			return err
		}
		const all = uint16(unix.ETH_P_ALL<<8 | unix.ETH_P_ALL>>8)
		return unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: all, Ifindex: i.Index})
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, p.Text())
	}
	return fd
}

func attach(fd int, p filter.Program) error {
	var code []unix.SockFilter
	for _, i := range p.Instructions() {
		code = append(code, unix.SockFilter{Code: i.Op, Jt: i.Jt, Jf: i.Jf, K: i.K})
	}
	if code == nil {
		return nil
	}
	program := unix.SockFprog{Len: uint16(len(code)), Filter: &code[0]}
	return unix.SetsockoptSockFprog(fd, unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &program)
}

// drain reads the numbers of the frames that are there.
func drain(t *testing.T, fd int) (numbers []int) {
	b := make([]byte, 2048)
	for {
		n, from, err := unix.Recvfrom(fd, b, unix.MSG_DONTWAIT)
		if err == unix.EAGAIN {
			return numbers
		} else if err != nil {
			t.Fatal(err)
		}
		if l := from.(*unix.SockaddrLinklayer); l.Pkttype != unix.PACKET_OUTGOING && n > 4 {
			numbers = append(numbers, int(int32(binary.BigEndian.Uint32(b[n-4:]))))
		}
	}
}

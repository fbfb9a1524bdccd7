//go:build interop

package network_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

// tcpdump captures count frames in n and returns a function that waits for them.
func tcpdump(t *testing.T, n *nettest.Node, iface string, count int, filter string) func() [][]byte {
	t.Helper()
	cmd := exec.Command("tcpdump", "-i", iface, "-c", strconv.Itoa(count), "-s", "2000", "-B", "16384", "--immediate-mode", "-U", "-w", "-", "-Z", "root", filter)
	var out bytes.Buffer
	cmd.Stdout = &out
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Do(cmd.Start); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	lines := bufio.NewReader(said)
	for line := ""; !strings.Contains(line, "listening on"); {
		if line, err = lines.ReadString('\n'); err != nil {
			t.Fatal("tcpdump: ", line, err)
		}
	}
	return func() [][]byte {
		stop := time.AfterFunc(time.Minute, func() { cmd.Process.Signal(os.Interrupt) })
		defer stop.Stop()
		said, _ := io.ReadAll(lines)
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
		frames := pcapFrames(out.Bytes())
		if len(frames) != count {
			t.Fatalf("tcpdump captured %d frames, not %d: %s", len(frames), count, said)
		}
		return frames
	}
}

// pcapFrames are the frames of a pcap file of this machine's byte order.
func pcapFrames(b []byte) (frames [][]byte) {
	for b = b[24:]; len(b) > 0; {
		n := binary.NativeEndian.Uint32(b[8:])
		frames = append(frames, b[16:16+n])
		b = b[16+n:]
	}
	return frames
}

// whole puts the tag that the system took out back into a frame.
func whole(f network.Frame) []byte {
	if f.VLAN.TPID == 0 {
		return f.Data
	}
	out := bytes.Clone(f.Data[:12])
	out = binary.BigEndian.AppendUint16(out, f.VLAN.TPID)
	out = binary.BigEndian.AppendUint16(out, f.VLAN.TCI)
	return append(out, f.Data[12:]...)
}

// TestTcpdumpReadsTheSame captures the same frames with tcpdump: tagged ones and plain ones of many lengths, in both
// directions, sent in every way.
func TestTcpdumpReadsTheSame(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	nettest.OneProcessor(t)
	p := nettest.NewPair(t)
	const each = 200
	for _, method := range sendMethods {
		judged := tcpdump(t, p.Right, "left", each+each/10, "ether proto 0x88b5 or vlan")
		b := openLink(t, p.Right, "left", &network.LinkOpts{Promiscuous: true})
		a := openLink(t, p.Left, "right", &network.LinkOpts{Method: method})
		back := openLink(t, p.Right, "left", &network.LinkOpts{SendOnly: true})
		for i := range each {
			frame := append(numbered(i), make([]byte, i*5)...)
			if i%3 == 0 {
				frame = append(append(bytes.Clone(frame[:12]), 0x81, 0, byte(i), byte(i+1)), frame[12:]...)
			}
			send(t, a, frame)
			if i%10 == 0 {
				send(t, back, numbered(i))
			}
		}
		for i, want := range judged() {
			f := read(t, b, 1)[0]
			for f.VLAN.TPID == 0 && binary.BigEndian.Uint16(f.Data[12:]) != testType {
				f = read(t, b, 1)[0]
			}
			if !bytes.Equal(whole(f), want) {
				t.Fatalf("%s, frame %d:\nours     % x\ntcpdump's % x", method, i, whole(f), want)
			}
		}
		a.Close()
	}
}

// TestTcpdumpCooksTheSame captures from all interfaces.
func TestTcpdumpCooksTheSame(t *testing.T) {
	if !nettest.Inside(t) {
		return
	}
	nettest.OneProcessor(t)
	p := nettest.NewPair(t)
	const count = 40
	judged := tcpdump(t, p.Left, "any", count, "udp port 9 or icmp")
	l := openLink(t, p.Left, "any", nil)
	c, err := p.Left.Network.Packet(t.Context(), "udp4", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for i := range count { // each is answered by port unreachable
		c.WriteTo(make([]byte, i), udpAddr([]string{"127.0.0.1:9", "10.0.11.2:9"}[i%2]))
	}
	for i, want := range judged() {
		f := read(t, l, 1)[0]
		for binary.BigEndian.Uint16(f.Data) != 0x0800 {
			f = read(t, l, 1)[0]
		}
		if !bytes.Equal(f.Data, want) {
			t.Fatalf("frame %d:\nours      % x\ntcpdump's % x", i, f.Data, want)
		}
	}
}

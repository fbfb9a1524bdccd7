package network_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

func TestLink(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	nettest.OneProcessor(t)
	t.Run("send and read", testLinkFrames)
	t.Run("filter", testLinkFilter)
	t.Run("open", testLinkOpen)
	t.Run("interrupt", testLinkInterrupt)
}

// testType is the Ethernet type of test frames (RFC 5342: local experiment).
const testType = 0x88b5

// numbered is a test frame with a number in it.
func numbered(i int) []byte {
	b := make([]byte, 60)
	copy(b, "\x02\x00\x00\x00\x00\x02\x02\x00\x00\x00\x00\x01")
	binary.BigEndian.PutUint16(b[12:], testType)
	binary.BigEndian.PutUint32(b[14:], uint32(i))
	return b
}

// onlyType lets one Ethernet type through.
func onlyType(typ uint32) []bpf.RawInstruction {
	p, err := bpf.Assemble([]bpf.Instruction{
		bpf.LoadAbsolute{Off: 12, Size: 2},
		bpf.JumpIf{Val: typ, SkipFalse: 1},
		bpf.RetConstant{Val: 1 << 18},
		bpf.RetConstant{},
	})
	if err != nil {
		panic(err)
	}
	return p
}

func openLink(t *testing.T, n *nettest.Node, iface string, o *network.LinkOpts) network.LinkConn {
	t.Helper()
	l, err := n.Network.OpenLink(t.Context(), iface, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	l.SetReadDeadline(time.Now().Add(time.Minute))
	return l
}

// send sends whole frames.
func send(t *testing.T, l network.LinkConn, frames ...[]byte) {
	t.Helper()
	n, err := l.WriteFrames(t.Context(), len(frames), func(i int, slot []byte) int { return copy(slot, frames[i]) })
	if n != len(frames) || err != nil {
		t.Fatal(n, err)
	}
}

// read reads n frames. It copies their data.
func read(t *testing.T, l network.LinkConn, n int) []network.Frame {
	t.Helper()
	out, err := readSome(l, n)
	if err != nil {
		t.Fatalf("after %d of %d frames: %v", len(out), n, err)
	}
	return out
}

// readSent is read of what the left node sent.
func readSent(t *testing.T, p nettest.Pair, l network.LinkConn, n int) []network.Frame {
	t.Helper()
	out, err := readSome(l, n)
	if err != nil {
		excuse(t, p)
		t.Fatalf("after %d of %d frames: %v", len(out), n, err)
	}
	return out
}

// arrived reads the numbered frames, count since the link was opened, that the left node has sent. Those may be missing that the
// link counts as lost: nobody came to relieve its ring, since the machine was busy elsewhere.
func arrived(t *testing.T, p nettest.Pair, l network.LinkConn, count int) []network.Frame {
	t.Helper()
	if !counted(l, uint64(count)) {
		excuse(t, p)
		t.Fatalf("not %d frames: %+v", count, l.Stats())
	}
	lost := int(l.Stats().KernelDrops)
	frames := readSent(t, p, l, count-lost)
	last := -1
	for _, f := range frames {
		if number(f) <= last || lost == 0 && number(f) != last+1 {
			t.Fatalf("%d came after %d, %d are lost", number(f), last, lost)
		}
		last = number(f)
	}
	return frames
}

// number is the one in a numbered frame.
func number(f network.Frame) int { return int(binary.BigEndian.Uint32(f.Data[14:])) }

// counted waits until so many frames have come to a link, and reports whether they have.
func counted(l network.LinkConn, n uint64) bool {
	for end := time.Now().Add(time.Minute); l.Stats().Received < n; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

func readSome(l network.LinkConn, n int) (out []network.Frame, err error) {
	into := make([]network.Frame, 64)
	for len(out) < n {
		k, err := l.ReadFrames(into[:min(len(into), n-len(out))])
		if err != nil {
			return out, err
		}
		for _, f := range into[:k] {
			f.Data = bytes.Clone(f.Data)
			out = append(out, f)
		}
	}
	return out, nil
}

// excuse skips the rest of a test when the wire itself lost frames of the left node: where a processor is busy, veth's
// queue for it (sysctl net.core.netdev_max_backlog) overflows.
func excuse(t *testing.T, p nettest.Pair) {
	t.Helper()
	var lost uint64
	err := p.Left.Do(func() error {
		l, err := netlink.LinkByName("right")
		if err == nil {
			lost = l.Attrs().Statistics.TxDropped
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if lost > 0 {
		t.Skipf("the wire lost %d frames", lost)
	}
}

func testLinkFrames(t *testing.T) {
	p := nettest.NewPair(t)
	a := openLink(t, p.Left, "right", nil)
	b := openLink(t, p.Right, "left", &network.LinkOpts{Filter: onlyType(testType), Promiscuous: true})
	tap := openLink(t, p.Left, "right", &network.LinkOpts{Filter: onlyType(testType)})
	const count = 1000
	start := time.Now()
	n, err := a.WriteFrames(t.Context(), count, func(i int, slot []byte) int { return copy(slot, numbered(i)) })
	if n != count || err != nil {
		t.Fatal(n, err)
	}
	for i, f := range arrived(t, p, b, count) {
		if !bytes.Equal(f.Data, numbered(number(f))) || f.Len != 60 || f.Direction != network.ToOther || f.Interface != b.Interface().Index ||
			f.Time.Before(start.Add(-time.Second)) || f.Time.After(time.Now().Add(time.Second)) || f.VLAN.TPID != 0 {
			t.Fatalf("frame %d is %+v", i, f)
		}
	}
	for i, f := range arrived(t, p, tap, count) {
		if !bytes.Equal(f.Data, numbered(number(f))) || f.Direction != network.Outgoing {
			t.Fatalf("frame %d, tapped, is %+v", i, f)
		}
	}
	if s := b.Stats(); s.Received != count || s.RingDrops != 0 {
		t.Errorf("%+v", s)
	}
	if s := a.Stats(); s.Sent != count || s.SendErrors != 0 {
		t.Errorf("%+v", s)
	}
}

func testLinkFilter(t *testing.T) {
	p := nettest.NewPair(t)
	a, b := openLink(t, p.Left, "right", nil), openLink(t, p.Right, "left", &network.LinkOpts{Filter: onlyType(testType), Promiscuous: true, Snap: 20})
	send(t, a, numbered(1), numbered(2), numbered(3))
	if f := read(t, b, 1)[0]; !bytes.Equal(f.Data, numbered(1)[:20]) || f.Len != 60 {
		t.Errorf("%+v", f)
	}
	counted(b, 3)
	other := numbered(4)
	other[13]++
	if err := b.SetFilter(onlyType(testType + 1)); err != nil {
		t.Fatal(err)
	}
	send(t, a, numbered(5), other)
	if f := read(t, b, 1)[0]; !bytes.Equal(f.Data, other[:20]) {
		t.Errorf("%+v", f)
	}
	if s := b.Stats(); s.Received != 4 || s.RingDrops != 2 {
		t.Errorf("%+v", s)
	}
}

func testLinkOpen(t *testing.T) {
	n := nettest.NewNode(t)
	_, err := n.Network.OpenLink(t.Context(), "nosuch", nil)
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "lo") {
		t.Error(err)
	}
	if err := n.Network.Config().SetUp("lo", false); err != nil {
		t.Fatal(err)
	}
	if _, err = n.Network.OpenLink(t.Context(), "lo", nil); !errors.Is(err, unix.ENETDOWN) {
		t.Error(err)
	}
	if !n.Network.Caps().RawLink {
		t.Error("links can be opened here")
	}
}

func testLinkInterrupt(t *testing.T) {
	p := nettest.NewPair(t)
	l := openLink(t, p.Left, "right", &network.LinkOpts{Filter: onlyType(testType)})
	into := make([]network.Frame, 1)
	end := make(chan error)
	wait := func() { _, err := l.ReadFrames(into); end <- err }
	go wait()
	for waits := true; waits; {
		l.Interrupt() // of no read that begins later
		select {
		case err := <-end:
			if waits = false; !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Error(err)
			}
		case <-time.After(5 * time.Millisecond):
		}
	}
	l.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	if _, err := l.ReadFrames(into); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error(err)
	}
	l.SetReadDeadline(time.Time{})
	go wait()
	time.Sleep(5 * time.Millisecond)
	l.Close()
	if err := <-end; !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	if _, err := l.WriteFrames(t.Context(), 1, func(int, []byte) int { return 60 }); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
}

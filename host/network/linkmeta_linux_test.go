package network_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"net"
	"os"
	"testing"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"moonwire/host/network"
	"moonwire/host/network/nettest"
)

func TestLinkMetadata(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	t.Run("direction", testDirection)
	t.Run("tag", testTag)
	t.Run("checksum", testChecksum)
	t.Run("loopback", testLoopback)
	t.Run("tunnel", testTunnel)
	t.Run("any", testAny)
}

func testDirection(t *testing.T) {
	p := nettest.NewPair(t)
	a := openLink(t, p.Left, "right", nil)
	b := openLink(t, p.Right, "left", &network.LinkOpts{Filter: onlyType(testType)})
	mac := b.Interface().MAC
	for _, tt := range []struct {
		to   net.HardwareAddr
		want network.Direction
	}{
		{mac, network.ToHost},
		{net.HardwareAddr{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, network.ToBroadcast},
		{net.HardwareAddr{1, 0, 0x5e, 0, 0, 9}, network.ToMulticast},
		{net.HardwareAddr{2, 0, 0, 0, 0, 9}, network.ToOther},
	} {
		frame := numbered(0)
		copy(frame, tt.to)
		send(t, a, frame)
		if f := read(t, b, 1)[0]; f.Direction != tt.want {
			t.Errorf("to %s: %+v", tt.to, f)
		}
	}
}

// testTag sends tagged frames: the kernel takes the tag out of the frame.
func testTag(t *testing.T) {
	p := nettest.NewPair(t)
	a, b := openLink(t, p.Left, "right", nil), openLink(t, p.Right, "left", &network.LinkOpts{Promiscuous: true, Filter: onlyType(testType)})
	for _, want := range []network.VLANTag{{0x8100, 0x6005}, {0x88a8, 0x0fff}, {0x8100, 0}} {
		plain := numbered(7)
		tag := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, want.TPID), want.TCI)
		send(t, a, append(append(bytes.Clone(plain[:12]), tag...), plain[12:]...))
		if f := read(t, b, 1)[0]; f.VLAN != want || !bytes.Equal(f.Data, plain) {
			t.Errorf("%+v", f)
		}
	}
}

// testChecksum receives a datagram of a program: over veth nobody computes its sum.
func testChecksum(t *testing.T) {
	p := nettest.NewPair(t)
	b := openLink(t, p.Right, "left", &network.LinkOpts{Filter: onlyType(0x0800)})
	c, err := p.Left.Network.Packet(t.Context(), "udp4", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.WriteTo([]byte("hello"), udpAddr("10.0.11.2:9")); err != nil {
		t.Fatal(err)
	}
	if f := read(t, b, 1)[0]; f.Checksum != network.ChecksumDeferred {
		t.Errorf("%+v", f)
	}
	a := openLink(t, p.Left, "right", nil)
	send(t, a, crafted(a.Interface().MAC, b.Interface().MAC, [4]byte{10, 0, 11, 1}, [4]byte{10, 0, 11, 2}, 253))
	f := read(t, b, 1)[0]
	for f.Data[14+9] != 253 { // an ICMP error
		f = read(t, b, 1)[0]
	}
	if f.Checksum != network.ChecksumUnknown {
		t.Errorf("%+v", f)
	}
}

// testLoopback sees each frame once.
func testLoopback(t *testing.T) {
	n := nettest.NewNode(t)
	l := openLink(t, n, "lo", &network.LinkOpts{Filter: onlyType(0x0800)})
	if l.Interface().LinkType != "ethernet" {
		t.Error(l.Interface())
	}
	c, err := n.Network.Packet(t.Context(), "udp4", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for i := range 3 {
		if _, err := c.WriteTo([]byte{byte(i)}, udpAddr("127.0.0.1:9")); err != nil && !errors.Is(err, unix.ECONNREFUSED) {
			t.Fatal(err)
		}
	}
	next := byte(0)
	for next < 3 {
		f := read(t, l, 1)[0]
		if f.Direction != network.ToHost {
			t.Errorf("%+v", f)
		}
		if ip := f.Data[14:]; ip[9] == 17 {
			if ip[28] != next {
				t.Errorf("datagram %d where %d was due", ip[28], next)
			}
			next++
		}
	}
	if s := l.Stats(); s.KernelDrops+s.RingDrops != 0 {
		t.Errorf("%+v", s)
	}
}

// tunnel makes a tun interface and returns the program's end of it.
func tunnel(t *testing.T, n *nettest.Node) *os.File {
	t.Helper()
	var file *os.File
	err := n.Do(func() error {
		fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_CLOEXEC, 0)
		if err != nil {
			return err
		}
		req, _ := unix.NewIfreq("tun0")
		req.SetUint16(unix.IFF_TUN | unix.IFF_NO_PI)
		if err := unix.IoctlIfreq(fd, unix.TUNSETIFF, req); err != nil {
			return err
		}
		file = os.NewFile(uintptr(fd), "tun")
		l, err := netlink.LinkByName("tun0")
		if err != nil {
			return err
		}
		return netlink.LinkSetUp(l)
	})
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) {
		t.Skip("no tunnels here:", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// testTunnel reads and sends frames that begin with the IP header.
func testTunnel(t *testing.T) {
	n := nettest.NewNode(t)
	file := tunnel(t, n)
	l := openLink(t, n, "tun0", nil)
	if l.Interface().LinkType != "ip" {
		t.Error(l.Interface())
	}
	packet := crafted(nil, nil, [4]byte{10, 9, 0, 1}, [4]byte{10, 9, 0, 2}, 253, []byte("in"))[2:]
	if _, err := file.Write(packet); err != nil {
		t.Fatal(err)
	}
	for {
		f := read(t, l, 1)[0]
		if f.Direction == network.Outgoing {
			continue // the kernel looks for routers
		}
		if !bytes.Equal(f.Data, packet) {
			t.Errorf("%+v", f)
		}
		break
	}
	send(t, l, packet)
	b := make([]byte, 2000)
	for {
		k, err := file.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(b[:k], packet) {
			return
		}
	}
}

// testAny reads from all interfaces, cooked, through a filter for cooked frames.
func testAny(t *testing.T) {
	p := nettest.NewPair(t)
	filter, err := bpf.Assemble([]bpf.Instruction{ // what tcpdump makes of "udp dst port 9" on such frames
		bpf.LoadAbsolute{Off: 0, Size: 2},
		bpf.JumpIf{Val: 0x0800, SkipFalse: 6},
		bpf.LoadAbsolute{Off: 20 + 9, Size: 1},
		bpf.JumpIf{Val: 17, SkipFalse: 4},
		bpf.LoadMemShift{Off: 20},
		bpf.LoadIndirect{Off: 20 + 2, Size: 2},
		bpf.JumpIf{Val: 9, SkipFalse: 1},
		bpf.RetConstant{Val: 1 << 18},
		bpf.RetConstant{},
	})
	if err != nil {
		t.Fatal(err)
	}
	l := openLink(t, p.Left, "any", &network.LinkOpts{Filter: filter})
	c, err := p.Left.Network.Packet(t.Context(), "udp4", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	wire := interfaceOf(t, p.Left, "right")
	for i, to := range []string{"127.0.0.1:9", "10.0.11.2:9"} {
		c.WriteTo([]byte("hello"), udpAddr(to))
		f := read(t, l, 1)[0]
		index, direction := interfaceOf(t, p.Left, "lo").Index, network.ToHost
		if i == 1 {
			index, direction = wire.Index, network.Outgoing
		}
		if f.Interface != index || f.Direction != direction || len(f.Data) != 20+20+8+5 || f.Len != len(f.Data) ||
			binary.BigEndian.Uint16(f.Data) != 0x0800 || int(binary.BigEndian.Uint32(f.Data[4:])) != index || f.Data[10] != byte(direction) ||
			string(f.Data[len(f.Data)-5:]) != "hello" {
			t.Errorf("%+v", f)
		}
		if i == 1 && !bytes.Equal(f.Data[12:18], wire.MAC) {
			t.Errorf("sender % x", f.Data[12:20])
		}
	}
	if _, err := l.WriteFrames(t.Context(), 1, func(int, []byte) int { return 60 }); !errors.Is(err, errors.ErrUnsupported) {
		t.Error(err)
	}
	bad, _ := bpf.Assemble([]bpf.Instruction{bpf.LoadAbsolute{Off: 12, Size: 2}, bpf.RetA{}})
	if err := l.SetFilter(bad); !errors.Is(err, unix.EINVAL) {
		t.Error(err)
	}
}

func TestLinkDown(t *testing.T) {
	t.Parallel()
	if !nettest.Inside(t) {
		return
	}
	p := nettest.NewPair(t)
	l := openLink(t, p.Left, "right", &network.LinkOpts{Filter: onlyType(testType), Promiscuous: true})
	end := make(chan error)
	wait := func() {
		_, err := l.ReadFrames(make([]network.Frame, 1))
		end <- err
	}
	for i := range 3 {
		go wait()
		time.Sleep(5 * time.Millisecond)
		up(t, p.Left, false)
		if err := <-end; !errors.Is(err, unix.ENETDOWN) {
			t.Fatal(err)
		}
		if _, err := l.WriteFrames(t.Context(), 2, func(_ int, slot []byte) int { return copy(slot, numbered(1)) }); !errors.Is(err, unix.ENETDOWN) {
			t.Error(err)
		}
		l.SetReadDeadline(time.Now().Add(30 * time.Millisecond))
		if _, err := l.ReadFrames(make([]network.Frame, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error("told twice:", err)
		}
		l.SetReadDeadline(time.Time{})
		up(t, p.Left, true)
		p.Right.Await(t, "left")
		peer := openLink(t, p.Right, "left", nil)
		send(t, peer, numbered(i))
		if f := read(t, l, 1)[0]; !bytes.Equal(f.Data, numbered(i)) {
			t.Errorf("%+v", f)
		}
		if s := l.Stats(); s.Downs != uint64(i+1) || s.SendErrors != uint64(i+1) {
			t.Errorf("%+v", s)
		}
	}
	go wait()
	time.Sleep(5 * time.Millisecond)
	if err := p.Left.Do(func() error {
		link, err := netlink.LinkByName("right")
		if err != nil {
			return err
		}
		return netlink.LinkDel(link)
	}); err != nil {
		t.Fatal(err)
	}
	if err := <-end; !errors.Is(err, unix.ENODEV) {
		t.Error(err)
	}
	if _, err := l.ReadFrames(make([]network.Frame, 1)); !errors.Is(err, unix.ENODEV) {
		t.Error("it is gone for ever:", err)
	}
	if _, err := l.WriteFrames(t.Context(), 1, func(int, []byte) int { return 60 }); err == nil {
		t.Error("sent on nothing")
	}
}

func up(t *testing.T, n *nettest.Node, up bool) {
	t.Helper()
	if err := n.Network.Config().SetUp("right", up); err != nil {
		t.Fatal(err)
	}
	if up {
		n.Await(t, "right")
	}
}

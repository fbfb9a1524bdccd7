package bridge

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync/atomic"
	"syscall"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"moonwire/host/network"
)

// raw is an interface, by a packet socket that tells with each frame what the kernel left to the card (packet(7),
// PACKET_VNET_HDR).
type raw struct {
	file   *os.File
	conn   syscall.RawConn
	ifname string
	drops  atomic.Uint64
	in     []byte // memory of receive
	oob    []byte
}

// rawBuffer holds what a fast card brings while the lab is busy.
const rawBuffer = 8 << 20

// openRaw opens an interface in its namespace.
func openRaw(r Raw) (device, error) {
	d := &raw{ifname: r.Interface, in: make([]byte, offloadLen+maxOffloaded), oob: make([]byte, unix.CmsgSpace(auxdataLen))}
	err := network.Inside(r.Namespace, func() error {
		fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
		if err != nil {
			return privilege("CAP_NET_RAW", os.NewSyscallError("socket", err))
		}
		if err := prepare(fd, r.Interface); err != nil {
			unix.Close(fd)
			return err
		}
		d.file = os.NewFile(uintptr(fd), r.Interface)
		d.conn, err = d.file.SyscallConn()
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// prepare makes a packet socket ready. It is bound last: nothing gets in before.
func prepare(fd int, name string) error {
	l, err := netlink.LinkByName(name)
	if err != nil {
		return err
	}
	if t := l.Attrs().EncapType; t != "ether" {
		return fmt.Errorf("frames of type %s (Ethernet expected): %w", t, errors.ErrUnsupported)
	}
	if unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, rawBuffer) != nil {
		unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUF, rawBuffer) // as much of it as net.core.rmem_max allows
	}
	for _, option := range []struct {
		name  string
		value int
	}{{"PACKET_VNET_HDR", unix.PACKET_VNET_HDR}, {"PACKET_AUXDATA", unix.PACKET_AUXDATA}, {"PACKET_IGNORE_OUTGOING", unix.PACKET_IGNORE_OUTGOING}} {
		if err := unix.SetsockoptInt(fd, unix.SOL_PACKET, option.value, 1); err != nil {
			return os.NewSyscallError("setsockopt "+option.name, err)
		}
	}
	member := unix.PacketMreq{Ifindex: int32(l.Attrs().Index), Type: unix.PACKET_MR_PROMISC}
	if err := unix.SetsockoptPacketMreq(fd, unix.SOL_PACKET, unix.PACKET_ADD_MEMBERSHIP, &member); err != nil {
		return os.NewSyscallError("setsockopt PACKET_ADD_MEMBERSHIP", err)
	}
	const all = unix.ETH_P_ALL>>8 | unix.ETH_P_ALL<<8&0xff00 // in network order
	return os.NewSyscallError("bind", unix.Bind(fd, &unix.SockaddrLinklayer{Ifindex: l.Attrs().Index, Protocol: all}))
}

func (d *raw) name() string { return d.ifname }

// receive waits for one frame of the kernel's, which may be many of the wire's.
func (d *raw) receive() (frames [][]byte, err error) {
	var n, nob, flags int
	rerr := d.conn.Read(func(fd uintptr) bool {
		n, nob, flags, _, err = unix.Recvmsg(int(fd), d.in, d.oob, 0)
		return err != unix.EAGAIN && err != unix.EINTR
	})
	switch {
	case rerr != nil:
		return nil, os.ErrClosed
	case err != nil:
		return nil, err
	case flags&unix.MSG_TRUNC != 0 || n < offloadLen:
		return nil, errTooLong
	}
	frames, err = parseOffload(d.in[:offloadLen]).apply(slices.Clone(d.in[offloadLen:n]))
	if err == nil {
		tag(frames, d.oob[:nob])
	}
	return frames, err
}

// auxdataLen is the size of struct tpacket_auxdata (linux/if_packet.h).
const auxdataLen = 20

// tag gives frames back the VLAN tag that the kernel took out.
func tag(frames [][]byte, oob []byte) {
	list, err := unix.ParseSocketControlMessage(oob)
	if err != nil {
		return
	}
	for _, m := range list {
		if m.Header.Level != unix.SOL_PACKET || m.Header.Type != unix.PACKET_AUXDATA || len(m.Data) < auxdataLen {
			continue
		}
		status := binary.NativeEndian.Uint32(m.Data)
		if status&unix.TP_STATUS_VLAN_VALID == 0 {
			return
		}
		tpid := uint16(unix.ETH_P_8021Q)
		if status&unix.TP_STATUS_VLAN_TPID_VALID != 0 {
			tpid = binary.NativeEndian.Uint16(m.Data[18:])
		}
		var header [4]byte
		binary.BigEndian.PutUint16(header[:], tpid)
		binary.BigEndian.PutUint16(header[2:], binary.NativeEndian.Uint16(m.Data[16:]))
		for i, f := range frames {
			frames[i] = slices.Insert(f, 12, header[:]...)
		}
	}
}

// send gives a frame to the card, and leaves nothing to it.
func (d *raw) send(frame []byte) (err error) {
	var none [offloadLen]byte
	rerr := d.conn.Write(func(fd uintptr) bool {
		_, err = unix.SendmsgBuffers(int(fd), [][]byte{none[:], frame}, nil, nil, 0)
		return err != unix.EAGAIN && err != unix.EINTR
	})
	if rerr != nil {
		return os.ErrClosed
	}
	return err
}

// setCarrier does nothing: the cable of a real interface is its own.
func (d *raw) setCarrier(bool) {}

// lost asks for what the socket had no room for. The kernel forgets the number with each answer.
func (d *raw) lost() uint64 {
	d.conn.Control(func(fd uintptr) {
		if s, err := unix.GetsockoptTpacketStats(int(fd), unix.SOL_PACKET, unix.PACKET_STATISTICS); err == nil {
			d.drops.Add(uint64(s.Drops))
		}
	})
	return d.drops.Load()
}

func (d *raw) close() error { return d.file.Close() }

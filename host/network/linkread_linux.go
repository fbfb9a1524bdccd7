package network

import (
	"cmp"
	"net"
	"os"
	"time"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"moonwire/host/network/afpacket"
)

// listen prepares the socket for receiving.
func (l *link) listen(o *LinkOpts) error {
	if err := l.attach(o.Filter); err != nil {
		return err
	}
	if !o.Promiscuous || l.iface.Index == 0 {
		return nil
	}
	member := unix.PacketMreq{Ifindex: int32(l.iface.Index), Type: unix.PACKET_MR_PROMISC}
	return os.NewSyscallError("setsockopt PACKET_ADD_MEMBERSHIP", unix.SetsockoptPacketMreq(l.packet, unix.SOL_PACKET, unix.PACKET_ADD_MEMBERSHIP, &member))
}

// attach gives the socket a filter, fitted to what it reads.
func (l *link) attach(filter []bpf.RawInstruction) (err error) {
	snap := l.snap
	if l.cooked {
		if filter, err = afpacket.CookedProgram(filter); err != nil {
			return err
		}
		snap = max(snap, afpacket.CookedHeader+1) - afpacket.CookedHeader
	}
	program := afpacket.Program(filter, snap)
	if l.loopback != 0 {
		program = afpacket.OnceOnLoopback(l.loopback, program)
	}
	return afpacket.AttachFilter(l.packet, program)
}

// ReadFrames waits for frames.
func (l *link) ReadFrames(into []Frame) (n int, err error) {
	if len(into) == 0 {
		return 0, nil
	}
	d, err := l.use()
	if err != nil {
		return 0, l.fail("read", err)
	}
	l.waits.enter()
	rerr := d.raw.Read(func(uintptr) bool {
		n, err = l.take(into)
		return n > 0 || err != nil
	})
	l.waits.leave(d.file)
	l.waiting.Store(false)
	l.away()
	if n > 0 {
		return n, nil
	}
	return 0, l.fail("read", cmp.Or(err, l.ended(), rerr))
}

// take stores frames that are there. Where there are none it returns what befell the interface, if anything did.
func (l *link) take(into []Frame) (n int, err error) {
	l.reading.Lock()
	defer l.reading.Unlock()
	ring := l.memory.Receive
	if ring == nil {
		return 0, l.noRing()
	}
	for l.block == nil || l.block.Left() == 0 {
		if l.block != nil {
			l.backlog.spare = l.block
		}
		if l.block = l.backlog.next(ring); l.block == nil {
			l.waiting.Store(true)
			return 0, l.trouble()
		}
	}
	for n < len(into) && l.block.Left() > 0 {
		rec, _ := l.block.Next()
		into[n] = l.frame(rec)
		n++
	}
	return n, nil
}

// noRing is why nothing can be read.
func (l *link) noRing() error {
	if l.closed.Load() {
		return net.ErrClosed
	}
	return unix.EOPNOTSUPP // opened for sending only
}

// frame converts the kernel's notes.
func (l *link) frame(r afpacket.Record) Frame {
	from := r.Address()
	f := Frame{Len: int(r.Len), Time: r.Time(), Interface: int(from.Ifindex), Direction: Direction(from.Pkttype)}
	if l.cooked {
		f.Data = r.Cooked()
		f.Len += afpacket.CookedHeader
	} else {
		f.Data = r.Data()
	}
	f.VLAN.TPID, f.VLAN.TCI = r.VLAN()
	switch {
	case r.Status&unix.TP_STATUS_CSUMNOTREADY != 0:
		f.Checksum = ChecksumDeferred
	case r.Status&unix.TP_STATUS_CSUM_VALID != 0:
		f.Checksum = ChecksumValid
	}
	return f
}

// settling is how long a frame that the kernel is just judging by the old filter takes to get into the ring.
const settling = 100 * time.Microsecond

// SetFilter changes the filter.
func (l *link) SetFilter(program []bpf.RawInstruction) error {
	if err := l.replaceFilter(program); err != nil {
		return l.fail("filter", err)
	}
	time.Sleep(settling)
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.memory.Receive == nil {
		return l.fail("filter", l.noRing())
	}
	dropped := l.memory.Receive.Discard() + l.backlog.discard()
	if l.block != nil {
		dropped += l.block.Left()
		l.block = nil
	}
	l.counting.Lock()
	l.stats.RingDrops += uint64(dropped)
	l.counting.Unlock()
	return nil
}

func (l *link) replaceFilter(program []bpf.RawInstruction) error {
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.memory.Receive == nil {
		return l.noRing()
	}
	return l.attach(program)
}

// Stats counts what l saw and lost.
func (l *link) Stats() LinkStats {
	l.reading.Lock()
	l.count()
	l.reading.Unlock()
	l.counting.Lock()
	defer l.counting.Unlock()
	return l.stats
}

// count adds the kernel's counts, which begin anew each time they are read.
func (l *link) count() {
	if l.memory.Receive == nil {
		return
	}
	s, err := unix.GetsockoptTpacketStatsV3(l.packet, unix.SOL_PACKET, unix.PACKET_STATISTICS)
	if err != nil {
		return
	}
	l.counting.Lock()
	defer l.counting.Unlock()
	l.stats.Received += uint64(s.Packets)
	l.stats.KernelDrops += uint64(s.Drops)
}

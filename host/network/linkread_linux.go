package network

import (
	"net"
	"os"
	"time"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"moonwire/host/network/afpacket"
)

// startReading makes the ring, with its filter.
func (l *link) startReading(fd int, o *LinkOpts) (err error) {
	size := o.Buffer
	if size <= 0 {
		size = defaultRing
	}
	if l.ring, err = afpacket.NewRing(fd, size); err != nil {
		return err
	}
	if err := afpacket.AttachFilter(fd, l.program(o.Filter)); err != nil {
		return err
	}
	if !o.Promiscuous {
		return nil
	}
	member := unix.PacketMreq{Ifindex: int32(l.iface.Index), Type: unix.PACKET_MR_PROMISC}
	return os.NewSyscallError("setsockopt PACKET_ADD_MEMBERSHIP", unix.SetsockoptPacketMreq(fd, unix.SOL_PACKET, unix.PACKET_ADD_MEMBERSHIP, &member))
}

// program is a filter as the socket needs it.
func (l *link) program(filter []bpf.RawInstruction) []bpf.RawInstruction {
	return afpacket.Program(filter, l.snap)
}

// ReadFrames waits for frames.
func (l *link) ReadFrames(into []Frame) (n int, err error) {
	d, err := l.use()
	if err != nil {
		return 0, l.fail("read", err)
	}
	l.waits.enter()
	rerr := d.raw.Read(func(fd uintptr) bool {
		n, err = l.take(int(fd), into)
		return n > 0 || err != nil
	})
	l.waits.leave(d.file)
	switch {
	case n > 0:
		return n, nil
	case err == nil:
		err = rerr
	}
	return 0, l.fail("read", err)
}

// take stores the frames that are in the ring. Where there are none it returns what befell the interface, if anything did.
func (l *link) take(fd int, into []Frame) (n int, err error) {
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.ring == nil {
		return 0, l.noRing()
	}
	l.ring.Release()
	for n < len(into) {
		rec, ok := l.ring.Next()
		if !ok {
			break
		}
		into[n] = frameOf(rec)
		n++
	}
	if n == 0 {
		err = l.downs.next(fd)
	}
	return n, err
}

// noRing is why nothing can be read.
func (l *link) noRing() error {
	if l.closed.Load() {
		return net.ErrClosed
	}
	return unix.EOPNOTSUPP // opened for sending only
}

// frameOf converts the kernel's notes.
func frameOf(r afpacket.Record) Frame {
	from := r.Address()
	f := Frame{Data: r.Data(), Len: int(r.Len), Time: r.Time(), Interface: int(from.Ifindex), Direction: Direction(from.Pkttype)}
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
	err := l.control(func(fd int) error { return afpacket.AttachFilter(fd, l.program(program)) })
	if err != nil {
		return l.fail("filter", err)
	}
	time.Sleep(settling)
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.ring == nil {
		return l.fail("filter", l.noRing())
	}
	dropped := l.ring.Discard()
	l.counting.Lock()
	l.stats.RingDrops += uint64(dropped)
	l.counting.Unlock()
	return nil
}

// Stats counts what l saw and lost.
func (l *link) Stats() LinkStats {
	l.count()
	l.counting.Lock()
	defer l.counting.Unlock()
	return l.stats
}

// count adds the kernel's counts, which begin anew each time they are read.
func (l *link) count() {
	l.counting.Lock()
	defer l.counting.Unlock()
	l.desc.Load().control(func(fd int) error {
		s, err := unix.GetsockoptTpacketStatsV3(fd, unix.SOL_PACKET, unix.PACKET_STATISTICS)
		if err == nil {
			l.stats.Received += uint64(s.Packets)
			l.stats.KernelDrops += uint64(s.Drops)
		}
		return err
	})
}

package network

import (
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// interfaceTypes are the IANAifTypes of what netlink calls the hardware types of linux/if_arp.h.
var interfaceTypes = map[string]int{"ether": 6, "loopback": 24, "ppp": 23, "ipip": 131, "tunnel6": 131, "sit": 131, "gre": 131, "gre6": 131}

const otherType = 1

// InterfaceStats is what the kernel counts on an interface. It tells multicast from unicast on receipt only, and
// broadcast never.
func (k *kernel) InterfaceStats(iface string) (s InterfaceStats, err error) {
	err = k.inside(func() error {
		l, err := netlink.LinkByName(iface)
		if err != nil {
			return err
		}
		a := l.Attrs()
		s = InterfaceStats{Type: interfaceTypes[a.EncapType], Promiscuous: a.Promisc > 0, Alias: a.Alias}
		if s.Type == 0 {
			s.Type = otherType
		}
		if c := a.Statistics; c != nil {
			s.Counters = Counters{
				"InOctets": c.RxBytes, "InUcastPkts": c.RxPackets - min(c.Multicast, c.RxPackets), "InMulticastPkts": c.Multicast,
				"InDiscards": c.RxDropped, "InErrors": c.RxErrors,
				"OutOctets": c.TxBytes, "OutUcastPkts": c.TxPackets, "OutDiscards": c.TxDropped, "OutErrors": c.TxErrors,
			}
		}
		s.Speed = speed(iface)
		return nil
	})
	if err != nil {
		return s, fmt.Errorf("statistics of %s: %w", iface, err)
	}
	return s, nil
}

// Watch tells when an interface comes or goes.
func (k *kernel) Watch(f func(Change)) (stop func(), err error) {
	updates, done := make(chan netlink.LinkUpdate, 64), make(chan struct{})
	if err := k.inside(func() error { return netlink.LinkSubscribe(updates, done) }); err != nil {
		return nil, fmt.Errorf("watch interfaces: %w", err)
	}
	go func() {
		known := map[string]Change{}
		for u := range updates {
			a := u.Link.Attrs()
			there := u.Header.Type == unix.RTM_NEWLINK
			c := Change{Interface: a.Name, Running: there && a.RawFlags&unix.IFF_RUNNING != 0, Up: there && a.Flags&net.FlagUp != 0}
			if known[a.Name] != c {
				known[a.Name] = c
				f(c)
			}
		}
	}()
	return sync.OnceFunc(func() { close(done) }), nil
}

// System is what uname(2) says, and when the machine started.
func (k *kernel) System() System {
	var u unix.Utsname
	var up unix.Timespec
	if unix.Uname(&u) != nil {
		return System{}
	}
	word := func(b []byte) string { return unix.ByteSliceToString(b) }
	s := System{Description: word(u.Sysname[:]) + " " + word(u.Nodename[:]) + " " + word(u.Release[:]) + " " + word(u.Version[:]) + " " + word(u.Machine[:])}
	if unix.ClockGettime(unix.CLOCK_BOOTTIME, &up) == nil {
		s.Booted = k.Clock().Now().Add(-time.Duration(up.Nano()))
	}
	return s
}

package network

import (
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// An addressEdit adds an address, or takes one away.
type addressEdit struct {
	onInterface
	Prefix netip.Prefix
	Add    bool
	Life   Lifetime
	Before *address // nil: it wasn't there
	OnLink bool     // a route to its network was there (IPv6)

	asked time.Time // Life begins here
	exact bool      // it must not be there before
}

// An address is what else the kernel has of one. Lifetimes are in seconds.
type address struct {
	Valid, Preferred int
	Broadcast        net.IP
	Label            string
	Scope, Flags     int
}

// forever is a lifetime without end.
const forever = 1<<32 - 1

// own are the flags of an address that the kernel leaves to whoever adds it.
const own = unix.IFA_F_NODAD | unix.IFA_F_OPTIMISTIC | unix.IFA_F_HOMEADDRESS | unix.IFA_F_MANAGETEMPADDR | unix.IFA_F_NOPREFIXROUTE | unix.IFA_F_MCAUTOJOIN

// now is the address as the kernel has it; nil: the interface doesn't have it.
func (e *addressEdit) now() (netlink.Link, *address, error) {
	l, err := e.find()
	if err != nil {
		return nil, nil, err
	}
	all, err := netlink.AddrList(l, netlink.FAMILY_ALL)
	for _, a := range all {
		if a.IPNet.String() == e.Prefix.String() {
			return l, &address{a.ValidLft, a.PreferedLft, a.Broadcast, a.Label, a.Scope, a.Flags & own}, nil
		}
	}
	return l, nil, err
}

func (e *addressEdit) kind() string { return "address" }

func (e *addressEdit) look() error {
	l, before, err := e.now()
	if err != nil {
		return err
	}
	e.Before = before
	if e.Add && e.Prefix.Addr().Is6() {
		rows, err := rowsLike(e.network(l))
		e.OnLink = len(rows) > 0
		return err
	}
	return nil
}

// network is the route to the address's own network, which the kernel adds with it.
func (e *addressEdit) network(l netlink.Link) *netlink.Route {
	return &netlink.Route{Dst: ipNet(e.Prefix.Masked()), LinkIndex: l.Attrs().Index, Protocol: unix.RTPROT_KERNEL}
}

func (e *addressEdit) do() error {
	l, err := e.find()
	switch {
	case err != nil:
		return err
	case !e.Add:
		return netlink.AddrDel(l, e.bare())
	case e.exact:
		return netlink.AddrAdd(l, e.living(e.short(0)))
	case e.Before == nil:
		return netlink.AddrReplace(l, e.living(e.short(0)))
	}
	return netlink.AddrReplace(l, e.living(e.left(0)))
}

// stay gives the address the whole life that was asked for.
func (e *addressEdit) stay() error {
	l, now, err := e.now()
	if err != nil || now == nil || !e.Add {
		return err
	}
	return netlink.AddrReplace(l, e.living(e.left(time.Since(e.asked))))
}

func (e *addressEdit) undo() error {
	l, now, err := e.now()
	switch {
	case err != nil:
		return err
	case e.Add && e.Before == nil:
		return e.remove(l, now)
	case e.Before != nil && (e.Add || now == nil):
		return netlink.AddrReplace(l, e.before(l))
	}
	return nil
}

// remove takes the address away, unless somebody has made it stay.
func (e *addressEdit) remove(l netlink.Link, now *address) error {
	if now != nil && uint32(now.Valid) == forever {
		return nil
	}
	if now != nil {
		if err := netlink.AddrDel(l, e.bare()); err != nil {
			return err
		}
	}
	if e.Prefix.Addr().Is4() || e.OnLink {
		return nil
	}
	// Of an address with a lifetime the kernel leaves the route to its network, for as long.
	all, err := netlink.AddrList(l, netlink.FAMILY_V6)
	for _, a := range all {
		if ones, _ := a.Mask.Size(); ones == e.Prefix.Bits() && e.Prefix.Contains(toNetip(a.IP)) {
			return nil // it serves another one now
		}
	}
	if err != nil {
		return err
	}
	if err := netlink.RouteDel(e.network(l)); !isGone(err) {
		return err
	}
	return nil
}

// bare is the address alone.
func (e *addressEdit) bare() *netlink.Addr { return &netlink.Addr{IPNet: ipNet(e.Prefix)} }

// living is the address with lifetimes.
func (e *addressEdit) living(valid, preferred int) *netlink.Addr {
	return &netlink.Addr{IPNet: ipNet(e.Prefix), ValidLft: valid, PreferedLft: preferred}
}

// before is the address as it was.
func (e *addressEdit) before(l netlink.Link) *netlink.Addr {
	b := e.Before
	a := &netlink.Addr{IPNet: ipNet(e.Prefix), ValidLft: b.Valid, PreferedLft: b.Preferred, Broadcast: b.Broadcast, Label: b.Label,
		Scope: b.Scope, Flags: b.Flags}
	if a.Broadcast == nil {
		a.Broadcast = net.IPv4zero // or netlink chooses one
	}
	if name, _, _ := strings.Cut(a.Label, ":"); name != l.Attrs().Name {
		a.Label = "" // the interface has another name since
	}
	return a
}

// left is what is left of the life that was asked for, some time later; of one that is over, the least that there is.
func (e *addressEdit) left(later time.Duration) (valid, preferred int) {
	valid, preferred = forever, forever
	if e.Life.Valid > 0 {
		valid = max(seconds(e.Life.Valid-later), 1)
	}
	if e.Life.Preferred > 0 {
		preferred = seconds(e.Life.Preferred - later)
	}
	return valid, min(preferred, valid)
}

// short is left, but no longer than an address may stay that nobody renews.
func (e *addressEdit) short(later time.Duration) (valid, preferred int) {
	valid, preferred = e.left(later)
	return min(valid, seconds(shortLife)), min(preferred, seconds(shortLife))
}

// seconds is a time to the second, and at least one where there is any.
func seconds(d time.Duration) int {
	if d <= 0 {
		return 0
	}
	return int(max(d.Round(time.Second)/time.Second, 1))
}

// over says whether the life that was asked for has ended.
func (e *addressEdit) over() bool { return e.Life.Valid > 0 && time.Since(e.asked) > e.Life.Valid }

// renew gives the address a short life again. One that others took away stays so, and so does what they made stay; one
// whose life ended since this process was stopped comes back.
func (e *addressEdit) renew(late bool) error {
	if e.Before != nil || e.over() {
		return nil
	}
	l, now, err := e.now()
	if err != nil || now == nil && !late || now != nil && uint32(now.Valid) == forever {
		return err
	}
	return netlink.AddrReplace(l, e.living(e.short(time.Since(e.asked))))
}

func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}

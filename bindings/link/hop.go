package link

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// A hop is what packets to an address need: the source, and who takes them.
type hop struct {
	src     netip.Addr
	via     netip.Addr
	mac     net.HardwareAddr // nil: not asked for yet
	err     error
	expires time.Time
}

// hopLife is how long a link believes what it learned of routes and neighbours.
const hopLife = 30 * time.Second

// An unknown is a hop that has to be asked for before a packet can be filled in.
type unknown struct {
	dst netip.Addr
	mac bool
}

func (u *unknown) Error() string { return "the way to " + u.dst.String() + " isn't known" }

// known is the way to an address, with mac also the MAC address of the next hop. An *unknown has to be learned first.
func (l *Link) known(dst netip.Addr, mac bool, now time.Time) (hop, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h, ok := l.hops[dst]
	if !ok || l.stale(h, now) || mac && h.mac == nil && h.err == nil {
		return hop{}, &unknown{dst, mac}
	}
	return h, h.err
}

// stale says whether what is known of a way is too old. now is the moment at which something was learned for the packet at
// hand, which holds for it; zero when nothing was.
func (l *Link) stale(h hop, now time.Time) bool {
	if now.IsZero() {
		now = l.clock.Now()
	}
	return now.After(h.expires)
}

// learn finds out the way to an address. What failed is believed for this one moment.
func (l *Link) learn(L *lua.LState, u *unknown, now time.Time) {
	var h hop
	h.err = decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		h, err = l.ask(ctx, u.dst, u.mac)
		return err
	})
	if h.expires = now; h.err == nil {
		h.expires = now.Add(hopLife)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hops[u.dst] = h
}

// resolveFor is how long a neighbour may take to tell its address.
const resolveFor = 4 * time.Second

// ask asks the routes, and the neighbour.
func (l *Link) ask(ctx context.Context, dst netip.Addr, mac bool) (hop, error) {
	n := network.From(ctx)
	next, err := n.NextHop(ctx, dst, l.iface.Name)
	if err != nil {
		return hop{}, fmt.Errorf("no way to %s by %s: %w", dst, l.iface.Name, err)
	}
	h := hop{src: next.Src, via: next.Addr, mac: next.MAC}
	if h.mac != nil || !mac {
		return h, nil
	}
	wait, cancel := network.WithCancel(ctx)
	defer cancel()
	defer n.Clock().AfterFunc(resolveFor, cancel).Stop()
	h.mac, err = n.Resolve(wait, l.iface.Name, next.Addr)
	if ctx.Err() != nil {
		return hop{}, ctx.Err()
	}
	if err != nil {
		return hop{}, decl.Refuse(decl.Unreachable, fmt.Errorf("%s on %s doesn't tell its MAC address: set eth.dst, or see who is there", next.Addr, l.iface.Name))
	}
	return h, nil
}

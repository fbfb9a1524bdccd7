package node

import (
	"net/netip"
	"time"

	"moonwire/host/lab/node/pathmtu"
)

// PathMTU is the longest packet, IP header included, that the way to dst is known to carry.
func (n *Node) PathMTU(dst netip.Addr) (int, bool) {
	dst = dst.Unmap()
	if n.isOwn(dst) || dst.IsLoopback() {
		return loopbackMTU, true
	}
	hop, out, ok := n.lookup(dst.WithZone(""))
	if !ok {
		return 0, false
	}
	mtu := out.limit(hop.MTU)
	if p, known := n.paths.Lookup(dst.WithZone(""), n.opt.Clock.Now()); known {
		mtu = min(mtu, p.MTU)
	}
	return mtu, true
}

// learn notes that a router said mtu of the way to dst, about the packet of which quote came back. New connections take it
// from the stack's routes.
func (n *Node) learn(dst netip.Addr, mtu int, quote []byte) {
	hop, out, ok := n.lookup(dst)
	if !ok {
		return
	}
	path, news := n.paths.Learn(dst, mtu, out.limit(hop.MTU), n.opt.Clock.Now())
	if news {
		n.expire()
	}
	if path.MTU > 0 && !path.Loose {
		n.resend(out, quote, path.MTU)
	}
}

// expire gives the stack the routes anew, now and when the next path is forgotten.
func (n *Node) expire() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return
	}
	n.sync()
	if n.expiry != nil {
		n.expiry.Stop()
		n.expiry = nil
	}
	now, next := n.opt.Clock.Now(), time.Time{}
	for _, p := range n.paths.All(now) {
		if next.IsZero() || p.Until.Before(next) {
			next = p.Until
		}
	}
	if !next.IsZero() {
		n.expiry = n.opt.Clock.AfterFunc(next.Sub(now), n.expire)
	}
}

// Paths are the destinations whose path MTU is known.
func (n *Node) Paths() map[netip.Addr]pathmtu.Path { return n.paths.All(n.opt.Clock.Now()) }

// FlushPaths forgets them.
func (n *Node) FlushPaths() {
	n.paths.Flush()
	n.expire()
}

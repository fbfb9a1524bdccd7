// Package pathmtu remembers what routers said of the longest packet that the way to a destination carries (RFC 1191,
// RFC 8201).
package pathmtu

import (
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// Lifetime is how long what a router said is believed (RFC 1191 section 6.3).
const Lifetime = 10 * time.Minute

// The least that is believed. A router on an IPv4 way with less is left to fragment, as Linux has it (min_pmtu); IPv6 has
// no link with less (RFC 8201 section 4).
const (
	Least4 = 552
	Least6 = 1280
)

// most is how many destinations are remembered; lies about others push the oldest out.
const most = 4096

// Path is what is known of a way.
type Path struct {
	MTU   int
	Loose bool // a link has less than we send: packets must be allowed to be fragmented
	Until time.Time
}

// Cache is a set of paths. Any goroutine may use it.
type Cache struct {
	mu    sync.Mutex
	paths map[netip.Addr]Path
	count atomic.Int32 // of paths, so that a look into an empty cache costs nothing
}

// Lookup is what is known of the way to dst.
func (c *Cache) Lookup(dst netip.Addr, now time.Time) (Path, bool) {
	if c.count.Load() == 0 {
		return Path{}, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.paths[dst]
	if ok && !now.Before(p.Until) {
		c.remove(dst)
		return Path{}, false
	}
	return p, ok
}

// Learn notes that a router said mtu of the way to dst, whose first link has an MTU of link. It returns what is believed
// then; false: that was known, or is no news, since a path never grows by what routers say.
func (c *Cache) Learn(dst netip.Addr, mtu, link int, now time.Time) (Path, bool) {
	p := Path{MTU: mtu, Until: now.Add(Lifetime)}
	if least := floor(dst); mtu < least {
		p.MTU, p.Loose = min(least, link), dst.Is4()
	}
	if old, ok := c.Lookup(dst, now); ok && old.MTU <= p.MTU {
		return old, false
	}
	if p.MTU >= link && !p.Loose {
		return Path{}, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.paths == nil {
		c.paths = map[netip.Addr]Path{}
	}
	if len(c.paths) >= most {
		c.remove(c.oldest())
	}
	c.paths[dst] = p
	c.count.Store(int32(len(c.paths)))
	return p, true
}

func floor(dst netip.Addr) int {
	if dst.Is4() {
		return Least4
	}
	return Least6
}

// oldest is the path that ends first; of several, that with the lowest address.
func (c *Cache) oldest() netip.Addr {
	var dst netip.Addr
	for a, p := range c.paths {
		if old := c.paths[dst]; !dst.IsValid() || p.Until.Before(old.Until) || p.Until.Equal(old.Until) && a.Less(dst) {
			dst = a
		}
	}
	return dst
}

func (c *Cache) remove(dst netip.Addr) {
	delete(c.paths, dst)
	c.count.Store(int32(len(c.paths)))
}

// Forget drops what is known of the way to dst.
func (c *Cache) Forget(dst netip.Addr) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remove(dst)
}

// Flush drops everything.
func (c *Cache) Flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.paths)
	c.count.Store(0)
}

// All are the paths known at a time.
func (c *Cache) All(now time.Time) map[netip.Addr]Path {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := map[netip.Addr]Path{}
	for a, p := range c.paths {
		if now.Before(p.Until) {
			all[a] = p
		}
	}
	return all
}

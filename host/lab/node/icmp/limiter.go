package icmp

import (
	"net/netip"
	"time"
)

// Linux's limits (icmp_msgs_per_sec, icmp_msgs_burst, icmp_ratelimit): those of all messages, and how many intervals a
// destination may save up.
const (
	perSecond = 1000
	burst     = 50
	savings   = 6
)

// peers is how many destinations are remembered.
const peers = 1024

// Limiter bounds how many errors are sent. It isn't safe for concurrent use.
type Limiter struct {
	credit time.Duration // of all, in time; zero at first
	last   time.Time
	peers  map[netip.Addr]*peer
}

type peer struct {
	credit time.Duration
	last   time.Time
}

// Interval is how often a destination may have a message of that kind; 0: always. An IPv6 destination is wider when it was
// found by a short prefix of bits, and then gets more (icmpv6_xrlim_allow).
func Interval(m Message, v4 bool, bits int) time.Duration {
	switch {
	case v4 && (m.Type == tooBigType && m.Code == tooBigID), !v4 && m.Type == 2:
		return 0 // path-MTU discovery must go on
	case v4:
		return time.Second
	}
	return time.Second >> ((128 - bits) >> 5)
}

// Allow says whether a message to dst may be sent now, and counts it then.
func (l *Limiter) Allow(dst netip.Addr, every time.Duration, now time.Time) bool {
	if every == 0 {
		return true
	}
	return l.global(now) && l.peer(dst, now).take(every, savings*every, now)
}

func (l *Limiter) global(now time.Time) bool {
	all := peer{l.credit, l.last}
	ok := all.take(time.Second/perSecond, burst*time.Second/perSecond, now)
	l.credit, l.last = all.credit, all.last
	return ok
}

func (l *Limiter) peer(dst netip.Addr, now time.Time) *peer {
	if p := l.peers[dst]; p != nil {
		return p
	}
	if l.peers == nil || len(l.peers) >= peers {
		l.peers = map[netip.Addr]*peer{}
	}
	p := &peer{}
	l.peers[dst] = p
	return p
}

// take spends one message's worth of what has been saved up since the last.
func (p *peer) take(cost, most time.Duration, now time.Time) bool {
	if p.last.IsZero() {
		p.credit = most
	} else {
		p.credit = min(p.credit+now.Sub(p.last), most)
	}
	p.last = now
	if p.credit < cost {
		return false
	}
	p.credit -= cost
	return true
}

package client4

import (
	"context"
	"time"

	"moonwire/host/network"
)

// A pace says until when the answer to a try is waited for; false when there is no such try.
type pace func(try int, now time.Time) (until time.Time, ok bool)

// The back-off of RFC 2131 section 4.1: 4 s, doubled up to 64, each plus or minus a second.
const (
	firstPause = 4 * time.Second
	mostPause  = 64 * time.Second
	jitter     = time.Second
)

// backOff is the pace of selecting, requesting and rebooting: so many tries, and no longer than the time-out.
func (c *Client) backOff(ctx context.Context) pace {
	chance := network.Rand(ctx)
	var end time.Time
	return func(try int, now time.Time) (time.Time, bool) {
		if try == 0 && c.config.Timeout > 0 {
			end = now.Add(c.config.Timeout)
		}
		if try >= c.config.Tries || try > 0 && !end.IsZero() && !now.Before(end) {
			return now, false
		}
		pause := min(firstPause<<min(try, 10), mostPause) + time.Duration(chance.Int64N(int64(2*jitter))) - jitter
		return earlier(now.Add(pause), end), true
	}
}

// leastPause is the shortest between two requests for more time (RFC 2131 section 4.4.5).
const leastPause = time.Minute

// halves is the pace of renewing and rebinding: half of what is left, but a minute at least.
func halves(end time.Time) pace {
	return func(_ int, now time.Time) (time.Time, bool) {
		if !now.Before(end) {
			return now, false
		}
		return earlier(now.Add(max(end.Sub(now)/2, leastPause)), end), true
	}
}

// until is a pace that repeats another until a moment.
func until(end time.Time, p pace) pace {
	return func(try int, now time.Time) (time.Time, bool) {
		t, ok := p(try, now)
		if try > 0 && !now.Before(end) {
			return now, false
		}
		return earlier(t, end), ok
	}
}

// earlier is the earlier of two moments; the zero one never comes.
func earlier(a, b time.Time) time.Time {
	if b.IsZero() || a.Before(b) {
		return a
	}
	return b
}

package client6

import (
	"math/rand/v2"
	"time"
)

// A timing says when a message is sent and sent again (RFC 8415 section 15).
type timing struct {
	delay    time.Duration // longest wait before the first; chance decides
	irt      time.Duration // IRT: about the first pause
	mrt      time.Duration // MRT: about the longest pause; 0: none
	mrc      int           // MRC: how often it is sent at most; 0: without end
	mrd      time.Duration // MRD: how long it is tried at most; 0: without end
	positive bool          // the first pause is longer than IRT, never shorter: answers are collected in it
}

// The timings of RFC 8415 section 7.6.
var (
	solicitTiming     = timing{delay: time.Second, irt: time.Second, mrt: time.Hour, positive: true}
	requestTiming     = timing{irt: time.Second, mrt: 30 * time.Second, mrc: 10}
	confirmTiming     = timing{delay: time.Second, irt: time.Second, mrt: 4 * time.Second, mrd: 10 * time.Second}
	renewTiming       = timing{irt: 10 * time.Second, mrt: 10 * time.Minute} // until T2
	rebindTiming      = timing{irt: 10 * time.Second, mrt: 10 * time.Minute} // until nothing is valid any more
	informationTiming = timing{delay: time.Second, irt: time.Second, mrt: time.Hour}
	releaseTiming     = timing{irt: time.Second, mrc: 4}
	declineTiming     = timing{irt: time.Second, mrc: 4}
)

// first is the wait before the message is sent at all.
func (t timing) first(r *rand.Rand) time.Duration {
	return time.Duration(r.Float64() * float64(t.delay))
}

// pause is the wait after a transmission; before is the pause before it, 0 after the first.
func (t timing) pause(before time.Duration, r *rand.Rand) time.Duration {
	switch {
	case before == 0 && t.positive:
		return t.irt + time.Duration((1-r.Float64())*0.1*float64(t.irt))
	case before == 0:
		return t.irt + jitter(t.irt, r)
	}
	next := 2*before + jitter(before, r)
	if t.mrt > 0 && next > t.mrt {
		next = t.mrt + jitter(t.mrt, r)
	}
	return next
}

// jitter is RAND times d: RAND is chosen between -0.1 and 0.1.
func jitter(d time.Duration, r *rand.Rand) time.Duration {
	return time.Duration((0.2*r.Float64() - 0.1) * float64(d))
}

// bounds of what SOL_MAX_RT and INF_MAX_RT may say (RFC 8415 sections 21.24, 21.25).
const (
	maxRTLeast = time.Minute
	maxRTMost  = 24 * time.Hour
)

// withMRT is the timing with a longest pause that a server gave in seconds; one out of bounds is ignored.
func (t timing) withMRT(seconds uint32) timing {
	if d := time.Duration(seconds) * time.Second; maxRTLeast <= d && d <= maxRTMost {
		t.mrt = d
	}
	return t
}

package link

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"moonwire/host/network"
)

// A rate is how fast to send: packets or bits a second. The zero value is as fast as it goes.
type rate struct {
	perSecond float64
	bits      bool
}

// units of rates, the longer first.
var units = []struct {
	suffix string
	factor float64
	bits   bool
}{
	{"kpps", 1e3, false}, {"mpps", 1e6, false}, {"pps", 1, false},
	{"kbps", 1e3, true}, {"mbps", 1e6, true}, {"gbps", 1e9, true}, {"bps", 1, true},
	{"kbit", 1e3, true}, {"mbit", 1e6, true}, {"gbit", 1e9, true}, {"bit", 1, true},
}

// parseRate reads "500pps", "20kpps" or "10mbps".
func parseRate(text string) (rate, error) {
	s := strings.ToLower(strings.ReplaceAll(text, " ", ""))
	for _, u := range units {
		if number, ok := strings.CutSuffix(s, u.suffix); ok {
			if n, err := strconv.ParseFloat(number, 64); err == nil && n > 0 && n < 1e15 {
				return rate{n * u.factor, u.bits}, nil
			}
			break
		}
	}
	return rate{}, fmt.Errorf("a rate such as 500pps, 20kpps or 10mbps expected, got '%s'", text)
}

// cost is how long a frame of so many bytes takes at the rate.
func (r rate) cost(size int) time.Duration {
	if r.perSecond == 0 {
		return 0
	}
	n := 1.0
	if r.bits {
		n = float64(size) * 8
	}
	return time.Duration(n / r.perSecond * float64(time.Second))
}

// longestNap is the longest pause that is slept away without looking at the clock; shortestNap is not worth sleeping.
const shortestNap = 50 * time.Microsecond

// burst is how many frames a sender may be late with: what it missed beyond that is not made up for.
const burst = 512

// send writes n frames at a rate. length is that of frame i, fill writes it, and note is told before some are handed
// over. It returns how many were.
func send(ctx context.Context, conn network.LinkConn, r rate, n int, length func(i int) int, fill func(i int, slot []byte) int, note func(from, to int)) (sent int, err error) {
	if r.perSecond == 0 {
		note(0, n)
		return conn.WriteFrames(ctx, n, fill)
	}
	clock := network.ClockFrom(ctx)
	due := clock.Now()
	for sent < n {
		now := clock.Now()
		if wait := due.Sub(now); wait > shortestNap || wait > 0 && clock.Virtual() {
			if err := clock.Sleep(ctx, wait); err != nil {
				return sent, err
			}
			continue
		}
		upto := sent
		for upto < n && upto-sent < burst && !due.After(now) {
			due = due.Add(r.cost(length(upto)))
			upto++
		}
		if upto-sent == burst && due.Before(now) {
			due = now
		}
		if upto == sent {
			continue // a moment too early to sleep
		}
		note(sent, upto)
		from := sent
		m, err := conn.WriteFrames(ctx, upto-from, func(i int, slot []byte) int { return fill(from+i, slot) })
		sent += m
		if err != nil {
			return sent, err
		}
	}
	return sent, nil
}

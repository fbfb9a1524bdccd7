package socket

import (
	"context"
	"math"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// timeouts are an object's two limits in seconds; negative: none. Block limits each wait, total the whole call; both
// count from the start of the call, as LuaSocket counts them.
type timeouts struct{ block, total float64 }

var noTimeouts = timeouts{-1, -1}

// A limit is how long a call may wait.
type limit struct {
	timeouts
	start time.Time // of the call; zero when there is no limit
	clock network.Clock
}

// begin marks the start of a call.
func (o *object) begin(L *lua.LState) limit {
	l := limit{timeouts: o.tm}
	if o.tm.block >= 0 || o.tm.total >= 0 || o.lib.debug {
		l.clock = network.ClockFrom(decl.HostOf(L).Context())
		l.start = l.clock.Now()
	}
	return l
}

// never says that the call may not wait at all.
func (l *limit) never() bool { return l.block == 0 || l.total == 0 }

// until is when the next wait must end; zero: never.
func (l *limit) until() time.Time {
	switch {
	case l.block < 0 && l.total < 0:
		return time.Time{}
	case l.block < 0:
		return l.start.Add(seconds(l.total))
	case l.total < 0:
		return l.start.Add(seconds(l.block))
	}
	total, block := l.start.Add(seconds(l.total)), l.clock.Now().Add(seconds(l.block))
	if block.Before(total) {
		return block
	}
	return total
}

// context ends when the call must; free it with the function.
func (l *limit) context(ctx context.Context) (context.Context, func()) {
	if l.clock == nil {
		return ctx, func() {}
	}
	at := l.until()
	if at.IsZero() {
		return ctx, func() {}
	}
	ctx, cancel := network.WithCancel(ctx)
	if l.never() {
		cancel()
		return ctx, cancel
	}
	timer := l.clock.AfterFunc(at.Sub(l.clock.Now()), cancel)
	return ctx, func() { timer.Stop(); cancel() }
}

// elapsed is how long the call has taken; the library must be in debug mode.
func (l *limit) elapsed() time.Duration { return l.clock.Now().Sub(l.start) }

// seconds is a Lua number as a duration; what is too long for one is cut.
func seconds(s float64) time.Duration {
	switch {
	case s >= math.MaxInt64/float64(time.Second):
		return math.MaxInt64
	case s > 0:
		return time.Duration(s * float64(time.Second))
	}
	return 0 // negative, or no number
}

// settimeout is sock:settimeout(seconds [, mode]).
func settimeout(L *lua.LState, t *timeouts) int {
	v := optNumber(L, 2, -1)
	switch mode := optString(L, 3, "b"); {
	case mode != "" && mode[0] == 'b':
		t.block = v
	case mode != "" && (mode[0] == 't' || mode[0] == 'r'):
		t.total = v
	default:
		argError(L, 3, "invalid timeout mode")
	}
	return done(L)
}

// gettimeout is sock:gettimeout().
func gettimeout(L *lua.LState, t *timeouts) int {
	L.Push(lua.LNumber(t.block))
	L.Push(lua.LNumber(t.total))
	return 2
}

package usm

import (
	"fmt"
	"sync"
	"time"
)

const (
	// Latched is the highest number of boots and of seconds. An engine whose boots reach it answers no authenticated
	// message until its keys are changed (RFC 3414 section 2.2.2).
	Latched = 1<<31 - 1

	// windowSize is how far, in seconds, the time in a message may differ from the engine's (RFC 3414 section 2.2.3).
	windowSize = 150
)

// A Remote is what is known of the time of an authoritative engine elsewhere (RFC 3414 section 2.3). The zero value knows
// nothing; any goroutine may use it.
type Remote struct {
	mu     sync.Mutex
	known  bool
	boots  int32
	latest int32     // latestReceivedEngineTime
	at     time.Time // when latest was received
}

// Set takes boots and time as they are, from an engine that was asked for them.
func (r *Remote) Set(boots, seconds int32, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known, r.boots, r.latest, r.at = true, boots, seconds, now
}

// Forget makes r know nothing.
func (r *Remote) Forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known = false
}

// Now is the engine's boots and its time, guessed by the time that passed since it was heard; false when nothing is known.
func (r *Remote) Now(now time.Time) (boots, seconds int32, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.boots, r.guess(now), r.known
}

func (r *Remote) guess(now time.Time) int32 {
	return int32(min(int64(r.latest)+max(int64(now.Sub(r.at)/time.Second), 0), Latched))
}

// Check takes boots and time of an authentic message of the engine, learns from them when they are newer, and says
// whether the message lies in the window (RFC 3414 section 3.2, step 7b).
func (r *Remote) Check(boots, seconds int32, now time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.known || boots > r.boots || boots == r.boots && seconds > r.latest {
		r.known, r.boots, r.latest, r.at = true, boots, seconds, now
	}
	switch expected := r.guess(now); {
	case r.boots == Latched:
		return refuse(NotInTimeWindows, "the engine's boots are latched at 2147483647: its keys must be changed")
	case boots < r.boots:
		return refuse(NotInTimeWindows, fmt.Sprintf("sent before the engine's last boot (boots %d, now %d)", boots, r.boots))
	case boots == r.boots && int64(seconds) < int64(expected)-windowSize:
		return refuse(NotInTimeWindows, fmt.Sprintf("sent %d s ago (time %d, expected %d)", expected-seconds, seconds, expected))
	}
	return nil
}

package usm

import (
	"fmt"
	"sync"
	"time"
)

// An Engine is an authoritative engine of ours: an id, a time that others must know, and the statistics of what it
// refused. Any goroutine may use it.
type Engine struct {
	mu      sync.Mutex
	id      EngineID
	boots   int32
	started time.Time
	counts  [len(statistics)]uint32
}

// NewEngine is an engine that has booted boots times, the last time now.
func NewEngine(id EngineID, boots int32, now time.Time) *Engine {
	return &Engine{id: id, boots: boots, started: now}
}

// ID is the engine's id; don't change it.
func (e *Engine) ID() EngineID {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.id
}

// SetID gives the engine another id.
func (e *Engine) SetID(id EngineID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.id = id
}

// Now is snmpEngineBoots and snmpEngineTime (RFC 3411 section 5). Time that runs out of its 31 bits counts as a boot.
func (e *Engine) Now(now time.Time) (boots, seconds int32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.now(now)
}

func (e *Engine) now(now time.Time) (boots, seconds int32) {
	passed := max(int64(now.Sub(e.started)/time.Second), 0)
	if e.boots == Latched {
		return Latched, int32(min(passed, Latched))
	}
	return int32(min(int64(e.boots)+passed>>31, Latched)), int32(passed & Latched)
}

// Boot starts the engine anew.
func (e *Engine) Boot(now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.boots, _ = e.now(now)
	e.boots, e.started = min(e.boots, Latched-1)+1, now
}

// Set gives the engine other boots and time.
func (e *Engine) Set(boots, seconds int32, now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.boots, e.started = boots, now.Add(-time.Duration(seconds)*time.Second)
}

// Count is how many messages s counted.
func (e *Engine) Count(s Statistic) uint32 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.counts[s]
}

// Refused counts err when it is a Refusal, and gives it back.
func (e *Engine) Refused(err error) error {
	if r, ok := err.(*Refusal); ok {
		e.mu.Lock()
		e.counts[r.Statistic]++
		e.mu.Unlock()
	}
	return err
}

// window is RFC 3414 section 3.2, step 7a.
func (e *Engine) window(boots, seconds int32, now time.Time) error {
	ourBoots, ourTime := e.Now(now)
	if off := int64(seconds) - int64(ourTime); ourBoots == Latched || boots != ourBoots || off > windowSize || off < -windowSize {
		return refuse(NotInTimeWindows, fmt.Sprintf("boots %d and time %d, ours are %d and %d", boots, seconds, ourBoots, ourTime))
	}
	return nil
}
